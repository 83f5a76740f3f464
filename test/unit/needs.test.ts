// Rules are not run on items that have no syntax of the kinds, and no calls of the names, that they ask for. Nothing may
// be lost by that.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { grammarFor } from '../../grammars/languages';
import type { Parser } from '../../grammars/parser';
import type { ItemFacts } from '../../server/src/analysis/item-facts';
import type { Rule } from '../../server/src/analysis/rule';
import { RULES } from '../../server/src/rules/index';
import { analyseText } from '../../server/src/session/analyse-text';
import { rethrow, testParsers } from '../engine';
import { readPage } from '../pages/page';
import { probe } from '../probe-rule';
import { readRealFile, realFiles } from '../real-files';
import { repositoryRoot } from '../repository-root';

/** The same rule, but it looks at each item, whatever words the file has. */
function alwaysRun({ words, ...rule }: Rule): Rule {
  return {
    ...rule,
    *check(facts) {
      assert.ok(facts.item);
      yield* rule.check?.(facts) ?? [];
    },
  };
}

describe('rules that an item has nothing for', () => {
  let parserOf: (path: string) => Parser;
  before(async () => {
    parserOf = await testParsers();
  });

  const findings = (path: string, text: string, rules: readonly Rule[]) =>
    analyseText(text, { path, parser: parserOf(path), rules, onRuleError: rethrow }).findings.map(
      ({ ruleId, start, end, message, fingerprint }) => ({ ruleId, start, end, message, fingerprint }),
    );

  it('would have found nothing in it, in real files and in the examples of all rules', () => {
    const always = RULES.map(alwaysRun);
    let count = 0;
    const compare = (path: string, text: string) => {
      const found = findings(path, text, RULES);
      assert.deepEqual(found, findings(path, text, always), path);
      count += found.length;
    };
    for (const path of realFiles()) compare(path, readRealFile(path));
    for (const { id } of RULES) {
      const page = `server/src/rules/${id}.md`;
      const { examples } = readPage(page, readFileSync(join(repositoryRoot(), page), 'utf8'));
      for (const { name, text } of examples.flatMap(({ files }) => files)) {
        if (grammarFor(name)) compare(name, text);
      }
    }
    assert.ok(count > RULES.length, 'nothing was found anywhere');
  }).timeout(120_000);

  /** How many of the items of four statements a rule was run on, and how often it found something. */
  function runsOf(check: (facts: ItemFacts) => boolean): [number, number] {
    let runs = 0;
    const rule: Rule = {
      ...probe,
      *check(facts) {
        runs++;
        if (check(facts)) yield { at: facts.node, message: 'found' };
      },
    };
    const found = findings('a.ts', 'a;\nB;\nf([g]);\nf({});\n', [rule]);
    return [runs, found.length];
  }

  it('are run until it is known what they ask for, and then on what has that', () => {
    // The program is an item, too.
    assert.deepEqual(
      runsOf((facts) => facts.nodes('array').length > 0),
      [2, 1],
    );
    assert.deepEqual(
      runsOf((facts) => facts.nodes('array').length > 0 || facts.nodes('object').length > 0),
      [3, 2],
    );
    assert.deepEqual(
      runsOf((facts) => facts.calls.length > 0),
      [3, 2],
    );
  });

  it('are run on calls of the names that they ask for', () => {
    const named = new Set(['globalThis.f']);
    assert.deepEqual(
      runsOf((facts) => facts.callsTo(named).length > 0),
      [3, 2],
    );
    const others = { to: new Set(['fs.open']), method: new Set(['g']), function: new Set(['h']) };
    assert.deepEqual(
      runsOf((facts) => facts.callsOf(others).length > 0),
      [1, 0],
    );
    assert.deepEqual(
      runsOf((facts) => facts.callsOf(others).length > 0 || facts.nodes('object').length > 0),
      [2, 1],
    );
    const asked = (facts: ItemFacts) => facts.callsTo(named);
    assert.deepEqual(
      runsOf((facts) => facts.once(asked).length > 0 || facts.once(asked).length > 0),
      [3, 2],
    );
  });

  it('are run on all items when they look at anything else', () => {
    assert.deepEqual(
      runsOf((facts) => facts.nodes('array').length > 0 || facts.ownText.includes('B')),
      [5, 2],
    );
    assert.deepEqual(
      runsOf((facts) => facts.item.size > 0 && facts.nodes('array').length > 0),
      [5, 1],
    );
  });
});
