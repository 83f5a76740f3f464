import type { Range } from '../../../protocol/place';

/** A finding as the editor shows it, without the editor's types. */
export interface ShownFinding {
  readonly uri: string;
  /** As a person reads it: below the workspace folder, or whole where it is in none. */
  readonly path: string;
  readonly ruleId: string;
  readonly message: string;
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  readonly range: Range;
  /** Undefined when the server told none. */
  readonly fingerprint: string | undefined;
}

/** The most severe first. */
export const SEVERITY_ORDER: readonly ShownFinding['severity'][] = ['error', 'warning', 'info', 'hint'];
