/** The files below a folder, as git sees them: without what `.gitignore` files leave out. */
import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { type IgnoreFile, type IgnoreRules, ignoreFilesIn } from './ignore-files';
import { codeOf } from './read-bytes';

/** Folders that hold what others wrote, or what a version control keeps for itself. */
const NEVER = new Set(['.git', '.hg', '.jj', '.svn', 'node_modules']);

/** A file to be looked at, or something that cannot be. Paths are absolute. */
export type Found = { readonly path: string } | { readonly path: string; readonly cause: string };

export interface WalkOptions {
  /** What counts for the inside of the folder, its own ignore files left out. */
  readonly rules: IgnoreRules;
  /** Paths that are not gone into. */
  readonly except: ReadonlySet<string>;
  /** Told of each file, and of each folder as a whole, that an ignore file leaves out. */
  readonly onIgnored?: (isFolder: boolean) => void;
}

/**
 * In the order of their names, folder by folder, without keeping more than the folders that are open. Symbolic
 * links are not followed: what they name inside is found by itself, and what is outside is not asked for.
 */
export function* walk(folder: string, { rules, except, onIgnored }: WalkOptions): Generator<Found> {
  const open: { entries: Iterator<Dirent>; folder: string; rules: IgnoreRules }[] = [];
  const troubles: Found[] = [];

  const enter = (path: string, outer: IgnoreRules) => {
    const own: IgnoreFile[] = ignoreFilesIn(path, (of, cause) => troubles.push({ path: of, cause }));
    try {
      const entries = readdirSync(path, { withFileTypes: true });
      entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
      open.push({ entries: entries.values(), folder: path, rules: outer.inside(path, own) });
    } catch (error) {
      troubles.push({ path, cause: `The folder cannot be read: ${codeOf(error)}.` });
    }
  };

  enter(folder, rules);
  for (;;) {
    yield* troubles.splice(0);
    const inner = open.at(-1);
    if (!inner) return;
    const next = inner.entries.next();
    if (next.done) {
      open.pop();
      continue;
    }
    const entry = next.value;
    const path = join(inner.folder, entry.name);
    if (except.has(path)) continue;
    const isFolder = entry.isDirectory();
    if (isFolder ? NEVER.has(entry.name) : !entry.isFile()) continue;
    if (inner.rules.ignores(path, isFolder)) onIgnored?.(isFolder);
    else if (isFolder) enter(path, inner.rules);
    else yield { path };
  }
}
