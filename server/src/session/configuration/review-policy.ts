/** `review`: who has to countersign what, as a configuration says it. */
import { DEFAULT_REQUIREMENTS, type Requirements } from '../../signoffs/approvals';
import type { CodeOwners } from './code-owners';
import type { Glob } from './glob';

/** In `reviewers`: whoever CODEOWNERS names for the file. */
export const CODE_OWNERS = 'codeowners';

/** What is said of some or all files; what is left out stays as it is. */
export interface ReviewSettings {
  readonly approvals?: number | undefined;
  readonly authorMayReview?: boolean | undefined;
  readonly requireSignature?: boolean | undefined;
  /** Addresses, `@name`, `@organisation/team`, `codeowners`. */
  readonly reviewers?: readonly string[] | undefined;
}

export interface ReviewPolicy extends ReviewSettings {
  /** Whether a commit with AI lines has to say so. */
  readonly requireTrailer: boolean;
  /** Who is meant by `@name` and `@organisation/team`. */
  readonly people: ReadonlyMap<string, readonly string[]>;
  /** In the order of the text: of those that hold for a file, a later one wins, key by key. */
  readonly overrides: readonly ReviewOverride[];
}

export interface ReviewOverride extends ReviewSettings {
  readonly files: readonly Glob[];
  readonly excludedFiles: readonly Glob[];
}

/** What holds where no configuration has a policy. */
export const DEFAULT_POLICY: ReviewPolicy = { requireTrailer: true, people: new Map(), overrides: [] };

/** @param path from the folder of the configuration. */
export function requirementsFor(policy: ReviewPolicy, path: string, owners: CodeOwners): Requirements {
  const isIn = (globs: readonly Glob[]) => globs.some((glob) => glob.matches(path));
  const steps: readonly ReviewSettings[] = [
    policy,
    ...policy.overrides.filter(({ files, excludedFiles }) => isIn(files) && !isIn(excludedFiles)),
  ];
  const last = <K extends keyof ReviewSettings>(key: K): ReviewSettings[K] =>
    steps.map((step) => step[key]).findLast((value) => value !== undefined);
  const named = last('reviewers')?.flatMap((name) => (name === CODE_OWNERS ? owners.ownersOf(path) : [name]));
  return {
    approvals: last('approvals') ?? DEFAULT_REQUIREMENTS.approvals,
    authorMayReview: last('authorMayReview') ?? DEFAULT_REQUIREMENTS.authorMayReview,
    requireSignature: last('requireSignature') ?? DEFAULT_REQUIREMENTS.requireSignature,
    // A file without an owner is for anybody, as on GitHub.
    reviewers: named === undefined || named.length === 0 ? undefined : expanded(named, policy.people),
  };
}

/** Names with those behind them, each once. A name that stands for nobody else stays. */
function expanded(names: readonly string[], people: ReviewPolicy['people']): string[] {
  const found = new Set<string>();
  const open = [...names];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const lower = name.toLowerCase();
    if (found.has(lower)) continue;
    found.add(lower);
    open.push(...(people.get(lower) ?? []));
  }
  return [...found].sort();
}
