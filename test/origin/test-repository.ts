/** Repositories of git in a folder that is thrown away, made by plain git without anybody's settings. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Nobody's settings, and commits that are the same on each run. */
export const PLAIN_ENVIRONMENT: NodeJS.ProcessEnv = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))),
  GIT_CONFIG_GLOBAL: devNull,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ann',
  GIT_AUTHOR_EMAIL: 'ann@example.org',
  GIT_AUTHOR_DATE: '1700000000 +0000',
  GIT_COMMITTER_NAME: 'Ann',
  GIT_COMMITTER_EMAIL: 'ann@example.org',
  GIT_COMMITTER_DATE: '1700000000 +0000',
  LC_ALL: 'C',
};

export class TestRepository {
  /** Holds the repository, and may hold more. */
  readonly around = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-git-')));
  readonly folder: string;

  constructor(...options: readonly string[]) {
    this.folder = join(this.around, 'repository');
    mkdirSync(this.folder);
    this.git('init', '--quiet', ...options);
    this.git('symbolic-ref', 'HEAD', 'refs/heads/main');
  }

  get uri(): string {
    return this.uriOf('').replace(/\/$/, '');
  }

  /** Of a path in the repository. */
  uriOf(path: string): string {
    return pathToFileURL(join(this.folder, path)).href;
  }

  /** @throws where git ends with another exit code than 0. */
  git(...args: readonly string[]): string {
    return this.gitWith('', ...args);
  }

  gitWith(input: string | Buffer, ...args: readonly string[]): string {
    return execFileSync('git', args, {
      cwd: this.folder,
      env: PLAIN_ENVIRONMENT,
      input,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'ignore'],
      maxBuffer: 2 ** 28,
    }).replace(/\n$/, '');
  }

  write(path: string, content: string | Buffer): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), content);
  }

  /** Commits all that is in the work tree. The full id of the commit. */
  commit(message = 'Change'): string {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '--message', message);
    return this.git('rev-parse', 'HEAD');
  }

  /** A shell script beside the repository; its path. */
  script(name: string, body: string): string {
    const path = join(this.around, `${name}.sh`);
    writeFileSync(path, `#!/bin/sh\n${body}\n`);
    chmodSync(path, 0o755);
    return path;
  }

  remove(): void {
    rmSync(this.around, { recursive: true, force: true });
  }
}
