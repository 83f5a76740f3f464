/** Parses and analyses a text once, apart from any open document: for the command line and for checking fixes. */
import type { Parser } from '../../../grammars/parser';
import { FileAnalysis, type OnRuleError } from '../analysis/file-analysis';
import type { CheckedText } from '../analysis/fix-check';
import type { Rule } from '../analysis/rule';
import { SourceFile } from '../analysis/source-file';
import { codeReader, readOnce } from '../syntax/syntax-document';

export interface AnalyseTextOptions {
  /** Path below the workspace folder, with `/`. */
  readonly path: string;
  readonly parser: Parser;
  readonly rules: readonly Rule[];
  readonly onRuleError: OnRuleError;
}

export interface CheckedCode extends CheckedText {
  readonly file: SourceFile;
}

/** All findings of a text of code, before suppression and selection. */
export function analyseText(
  text: string,
  { path, parser, rules, onRuleError }: AnalyseTextOptions,
): CheckedCode {
  const file = new SourceFile(path, parser.grammar, codeReader(parser));
  const hasError = readOnce(file, parser, text);
  return { file, hasError, findings: new FileAnalysis(file, rules, onRuleError, true).run() };
}
