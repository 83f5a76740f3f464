/** When what the last edits of a document left open is read afresh: after a pause in typing, off the typing path. */
import type { Cancel, Host } from '../host/host';
import type { OpenDocument } from './open-document';

/** A pause in typing after which what the last edits left open is read afresh. */
const SETTLE_AFTER_MS = 300;
/** So long are former findings kept while the text does not parse; then the tree rules. */
const LONGEST_HOLD_MS = 2_000;

export class Settling {
  readonly #host: Host;
  readonly #document: OpenDocument;
  readonly #settle: (isOver: boolean) => void;
  #cancel: Cancel | undefined;
  #heldSince: number | undefined;

  /** @param settle settles the document; `isOver` says that it was held long enough. */
  constructor(host: Host, document: OpenDocument, settle: (isOver: boolean) => void) {
    this.#host = host;
    this.#document = document;
    this.#settle = settle;
  }

  /** After each edit. */
  schedule(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    if (!this.#document.isHeld) this.#heldSince = undefined;
    else this.#heldSince ??= this.#host.now();
    if (!this.#document.isUnsettled) return;
    this.#after(Math.max(0, Math.min(SETTLE_AFTER_MS, this.#left())));
  }

  /** Nothing is open any more. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#heldSince = undefined;
  }

  /** What is still held afterwards waits for the rest of its time. */
  waitLonger(): void {
    this.#after(Math.max(1, this.#left()));
  }

  #after(milliseconds: number): void {
    this.#cancel = this.#host.after(milliseconds, () => {
      const isOver = this.#heldSince !== undefined && this.#left() <= 0;
      this.#settle(isOver);
    });
  }

  #left(): number {
    return this.#heldSince === undefined
      ? LONGEST_HOLD_MS
      : this.#heldSince + LONGEST_HOLD_MS - this.#host.now();
  }
}
