/**
 * An open document of code: its text, its syntax and its findings, kept in step over edits. Where the syntax
 * cannot be read it is held, and the former findings move with the edits.
 */
import type { TextDocument, TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';

import type { Grammar } from '../../../grammars/languages';
import type { Parser } from '../../../grammars/parser';
import { FileAnalysis } from '../analysis/file-analysis';
import type { Finding } from '../analysis/finding';
import type { CheckedText } from '../analysis/fix-check';
import { SourceFile } from '../analysis/source-file';
import { applySuppressions, type PlainSuppression } from '../analysis/suppression';
import { codeReader, SyntaxDocument } from '../syntax/syntax-document';
import { analyseText } from './analyse-text';
import type { OpenDocument, OpenDocumentOptions } from './open-document';
import { applyChanges, shiftFindings } from './text-changes';

export interface CodeDocumentOptions extends OpenDocumentOptions {
  readonly grammar: Grammar;
  readonly parser: Parser;
  /** Milliseconds. */
  readonly now: () => number;
  /** Whether no edit is expected, and it may take as long as it takes: `isTooSlow` is never true. */
  readonly isOnce?: boolean;
}

/** A thread that others wait for gives a text up after this many milliseconds. */
const PATIENCE_MS = 1_000;
/** What is nested deeper makes a single rule slow; nobody writes it by hand. */
const MOST_DEPTH = 5_000;

export class CodeDocument implements OpenDocument {
  readonly path: string;
  readonly isPending = false;
  readonly isRemote = false;
  readonly unread = 'The file does not parse at present. Correct it and try again.';
  readonly #options: CodeDocumentOptions;
  #text: TextDocument;
  #findings: readonly Finding[] = [];
  /** All findings of the last evaluation, before suppression; what fixes are checked against. */
  #evaluated: readonly Finding[] = [];
  #revision = 0;
  /** Whether the findings were not evaluated for the present text, only moved along with edits. */
  #isStale = true;
  #isTooSlow = false;
  /** As of the last evaluation. */
  #unfollowed: readonly number[] = [];
  readonly #syntax: SyntaxDocument;
  readonly #analysis: FileAnalysis;

  constructor(text: TextDocument, options: CodeDocumentOptions) {
    const file = new SourceFile(options.path, options.grammar, codeReader(options.parser));
    this.path = options.path;
    this.#options = options;
    this.#text = text;
    const patience = options.isOnce ? Number.POSITIVE_INFINITY : PATIENCE_MS;
    this.#syntax = new SyntaxDocument(file, options.parser, text.getText(), options.now, patience);
    this.#analysis = new FileAnalysis(file, options.rules, options.onRuleError, options.isOnce);
    if (!this.#syntax.isTooSlow) this.#evaluate();
  }

  get text(): TextDocument {
    return this.#text;
  }

  get findings(): readonly Finding[] {
    return this.#findings;
  }

  get suppressions(): readonly PlainSuppression[] | undefined {
    const { checked } = this;
    return (
      checked && applySuppressions(checked.file, checked.findings, this.#options.suppression()).suppressions
    );
  }

  get revision(): number {
    return this.#revision;
  }

  get isUnsettled(): boolean {
    return this.#syntax.isUnsettled;
  }

  get isTooSlow(): boolean {
    return this.#isTooSlow || this.#syntax.isTooSlow;
  }

  get isHeld(): boolean {
    return this.#syntax.isHeld;
  }

  get degradedBy(): string | undefined {
    if (this.#syntax.isHeld) return 'The text does not parse at present; findings are those from before.';
    const error = this.#syntax.firstError;
    const causes = [
      error === undefined
        ? []
        : `The syntax has an error at line ${this.#lineAt(error)}; what it takes in was not checked.`,
      unfollowedText(this.#unfollowed.map((at) => this.#lineAt(at))),
    ].flat();
    return causes.length > 0 ? causes.join(' ') : undefined;
  }

  /** Items that the last change read and evaluated, for measuring. */
  get work(): { readonly walked: number; readonly evaluated: number } {
    return { walked: this.#syntax.walked, evaluated: this.#analysis.evaluated };
  }

  get checked(): CheckedText | undefined {
    if (this.#isStale || this.#syntax.isHeld) return undefined;
    return { file: this.#syntax.file, hasError: this.#syntax.hasError, findings: this.#evaluated };
  }

  /** The syntax of the present text; undefined while it is held. */
  get file(): SourceFile | undefined {
    return this.#syntax.isHeld ? undefined : this.#syntax.file;
  }

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

  settle(isOver: boolean, isDeferred: boolean): void {
    if (this.#syntax.settle(isOver) === 'read' && !isDeferred) this.#evaluate();
  }

  evaluate(): void {
    if (this.#isStale && !this.#syntax.isHeld) this.#evaluate();
  }

  recheck(text: string): CheckedText {
    return analyseText(text, this.#options);
  }

  dispose(): void {
    this.#syntax.dispose();
  }

  #evaluate(): void {
    const { isOnce, now, suppression } = this.#options;
    const begin = now();
    const isOver = isOnce ? undefined : () => now() - begin > PATIENCE_MS;
    const isDeep = !isOnce && this.#syntax.depth > MOST_DEPTH;
    const evaluated = isDeep ? undefined : this.#analysis.run(isOver);
    if (!evaluated) {
      this.#isTooSlow = true;
      return;
    }
    this.#evaluated = evaluated;
    this.#unfollowed = this.#analysis.unfollowed;
    this.#findings = applySuppressions(this.#syntax.file, this.#evaluated, suppression()).findings;
    this.#isStale = false;
    this.#revision++;
  }

  /** From 1. */
  #lineAt(offset: number): number {
    return this.#text.positionAt(offset).line + 1;
  }
}

/** @param lines those to which no data flow was followed from its beginning. */
function unfollowedText([first, ...others]: readonly number[]): string[] {
  if (first === undefined) return [];
  const more =
    others.length === 0 ? '' : ` and to ${others.length} other place${others.length > 1 ? 's' : ''}`;
  return [`The data flow to line ${first}${more} is too long to be followed; findings there may be missing.`];
}
