/** The text that a person says something of, and why nothing can be recorded of it. */

import type { GitRefusal } from '../host/git';
import { decode } from '../origin/lines/decode';
import type { OriginRun } from '../origin/lines/text-origins';
import { linesOf } from '../origin/mapping/text-lines';
import {
  type FileInRepository,
  findInRepository,
  type OddPath,
  unknownRepository,
} from '../origin/repository/repository';
import type { Context } from './context';
import type { Reviews } from './reviews';

export interface ReviewableText {
  readonly uri: string;
  readonly file: FileInRepository;
  /** As it is on disk. */
  readonly text: string;
  readonly lines: readonly string[];
  /** Every line once. */
  readonly runs: readonly OriginRun[];
}

/** A sentence for the person that says what to do. */
export interface Refused {
  readonly kind: 'refused';
  readonly reason: string;
}

/** Where it fails, or nobody can record anything here. */
export const NOTHING_RECORDED: Refused = {
  kind: 'refused',
  reason: 'Nothing could be recorded. The log of Countersign says why.',
};

export const LARGEST_REVIEWED = 4_000_000;

export function refusedBecause(reason: string): Refused {
  return { kind: 'refused', reason };
}

const CHANGED = 'The text is another one by now. Look at it again.';
const UNSAVED = 'The file has changes that are not saved, which no commit can have. Save it first.';
export const UNTRUSTED = 'The workspace is not trusted, so nothing is recorded in it. Trust it first.';
const ELSEWHERE = 'The file is in no git repository, where a record could be kept. Put it into one.';

/** Says why a file has no place where a record of it could be kept. */
export function notInRepository(refusal: GitRefusal | OddPath): string {
  if (refusal.kind === 'no-repository') return ELSEWHERE;
  return `The repository of the file is not known: ${unknownRepository(refusal)}.`;
}

/**
 * **Invariant:** what is recorded is a text that is on disk, so that a commit can have it.
 *
 * @param version of the open document, as the client has it; null for a file that is not open.
 */
export async function reviewableText(
  { session }: Context,
  { parts: { git, origins } }: Reviews,
  uri: string,
  version: number | null,
): Promise<ReviewableText | Refused> {
  if (!origins.tracker.isTrusted) {
    return refusedBecause(UNTRUSTED);
  }
  const noPlace = async () => {
    const found = await findInRepository(git, session.host, uri);
    return refusedBecause('kind' in found ? notInRepository(found) : CHANGED);
  };
  const open = session.text(uri);
  if ((open?.version ?? null) !== version) return refusedBecause(CHANGED);
  const disk = session.host.readBytes(uri, LARGEST_REVIEWED);
  if (!disk) return refusedBecause('The file is not saved yet. Save it first.');
  if ('refusal' in disk) return refusedBecause(`The file cannot be read: ${disk.refusal}.`);
  const text = decode(disk.bytes);
  const lines = linesOf(text);
  if (!open || origins.tracker.needOf(uri) !== 'all') {
    if (open && !isSame(linesOf(open.getText()), lines)) return refusedBecause(UNSAVED);
    const loaded = await origins.files.load({ uri });
    if (loaded === 'unknown-revision' || !loaded.file) return noPlace();
    return { uri, file: loaded.file, text, lines, runs: loaded.runs(text, lines) };
  }
  const known = origins.tracker.of(uri);
  if (!known || known.version !== version) return refusedBecause(CHANGED);
  if (known.state === 'loading') {
    return refusedBecause('Git is still asked who wrote the lines. Try again in a moment.');
  }
  if (!known.file) return noPlace();
  if (!isSame(known.lines, lines)) {
    return refusedBecause(UNSAVED);
  }
  return { uri, file: known.file, text, lines: known.lines, runs: known.runs };
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((line, at) => line === others[at]);
}
