/** What a configuration and all that it extends say of one file. */
import type { Selection } from '../../analysis/selection';
import type { Configuration } from './configuration';
import type { Layer } from './configuration-chain';
import type { Glob } from './glob';

/** Findings of a rule that are not shown in a file, and why. */
export interface SuppressionInForce {
  /** A rule's id, or a pattern with `*`. */
  readonly rule: string;
  readonly reason: string;
}

export interface ConfigurationInForce {
  /** Undefined when none is given. */
  readonly profile: Selection['profile'] | undefined;
  /** Whether the AI switch is on; undefined when that is not said. */
  readonly ai: boolean | undefined;
  /** Later entries win. */
  readonly customizations: Selection['customizations'];
  readonly suppressions: readonly SuppressionInForce[];
  /** Whether the file is not to be checked. */
  readonly isIgnored: boolean;
}

export const NOTHING_IN_FORCE: ConfigurationInForce = {
  profile: undefined,
  ai: undefined,
  customizations: [],
  suppressions: [],
  isIgnored: false,
};

/** @param layers weakest first. */
export function inForce(layers: readonly Layer[], uri: string): ConfigurationInForce {
  const parts = layers.map(({ folder, configuration }) => partFor(configuration, pathBelow(folder, uri)));
  return {
    profile: parts.findLast(({ profile }) => profile !== undefined)?.profile,
    ai: parts.findLast(({ ai }) => ai !== undefined)?.ai,
    customizations: parts.flatMap(({ customizations }) => customizations),
    suppressions: parts.flatMap(({ suppressions }) => suppressions),
    isIgnored: parts.some(({ isIgnored }) => isIgnored),
  };
}

/** @param path below the folder that the globs are relative to; undefined where the file is elsewhere. */
function partFor(configuration: Configuration, path: string | undefined): ConfigurationInForce {
  const isIn = (globs: readonly Glob[]) => path !== undefined && globs.some((glob) => glob.matches(path));
  const { overrides, suppressions, ignored } = configuration;
  const matching = overrides.filter(({ files, excludedFiles }) => isIn(files) && !isIn(excludedFiles));
  const steps = [configuration, ...matching];
  return {
    profile: steps.findLast(({ profile }) => profile !== undefined)?.profile,
    ai: steps.findLast(({ ai }) => ai !== undefined)?.ai,
    customizations: steps.flatMap(({ customizations }) => customizations),
    suppressions: suppressions
      .filter(({ files }) => isIn(files))
      .map(({ rule, reason }) => ({ rule, reason })),
    isIgnored: isIn(ignored),
  };
}

/** The path of a file below a folder, with `/`; undefined where it is elsewhere. */
export function pathBelow(folder: string, uri: string): string | undefined {
  if (!uri.startsWith(`${folder}/`)) return undefined;
  const path = uri.slice(folder.length + 1);
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
