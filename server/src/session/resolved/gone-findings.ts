/** What commits had in a file and the saved text has no longer, for a person who says what was fixed. */
import type { Git } from '../../host/git';
import { decode } from '../../origin/lines/decode';
import { readObjects } from '../../origin/repository/objects';
import type { FileInRepository } from '../../origin/repository/repository';
import { findBranchBase } from '../../reviews/branch-base';
import { MOST_BYTES } from '../size-limits';
import type { FindingKey } from './applied-fixes';

export interface FormerFinding extends FindingKey {
  readonly message: string;
  /** From 0. */
  readonly line: number;
}

export interface GoneFromFile extends FormerFinding {
  /** Full id of the commit that had it. */
  readonly commit: string;
  /** The file has a finding of this rule that it had not before: it may be the same by another name. */
  readonly isUnsure: boolean;
}

export interface GoneRequest {
  readonly file: FileInRepository;
  /** All that is found in the saved text, also what is suppressed. */
  readonly present: readonly FindingKey[];
  /** What is shown of another text of the file; undefined where it cannot be checked. */
  readonly check: (text: string) => Promise<readonly FormerFinding[] | undefined>;
}

/** Compares with HEAD, and with where the branch began. */
export async function goneFindings(
  git: Git,
  { file: { repository, path }, present, check }: GoneRequest,
): Promise<readonly GoneFromFile[]> {
  const found = await findBranchBase(git, repository);
  if ('kind' in found) return [];
  const commits = [...new Set([found.head, found.base])].filter((each) => each !== undefined);
  const names = commits.map((commit) => `${commit}:${path}`);
  const objects = await readObjects(git, {
    ...{ repository, names, type: 'blob', mostBytes: MOST_BYTES, mostBytesInAll: 2 * MOST_BYTES },
  });
  if ('kind' in objects) return [];
  const isPresent = new Set(present.map(nameOf));
  const gone = new Map<string, GoneFromFile>();
  for (const commit of commits) {
    const bytes = objects.get(`${commit}:${path}`)?.bytes;
    const former = (bytes && (await check(decode(bytes)))) ?? [];
    const had = new Set(former.map(nameOf));
    const appeared = new Set(present.filter((each) => !had.has(nameOf(each))).map(({ ruleId }) => ruleId));
    for (const finding of former) {
      if (isPresent.has(nameOf(finding)) || gone.has(nameOf(finding))) continue;
      gone.set(nameOf(finding), { ...finding, commit, isUnsure: appeared.has(finding.ruleId) });
    }
  }
  return [...gone.values()];
}

function nameOf({ ruleId, fingerprint }: FindingKey): string {
  return `${ruleId} ${fingerprint}`;
}
