/** What the readers of the parts of a configuration share. */
import type { GlobReader } from './glob-reader';
import type { NodeReader } from './node-reader';
import type { RuleNames } from './rule-names';

export interface Reading {
  readonly reader: NodeReader;
  readonly globs: GlobReader;
  readonly names: RuleNames;
}
