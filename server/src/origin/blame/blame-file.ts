/** Asks git once which commit brought each line of a file, at a commit and never of the work tree. */
import { type Git, type GitRefusal, wordsOfRefusal } from '../../host/git';
import type { Host } from '../../host/host';
import { type GitObject, readObjects } from '../repository/objects';
import type { FileInRepository, Repository } from '../repository/repository';
import { type BlamedRange, IncrementalParser } from './incremental-parser';

export interface FileBlame {
  /** Full id of the commit whose version of the file this is. */
  readonly head: string;
  readonly path: string;
  /** The file as that commit has it: with a byte order mark, and with its line ends. */
  readonly text: string;
  /** In the order of the lines, as git counts them in `text`. Lines without one are not known. */
  readonly ranges: readonly BlamedRange[];
  /** Why some lines are not known, in words; undefined where all are. */
  readonly missing: string | undefined;
}

export type BlameAnswer =
  | { readonly kind: 'blamed'; readonly blame: FileBlame }
  /** The commit has no such file: all of it is uncommitted. */
  | { readonly kind: 'uncommitted' }
  /** Nothing can be said. `reason` is in words that may follow a colon. */
  | { readonly kind: 'unknown'; readonly reason: string };

export interface BlameQuestion {
  readonly file: FileInRepository;
  /** Full id of a commit. */
  readonly head: string;
  /**
   * Full id of a commit: only lines of its descendants and strangers are asked for, those that it has stay without a
   * range. Passed over in a shallow clone, where the end of the history would look the same.
   */
  readonly since?: string | undefined;
  /** See `Tips`. */
  readonly isShallow: boolean;
  /** From `ignoredCommits`. */
  readonly isIgnoring: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Gets ranges as they become known, in no order; the same ones are in the answer. */
  readonly onRanges?: ((ranges: readonly BlamedRange[]) => void) | undefined;
}

export const IGNORED_COMMITS = '.git-blame-ignore-revs';
const MOST_MILLISECONDS = 30_000;
const MOST_FILE_BYTES = 4_000_000;
const MOST_LINES = 100_000;
/** Of output: each line of the file may have been brought by a commit of its own, with a long message. */
const MOST_OUTPUT_BYTES = 200_000_000;

export async function blameFile(git: Git, question: BlameQuestion): Promise<BlameAnswer> {
  const { file, head, signal } = question;
  const found = await readFileAt(git, question);
  if (found && 'kind' in found) return { kind: 'unknown', reason: wordsOfRefusal(found) };
  if (!found) return { kind: 'uncommitted' };
  const { bytes } = found;
  if (!bytes)
    return { kind: 'unknown', reason: found.type === 'blob' ? 'the file is too large' : 'it is no file' };
  if (bytes.includes(0)) return { kind: 'unknown', reason: 'the file is binary' };
  const lines = lineCount(bytes);
  if (lines > MOST_LINES) return { kind: 'unknown', reason: 'the file is too large' };
  const text = bytes.toString('utf8');
  const answer = (ranges: readonly BlamedRange[], missing?: string): BlameAnswer => {
    return { kind: 'blamed', blame: { head, path: file.path, text, ranges, missing } };
  };
  if (lines === 0) return answer([]);

  const since = question.isShallow ? undefined : question.since;
  const parser = new IncrementalParser(lines);
  const stop = new AbortController();
  const ranges: BlamedRange[] = [];
  const result = await git.run(
    [
      ...(['blame', '--incremental', '--encoding=utf-8', '--no-textconv', '--no-root'] as const),
      ...(question.isIgnoring ? [`--ignore-revs-file=${IGNORED_COMMITS}`] : []),
      ...[head, ...(since === undefined ? [] : [`^${since}`]), '--', file.path],
    ],
    {
      folder: file.repository.root,
      mostBytes: MOST_OUTPUT_BYTES,
      mostMilliseconds: MOST_MILLISECONDS,
      signal: signal ? AbortSignal.any([signal, stop.signal]) : stop.signal,
      onOutput: (output) => {
        // Where history was not cut, it ends at the first commit, which did bring the lines.
        const read = parser
          .read(output)
          .filter(({ isBoundary }) => since === undefined || !isBoundary)
          .map((range) => ({ ...range, isBoundary: range.isBoundary && question.isShallow }));
        ranges.push(...read);
        if (read.length > 0) question.onRanges?.(read);
        if (parser.isMalformed) stop.abort();
      },
    },
  );
  ranges.sort((a, b) => a.start - b.start);
  if (parser.isMalformed) return answer(ranges, 'git answered something else than expected');
  if (result.kind === 'done') return answer(ranges);
  const reason = wordsOfFailure(result);
  return ranges.length > 0 ? answer(ranges, reason) : { kind: 'unknown', reason };
}

/**
 * The text of the list of commits to pass over, such as those of a formatter; undefined where there is none that git
 * would take. It must be a plain file inside of the work tree.
 */
export function ignoredCommits(host: Host, { root }: Repository): string | undefined {
  const uri = `${root}/${IGNORED_COMMITS}`;
  const [real, realRoot] = [host.realUri(uri), host.realUri(root)];
  if (real === undefined || realRoot === undefined || !real.startsWith(`${realRoot}/`)) return undefined;
  const file = host.readFile(uri);
  if (!file || !('text' in file)) return undefined;
  // Git refuses to blame at all because of a line that it does not understand.
  const isList = file.text
    .split('\n')
    .every((line) => /^\s*(?:[0-9a-f]{40}|[0-9a-f]{64})?\s*$/.test(line.replace(/#.*/, '')));
  return isList ? file.text : undefined;
}

/** Undefined where the commit has none. */
async function readFileAt(
  git: Git,
  { file, head, signal }: BlameQuestion,
): Promise<GitObject | GitRefusal | undefined> {
  const name = `${head}:${file.path}`;
  const most = { mostBytes: MOST_FILE_BYTES, mostBytesInAll: MOST_FILE_BYTES };
  const objects = await readObjects(git, {
    ...{ repository: file.repository, names: [name], type: 'blob', signal },
    ...most,
  });
  return 'kind' in objects ? objects : objects.get(name);
}

function lineCount(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count++;
  return bytes.length === 0 || bytes[bytes.length - 1] === 10 ? count : count + 1;
}

function wordsOfFailure(refusal: GitRefusal): string {
  if (refusal.kind !== 'failed') return wordsOfRefusal(refusal);
  if (/promisor|lazy fetching|missing blob|unable to read/i.test(refusal.message)) {
    return 'the clone lacks a part of the history, and nothing is fetched for this';
  }
  if (/could not open object name list|invalid object name/.test(refusal.message)) {
    return 'blame.ignoreRevsFile in the settings of git names a file that is missing or wrong';
  }
  return wordsOfRefusal(refusal);
}
