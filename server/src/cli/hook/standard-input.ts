/** What an agent writes to its hook, bounded in size and time: some agents leave the pipe open. */
import type { Readable } from 'node:stream';

/** What came until the end, or until it took too long; undefined for too much. */
export function readAll(
  stream: Readable,
  mostBytes: number,
  mostMilliseconds: number,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    let length = 0;
    const end = (text: string | undefined) => {
      clearTimeout(timer);
      stream.removeAllListeners('data');
      stream.destroy();
      resolve(text);
    };
    const whole = () => end(Buffer.concat(pieces).toString('utf8'));
    const timer = setTimeout(whole, mostMilliseconds);
    stream.on('data', (piece: Buffer) => {
      length += piece.length;
      pieces.push(piece);
      if (length > mostBytes) end(undefined);
    });
    stream.on('end', whole);
    stream.on('error', whole);
  });
}
