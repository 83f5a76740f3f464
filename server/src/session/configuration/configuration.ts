/** What a configuration file says, in terms of the product: the form that is put into force. */

import type { Customization, Selection } from '../../analysis/selection';
import type { Span } from '../../analysis/span';
import type { ConfigurationProblem } from './configuration-problem';
import type { Glob } from './glob';

export interface Configuration {
  /** In the order of the text: later ones win over earlier, and this file over all. */
  readonly extended: readonly Extended[];
  /** Undefined when none is given. */
  readonly profile: Selection['profile'] | undefined;
  /** In the order of the text. */
  readonly customizations: readonly Customization[];
  /** In the order of the text. */
  readonly overrides: readonly Override[];
  readonly suppressions: readonly ConfiguredSuppression[];
  /** Of files that are not checked. */
  readonly ignored: readonly Glob[];
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
  readonly customizations: readonly Customization[];
}

/** Findings that are not shown, and why. */
export interface ConfiguredSuppression {
  /** A rule's id, or a pattern with `*`. */
  readonly rule: string;
  readonly files: readonly Glob[];
  readonly reason: string;
}
