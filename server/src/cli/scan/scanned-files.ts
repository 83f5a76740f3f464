/** Which files a scan looks at. */
import { dirname } from 'node:path';

import { IgnoreRules, ignoreFilesIn } from '../../host/ignore-files';
import { type Found, walk } from '../../host/walk';
import type { Scope } from './scope';

export type ScannedFile = Found & { /** By the person, in so many words. */ readonly isNamed: boolean };

/**
 * The files that were named, and those in the folders that were, each once.
 *
 * @param output is what the scan itself writes.
 * @param onIgnored is told of each file, and of each folder as a whole, that git ignores.
 */
export function* scannedFiles(
  scope: Scope,
  output: string | undefined,
  onIgnored: (isFolder: boolean) => void,
): Generator<ScannedFile> {
  const named = new Set(scope.targets.map(({ path }) => path));
  for (const { path, isFolder } of scope.targets) {
    if (!isFolder) {
      yield { path, isNamed: true };
      continue;
    }
    const except = new Set(named);
    except.delete(path);
    if (output !== undefined) except.add(output);
    for (const found of walk(path, { rules: rulesAbove(path, scope.repository), except, onIgnored })) {
      yield { ...found, isNamed: false };
    }
  }
}

/** What the ignore files between a folder and the top of its repository say, the folder's own left out. */
function rulesAbove(folder: string, repository: string | undefined): IgnoreRules {
  const folders: string[] = [];
  for (let at = folder; repository !== undefined && at !== repository && at !== dirname(at); ) {
    at = dirname(at);
    folders.unshift(at);
  }
  let rules = new IgnoreRules();
  // What is wrong with one of them is told when it is walked over, not here.
  for (const above of folders)
    rules = rules.inside(
      above,
      ignoreFilesIn(above, () => {}),
    );
  return rules;
}
