/** Checks files with ESLint, in a process of its own. Its arguments are paths below the packages' `node_modules`. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { packagesFolder } from './inputs';

interface Linter {
  lintText(text: string, options: { filePath: string }): Promise<{ messages: { fatal?: boolean }[] }[]>;
}

const folder = packagesFolder();
const { ESLint } = createRequire(join(folder, 'package.json'))('eslint') as {
  ESLint: new (options: object) => Linter;
};

async function scan(paths: readonly string[]): Promise<void> {
  const linter = new ESLint({ cwd: folder, overrideConfigFile: join(folder, 'eslint.config.cjs') });
  let messages = 0;
  let unread = 0;
  for (const path of paths) {
    const text = readFileSync(join(folder, 'node_modules', path), 'utf8');
    // Not below `node_modules`, which ESLint would leave out.
    const results = await linter.lintText(text, { filePath: join(folder, path) });
    for (const result of results) {
      messages += result.messages.length;
      if (result.messages.some(({ fatal }) => fatal)) unread++;
    }
  }
  process.stdout.write(JSON.stringify({ messages, unread }));
}

void scan(JSON.parse(readFileSync(0, 'utf8')));
