import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { dayAfter, reasonProblem, suppressArguments, untilProblem } from '../../client/src/suppression-input';
import { english } from './english';

describe('the reason of a suppression', () => {
  it('may be any one line', () => {
    assert.equal(reasonProblem('checked by the gateway -- see ADR 12 /* sic', english), undefined);
  });

  for (const reason of ['', '   ', 'two\nlines', 'two\u2028lines', 'ends */ here']) {
    it(`is refused: ${JSON.stringify(reason)}`, () => {
      assert.ok(reasonProblem(reason, english));
    });
  }
});

describe('the last day of a suppression', () => {
  it('may be today or later', () => {
    for (const day of ['2026-02-27', '2026-02-28', '2028-02-29']) {
      assert.equal(untilProblem(day, '2026-02-27', english), undefined, day);
    }
  });

  for (const day of [
    '',
    'tomorrow',
    '2026-2-3',
    '2027-02-29',
    '2027-13-01',
    '2026-02-26',
    '2026-03-01T00:00',
    ' 2026-03-01',
  ]) {
    it(`is refused: ${JSON.stringify(day)}`, () => {
      assert.ok(untilProblem(day, '2026-02-27', english));
    });
  }

  it('is counted in days of the calendar', () => {
    assert.equal(dayAfter(new Date(2026, 1, 27, 23, 59), 0), '2026-02-27');
    assert.equal(dayAfter(new Date(2026, 1, 27, 23, 59), 2), '2026-03-01');
    assert.equal(dayAfter(new Date(2026, 9, 1), 90), '2026-12-30');
  });
});

describe('the arguments of the command that suppresses', () => {
  const complete = { uri: 'file:///a.ts', version: 3, ruleId: 'auth/stub-guard', line: 0, scope: 'line' };

  it('are taken with and without reason and last day', () => {
    assert.deepEqual(suppressArguments(complete), complete);
    const preset = { ...complete, scope: 'file', reason: 'a test', until: '2026-03-01' };
    assert.deepEqual(suppressArguments({ ...preset, more: 1 }), preset);
  });

  const wrong: unknown[] = [
    undefined,
    null,
    'auth/stub-guard',
    { ...complete, version: -1 },
    { ...complete, line: 1.5 },
  ];
  wrong.push({ ...complete, scope: 'block' }, { ...complete, uri: 7 }, { ...complete, reason: 7 });
  for (const argument of wrong) {
    it(`are refused: ${JSON.stringify(argument)}`, () => {
      assert.equal(suppressArguments(argument), undefined);
    });
  }
});
