import assert from 'node:assert/strict';
import type { Parser } from '../../grammars/parser';
import { testParsers } from '../engine';
import { refusedTable, type TriedFixes, triedFixes, triedTable } from './corpus-fixes';
import { type FixesOnPage, fixTable, sharesNote, sharesOf } from './page-fixes';

const onPage = (ruleId: string, safe: number, unsafe: number): FixesOnPage => ({
  ruleId,
  isFixable: safe + unsafe > 0,
  findings: 3,
  offered: { safe, unsafe, choice: 0 },
});

describe('precision: fixes', () => {
  let parserOf: (path: string) => Parser;
  before(async () => {
    parserOf = await testParsers();
  });

  it('are applied to files, each by itself and the safe ones together', () => {
    const text = "exports.escape = (text) => text.replace('<', '&lt;').replace('>', '&gt;');\n";
    const { findings, offered, refused, failures } = triedFixes([{ path: 'a.js', text }], parserOf);
    assert.deepEqual(
      { findings, offered, refused, failures },
      {
        findings: 2,
        offered: { safe: 2, unsafe: 0, choice: 0 },
        refused: [],
        failures: [],
      },
    );
  });

  it('that are not offered are told with their reason', () => {
    const tried: TriedFixes = {
      findings: 4,
      offered: { safe: 1, unsafe: 2, choice: 0 },
      refused: [
        { ruleId: 'x/y', why: 'new finding', place: 'a.js:1' },
        { ruleId: 'x/y', why: 'new finding', place: 'a.js:7' },
      ],
      failures: [],
    };
    assert.ok(triedTable([['zod', tried]]).endsWith('\n| zod | 4 | 1 (25 %) | 2 (50 %) | 0 (0 %) | 2 |'));
    assert.ok(refusedTable([['zod', tried]]).endsWith('\n| `x/y` | new finding | 2 |'));
    assert.equal(refusedTable([]), '');
  });

  it('hold both bars', () => {
    const rules = [onPage('a/a', 1, 0), onPage('a/b', 0, 2), onPage('a/c', 0, 1), onPage('a/d', 0, 0)];
    assert.deepEqual(sharesOf(rules), { rules: 4, fixed: 3, safe: 1, isWithinBars: true });
    assert.equal(sharesOf([...rules, onPage('a/e', 0, 1)]).isWithinBars, false);
    const few = [onPage('a/a', 1, 0), onPage('a/b', 0, 0)];
    assert.equal(sharesOf(few).isWithinBars, false);
    assert.equal(sharesNote(few), 'Of 2 code rules 1 (50 %) offer a fix, 1 (50 %) a safe one.');
    assert.equal(fixTable(few).split('\n').at(-1), '| `a/a` | 3 | 1 |  |  |');
  });
});
