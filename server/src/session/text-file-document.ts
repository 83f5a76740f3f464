/** An open document that is no code: settings, documents, any other text. */
import type { TextDocument, TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';

import type { Finding } from '../analysis/finding';
import type { CheckedText } from '../analysis/fix-check';
import { applySuppressions, type PlainSuppression } from '../analysis/suppression';
import { analyseTextFile } from '../analysis/text-analysis';
import type { Format, TextFile } from '../analysis/text-file';
import { readTextFile } from '../syntax/formats/read-text-file';
import type { OpenDocument, OpenDocumentOptions } from './open-document';
import { applyChanges, shiftFindings } from './text-changes';

export interface TextFileDocumentOptions extends OpenDocumentOptions {
  readonly format: Format;
  /** What is found in the text by others than the rules, in its order. */
  readonly furtherFindings?: (text: string) => readonly Finding[];
}

export class TextFileDocument implements OpenDocument {
  readonly path: string;
  readonly isUnsettled = false;
  readonly isHeld = false;
  readonly isPending = false;
  readonly isRemote = false;
  readonly isTooSlow = false;
  readonly unread = '';
  readonly #options: TextFileDocumentOptions;
  #text: TextDocument;
  #file!: TextFile;
  #findings: readonly Finding[] = [];
  #evaluated: readonly Finding[] = [];
  #isStale = false;
  #revision = 0;

  constructor(text: TextDocument, options: TextFileDocumentOptions) {
    this.path = options.path;
    this.#options = options;
    this.#text = text;
    this.#evaluate();
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

  get degradedBy(): string | undefined {
    return this.#file.cause;
  }

  get checked(): CheckedText | undefined {
    return this.#isStale ? undefined : { file: this.#file, hasError: false, findings: this.#evaluated };
  }

  /** The present text as rules see it. */
  get file(): TextFile {
    const { path, format } = this.#options;
    return this.#isStale ? readTextFile(path, format, this.#text.getText()) : this.#file;
  }

  change(version: number, changes: readonly TextDocumentContentChangeEvent[], isDeferred: boolean): void {
    const applied = applyChanges(this.#text, changes, version);
    this.#text = applied.document;
    if (!isDeferred) {
      this.#evaluate();
      return;
    }
    this.#findings = shiftFindings(this.#findings, applied.changes);
    this.#isStale = true;
    this.#revision++;
  }

  settle(): void {}

  evaluate(): void {
    if (this.#isStale) this.#evaluate();
  }

  recheck(text: string): CheckedText {
    const { path, format, rules, onRuleError, furtherFindings } = this.#options;
    const file = readTextFile(path, format, text);
    const further = furtherFindings?.(text) ?? [];
    const findings = [...analyseTextFile(file, rules, onRuleError), ...further];
    return { file, hasError: false, findings: further.length > 0 ? inOrder(findings) : findings };
  }

  dispose(): void {}

  #evaluate(): void {
    const { file, findings } = this.recheck(this.#text.getText());
    this.#file = file as TextFile;
    this.#evaluated = findings;
    this.#findings = applySuppressions(file, findings, this.#options.suppression()).findings;
    this.#isStale = false;
    this.#revision++;
  }
}

function inOrder(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => a.start - b.start || a.end - b.end);
}
