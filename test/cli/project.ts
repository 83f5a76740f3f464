/** A folder on disk for tests of the command line, and the command line run in it. */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { repositoryRoot } from '../repository-root';

export const CLI = join(repositoryRoot(), 'dist', 'cli.js');

/** Code with one finding of high confidence, an error. */
export const EVIL = 'eval(process.argv[2]);\n';

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** What `--format json` answers. */
export interface JsonReport {
  readonly version: number;
  readonly root: string;
  readonly findings: readonly JsonFinding[];
  readonly degraded: readonly { readonly file: string; readonly cause: string }[];
  readonly ignored: {
    readonly byGit: { readonly files: number; readonly folders: number };
    readonly byConfiguration: number;
  };
  readonly ai: 'on' | 'off';
  readonly aiReason: string | null;
  readonly since: string | null;
  readonly baseline: {
    readonly file: string;
    readonly known: number;
    readonly gone: number;
    readonly added: number | null;
  } | null;
  readonly recorded:
    | readonly { readonly file: string; readonly ruleId: string; readonly record: string }[]
    | null;
}

export interface JsonFinding {
  readonly ruleId: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly severity: string;
  readonly message: string;
  readonly raised: {
    readonly how: string;
    readonly why: string;
    readonly tool: string | null;
    readonly source: string;
    readonly commit: string | null;
  } | null;
  readonly reintroduced: {
    readonly fixed: string;
    readonly commit: string | null;
    readonly record: string;
  } | null;
  readonly fixes: readonly { readonly title: string; readonly safety: string }[];
  readonly fingerprint: string;
}

export class Project {
  /** Without symbolic links, as `root` is told. */
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-cli-')));

  constructor(files: Readonly<Record<string, string | Uint8Array>> = {}) {
    for (const [path, content] of Object.entries(files)) this.write(path, content);
  }

  path(path: string): string {
    return join(this.folder, path);
  }

  write(path: string, content: string | Uint8Array): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), content);
  }

  read(path: string): string {
    return readFileSync(this.path(path), 'utf8');
  }

  run(args: readonly string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): Run {
    return runCli(args, { cwd: this.folder, ...options });
  }

  /** The report of a scan, whatever its exit code. */
  scan(...args: readonly string[]): JsonReport & { readonly code: number | null } {
    const { out, err, code } = this.run(['scan', '--format', 'json', ...args]);
    try {
      return { ...(JSON.parse(out) as JsonReport), code };
    } catch (error) {
      throw new Error(`exit code ${code}: ${err}${out.slice(0, 500)}`, { cause: error });
    }
  }

  /** `file rule` of each finding. */
  found(...args: readonly string[]): string[] {
    return this.scan(...args).findings.map(({ file, ruleId }) => `${file} ${ruleId}`);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function runCli(
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Run {
  const { env, ...rest } = options;
  const child: SpawnSyncReturns<string> = spawnSync(process.execPath, [CLI, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, ...env },
    ...rest,
  });
  return { code: child.status, out: child.stdout, err: child.stderr };
}

/** Runs a test in a project that is removed after it. */
export function withProject(
  files: Readonly<Record<string, string | Uint8Array>>,
  test: (project: Project) => void | Promise<void>,
): () => Promise<void> {
  return async () => {
    const project = new Project(files);
    try {
      await test(project);
    } finally {
      project.remove();
    }
  };
}
