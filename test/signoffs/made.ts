// Records and origins as tests need them.
import { sha256 } from '../../server/src/host/digest';
import { evidenceOf, type LineRange } from '../../server/src/origin/evidence';
import { type LineOrigin, lineOrigin } from '../../server/src/origin/precedence';
import { recordedRegion } from '../../server/src/signoffs/placement';
import type { NamedRecord, Override, ReviewRecord, SignOff } from '../../server/src/signoffs/record';
import { recordFile } from '../../server/src/signoffs/record-file';

export const AI = lineOrigin({ evidence: [evidenceOf('git-ai-note', 'ai', { tool: 'Cursor' })] });
export const AI_COMMIT = lineOrigin({ evidence: [evidenceOf('commit-author', 'ai-commit')] });
export const MIXED = lineOrigin({ evidence: [], former: [evidenceOf('git-ai-note', 'ai')] });
export const HUMAN = lineOrigin({ evidence: [evidenceOf('git-ai-note-human', 'human')] });
export const UNKNOWN = lineOrigin({ evidence: [] });

/** One letter for each line: `a` AI, `c` its commit, `m` mixed, `h` human, anything else unknown. */
export function origins(letters: string): LineOrigin[] {
  const byLetter: Record<string, LineOrigin> = { a: AI, c: AI_COMMIT, m: MIXED, h: HUMAN };
  return [...letters].map((letter) => byLetter[letter] ?? UNKNOWN);
}

export function signOff(lines: readonly string[], range: LineRange, more: Partial<SignOff> = {}): SignOff {
  return {
    version: 1,
    kind: 'sign-off',
    path: 'src/a.ts',
    region: recordedRegion(lines, range, sha256),
    origin: [{ state: 'ai', source: 'git-ai-note', tool: 'Cursor', lines: range.end - range.start }],
    reviewer: { name: 'Ann', email: 'ann@example.org' },
    time: '2026-02-03T04:05:06.000Z',
    rules: '0.1.0',
    ...more,
  };
}

export function override(lines: readonly string[], range: LineRange, more: Partial<Override> = {}): Override {
  const { origin: _, rules: __, ...base } = signOff(lines, range);
  return { ...base, kind: 'override', claim: 'human', reason: 'typed by hand', ...more } as Override;
}

export function named<R extends ReviewRecord>(record: R): NamedRecord<R> {
  return { id: recordFile(record, sha256).id, record };
}
