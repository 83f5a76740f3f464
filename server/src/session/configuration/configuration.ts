/** What a configuration file says, in terms of the product: the form that is put into force. */

import type { Customization, Selection } from '../../analysis/selection';
import type { Span } from '../../analysis/span';
import type { ConfigurationProblem } from './configuration-problem';
import type { Glob } from './glob';
import type { ReviewPolicy } from './review-policy';

export interface Configuration {
  /** In the order of the text: later ones win over earlier, and this file over all. */
  readonly extended: readonly Extended[];
  /** Undefined when none is given. */
  readonly profile: Selection['profile'] | undefined;
  /** Whether the AI switch is on; undefined when that is not said. */
  readonly ai: boolean | undefined;
  /** In the order of the text. */
  readonly customizations: readonly Customization[];
  /** In the order of the text. */
  readonly overrides: readonly Override[];
  readonly suppressions: readonly ConfiguredSuppression[];
  /** All entries of `suppress`, those also that suppress nothing; in the order of the text. */
  readonly suppressEntries: readonly SuppressEntry[];
  /** Of files that are not checked. */
  readonly ignored: readonly Glob[];
  /** Who has to countersign what. Only that of the file at the top of a repository counts, and none that is extended. */
  readonly review: ReviewPolicy | undefined;
  /** Of all its globs, their braces written out. */
  readonly globCharacters: number;
  /** In the order of the text. */
  readonly problems: readonly ConfigurationProblem[];
}

/** An entry of `extends`, and where it stands. */
export interface Extended extends Span {
  readonly name: string;
}

/** What else holds for some files. */
export interface Override {
  readonly files: readonly Glob[];
  readonly excludedFiles: readonly Glob[];
  readonly profile: Selection['profile'] | undefined;
  /** Whether the AI switch is on; undefined when that is not said. */
  readonly ai: boolean | undefined;
  readonly customizations: readonly Customization[];
}

/** Findings that are not shown, and why. */
export interface ConfiguredSuppression {
  /** A rule's id, or a pattern with `*`. */
  readonly rule: string;
  readonly files: readonly Glob[];
  readonly reason: string;
}

/** An entry of `suppress` as it is written. What has another type than it should is left out. */
export interface SuppressEntry extends Span {
  readonly rule: string | undefined;
  readonly files: readonly string[];
  readonly reason: string | undefined;
  readonly until: string | undefined;
  /** `invalid` is what cannot hold as it is written. */
  readonly state: 'active' | 'expired' | 'invalid';
  /** Why it suppresses nothing, and what to do; undefined when it holds. */
  readonly problem: string | undefined;
  /** What it does; undefined unless it holds. */
  readonly suppression: ConfiguredSuppression | undefined;
}
