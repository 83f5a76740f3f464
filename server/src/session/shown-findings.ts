/** Which findings of a file a person sees: one answer for the editor and the command line. */
import type { AiCode } from '../analysis/ai-code';
import type { Finding } from '../analysis/finding';
import { type FixesBefore, reintroduced } from '../analysis/reintroduced';
import { isLevelChosen, matchesRule, type Selection, select } from '../analysis/selection';
import type { ConfigurationInForce, SuppressionInForce } from './configuration/configuration-in-force';

/** What is in force for a file, as far as it decides over findings. */
export interface ShownSettings {
  readonly selection: Selection;
  /** Entries of the configuration that are for this file. */
  readonly suppressions: readonly SuppressionInForce[];
  /** Whether the AI switch is on. */
  readonly ai: boolean;
}

/** What a person wants on top of configuration files: settings of the editor, options of the command line. */
export interface PersonalSettings {
  /** Undefined when none was chosen: then the configuration may. */
  readonly profile: Selection['profile'] | undefined;
  readonly customizations: Selection['customizations'];
  /** Whether the AI switch is on; undefined when nothing was chosen. */
  readonly ai: boolean | undefined;
}

export interface ShownFindings {
  /** In the order given, with the severities to show them with. */
  readonly shown: readonly Finding[];
  /** What would be shown but for an entry of the configuration, with the reason given there. */
  readonly suppressed: readonly { readonly finding: Finding; readonly reason: string }[];
}

/** What the person chose for profile and AI switch wins; of the rules' entries, those of the person come last and so win too. */
export function shownSettings(
  configuration: ConfigurationInForce,
  personal: PersonalSettings,
): ShownSettings {
  return {
    selection: {
      profile: personal.profile ?? configuration.profile ?? 'recommended',
      customizations: [...configuration.customizations, ...personal.customizations],
    },
    suppressions: configuration.suppressions,
    ai: personal.ai ?? configuration.ai ?? true,
  };
}

/**
 * @param findings of one file, those that its comments suppress left out.
 * @param path of the file below the workspace folder, with `/`.
 * @param aiCode of the text that the findings belong to, where it is known; looked at where the AI switch is on.
 * @param before of the file: which of its findings were fixed before.
 */
export function shownFindings(
  findings: readonly Finding[],
  path: string,
  { selection, suppressions, ai }: ShownSettings,
  aiCode?: AiCode,
  before?: FixesBefore,
): ShownFindings {
  const shown: Finding[] = [];
  const suppressed: { finding: Finding; reason: string }[] = [];
  for (const finding of select(findings, selection, path, ai ? aiCode : undefined)) {
    const entry = suppressions.find(({ rule }) => matchesRule(rule, finding.ruleId));
    if (entry) suppressed.push({ finding, reason: entry.reason });
    else shown.push(asBefore(finding, selection, before));
  }
  return { shown, suppressed };
}

function asBefore(finding: Finding, selection: Selection, before: FixesBefore | undefined): Finding {
  const fixed = before?.(finding);
  return fixed ? reintroduced(finding, fixed, isLevelChosen(finding.ruleId, selection)) : finding;
}
