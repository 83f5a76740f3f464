/** The files of a work tree that are not as the base has them, committed or not. */
import { fileURLToPath } from 'node:url';
import { type FileStamp, withOtherStamp } from '../host/file-stamps';
import { type Git, wordsOfRefusal } from '../host/git';
import type { Repository } from '../origin/repository/repository';
import { readTree, Unanswered } from './tree';

export interface ChangedFiles {
  /** From the root, what is not committed first. */
  readonly paths: readonly string[];
  /** Why files may be missing, in words that may follow a colon. */
  readonly missing: readonly string[];
}

interface IndexEntry extends FileStamp {
  readonly id: string;
  readonly isFile: boolean;
}

const MOST_BYTES = 128_000_000;
const MOST_MILLISECONDS = 60_000;
/** Of what is not committed, files beyond are not looked at. */
const MOST_TRACKED = 100_000;

/**
 * Git is asked for names, ids and stamps only: comparing contents would run filters that the repository names. So a
 * file counts as changed where its stamp is another one, though its text may be the same. Never rejects.
 *
 * @param base full id of a commit; undefined where there is none, then only what is not committed counts.
 */
export async function changedFiles(
  git: Git,
  repository: Repository,
  base: string | undefined,
  signal?: AbortSignal,
): Promise<ChangedFiles> {
  const missing: string[] = [];
  const list = async (what: string, ...args: readonly string[]): Promise<string[]> => {
    const result = await git.run(['ls-files', '--full-name', '-z', ...args], {
      ...{ folder: repository.root, mostBytes: MOST_BYTES, mostMilliseconds: MOST_MILLISECONDS, signal },
    });
    if (result.kind === 'done') return result.output.toString('utf8').split('\0');
    missing.push(`${what}: ${wordsOfRefusal(result)}`);
    return [];
  };
  const untracked = (await list('files that git does not track', '--others', '--exclude-standard')).filter(
    (path) => path !== '' && !path.endsWith('/'),
  );
  const index = readIndex(await list('files that git tracks', '--cached', '--stage', '--debug'));
  const tracked = index.filter(({ isFile }) => isFile);
  if (tracked.length > MOST_TRACKED)
    missing.push(`files with changes: there are more than ${MOST_TRACKED} files`);
  const root = fileURLToPath(repository.root);
  const modified = tracked.length > MOST_TRACKED ? [] : await withOtherStamp(root, tracked, signal);
  const committed: string[] = [];
  if (base !== undefined) {
    try {
      const tree = await readTree(git, repository, base);
      committed.push(...tracked.filter(({ path, id }) => tree.get(path)?.id !== id).map(({ path }) => path));
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      missing.push('files of commits: git does not say what the base has');
    }
  }
  return { paths: [...new Set([...untracked, ...modified, ...committed])], missing };
}

/** `100644 <id> 0⇥path`, then lines with what git knows of the file's stamp; entries of a conflict are left out. */
function readIndex(parts: readonly string[]): IndexEntry[] {
  const entries: IndexEntry[] = [];
  for (const [at, part] of parts.entries()) {
    // The stamp of an entry stands before the next one.
    const stamp = parts[at + 1] ?? '';
    const [, mode, id, stage, path] =
      /(?:^|\n)(\d{6}) ([0-9a-f]{40,64}) ([0-3])\t([\s\S]+)$/.exec(part) ?? [];
    if (!mode || !id || !path || stage !== '0') continue;
    const known = /^ {2}ctime: [^\n]*\n {2}mtime: (\d+:\d+)\n(?:[^\n]*\n){2} {2}size: (\d+)/.exec(stamp);
    entries.push({
      ...{ path, id, isFile: mode.startsWith('100') },
      // Without a stamp it is looked at.
      ...{ time: known?.[1] ?? '', size: Number(known?.[2] ?? -1) },
    });
  }
  return entries;
}
