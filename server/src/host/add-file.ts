/** Writes a new file below a folder, so that it is there as a whole or not at all, and never anywhere else. */
import {
  closeSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

import { codeOf } from './read-bytes';

/**
 * Folders on the way are made. A file that is there already is left as it is, which is no refusal.
 *
 * @param root absolute path of a folder.
 * @param path below it, with slashes; it must not lead out of the root, also not by a symbolic link.
 * @returns why it was not written, to be put behind a colon; undefined where it is there.
 */
export function addFile(root: string, path: string, text: string): string | undefined {
  const target = join(root, ...path.split('/'));
  const beside = `${target}.${process.pid}.part`;
  try {
    const realRoot = realpathSync(root);
    makeFolders(realRoot, relative(root, dirname(target)));
    const folder = realpathSync(dirname(target));
    if (folder !== join(realRoot, relative(root, dirname(target)))) return 'a folder on the way is a link';
    const file = openSync(beside, 'wx', 0o666);
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    // Unlike `rename` it never replaces anything.
    linkSync(beside, target);
    return undefined;
  } catch (error) {
    return codeOf(error) === 'EEXIST' && isFile(target) ? undefined : codeOf(error);
  } finally {
    rmSync(beside, { force: true });
  }
}

/** Takes a file away that `addFile` made. Never throws. @param root and `path` as there. */
export function removeAddedFile(root: string, path: string): void {
  const target = join(root, ...path.split('/'));
  try {
    const folder = realpathSync(dirname(target));
    if (folder === join(realpathSync(root), relative(root, dirname(target)))) rmSync(target);
  } catch {
    // It is not there any more, or somebody holds it.
  }
}

/** One by one, so that none is made behind a link. */
function makeFolders(root: string, path: string): void {
  let folder = root;
  for (const name of path.split(sep)) {
    folder = join(folder, name);
    try {
      mkdirSync(folder);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST' || !lstatSync(folder).isDirectory()) throw error;
    }
  }
}

function isFile(path: string): boolean {
  try {
    return lstatSync(path).isFile();
  } catch {
    return false;
  }
}
