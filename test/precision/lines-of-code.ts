/** How much code there is in a folder. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { grammarFor } from '../../grammars/languages';

/** Lines of JavaScript and TypeScript below a folder, without declarations and installed packages. */
export function linesOfCode(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(
      (path) => grammarFor(path) !== undefined && !/\.d\.[cm]?ts$|(?:^|[\\/])node_modules[\\/]/.test(path),
    )
    .map((path) => join(folder, path))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
    .reduce((lines, path) => lines + linesOf(readFileSync(path, 'utf8')), 0);
}

function linesOf(text: string): number {
  return text.split('\n').length - (text === '' || text.endsWith('\n') ? 1 : 0);
}
