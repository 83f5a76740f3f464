/** Signing on Node, with `ssh-keygen` and `gpg` of PATH. Made in entry points only. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from './find-program';
import { GpgSigning } from './gpg-signing';
import { runBounded } from './run-bounded';
import type { SignatureKind, Signing } from './signing';
import { PROGRAMS, type RunProgram, type WithFolder } from './signing-program';
import { SshSigning } from './ssh-signing';

const MOST_BYTES = 1_000_000;

export function createNodeSigning({
  environment = process.env,
  home = homedir(),
}: {
  readonly environment?: NodeJS.ProcessEnv;
  readonly home?: string;
} = {}): Signing {
  const runner =
    (kind: SignatureKind): RunProgram =>
    (args, input, limits) => {
      // Looked for at each start: whoever installs it does not have to restart the editor.
      const program = findProgram(PROGRAMS[kind], environment);
      if (program === undefined) return Promise.resolve({ kind: 'not-started' });
      const env = { ...environment, LC_ALL: 'C' };
      return runBounded({ program, args, environment: env, input, mostBytes: MOST_BYTES, ...limits });
    };
  const makers = {
    ssh: new SshSigning(runner('ssh'), withScratchFolder, home),
    openpgp: new GpgSigning(runner('openpgp'), withScratchFolder),
  };
  return {
    sign: (text, key, email, signal) => makers[key.kind].sign(text, key, email, signal),
    verify: (request, signal) => makers[request.signature.kind].verify(request, signal),
  };
}

const withScratchFolder: WithFolder = async (action) => {
  const path = mkdtempSync(join(tmpdir(), 'countersign-keys-'));
  try {
    return await action({
      path,
      write: (name, text) => {
        const file = join(path, name);
        writeFileSync(file, text, { mode: 0o600 });
        return file;
      },
      folder: (name) => {
        const folder = join(path, name);
        mkdirSync(folder, { mode: 0o700 });
        return folder;
      },
    });
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
};
