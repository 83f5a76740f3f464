/** The open documents: made when a text is opened, changed with it, settled in pauses, begun anew where one fails. */
import type { TextDocument, TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';

import { areAlike } from '../analysis/finding';
import { SourceFile } from '../analysis/source-file';
import { stackOf } from '../analysis/stack-of';
import type { Host } from '../host/host';
import { type PlacedTouch, touchesIn } from '../models/security-touches';
import type { DocumentMaker } from './document-maker';
import type { OpenDocument } from './open-document';
import { RemoteDocument } from './remote-document';
import { Settling } from './settling';

interface Entry {
  readonly document: OpenDocument;
  /** No other document of the session has it, not even a later one of the same URI. */
  readonly number: number;
  readonly settling: Settling;
  /** What security depends on, once somebody asked. */
  touches?: { readonly revision: string | undefined; readonly found: readonly PlacedTouch[] };
}

export interface OpenDocumentsOptions {
  readonly host: Host;
  readonly maker: DocumentMaker;
  /** Whether a document is to be checked when it is saved, not while somebody types. */
  readonly isDeferred: (uri: string) => boolean;
  /** Called when what was left open was read or checked; `isChanged` says whether other findings are shown now. */
  readonly onSettled: (uri: string, isChanged: boolean) => void;
}

export class OpenDocuments {
  readonly #options: OpenDocumentsOptions;
  readonly #entries = new Map<string, Entry>();
  #started = 0;

  constructor(options: OpenDocumentsOptions) {
    this.#options = options;
  }

  get uris(): readonly string[] {
    return [...this.#entries.keys()];
  }

  get(uri: string): OpenDocument | undefined {
    return this.#entries.get(uri)?.document;
  }

  /** Names the present state of a document's findings before selection; undefined when it is not open. */
  revisionOf(uri: string): string | undefined {
    const entry = this.#entries.get(uri);
    return entry && `${entry.number}.${entry.document.revision}`;
  }

  /** Whether one is still being checked. */
  get isChecking(): boolean {
    return [...this.#entries.values()].some(({ document }) => document.isPending);
  }

  /** Makes the document that belongs to a text, instead of the one there was; where that fails it is not checked. */
  start(text: TextDocument): void {
    this.stop(text.uri);
    const document = this.#options.maker.make(text);
    if (document) this.#enter(document);
  }

  stop(uri: string): void {
    const entry = this.#entries.get(uri);
    entry?.settling.stop();
    entry?.document.dispose();
    this.#entries.delete(uri);
  }

  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): void {
    const entry = this.#entries.get(uri);
    if (!entry) return;
    const { document } = entry;
    const isDeferred = this.#options.isDeferred(uri);
    const isDone = this.#attempt(document, () => document.change(version, changes, isDeferred));
    if (!isDone) return;
    if (document instanceof RemoteDocument && document.isOrdinary) this.start(document.text);
    else entry.settling.schedule();
  }

  /** Checks what was put off; answers whether other findings are shown now. */
  finish(uri: string): boolean {
    const entry = this.#entries.get(uri);
    if (!entry) return false;
    const { document, settling } = entry;
    const before = document.findings;
    const isDone = this.#attempt(document, () => {
      if (document.isHeld) {
        settling.stop();
        document.settle(true, false);
      } else {
        document.evaluate();
      }
    });
    return !isDone || !areAlike(before, document.findings);
  }

  /** Checks what was put off, but for what waits for a pause. */
  evaluate(uri: string): void {
    const document = this.get(uri);
    if (document) this.#attempt(document, () => document.evaluate());
  }

  /** What security depends on in a document; none where it is not open, cannot be read, or is read elsewhere. */
  touches(uri: string): readonly PlacedTouch[] {
    const entry = this.#entries.get(uri);
    const revision = this.revisionOf(uri);
    if (!entry || !(entry.document.file instanceof SourceFile)) return [];
    const known = entry.touches?.revision === revision ? entry.touches : undefined;
    const touches = known ?? { revision, found: touchesIn(entry.document.file) };
    entry.touches = touches;
    return touches.found;
  }

  #enter(document: OpenDocument): void {
    const { uri } = document.text;
    // A first parse is fresh: it needs no settling.
    const settling = new Settling(this.#options.host, document, (isOver) => this.#settle(uri, isOver));
    this.#entries.set(uri, { document, number: ++this.#started, settling });
  }

  /**
   * What fails half-way may leave the syntax of neither text: begins anew with the one that the client has. Answers
   * whether the document is still the one that is open.
   */
  #attempt(document: OpenDocument, action: () => void): boolean {
    try {
      action();
      if (!document.isTooSlow) return true;
      this.stop(document.text.uri);
      this.#enter(this.#options.maker.makeRemote(document.text));
      return false;
    } catch (error) {
      this.#options.host.log('error', `Checking ${document.path} failed: ${stackOf(error)}`);
      this.start(document.text);
      return false;
    }
  }

  #settle(uri: string, isOver: boolean): void {
    const entry = this.#entries.get(uri);
    if (!entry) return;
    const { document, settling } = entry;
    const { isDeferred, onSettled } = this.#options;
    const before = document.findings;
    const isDone = this.#attempt(document, () => document.settle(isOver, isDeferred(uri)));
    if (isDone && document.isHeld) {
      settling.waitLonger();
      return;
    }
    settling.stop();
    onSettled(uri, !isDone || !areAlike(before, document.findings));
  }
}
