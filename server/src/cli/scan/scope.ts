/** What a scan is about: the files and folders that were named, and the folders that matter for all of them. */
import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

import { codeOf } from '../../host/read-bytes';
import { quoted } from '../arguments/parse-arguments';
import { UsageError } from '../command';

/** All paths are absolute. */
export interface Scope {
  /** What paths are told from, and what the words of paths are judged below. */
  readonly root: string;
  /** The top of the git repository around the root, if there is one. */
  readonly repository: string | undefined;
  /** No configuration file is read above it. */
  readonly configurationRoot: string;
  /** In the order given, none twice. */
  readonly targets: readonly Target[];
}

export interface Target {
  readonly path: string;
  readonly isFolder: boolean;
}

/** @throws UsageError when a path names nothing. */
export function scopeOf(paths: readonly string[], workingFolder: string): Scope {
  const targets = new Map<string, Target>();
  for (const path of paths.length > 0 ? paths : ['.']) {
    const absolute = resolve(workingFolder, path);
    targets.set(absolute, { path: absolute, isFolder: isFolder(absolute, path) });
  }
  const all = [...targets.values()];
  const root = rootOf(all, workingFolder);
  const repository = repositoryOf(root);
  // The editor reads none above the workspace folder, which mostly is the repository.
  const configurationRoot = repository ?? (isWithin(root, workingFolder) ? workingFolder : root);
  return { root, repository, configurationRoot, targets: all };
}

/** The one folder that was named; else the working folder, where that holds all of them; else what holds them. */
function rootOf(targets: readonly Target[], workingFolder: string): string {
  const [only, ...more] = targets;
  if (only?.isFolder && more.length === 0) return only.path;
  if (targets.every(({ path }) => isWithin(path, workingFolder))) return workingFolder;
  const folders = targets.map(({ path, isFolder }) => (isFolder ? path : dirname(path)));
  let common = folders[0] ?? workingFolder;
  while (!folders.every((folder) => isWithin(folder, common)) && dirname(common) !== common) {
    common = dirname(common);
  }
  return common;
}

function isFolder(path: string, written: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    const code = codeOf(error);
    const what = code === 'ENOENT' || code === 'ENOTDIR' ? 'There is no file or folder' : `${code}:`;
    throw new UsageError(`${what} ${quoted(written)}.`);
  }
}

/** A `.git` is a folder, or in worktrees and submodules a file. */
function repositoryOf(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return undefined;
  }
}

function isWithin(path: string, folder: string): boolean {
  const below = relative(folder, path);
  return below === '' || (!below.startsWith(`..${sep}`) && below !== '..' && resolve(folder, below) === path);
}

/** A path below a folder, with `/`. */
export function pathBelow(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/');
}
