/** Runs a program that is known by its absolute path, without a shell, with limits, and alone with its children. */
import { type ChildProcessWithoutNullStreams as Child, spawn } from 'node:child_process';
import { dirname, join } from 'node:path';

export interface BoundedRun {
  /** Absolute. */
  readonly program: string;
  readonly args: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly input: string;
  readonly mostBytes: number;
  readonly mostMilliseconds: number;
  readonly signal?: AbortSignal | undefined;
}

export type BoundedResult =
  | { readonly kind: 'ended'; readonly code: number | undefined; readonly out: string; readonly err: string }
  | { readonly kind: 'timed-out' | 'too-large' | 'cancelled' | 'not-started' };

/** Never rejects. */
export function runBounded(request: BoundedRun): Promise<BoundedResult> {
  const { program, args, environment, input, mostBytes, mostMilliseconds, signal } = request;
  if (signal?.aborted) return Promise.resolve({ kind: 'cancelled' });
  return new Promise((resolve) => {
    let child: Child;
    try {
      child = spawn(program, args, {
        cwd: dirname(program),
        env: environment,
        // A process group of its own can be ended with all that belongs to it; and it has no terminal to ask on.
        detached: process.platform !== 'win32',
        windowsHide: true,
      });
    } catch {
      resolve({ kind: 'not-started' });
      return;
    }
    const texts = { out: [] as Buffer[], err: [] as Buffer[] };
    let length = 0;
    const end = (result: BoundedResult) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      process.off('exit', onExit);
      resolve(result);
    };
    const stop = (kind: 'timed-out' | 'too-large' | 'cancelled') => {
      end({ kind });
      endTree(child);
    };
    const onAbort = () => stop('cancelled');
    const onExit = () => endTree(child);
    const timer = setTimeout(() => stop('timed-out'), mostMilliseconds);
    signal?.addEventListener('abort', onAbort);
    process.on('exit', onExit);
    const collect = (into: Buffer[]) => (bytes: Buffer) => {
      length += bytes.length;
      if (length > mostBytes) stop('too-large');
      else into.push(bytes);
    };
    child.stdout.on('data', collect(texts.out));
    child.stderr.on('data', collect(texts.err));
    child.on('error', () => end({ kind: 'not-started' }));
    child.on('close', (code) => {
      const [out, err] = [texts.out, texts.err].map((parts) => Buffer.concat(parts).toString('utf8'));
      end({ kind: 'ended', code: code ?? undefined, out: out ?? '', err: err ?? '' });
    });
    // It may end before it has read everything.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

/** Ends a process that has a group of its own, with all that it started. */
export function endTree(child: Pick<Child, 'pid' | 'kill'>): void {
  const { pid } = child;
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    const tool = join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'taskkill.exe');
    spawn(tool, ['/pid', String(pid), '/T', '/F'], { windowsHide: true }).on('error', () => child.kill());
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}
