/**
 * Follows where the messages on a stream begin and end. The connection that reads the same stream says nothing
 * when it loses its place there: it would wait for ever, and its client with it.
 */

/** No client writes more than two short lines. */
const LONGEST_HEADER = 4_096;
const LF = 0x0a;

const HEADER =
  /^(?:[\w-]+:[^\r\n]*\r\n)*Content-Length:[ \t]*\d{1,10}[ \t]*\r\n(?:[\w-]+:[^\r\n]*\r\n)*\r\n$/i;

export class MessageFrames {
  #header = '';
  /** Bytes of the present body that are still to come. */
  #body = 0;

  /** Reads on; answers false when this cannot be messages. What comes after that is not looked at. */
  read(bytes: Uint8Array): boolean {
    for (let at = 0; at < bytes.length; ) {
      const skipped = Math.min(this.#body, bytes.length - at);
      this.#body -= skipped;
      at += skipped;
      while (this.#body === 0 && at < bytes.length) {
        const byte = bytes[at++] as number;
        if (byte === LF && !this.#header.endsWith('\r')) return false;
        this.#header += String.fromCharCode(byte);
        if (this.#header.length > LONGEST_HEADER) return false;
        if (byte !== LF || !this.#header.endsWith('\r\n\r\n')) continue;
        if (!HEADER.test(this.#header)) return false;
        this.#body = Number(/Content-Length:\s*(\d+)/i.exec(this.#header)?.[1]);
        this.#header = '';
      }
    }
    return true;
  }
}
