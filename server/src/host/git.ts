/** Git, as far as it is asked: it is run in one way only, so that nothing in a repository is ever executed. */

export interface Git {
  /**
   * Runs a command of git that only reads, in a stranger's repository.
   *
   * **Invariant:** no program that the repository names is run (hooks, filters, aliases, signature checks, `textconv`,
   * helpers of remotes), nothing is fetched, and nothing is written. This holds for the commands of `GitCommand`, not
   * for every command of git: one that looks at the work tree runs its filters whatever is said to it.
   *
   * Never rejects, unless `onOutput` throws.
   */
  run(args: GitArguments, request: GitRequest): Promise<GitResult>;
}

/**
 * What may be asked. `ls-files` never with `-m`, which compares contents by filters. Before another is added,
 * `test/origin/hostile-repository.test.ts` must cover it.
 */
export type GitCommand = 'blame' | 'cat-file' | 'config' | 'ls-files' | 'ls-tree' | 'rev-list' | 'rev-parse';

/** Whoever calls puts `--` before paths, and `--no-textconv` where the command can convert. */
export type GitArguments = readonly [GitCommand, ...string[]];

export interface GitRequest {
  /** The `file:` URI of the folder that git starts from. */
  readonly folder: string;
  /** What git reads from its standard input; nothing unless given. */
  readonly input?: string | undefined;
  /** The output may be this long. */
  readonly mostBytes: number;
  readonly mostMilliseconds: number;
  /** Ends git, and whatever it started. */
  readonly signal?: AbortSignal | undefined;
  /** Gets the output as it comes, in any pieces; it is not in the result then. */
  readonly onOutput?: ((bytes: Buffer) => void) | undefined;
}

export type GitResult = { readonly kind: 'done'; readonly output: Buffer } | GitRefusal;

/** Why git did not answer. What it had written until then has reached `onOutput`. */
export type GitRefusal =
  /** There is no git on this machine, or it does not start. */
  | { readonly kind: 'no-git' }
  /** The folder is not in a work tree, or does not exist. A repository without one is refused, too. */
  | { readonly kind: 'no-repository' }
  /** Git refuses a repository of another user, unless `safe.directory` of the person's settings names it. */
  | { readonly kind: 'not-owned'; readonly message: string }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'cancelled' }
  /** `message` is what git said, in English and shortened: a stranger's text. */
  | { readonly kind: 'failed'; readonly code: number | undefined; readonly message: string };

/** Why git did not answer, in words that may follow a colon. */
export function wordsOfRefusal(refusal: GitRefusal): string {
  switch (refusal.kind) {
    case 'no-git':
      return 'git was not found on this machine';
    case 'no-repository':
      return 'the file is in no git work tree';
    case 'not-owned':
      return 'git refuses the repository because another user owns it; if you trust them, name it in safe.directory';
    case 'timed-out':
      return 'git took too long';
    case 'too-large':
      return 'there is too much of it';
    case 'cancelled':
      return 'it was called off';
    case 'failed':
      return `git failed${refusal.code === undefined ? '' : ` with exit code ${refusal.code}`}`;
  }
}
