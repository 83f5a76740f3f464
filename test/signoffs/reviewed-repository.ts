// A repository with a base, a branch with AI lines by git-ai's notes, and reviews of them.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../server/src/host/digest';
import { createNodeSigning } from '../../server/src/host/node-signing';
import { linesOf } from '../../server/src/origin/mapping/text-lines';
import { recordedRegion } from '../../server/src/signoffs/placement';
import type { Override, ReviewRecord, SignOff } from '../../server/src/signoffs/record';
import { recordFile, signedText } from '../../server/src/signoffs/record-file';
import { type Run, runCli } from '../cli/project';
import { addNote, gitAiNote, TRACE } from '../origin/noted-repository';
import { PLAIN_ENVIRONMENT, TestRepository } from '../origin/test-repository';

export interface Finding {
  readonly ruleId: string;
  readonly severity: string;
  readonly file: string;
  readonly line: number | null;
  readonly endLine: number | null;
  readonly commit: string | null;
  readonly message: string;
  readonly fingerprint: string;
}

export interface Report {
  readonly base: string;
  readonly head: string;
  readonly commits: number;
  readonly files: number;
  readonly all: boolean;
  readonly lines: { readonly reviewed: number; readonly unproven: number; readonly unreviewed: number };
  readonly findings: readonly Finding[];
  readonly degraded: readonly object[];
}

export const TRAILER = 'Assisted-by: Claude Code';
const BEN = { name: 'Ben', email: 'ben@example.org' };

export class ReviewedRepository extends TestRepository {
  readonly base: string;

  /** @param files of the base, besides code of a person. */
  constructor(files: Readonly<Record<string, string>> = {}) {
    super();
    this.write('src/a.ts', 'person();\n');
    for (const [path, content] of Object.entries(files)) this.write(path, content);
    this.base = this.commit('Begin');
  }

  /** Commits a file of which all lines, or some, are an AI tool's by a note on the commit. */
  commitAi(
    path: string,
    text: string,
    { lines = `1-${linesOf(text).length - 1}`, trailer = TRAILER } = {},
  ): string {
    this.write(path, text);
    const commit = this.commit(`Change ${path}\n\n${trailer}`);
    addNote(this, 'ai', commit, gitAiNote({ attested: [path, `  ${TRACE} ${lines}`] }));
    return commit;
  }

  signOff(path: string, start: number, end: number, more: Partial<SignOff> = {}): SignOff {
    const lines = linesOf(readFileSync(join(this.folder, path), 'utf8'));
    return {
      version: 1,
      kind: 'sign-off',
      path,
      region: recordedRegion(lines, { start: start - 1, end }, sha256),
      origin: [{ state: 'ai', source: 'git-ai-note', tool: 'Claude Code', lines: end - start + 1 }],
      reviewer: BEN,
      time: '2026-02-03T04:05:06.000Z',
      rules: '0.1.0',
      ...more,
    };
  }

  override(path: string, start: number, end: number, claim: Override['claim']): Override {
    const { origin: _, rules: __, ...base } = this.signOff(path, start, end);
    return { ...base, kind: 'override', claim, reason: 'typed by hand' };
  }

  /** @returns its path. */
  add(record: ReviewRecord): string {
    const { path, text } = recordFile(record, sha256);
    this.write(path, text);
    return path;
  }

  /** With the key of that name, which is made on first use. */
  async signed<R extends ReviewRecord>(record: R, key: string): Promise<R> {
    const result = await createNodeSigning().sign(
      signedText(record),
      { kind: 'ssh', key: this.#key(key) },
      record.reviewer.email,
    );
    if (result.kind !== 'signed') throw new Error(`It was not signed: ${result.reason}`);
    return { ...record, signature: result.signature };
  }

  publicKey(name: string): string {
    return readFileSync(`${this.#key(name)}.pub`, 'utf8').trim();
  }

  verify(args: readonly string[] = ['--base', this.base], env: NodeJS.ProcessEnv = {}): Run {
    return runCli(['verify', ...args], { cwd: this.folder, env: { ...PLAIN_ENVIRONMENT, ...env } });
  }

  report(env: NodeJS.ProcessEnv = {}): Report & { readonly code: number | null } {
    const { code, out, err } = this.verify(['--base', this.base, '--format', 'json'], env);
    try {
      return { ...(JSON.parse(out) as Report), code };
    } catch (error) {
      throw new Error(`exit code ${code}: ${err}${out.slice(0, 500)}`, { cause: error });
    }
  }

  /** `rule file:line-line` of each finding that counts, and the exit code. */
  missing(env: NodeJS.ProcessEnv = {}): readonly [number | null, ...string[]] {
    const { code, findings } = this.report(env);
    const told = findings
      .filter(({ severity }) => severity === 'error')
      .map(({ ruleId, file, line, endLine }) => {
        const path = file.replace(/[0-9a-f]{64}/, '*').replace(/\/[0-9a-f]{2}\//, '/');
        return `${ruleId.replace('governance/', '')} ${path}${line === null ? '' : `:${line}-${endLine}`}`;
      });
    return [code, ...told];
  }

  #key(name: string): string {
    const path = join(this.around, `key-${name}`);
    try {
      readFileSync(path);
    } catch {
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', path]);
    }
    return path;
  }
}
