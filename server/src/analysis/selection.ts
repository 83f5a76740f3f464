/** Which findings are shown, and how severe they are: profile and settings. */
import type { Confidence, Finding, Severity } from './finding';
import { isTestPath } from './test-path';

export const PROFILES = ['recommended', 'strict'] as const;

/** What a rule can be set to; `default` takes an earlier entry back. */
export const CUSTOM_SEVERITIES = [
  'off',
  'hint',
  'info',
  'warn',
  'error',
  'upgrade',
  'downgrade',
  'default',
] as const;

export interface Selection {
  readonly profile: (typeof PROFILES)[number];
  /** Later entries win. */
  readonly customizations: readonly Customization[];
}

export interface Customization {
  /** A rule's id, or a pattern with `*`. */
  readonly rule: string;
  readonly severity: (typeof CUSTOM_SEVERITIES)[number];
}

const LEVELS: readonly Severity[] = ['hint', 'info', 'warning', 'error'];
const SEVERITIES: Readonly<Record<string, Severity>> = {
  hint: 'hint',
  info: 'info',
  warn: 'warning',
  error: 'error',
};

/**
 * The findings to show, with the severities to show them with. In `recommended`, what is found in tests is
 * a hint, apart from secrets, which leak from tests as well, and from what the engine itself reports.
 *
 * @param path of the file below the workspace folder.
 */
export function select(findings: readonly Finding[], selection: Selection, path: string): Finding[] {
  const isLenient = selection.profile === 'recommended' && isTestPath(path);
  return findings.flatMap((finding) => {
    const wish = wishFor(finding.ruleId, selection.customizations);
    if (wish.severity === 'off' || !isShown(finding.confidence, selection.profile, wish.isNamed)) return [];
    const isLowered = isLenient && !wish.isNamed && !/^(?:config|secrets|suppression)\//.test(finding.ruleId);
    const severity = severityFor(isLowered ? 'hint' : finding.severity, wish.severity);
    return [severity === finding.severity ? finding : { ...finding, severity }];
  });
}

function isShown(confidence: Confidence, profile: Selection['profile'], isNamed: boolean): boolean {
  if (confidence === 'high' || isNamed) return true;
  return confidence === 'medium' && profile === 'strict';
}

function severityFor(severity: Severity, wish: Customization['severity']): Severity {
  if (wish === 'upgrade')
    return LEVELS[Math.min(LEVELS.indexOf(severity) + 1, LEVELS.length - 1)] ?? severity;
  if (wish === 'downgrade') return LEVELS[Math.max(LEVELS.indexOf(severity) - 1, 0)] ?? severity;
  return SEVERITIES[wish] ?? severity;
}

/** The last customization that speaks of a rule; a rule named in full shows its less sure findings as well. */
function wishFor(
  ruleId: string,
  customizations: readonly Customization[],
): Customization & { isNamed: boolean } {
  const last = customizations.findLast(({ rule }) => matchesRule(rule, ruleId));
  const isNamed = last !== undefined && last.rule === ruleId && last.severity !== 'default';
  return { rule: ruleId, severity: last?.severity ?? 'default', isNamed };
}

/** Whether a rule's id, or a pattern with `*`, means a rule. */
export function matchesRule(pattern: string, ruleId: string): boolean {
  const pieces = pattern.split('*');
  if (pieces.length === 1) return pattern === ruleId;
  const [first = ''] = pieces;
  const last = pieces.at(-1) ?? '';
  if (!ruleId.startsWith(first) || !ruleId.endsWith(last) || ruleId.length < first.length + last.length)
    return false;
  let from = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const at = ruleId.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return from <= ruleId.length - last.length;
}
