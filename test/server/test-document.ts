/** A document as the client has it open: edits go to the server as an editor sends them. */
import assert from 'node:assert/strict';
import {
  CancellationToken,
  type CodeAction,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type Hover,
  type Position,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';

import { SUPPRESS_REQUEST, type SuppressRequest } from '../../protocol/messages';
import type { TestClient } from './test-client';

const LEVELS = ['', 'error', 'warning', 'info', 'hint'];

/** `warning 3:5-3:9 group/rule "what it underlines"`, 1-based, as a person reads positions in an editor. */
function printed({ severity, range: { start, end }, code }: Diagnostic, text: string): string {
  const at = ({ line, character }: Position) => `${line + 1}:${character + 1}`;
  return `${LEVELS[severity ?? 0]} ${at(start)}-${at(end)} ${code} ${JSON.stringify(text)}`;
}

/** One replaced stretch: what stands there (the first time), and what comes instead. */
export type Replacement = readonly [old: string, text: string];

interface Change {
  readonly range: Range;
  readonly text: string;
}

export class TestDocument {
  readonly uri: string;
  readonly languageId: string;
  readonly #client: TestClient;
  #mirror: TextDocument;

  constructor(client: TestClient, uri: string, languageId: string, text: string) {
    this.#client = client;
    this.uri = uri;
    this.languageId = languageId;
    this.#mirror = TextDocument.create(uri, languageId, 1, text);
  }

  get text(): string {
    return this.#mirror.getText();
  }

  get version(): number {
    return this.#mirror.version;
  }

  async open(): Promise<void> {
    const { uri, languageId, version, text } = this;
    await this.#notify('didOpen', { textDocument: { uri, languageId, version, text } });
  }

  async close(): Promise<void> {
    await this.#notify('didClose', { textDocument: { uri: this.uri } });
  }

  async save(): Promise<void> {
    await this.#notify('didSave', { textDocument: { uri: this.uri } });
  }

  /** Replaces stretches of the text, one after the other, in a single `didChange`. */
  async replace(...replacements: readonly Replacement[]): Promise<void> {
    const changes: Change[] = [];
    for (const [old, text] of replacements) changes.push(this.#edit(this.rangeOf(old), text));
    await this.#changed(changes);
  }

  /** Puts text before a stretch. */
  async insertBefore(marker: string, text: string): Promise<void> {
    const { start } = this.rangeOf(marker);
    await this.#changed([this.#edit({ start, end: start }, text)]);
  }

  /** Puts single characters before a stretch, one message for each, as they are typed. */
  async type(marker: string, characters: string): Promise<void> {
    const at = this.#mirror.offsetAt(this.rangeOf(marker).start);
    for (const [i, character] of characters.split('').entries()) {
      const position = this.#mirror.positionAt(at + i);
      await this.#changed([this.#edit({ start: position, end: position }, character)]);
    }
  }

  /** Sends the whole text anew, as clients without incremental sync do. */
  async rewrite(text: string): Promise<void> {
    this.#mirror = TextDocument.create(this.uri, this.languageId, this.version + 1, text);
    await this.#changed([{ text }]);
  }

  /** Applies an edit of the server as an editor does: refused when it is for another version. */
  async apply(edit: WorkspaceEdit | undefined): Promise<void> {
    assert.ok(edit, 'there is no edit');
    await this.rewrite(TextDocument.applyEdits(this.#mirror, this.editsIn(edit)));
  }

  /** The edits of this document, which must be the only one. */
  editsIn(edit: WorkspaceEdit): TextEdit[] {
    if (edit.changes) {
      assert.deepEqual(Object.keys(edit.changes), [this.uri]);
      return edit.changes[this.uri] ?? [];
    }
    const [change] = edit.documentChanges ?? [];
    assert.ok(change && 'textDocument' in change && 'edits' in change, 'an edit of a document');
    assert.deepEqual(change.textDocument, { uri: this.uri, version: this.version });
    return change.edits as TextEdit[];
  }

  pull(previousResultId?: string): Promise<DocumentDiagnosticReport> {
    const params = { textDocument: { uri: this.uri }, ...(previousResultId && { previousResultId }) };
    return this.#client.connection.sendRequest('textDocument/diagnostic', params);
  }

  async diagnostics(): Promise<Diagnostic[]> {
    const report = await this.pull();
    assert.equal(report.kind, 'full');
    return report.kind === 'full' ? report.items : [];
  }

  /** The pulled findings, one line for each: see `print`. */
  async findings(): Promise<string[]> {
    return this.print(await this.diagnostics());
  }

  print(diagnostics: readonly Diagnostic[]): string[] {
    return diagnostics.map((diagnostic) => printed(diagnostic, this.#mirror.getText(diagnostic.range)));
  }

  /** What is found in the present text by a server that never saw another one. */
  async freshFindings(): Promise<string[]> {
    const extension = this.uri.slice(this.uri.lastIndexOf('.'));
    const fresh = await this.#client.open(`fresh${extension}`, this.text, this.languageId);
    const findings = await fresh.findings();
    await fresh.close();
    return findings;
  }

  /** Nothing may be left of earlier texts. */
  async expectFresh(after: string): Promise<void> {
    assert.deepEqual(
      await this.findings(),
      await this.freshFindings(),
      `stale after ${after}:\n${this.text}`,
    );
  }

  actionsAt(marker: string, only?: readonly string[], token = CancellationToken.None): Promise<CodeAction[]> {
    const params = {
      textDocument: { uri: this.uri },
      range: this.rangeOf(marker),
      context: { diagnostics: [], ...(only && { only }) },
    };
    return this.#client.connection.sendRequest('textDocument/codeAction', params, token);
  }

  hoverAt(marker: string): Promise<Hover | null> {
    const params = { textDocument: { uri: this.uri }, position: this.rangeOf(marker).start };
    return this.#client.connection.sendRequest('textDocument/hover', params);
  }

  /** Asks for the edit that suppresses a rule at the line of a stretch, as the client's command does. */
  suppress(marker: string, request: Partial<SuppressRequest>): Promise<WorkspaceEdit> {
    const { uri, version } = this;
    const defaults = { uri, version, line: this.rangeOf(marker).start.line, scope: 'line', reason: 'known' };
    return this.#client.connection.sendRequest(SUPPRESS_REQUEST, { ...defaults, ...request });
  }

  /** Where a stretch stands (the first time). */
  rangeOf(stretch: string): Range {
    const start = this.text.indexOf(stretch);
    assert.ok(start >= 0, `the text has no ${JSON.stringify(stretch)}:\n${this.text}`);
    return { start: this.#mirror.positionAt(start), end: this.#mirror.positionAt(start + stretch.length) };
  }

  #edit(range: Range, text: string): Change {
    this.#mirror = TextDocument.update(this.#mirror, [{ range, text }], this.version + 1);
    return { range, text };
  }

  async #changed(contentChanges: readonly unknown[]): Promise<void> {
    const { uri, version } = this;
    await this.#notify('didChange', { textDocument: { uri, version }, contentChanges });
  }

  async #notify(method: string, params: object): Promise<void> {
    await this.#client.connection.sendNotification(`textDocument/${method}`, params);
  }
}
