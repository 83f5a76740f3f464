// Every rule is tested by its page: the examples as they are written, and all that they can be turned into.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Parser } from '../grammars/parser';
import { RULES } from '../server/src/rules/index';
import { checkWith, repositoryRoot, testParsers } from './engine';
import { readPage } from './pages/page';
import { runPage } from './pages/run-page';

describe('rule pages', () => {
  let parserOf: (path: string) => Parser;
  before(async () => {
    parserOf = await testParsers();
  });

  for (const rule of RULES) {
    it(`${rule.id} does what its page shows`, () => {
      const path = `server/src/rules/${rule.id}.md`;
      const page = readPage(path, readFileSync(join(repositoryRoot(), path), 'utf8'));
      const failures = [...runPage(page, checkWith([rule], parserOf))].filter(
        ({ failure }) => failure !== undefined,
      );
      const report = failures.map(({ title, failure }) => `${title}\n${failure}`).join('\n\n');
      assert.equal(failures.length, 0, `\n${report}`);
    });
  }
});
