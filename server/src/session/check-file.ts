/**
 * Checks a file that is not open, whole and once: for the command line, by the same steps as an open document, so
 * that both say the same.
 */
import { TextDocument } from 'vscode-languageserver-textdocument';

import { type Grammar, grammarForDocument } from '../../../grammars/languages';
import type { Parser } from '../../../grammars/parser';
import type { AiCode } from '../analysis/ai-code';
import type { Finding } from '../analysis/finding';
import type { CheckedText, Recheck } from '../analysis/fix-check';
import type { FixesBefore } from '../analysis/reintroduced';
import type { Rule } from '../analysis/rule';
import { applySuppressions, type SuppressionContext } from '../analysis/suppression';
import type { ConfigurationProblem } from './configuration/configuration-problem';
import { languageOfFile } from './language-of-file';
import { type ShownSettings, shownFindings } from './shown-findings';
import { startDocument } from './start-document';

export interface FileToCheck {
  readonly uri: string;
  /** Path below the root, with `/`. */
  readonly path: string;
  readonly text: string;
}

export interface CheckFileOptions {
  readonly parsers: Readonly<Record<Grammar, Parser>>;
  readonly rules: readonly Rule[];
  readonly suppression: SuppressionContext;
  /** What is wrong with the text of a configuration file. */
  readonly problemsOf: (text: string) => readonly ConfigurationProblem[];
  /** The AI code of the text; none unless given. */
  readonly aiCodeOf?: (text: TextDocument) => AiCode;
  /** Which findings of the file were fixed before; none unless given. */
  readonly before?: FixesBefore | undefined;
  /** Called when a rule throws: its findings in this file are lost. */
  readonly onRuleError: (rule: Rule, error: unknown) => void;
}

export interface SuppressedFinding {
  readonly finding: Finding;
  readonly reason: string;
  readonly by: 'comment' | 'configuration';
}

export interface CheckedFile {
  readonly text: TextDocument;
  /** What fixes are checked against: all findings, whether shown or not. */
  readonly checked: CheckedText;
  /** Analyses another text as if it were the file's. */
  readonly recheck: Recheck;
  /** In the order of the text, with the severities to show them with. */
  readonly shown: readonly Finding[];
  /** All findings that no comment suppresses, whether shown or not. */
  readonly unsuppressed: readonly Finding[];
  /** What would be shown but for a suppression. */
  readonly suppressed: readonly SuppressedFinding[];
  /** Why findings may be missing. */
  readonly causes: readonly string[];
}

/** Whether a file is parsed as JavaScript or TypeScript. */
export function isCode(path: string, text: string): boolean {
  return grammarForDocument(path, languageOfFile(path, text)) !== undefined;
}

/**
 * @param settings what is in force for the file.
 * @throws when the text cannot be parsed or evaluated at all.
 */
export function checkFile(
  { uri, path, text }: FileToCheck,
  settings: ShownSettings,
  { parsers, rules, suppression, problemsOf, aiCodeOf, before, onRuleError }: CheckFileOptions,
): CheckedFile {
  const failed = new Set<string>();
  const document = startDocument(TextDocument.create(uri, languageOfFile(path, text), 0, text), {
    path,
    parsers,
    rules,
    problemsOf,
    suppression: () => suppression,
    now: () => 0,
    isOnce: true,
    onRuleError: (rule, _, error) => {
      if (!failed.has(rule.id)) onRuleError(rule, error);
      failed.add(rule.id);
    },
  });
  try {
    const checked = document.checked as CheckedText;
    const applied = applySuppressions(checked.file, checked.findings, suppression);
    const ai = aiCodeOf?.(document.text);
    const { shown, suppressed } = shownFindings(applied.findings, path, settings, ai, before);
    const hidden = applied.suppressed.flatMap(({ finding, reason }): SuppressedFinding[] => {
      const [would] = shownFindings([finding], path, { ...settings, suppressions: [] }, ai).shown;
      return would ? [{ finding: would, reason, by: 'comment' }] : [];
    });
    const configured = suppressed.map((entry): SuppressedFinding => ({ ...entry, by: 'configuration' }));
    const failures = [...failed].map((id) => `The rule ${id} failed on it, so its findings are missing.`);
    return {
      text: document.text,
      checked,
      recheck: (changed) => document.recheck(changed),
      shown,
      unsuppressed: applied.findings,
      suppressed: [...hidden, ...configured].sort((a, b) => a.finding.start - b.finding.start),
      causes: [...(document.degradedBy === undefined ? [] : [document.degradedBy]), ...failures],
    };
  } finally {
    document.dispose();
  }
}
