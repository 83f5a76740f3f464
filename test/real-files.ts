/** Real code for tests: the sample application and the packages of `test/corpora`, pinned by its lockfile. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { grammarFor } from '../grammars/languages';
import { repositoryRoot } from './repository-root';

const FOLDERS = [
  'test/workspaces/shop/server/src',
  'test/workspaces/shop/web/src',
  'test/corpora/node_modules/zod/src/v4/core',
  'test/corpora/node_modules/@trpc/server/src',
  'test/corpora/node_modules/@tanstack/react-query/src',
  'test/corpora/node_modules/express/lib',
];

/** Paths of files that have a grammar, relative to the repository, with `/`, sorted by folder and name. */
export function realFiles(): string[] {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(join(repositoryRoot(), folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .filter((path) => grammarFor(path) !== undefined)
      .sort(),
  );
  if (files.length < 200)
    throw new Error('The corpora are not installed. Run `npm ci --prefix test/corpora`.');
  return files;
}

/** @param path relative to the repository. */
export function readRealFile(path: string): string {
  return readFileSync(join(repositoryRoot(), path), 'utf8');
}
