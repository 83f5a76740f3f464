/** Runs the rules over a file that is no code: the whole of it, since such rules look for words and settings. */
import type { Finding } from './finding';
import { Fingerprints } from './fingerprint';
import type { Rule, TextReport } from './rule';
import type { TextFile } from './text-file';

/** Called when a rule throws: it loses its findings for that file only. */
export type OnTextRuleError = (rule: Rule, file: TextFile, error: unknown) => void;

/** All findings of a text in its order, before suppression and selection. */
export function analyseTextFile(
  file: TextFile,
  rules: readonly Rule[],
  onRuleError: OnTextRuleError,
): Finding[] {
  const reports = rules.flatMap((rule) =>
    reportsOf(rule, file, onRuleError).map((report) => ({ rule, report })),
  );
  const fingerprints = new Fingerprints();
  return reports
    .sort((a, b) => a.report.at.start - b.report.at.start || a.report.at.end - b.report.at.end)
    .map(({ rule, report }) => {
      const { start, end } = report.at;
      return {
        ruleId: rule.id,
        start,
        end,
        message: report.message,
        severity: report.severity ?? rule.severity,
        confidence: report.confidence ?? rule.confidence,
        cwe: rule.cwe,
        related: (report.related ?? []).map(({ at, message }) => ({
          path: file.path,
          message,
          start: at.start,
          end: at.end,
        })),
        fingerprint: fingerprints.nextNamed(rule.id, report.keys ?? [], file.text.slice(start, end)),
        fixes: report.fixes ?? (() => []),
      };
    });
}

function reportsOf(rule: Rule, file: TextFile, onRuleError: OnTextRuleError): TextReport[] {
  try {
    return [...(rule.checkText?.(file) ?? [])];
  } catch (error) {
    onRuleError(rule, file, error);
    return [];
  }
}
