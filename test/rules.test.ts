// Every rule is tested by its page: the examples as they are written, and all that they can be turned into.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Parser } from '../grammars/parser';
import { ENGINE_RULES } from '../server/src/analysis/engine-rules';
import { RULES } from '../server/src/rules/index';
import { checkWith, testParsers } from './engine';
import { metamorphic } from './pages/metamorphic';
import { readPage } from './pages/page';
import { type Result, runPage } from './pages/run-page';
import { TRANSFORMATIONS } from './pages/transformations';
import { repositoryRoot } from './repository-root';

/** The day on which the suppressions of the pages are judged. */
const TODAY = '2026-01-01';

describe('rule pages', () => {
  let parserOf: (path: string) => Parser;
  before(async () => {
    parserOf = await testParsers();
  });

  const pageOf = (id: string) => {
    const path = `server/src/rules/${id}.md`;
    return readPage(path, readFileSync(join(repositoryRoot(), path), 'utf8'));
  };

  for (const rule of [...RULES, ...ENGINE_RULES]) {
    it(`${rule.id} does what its page shows`, () => {
      const rules = RULES.filter(({ id }) => id === rule.id);
      // What the engine reports of suppressions is shown with all rules at work.
      const check = rules.length > 0 ? checkWith(rules, parserOf) : checkWith(RULES, parserOf, TODAY);
      report(runPage(pageOf(rule.id), check));
    });
  }

  for (const rule of RULES) {
    it(`${rule.id} goes by what its examples mean, not by how they are written`, () => {
      report(metamorphic(pageOf(rule.id), checkWith([rule], parserOf), TRANSFORMATIONS));
    }).timeout(60_000);
  }
});

function report(results: Iterable<Result>): void {
  const failures = [...results].flatMap(({ title, failure }) =>
    failure === undefined ? [] : [`${title}\n${failure}`],
  );
  assert.equal(failures.length, 0, `\n${failures.join('\n\n')}`);
}
