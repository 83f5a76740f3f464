import { sha256 } from '../host/digest';
import type { Host } from '../host/host';
import type { FileInRepository } from '../origin/repository/repository';
import { mayApply, placeRecords } from '../signoffs/placement';
import { isSignOff } from '../signoffs/record';
import type { WorkTreeRecords } from './work-tree-records';

/**
 * Whether a sign-off of the work tree covers a line. What the policy asks for, and what signatures prove, is another
 * question.
 *
 * @param lines see `linesOf` of `origin/mapping`.
 */
export function signedOffLines(
  { host, records }: { readonly host: Host; readonly records: WorkTreeRecords },
  { repository, path }: FileInRepository,
  lines: readonly string[],
): (line: number) => boolean {
  const isThere = (other: string) =>
    host.realUri(`${repository.root}/${other.split('/').map(encodeURIComponent).join('/')}`) !== undefined;
  const signOffs = records
    .of(repository)
    .records.filter(isSignOff)
    .filter((named) => mayApply(named, path, isThere));
  const covered = new Set<number>();
  for (const { start, end } of placeRecords(signOffs, lines, sha256)) {
    for (let line = start; line < end; line++) covered.add(line);
  }
  return (line) => covered.has(line);
}
