/** Which findings of a file a person sees: one answer for the editor and the command line. */
import type { Finding } from '../analysis/finding';
import { type Selection, select } from '../analysis/selection';

/** What is in force for a file, as far as it decides over findings. */
export interface ShownSettings {
  readonly selection: Selection;
}

export interface ShownFindings {
  /** In the order given, with the severities to show them with. */
  readonly shown: readonly Finding[];
  /** What would be shown but for an entry of the configuration, with the reason given there. */
  readonly suppressed: readonly { readonly finding: Finding; readonly reason: string }[];
}

/**
 * @param findings of one file, those that its comments suppress left out.
 * @param path of the file below the workspace folder, with `/`.
 */
export function shownFindings(
  findings: readonly Finding[],
  path: string,
  { selection }: ShownSettings,
): ShownFindings {
  return { shown: select(findings, selection, path), suppressed: [] };
}
