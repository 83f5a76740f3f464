import * as vscode from 'vscode';
import type { OriginsParams } from '../../../protocol/origin';
import { Pause } from '../pause';
import type { ServerProcess } from '../server-process';
import { isCheckedDocument, settingsFor } from '../settings';
import { DocumentOrigins } from './document-origins';
import type { LineChange } from './moved-runs';
import type { LineSpan } from './unticked-runs';

/** After this much quiet, at the latest after so long, listeners hear that typing moved lines. */
const QUIET_MS = 150;
const LONGEST_MS = 600;

/** Who wrote the lines of the open documents, as the server told, kept where the lines are. */
export class KnownOrigins implements vscode.Disposable {
  readonly #documents = new Map<string, DocumentOrigins>();
  readonly #changed = new vscode.EventEmitter<ReadonlySet<string> | undefined>();
  readonly #pause = new Pause(QUIET_MS, LONGEST_MS, () => this.#tellMoved());
  readonly #moved = new Set<string>();
  readonly #listeners: vscode.Disposable;

  /** Fires with the documents of which something else is to be shown; undefined stands for all. */
  readonly onDidChange = this.#changed.event;

  constructor(server: ServerProcess) {
    this.#listeners = vscode.Disposable.from(
      server.onDidTellOrigins((params) => this.#take(params)),
      server.onDidChange(({ kind }) => {
        if (kind === 'running' || this.#documents.size === 0) return;
        // Without a server nobody says what the lines are after an edit.
        this.#documents.clear();
        this.#changed.fire(undefined);
      }),
      vscode.workspace.onDidChangeTextDocument((event) => this.#move(event)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#documents.delete(uri.toString())),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#changed.fire(undefined)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        const isOurs = ['countersign.enable', 'countersign.origin'].some((key) =>
          event.affectsConfiguration(key),
        );
        if (isOurs) this.#changed.fire(undefined);
      }),
    );
  }

  /** What is known of a document, whether it is shown or not. */
  of(uri: vscode.Uri): DocumentOrigins | undefined {
    return this.#documents.get(uri.toString());
  }

  /** What is to be shown of a document: nothing where a person wants no markers, or the folder is not trusted. */
  shown(uri: vscode.Uri): DocumentOrigins | undefined {
    const { enable, origin } = settingsFor(uri);
    const isWanted = enable && origin.markers && vscode.workspace.isTrusted;
    const known = isWanted ? this.of(uri) : undefined;
    return known?.said ? known : undefined;
  }

  dispose(): void {
    this.#listeners.dispose();
    this.#pause.dispose();
    this.#changed.dispose();
  }

  #take(params: OriginsParams): void {
    // As the editor writes it, however the server does.
    const key = vscode.Uri.parse(params.uri).toString();
    const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === key);
    // A version that is still to come is of the document as it was before it was closed and opened again.
    if (!document || params.version > document.version) return;
    if (this.#document(key).tell(params)) this.#changed.fire(new Set([key]));
  }

  #move({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (contentChanges.length === 0 || !isCheckedDocument(document)) return;
    const key = document.uri.toString();
    const hasMoved = this.#document(key).edit(
      document.version,
      contentChanges.map((change) => lineChange(change, document, contentChanges.length === 1)),
    );
    // The editor has moved what is drawn. It lets a range grow when lines come into its middle, of which
    // nothing is known, so those are told at once. The pause is for what was drawn while somebody typed: the
    // editor may have been ahead of us by an edit.
    if (hasMoved) this.#changed.fire(new Set([key]));
    this.#moved.add(key);
    this.#pause.begin();
  }

  #tellMoved(): void {
    const moved = new Set(this.#moved);
    this.#moved.clear();
    this.#changed.fire(moved);
  }

  #document(key: string): DocumentOrigins {
    const known = this.#documents.get(key) ?? new DocumentOrigins();
    this.#documents.set(key, known);
    return known;
  }
}

/** @param isAlone whether the document is as it is after this change, and no other */
function lineChange(
  { range, text }: vscode.TextDocumentContentChangeEvent,
  document: vscode.TextDocument,
  isAlone: boolean,
): LineChange {
  const { start, end } = range;
  const inserted = text.split(/\r\n|\r|\n/);
  const breaks = inserted.length - 1;
  return {
    start: start.line,
    end: end.line,
    isFromLineStart: start.character === 0,
    breaks,
    touched: touchedLines(),
  };

  function touchedLines(): LineSpan {
    // Whole lines come, go or are replaced: the line after them stays as it is.
    const isWhole = start.character === 0 && end.character === 0 && inserted.at(-1) === '';
    if (isWhole && (breaks > 0 || !range.isEmpty)) return { start: start.line, end: end.line };
    // Lines are begun at the end of a line, which stays as it is.
    const isBegun = range.isEmpty && breaks > 0 && inserted[0] === '';
    if (isAlone && isBegun && isLineEnd(document, start.line + breaks, inserted.at(-1)!.length))
      return { start: start.line + 1, end: start.line + 1 };
    return { start: start.line, end: end.line + 1 };
  }
}

function isLineEnd(document: vscode.TextDocument, line: number, character: number): boolean {
  return line < document.lineCount && document.lineAt(line).text.length === character;
}
