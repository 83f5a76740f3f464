/** Git on Node. Made in entry points only. */
import { type ChildProcessWithoutNullStreams as Child, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProgram } from './find-program';
import type { Git, GitArguments, GitRefusal, GitRequest, GitResult } from './git';
import { PROTECTIVE_OPTIONS, protectiveEnvironment } from './git-protection';
import { endTree } from './run-bounded';

/** So much of what git says is kept. */
const MOST_MESSAGE = 8_000;

export interface NodeGitOptions {
  /** An absolute path; that of PATH's git unless given. */
  readonly program?: string | undefined;
  readonly environment?: NodeJS.ProcessEnv | undefined;
}

export function createNodeGit({ program, environment = process.env }: NodeGitOptions = {}): Git {
  const env = protectiveEnvironment(environment, randomBytes(16).toString('hex'));
  const running = new Set<Child>();
  const endAll = () => running.forEach(endTree);
  // Looked for at each start: whoever installs git does not have to restart the editor.
  const found = () => program ?? findProgram('git', environment);
  return {
    run: (args, request) => {
      const path = found();
      const folder = pathOf(request.folder);
      if (path === undefined) return Promise.resolve({ kind: 'no-git' });
      if (folder === undefined) return Promise.resolve({ kind: 'no-repository' });
      if (request.signal?.aborted) return Promise.resolve({ kind: 'cancelled' });
      return run(path, folder, args, request);
    },
  };

  function run(path: string, folder: string, args: GitArguments, request: GitRequest): Promise<GitResult> {
    return new Promise((resolve, reject) => {
      const child = started(path, folder, args);
      if (!child) {
        resolve({ kind: 'failed', code: undefined, message: '' });
        return;
      }
      if (running.size === 0) process.on('exit', endAll);
      running.add(child);
      const output: Buffer[] = [];
      let length = 0;
      let message = '';

      const timer = setTimeout(() => stop({ kind: 'timed-out' }), request.mostMilliseconds);
      const onAbort = () => stop({ kind: 'cancelled' });
      request.signal?.addEventListener('abort', onAbort);
      const release = () => {
        clearTimeout(timer);
        request.signal?.removeEventListener('abort', onAbort);
        running.delete(child);
        if (running.size === 0) process.off('exit', endAll);
      };
      /** Answers at once: a process that hangs in the system may never end. */
      const stop = (refusal: GitRefusal) => {
        release();
        child.stdout.removeAllListeners('data');
        endTree(child);
        resolve(refusal);
      };

      child.stdout.on('data', (bytes: Buffer) => {
        length += bytes.length;
        if (length > request.mostBytes) {
          stop({ kind: 'too-large' });
          return;
        }
        if (!request.onOutput) {
          output.push(bytes);
          return;
        }
        try {
          request.onOutput(bytes);
        } catch (error) {
          reject(error);
          stop({ kind: 'cancelled' });
        }
      });
      child.stderr.setEncoding('utf8');
      child.stderr.on('data', (text: string) => {
        message += text.slice(0, MOST_MESSAGE - message.length);
      });
      child.on('error', () => {
        release();
        resolve({ kind: 'no-git' });
      });
      child.on('close', (code) => {
        release();
        resolve(code === 0 ? { kind: 'done', output: Buffer.concat(output) } : refusalOf(code, message));
      });
      // Git may end before it has read everything.
      child.stdin.on('error', () => {});
      child.stdin.end(request.input ?? '');
    });
  }

  /** Undefined where the system cannot take the arguments: they hold a NUL. */
  function started(path: string, folder: string, args: GitArguments): Child | undefined {
    try {
      return spawn(path, [...PROTECTIVE_OPTIONS, '-C', folder, ...args], {
        // Neutral ground: where git starts, Windows looks for programs.
        cwd: dirname(path),
        env,
        // A process group of its own can be ended with all that belongs to it.
        detached: process.platform !== 'win32',
        windowsHide: true,
      });
    } catch {
      return undefined;
    }
  }
}

function refusalOf(code: number | null, message: string): GitRefusal {
  if (/^fatal: (?:detected dubious ownership|unsafe repository)/m.test(message)) {
    return { kind: 'not-owned', message };
  }
  const isElsewhere =
    /^fatal: (?:not a git repository|cannot use bare repository|this operation must be run in a work tree|cannot change to )/m;
  if (isElsewhere.test(message)) return { kind: 'no-repository' };
  return { kind: 'failed', code: code ?? undefined, message: message.trim() };
}

function pathOf(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}
