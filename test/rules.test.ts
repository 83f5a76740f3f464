// Every rule is tested by its page: the examples as they are written, and all that they can be turned into.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Parser } from '../grammars/parser';
import { ENGINE_RULES } from '../server/src/analysis/engine-rules';
import { RULES } from '../server/src/rules/index';
import { checkConfigurations, checkWith, PAGE_DAY, testParsers } from './engine';
import type { Check } from './pages/checker';
import { metamorphic } from './pages/metamorphic';
import { readPage } from './pages/page';
import { type Result, runPage } from './pages/run-page';
import { TRANSFORMATIONS } from './pages/transformations';
import { repositoryRoot } from './repository-root';

describe('rule pages', () => {
  let parserOf: (path: string) => Parser;
  before(async () => {
    parserOf = await testParsers();
  });

  const pageOf = (id: string) => {
    const path = `server/src/rules/${id}.md`;
    return readPage(path, readFileSync(join(repositoryRoot(), path), 'utf8'));
  };

  const checkFor = (id: string): Check => {
    const rules = RULES.filter((rule) => rule.id === id);
    if (rules.length > 0) return checkWith(rules, parserOf);
    // What the engine reports of suppressions is shown with all rules at work.
    return checkConfigurations(id.startsWith('config/') ? () => [] : checkWith(RULES, parserOf, PAGE_DAY));
  };

  for (const rule of [...RULES, ...ENGINE_RULES]) {
    it(`${rule.id} does what its page shows`, () => {
      report(runPage(pageOf(rule.id), checkFor(rule.id)));
    });
  }

  for (const rule of [...RULES, ...ENGINE_RULES]) {
    it(`${rule.id} goes by what its examples mean, not by how they are written`, () => {
      report(metamorphic(pageOf(rule.id), checkFor(rule.id), TRANSFORMATIONS));
    }).timeout(60_000);
  }
});

function report(results: Iterable<Result>): void {
  const failures = [...results].flatMap(({ title, failure }) =>
    failure === undefined ? [] : [`${title}\n${failure}`],
  );
  assert.equal(failures.length, 0, `\n${failures.join('\n\n')}`);
}
