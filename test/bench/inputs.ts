/** The code that is measured on: packages that ship their sources, pinned by the lockfile beside this file. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { grammarFor } from '../../grammars/languages';
import { repositoryRoot } from '../repository-root';
import type { Keystroke } from './trace';

/** Folders with sources as people wrote them: JavaScript, TypeScript, JSX. */
const SOURCES = [
  'express/lib',
  'mongodb/src',
  'mongoose/lib',
  'openai/src',
  'puppeteer-core/src',
  'ra-core/src',
  'rxjs/src',
  'svelte/src',
  'undici/lib',
] as const;
/** Larger files belong to a worker and are measured there. */
const MOST_BYTES = 1024 * 1024;

export interface Input {
  /** Below `node_modules`, with `/`. */
  readonly path: string;
  readonly text: string;
}

/**
 * Where the packages are, and the linters to compare with: apart from the programs of this folder, which
 * would otherwise be bundled with the packages that these depend on.
 */
export function packagesFolder(): string {
  return join(repositoryRoot(), 'test', 'bench', 'packages');
}

/** All files that have a grammar, in the order of their paths. */
export function readInputs(): Input[] {
  const modules = join(packagesFolder(), 'node_modules');
  return SOURCES.flatMap((folder) =>
    readdirSync(join(modules, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .filter((path) => grammarFor(path) !== undefined)
      .sort()
      .filter(
        (path) => statSync(join(modules, path)).isFile() && statSync(join(modules, path)).size <= MOST_BYTES,
      )
      .map((path) => ({ path, text: readFileSync(join(modules, path), 'utf8') })),
  );
}

export function linesOf(inputs: readonly { readonly text: string }[]): number {
  return inputs.reduce((lines, { text }) => lines + text.split('\n').length - 1, 0);
}

/** What the numbers were made from, in words. */
export function described(inputs: readonly Input[]): string {
  const kilolines = Math.round(linesOf(inputs) / 1000);
  return `${inputs.length} files, ${kilolines},000 lines`;
}

/** The committed trace. */
export function readTrace(): Keystroke[] {
  return JSON.parse(readFileSync(join(repositoryRoot(), 'test', 'bench', 'keystrokes.json'), 'utf8'));
}
