import assert from 'node:assert/strict';
import { type Row, readable, tableOf, verdictOf, withSection } from './report';

describe('bench: report', () => {
  const row: Row = { what: 'a keystroke', measured: 10, unit: 'ms' };

  it('a budget is met up to and at its limit', () => {
    assert.equal(verdictOf(row), '');
    assert.equal(verdictOf({ ...row, most: 10 }), 'met');
    assert.equal(verdictOf({ ...row, most: 9.99 }), 'missed');
    assert.equal(verdictOf({ ...row, least: 10 }), 'met');
    assert.equal(verdictOf({ ...row, least: 20 }), 'missed');
    assert.equal(verdictOf({ ...row, most: 10, measured: Number.NaN }), 'missed');
  });

  it('numbers have three digits', () => {
    assert.deepEqual([0.1234, 1.5, 12.345, 1234.5, 3].map(readable), ['0.12', '1.50', '12.3', '1235', '3']);
  });

  it('a table has a line for each row', () => {
    const table = tableOf([row, { ...row, what: 'a scan', unit: '×', least: 20, detail: 'quiet' }]);
    assert.deepEqual(table.split('\n').slice(2), [
      '| a keystroke | 10 ms |  |  |  |',
      '| a scan | 10 × | ≥ 20 × | missed | quiet |',
    ]);
  });

  it('a section is replaced, and nothing else', () => {
    const text = 'a\n<!-- bench:x -->old<!-- /bench:x -->\nb\n<!-- bench:y --><!-- /bench:y -->\n';
    assert.equal(
      withSection(text, 'bench:x', 'new'),
      'a\n<!-- bench:x -->\n\nnew\n\n<!-- /bench:x -->\nb\n<!-- bench:y --><!-- /bench:y -->\n',
    );
    assert.throws(() => withSection(text, 'bench:z', 'new'), /bench:z/);
  });
});
