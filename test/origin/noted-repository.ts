/** Notes in the shapes that tools write them, for repositories of tests. */
import type { TestRepository } from './test-repository';

export interface NoteParts {
  /** The lines of the attestation, such as `a.ts` and `  s_… 1-3`. */
  readonly attested: readonly string[];
  readonly version?: string;
  readonly prompts?: object;
}

export const SESSION = 's_00112233445566';
export const TRACE = `${SESSION}::t_aabbccddeeff00`;
export const HUMAN = 'h_99887766554433';

export function gitAiNote({ attested, version = '1.6.13', prompts = {} }: NoteParts): string {
  const metadata = {
    schema_version: 'authorship/3.0.0',
    git_ai_version: version,
    base_commit_sha: '0'.repeat(40),
    prompts,
    humans: { [HUMAN]: { author: 'Ann <ann@example.org>' } },
    sessions: { [SESSION]: { agent_id: { tool: 'claude', id: 'c1', model: 'claude-opus-5' } } },
  };
  return [...attested, '---', JSON.stringify(metadata, undefined, 2)].map((line) => `${line}\n`).join('');
}

/** @param reference without `refs/notes/`. */
export function addNote(repository: TestRepository, reference: string, commit: string, note: string): void {
  const blob = repository.gitWith(note, 'hash-object', '-w', '--stdin');
  repository.git('notes', `--ref=${reference}`, 'add', '-f', '-C', blob, commit);
}
