import type { TextDocument, TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';
import type { LoadedOrigins } from '../../origin/lines/loaded-origins';
import type { OriginRun } from '../../origin/lines/text-origins';
import type { LineMapping } from '../../origin/mapping/line-mapping';
import { linesOf } from '../../origin/mapping/text-lines';

/** An open text in lines, and which lines of the commit they are, while it is edited. */
export class TrackedText {
  #text: TextDocument;
  #lines: string[];
  #loaded: LoadedOrigins | undefined;
  #mapping: LineMapping | undefined;
  #runs: readonly OriginRun[] | undefined;

  constructor(text: TextDocument) {
    this.#text = text;
    this.#lines = linesOf(text.getText());
  }

  get version(): number {
    return this.#text.version;
  }

  get lines(): readonly string[] {
    return this.#lines;
  }

  get loaded(): LoadedOrigins | undefined {
    return this.#loaded;
  }

  set loaded(loaded: LoadedOrigins) {
    this.#loaded = loaded;
    this.#mapping = loaded.mappingOf(this.#lines);
    this.#runs = undefined;
  }

  /** At the cost of the lines around the edits. @param after the text that they lead to. */
  change(changes: readonly TextDocumentContentChangeEvent[], after: TextDocument): void {
    this.#text = after;
    this.#runs = undefined;
    for (const change of changes) {
      if (!('range' in change) || !this.#edit(change.range, change.text)) {
        this.#begin(after);
        return;
      }
    }
    // A carriage return that was typed before a line feed makes one end of a line of two.
    if (this.#lines.length !== after.lineCount) this.#begin(after);
  }

  /** Compares the whole texts, so that it does not matter how the text came about. */
  settle(): void {
    this.#mapping?.settle();
    this.#runs = undefined;
  }

  /** Every line once; undefined where nothing was loaded. Made when asked for, and kept until the next edit. */
  get runs(): readonly OriginRun[] | undefined {
    this.#runs ??= this.#loaded?.runs(this.#text.getText(), this.#lines, this.#mapping);
    return this.#runs;
  }

  #begin(text: TextDocument): void {
    this.#lines = linesOf(text.getText());
    this.#mapping = this.#loaded?.mappingOf(this.#lines);
  }

  /** Whether the place is in the text. */
  #edit({ start, end }: TextRange, text: string): boolean {
    const [first, last] = [this.#lines[start.line], this.#lines[end.line]];
    if (first === undefined || last === undefined) return false;
    const lines = linesOf(`${first.slice(0, start.character)}${text}${last.slice(end.character)}`);
    this.#lines = this.#lines.slice(0, start.line).concat(lines, this.#lines.slice(end.line + 1));
    this.#mapping?.edit({ start: start.line, end: end.line + 1, lines });
    return true;
  }
}

interface TextRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}
