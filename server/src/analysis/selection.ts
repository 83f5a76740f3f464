/** Which findings are shown, and how severe they are: profile and settings. */
import { type AiCode, levelFrom, raised, severityInAiCode } from './ai-code';
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
 * In AI code the severity that a rule has there applies, and findings of medium confidence are shown. A person's word
 * counts more: a rule that is off stays off, a level that was chosen stays that level, and `upgrade` and `downgrade`
 * begin at the raised one. What is a hint because it is in a test is left at that.
 *
 * @param path of the file below the workspace folder.
 * @param ai undefined where the AI switch is off, or nothing is known.
 */
export function select(
  findings: readonly Finding[],
  selection: Selection,
  path: string,
  ai?: AiCode,
): Finding[] {
  const isLenient = selection.profile === 'recommended' && isTestPath(path);
  return findings.flatMap((finding) => {
    const wish = wishFor(finding.ruleId, selection.customizations);
    if (wish.severity === 'off') return [];
    const isLowered = isLenient && !wish.isNamed && !/^(?:config|secrets|suppression)\//.test(finding.ruleId);
    const isPlain = isShown(finding.confidence, selection.profile, wish.isNamed);
    const severity = severityFor(isLowered ? 'hint' : finding.severity, wish.severity);
    const plain = isPlain ? [severity === finding.severity ? finding : { ...finding, severity }] : [];
    if (!ai || isLowered) return plain;
    return inAiCode(finding, { severity, isShown: isPlain, wish: wish.severity }, ai) ?? plain;
  });
}

/** How a finding is shown in any code. */
interface Plain {
  readonly severity: Severity;
  readonly isShown: boolean;
  /** What a person wants of its rule. */
  readonly wish: Customization['severity'];
}

/** Undefined where the AI switch changes nothing. */
function inAiCode(finding: Finding, plain: Plain, ai: AiCode): [Finding] | undefined {
  if (!plain.isShown && finding.confidence !== 'medium') return undefined;
  const severity = severityFor(severityInAiCode(finding, ai.rule(finding.ruleId)), plain.wish);
  const isRaised = severity !== plain.severity;
  // Asking who wrote a line costs something, so it comes last.
  const reason = isRaised || !plain.isShown ? ai.reasonAt(finding) : undefined;
  if (!reason) return undefined;
  const how = plain.isShown ? 'raised' : isRaised ? 'shown and raised' : 'shown';
  return [raised(finding, severity, how, reason)];
}

function isShown(confidence: Confidence, profile: Selection['profile'], isNamed: boolean): boolean {
  if (confidence === 'high' || isNamed) return true;
  return confidence === 'medium' && profile === 'strict';
}

function severityFor(severity: Severity, wish: Customization['severity']): Severity {
  if (wish === 'upgrade') return levelFrom(severity, 1);
  if (wish === 'downgrade') return levelFrom(severity, -1);
  return SEVERITIES[wish] ?? severity;
}

/** Whether a person said which level a rule has, and not only that it is another one. */
export function isLevelChosen(ruleId: string, { customizations }: Selection): boolean {
  return wishFor(ruleId, customizations).severity in SEVERITIES;
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
