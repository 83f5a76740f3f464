/**
 * One open document: its text, its syntax and its findings, kept in step over edits.
 *
 * **Invariant:** `findings` always belong to the present text. They are evaluated where the syntax could be
 * read; while it is held, or until a save when the person wants that, the former ones move with the edits.
 */
import type { TextDocument, TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';

import type { Grammar } from '../../../grammars/languages';
import type { Parser } from '../../../grammars/parser';
import { FileAnalysis, type OnRuleError } from '../analysis/file-analysis';
import type { Finding } from '../analysis/finding';
import type { Rule } from '../analysis/rule';
import { SourceFile } from '../analysis/source-file';
import { applySuppressions, type SuppressionContext } from '../analysis/suppression';
import { SyntaxDocument } from '../syntax/syntax-document';
import { applyChanges, shiftFindings } from './text-changes';

export interface OpenDocumentOptions {
  /** Path below the workspace folder, with `/`. */
  readonly path: string;
  readonly grammar: Grammar;
  readonly parser: Parser;
  readonly rules: readonly Rule[];
  readonly onRuleError: OnRuleError;
  readonly suppression: () => SuppressionContext;
  /** Milliseconds. */
  readonly now: () => number;
}

export class OpenDocument {
  readonly path: string;
  readonly parser: Parser;
  #text: TextDocument;
  #findings: readonly Finding[] = [];
  /** All findings of the last evaluation, before suppression; what fixes are checked against. */
  #evaluated: readonly Finding[] = [];
  #revision = 0;
  /** Whether the findings were not evaluated for the present text, only moved along with edits. */
  #isStale = true;
  readonly #syntax: SyntaxDocument;
  readonly #analysis: FileAnalysis;
  readonly #suppression: () => SuppressionContext;

  constructor(text: TextDocument, options: OpenDocumentOptions) {
    const file = new SourceFile(options.path, options.grammar);
    this.path = options.path;
    this.parser = options.parser;
    this.#text = text;
    this.#suppression = options.suppression;
    this.#syntax = new SyntaxDocument(file, options.parser, text.getText(), options.now);
    this.#analysis = new FileAnalysis(file, options.rules, options.onRuleError);
    this.#evaluate();
  }

  get text(): TextDocument {
    return this.#text;
  }

  /** The findings of the present text in its order, suppressed ones left out, before selection. */
  get findings(): readonly Finding[] {
    return this.#findings;
  }

  /** Grows whenever `findings` may have changed. */
  get revision(): number {
    return this.#revision;
  }

  get isUnsettled(): boolean {
    return this.#syntax.isUnsettled;
  }

  get isHeld(): boolean {
    return this.#syntax.isHeld;
  }

  /** Why the findings may be incomplete; undefined when they are not. */
  get degradedBy(): string | undefined {
    if (this.#syntax.isHeld) return 'The text does not parse at present; findings are those from before.';
    const error = this.#syntax.firstError;
    if (error === undefined) return undefined;
    const line = this.#text.positionAt(error).line + 1;
    return `The syntax has an error at line ${line}; what it takes in was not checked.`;
  }

  /** Items that the last change read and evaluated, for measuring. */
  get work(): { readonly walked: number; readonly evaluated: number } {
    return { walked: this.#syntax.walked, evaluated: this.#analysis.evaluated };
  }

  /**
   * The state that a fix is checked against; undefined while the findings are only moved along.
   * Suppressions are left out: a fix must really remove its finding.
   */
  get checked(): { file: SourceFile; hasError: boolean; findings: readonly Finding[] } | undefined {
    if (this.#isStale || this.#syntax.isHeld) return undefined;
    return { file: this.#syntax.file, hasError: this.#syntax.hasError, findings: this.#evaluated };
  }

  /** The syntax of the present text; undefined while it is held. */
  get file(): SourceFile | undefined {
    return this.#syntax.isHeld ? undefined : this.#syntax.file;
  }

  /** @param isDeferred whether to wait with the evaluation until `evaluate` is called. */
  change(version: number, changes: readonly TextDocumentContentChangeEvent[], isDeferred: boolean): void {
    const applied = applyChanges(this.#text, changes, version);
    this.#text = applied.document;
    const outcome = this.#syntax.change(applied.document.getText(), applied.changes);
    if (outcome === 'held' || isDeferred) {
      this.#findings = shiftFindings(this.#findings, applied.changes);
      this.#isStale = true;
      this.#revision++;
    } else {
      this.#evaluate();
    }
  }

  /** Reads afresh what the last edits left open; `isOver` ends a hold. */
  settle(isOver: boolean, isDeferred: boolean): void {
    if (this.#syntax.settle(isOver) === 'read' && !isDeferred) this.#evaluate();
  }

  /** Evaluates the present text if that was put off and its syntax is not held. */
  evaluate(): void {
    if (this.#isStale && !this.#syntax.isHeld) this.#evaluate();
  }

  dispose(): void {
    this.#syntax.dispose();
  }

  #evaluate(): void {
    this.#evaluated = this.#analysis.run();
    this.#findings = applySuppressions(this.#syntax.file, this.#evaluated, this.#suppression()).findings;
    this.#isStale = false;
    this.#revision++;
  }
}
