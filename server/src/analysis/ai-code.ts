/** What the AI switch goes by: who is known to have written the code of a finding, and what its rule says of such code. */
import type { Finding, Severity } from './finding';
import type { RuleMeta } from './rule';
import type { Span } from './span';

/** The lines of one text that an AI tool is known to have written. */
export interface AiCode {
  rule(id: string): Pick<RuleMeta, 'severity' | 'aiSeverity'> | undefined;
  /** Undefined where no line of the stretch is known to be a tool's. */
  reasonAt(span: Span): AiReason | undefined;
}

/** Why a line is judged as AI code. Its texts come from strangers: cleaned and bounded, escaped where shown. */
export interface AiReason {
  /** To follow "raised: ": `written by Claude Code, note on 3f2a1c9`. */
  readonly words: string;
  readonly tool: string | undefined;
  /** Which evidence decides. */
  readonly source: string;
  /** Full id of the commit that the evidence belongs to. */
  readonly commit: string | undefined;
}

/** What the AI switch did to a finding: it is more severe, it is shown at all, or both. */
export type RaisedHow = 'raised' | 'shown' | 'shown and raised';

export interface Raised extends AiReason {
  readonly how: RaisedHow;
  /** What the rule says, without the reason. */
  readonly message: string;
}

const LEVELS: readonly Severity[] = ['hint', 'info', 'warning', 'error'];

/** Another level, so many above or, where negative, below; the last one where there is none. */
export function levelFrom(severity: Severity, steps: number): Severity {
  const level = LEVELS.indexOf(severity) + steps;
  return LEVELS[Math.min(Math.max(level, 0), LEVELS.length - 1)] ?? severity;
}

/** The severity in AI code: as much above as the rule says; what weighs less than the rule still does. */
export function severityInAiCode(
  { severity }: Pick<Finding, 'severity'>,
  rule: ReturnType<AiCode['rule']>,
): Severity {
  if (!rule) return severity;
  const steps = LEVELS.indexOf(rule.aiSeverity) - LEVELS.indexOf(rule.severity);
  return levelFrom(severity, Math.max(steps, 0));
}

/** A finding as the AI switch shows it: its message ends with the reason. */
export function raised(finding: Finding, severity: Severity, how: RaisedHow, reason: AiReason): Finding {
  const { message } = finding;
  return {
    ...finding,
    severity,
    message: `${message} (${how}: ${reason.words})`,
    raised: { ...reason, how, message },
  };
}
