/**
 * What keeps git from running what a repository names. Every one of these has a line in
 * `test/origin/hostile-repository.test.ts`, which also shows that git runs it otherwise.
 */

/** Before the command. Older versions of git ignore what they do not know. */
export const PROTECTIVE_OPTIONS: readonly string[] = [
  '--no-pager',
  ...[
    'core.fsmonitor=false',
    'core.hooksPath=/dev/null',
    'log.showSignature=false',
    'gpg.program=gpg',
    'gpg.ssh.program=ssh-keygen',
    'gpg.ssh.defaultKeyCommand=',
    'core.quotePath=false',
    // A repository without a work tree may lie in another's work tree, as files that a clone brought.
    'safe.bareRepository=explicit',
  ].flatMap((setting) => ['-c', setting]),
];

/** What a person may have set for git that belongs to the person, not to a repository. */
const KEPT =
  /^GIT_(?:CONFIG_(?:COUNT|GLOBAL|SYSTEM|NOSYSTEM|KEY_\d+|VALUE_\d+)|CEILING_DIRECTORIES|EXEC_PATH|DISCOVERY_ACROSS_FILESYSTEM)$/;

/**
 * The environment for git: that of the person, without what would lead git to another repository (a hook of git sets
 * `GIT_DIR`) or have it write traces.
 *
 * @param nonce something that nobody can guess.
 */
export function protectiveEnvironment(environment: NodeJS.ProcessEnv, nonce: string): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(
    ([name]) => !name.toUpperCase().startsWith('GIT_') || KEPT.test(name.toUpperCase()),
  );
  return {
    ...Object.fromEntries(kept),
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    // Only this protocol is allowed, for versions that fetch lazily in spite of the line above. A fixed word such as
    // `none` was seen to run a program: with the address `none::x`, git runs `alias.remote-none`.
    GIT_ALLOW_PROTOCOL: `none-${nonce}`,
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  };
}
