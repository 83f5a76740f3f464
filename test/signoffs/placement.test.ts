// Which lines a record covers: the text that was reviewed, wherever it stands, and nothing else.
import assert from 'node:assert/strict';
import { sha256 } from '../../server/src/host/digest';
import { withOverrides } from '../../server/src/signoffs/overrides';
import { mayApply, placeRecords } from '../../server/src/signoffs/placement';
import { normalisedText } from '../../server/src/signoffs/region-text';
import { aiRegions, originSummary } from '../../server/src/signoffs/regions';
import { AI, named, origins, override, signOff } from './made';

const FILE = ['import a;', '', 'if (a) {', '  b();', '}', 'end();'];
const REGION = { start: 2, end: 5 };

function placesIn(lines: readonly string[], ...records: ReturnType<typeof signOff>[]): (readonly number[])[] {
  return placeRecords(
    records.map((record) => named(record)),
    lines,
    sha256,
  ).map(({ start, end }) => [start, end]);
}

describe('regions', () => {
  it('are runs of AI lines, joined over blank ones only', () => {
    const lines = ['x', 'x', ' ', '\t', 'x', 'x', '', 'x', '', 'x', ''];
    assert.deepEqual(aiRegions(lines, origins('ac?hma?h?a?')), [
      { start: 0, end: 6 },
      { start: 9, end: 10 },
    ]);
    assert.deepEqual(aiRegions(lines, origins('a?aa?a????a')), [
      { start: 0, end: 1 },
      { start: 5, end: 6 },
    ]);
    assert.deepEqual(aiRegions(['', 'x', ''], origins('aaa')), [{ start: 1, end: 2 }]);
    assert.deepEqual(aiRegions([], []), []);
  });

  it('sum up where their lines come from, without the blank ones', () => {
    const summary = originSummary(['x', '', 'x', 'x'], origins('aaac'), { start: 0, end: 4 });
    assert.deepEqual(summary, [
      { state: 'ai', source: 'git-ai-note', tool: 'Cursor', lines: 2 },
      { state: 'ai-commit', source: 'commit-author', lines: 1 },
    ]);
  });

  it('have a text that trimming and line ends do not change, and everything else does', () => {
    const text = (...lines: string[]) => normalisedText(lines, { start: 0, end: lines.length });
    assert.equal(text('a \t', ' b'), 'a\n b\n');
    for (const other of [
      ['a', 'b'],
      ['a', '', ' b'],
      ['A', ' b'],
      ['a\u00a0', ' b'],
      ['a', ' b', ''],
    ]) {
      assert.notEqual(text(...other), text('a', ' b'));
    }
  });
});

describe('a record', () => {
  const record = signOff(FILE, REGION);

  it('covers its text where it was, and where it was moved to', () => {
    assert.deepEqual(placesIn(FILE, record), [[2, 5]]);
    const trimmed = FILE.map((line) => `${line}  `);
    assert.deepEqual(placesIn(trimmed, record), [[2, 5]]);
    assert.deepEqual(placesIn(['new', ...FILE], record), [[3, 6]]);
    assert.deepEqual(placesIn(FILE.slice(2), record), [[0, 3]]);
    assert.deepEqual(placesIn([...FILE.slice(5), ...FILE.slice(0, 5)], record), [[3, 6]]);
  });

  it('covers nothing once a character of its text is another', () => {
    for (let line = REGION.start; line < REGION.end; line++) {
      assert.deepEqual(placesIn(FILE.with(line, `${FILE[line]}!`), record), []);
      assert.deepEqual(placesIn(FILE.toSpliced(line, 1), record), []);
      if (line > REGION.start) assert.deepEqual(placesIn(FILE.toSpliced(line, 0, ''), record), []);
    }
    assert.deepEqual(placesIn([], record), []);
  });

  it('covers one of several equal texts, the nearest to where it was', () => {
    const twice = [...FILE, ...FILE];
    assert.deepEqual(placesIn(twice, record), [[2, 5]]);
    const later = signOff(twice, { start: 8, end: 11 });
    assert.deepEqual(placesIn(twice, later), [[8, 11]]);
    assert.deepEqual(placesIn(['new', ...twice], later), [[9, 12]]);
  });

  it('covers each of several equal texts once there is one for each', () => {
    const twice = [...FILE, ...FILE];
    const later = signOff(twice, { start: 8, end: 11 });
    const moved = [...new Array(20).fill('new'), ...twice];
    assert.deepEqual(placesIn(moved, later, record), [
      [22, 25],
      [28, 31],
    ]);
    // The same person again at the same place, and another person there.
    const again = signOff(FILE, REGION, { note: 'again' });
    const other = signOff(FILE, REGION, { reviewer: { name: 'Ben', email: 'ben@example.org' } });
    assert.deepEqual(placesIn(twice, record, again, other), [
      [2, 5],
      [2, 5],
      [2, 5],
    ]);
  });

  it('is looked for in bounded time, however it was made', () => {
    const lines = new Array<string>(100_000).fill('x');
    const records = [50_000, 50_001, 50_002].map((end) => {
      const { region, ...rest } = signOff(lines, { start: 0, end });
      return { ...rest, region: { ...region, hash: sha256('another') } };
    });
    assert.deepEqual(placesIn(lines, ...records), []);
  });

  it('is for its file, and for one that has its text when its file is gone', () => {
    const one = named(record);
    assert.ok(mayApply(one, 'src/a.ts', () => true));
    assert.ok(!mayApply(one, 'src/b.ts', () => true), 'a copy is not reviewed');
    assert.ok(
      mayApply(one, 'src/b.ts', () => false),
      'a file with a new name is',
    );
  });
});

describe('overrides', () => {
  const all = origins('a?ach?');
  const place = (...records: ReturnType<typeof override>[]) =>
    placeRecords(
      records.map((record) => named(record)),
      FILE,
      sha256,
    );

  it('decide for their lines, and keep what else is known', () => {
    const shown = withOverrides(all, place(override(FILE, REGION)));
    assert.deepEqual(
      shown.map(({ state }) => state),
      ['ai', 'unknown', 'human', 'human', 'human', 'unknown'],
    );
    const [deciding, ...rest] = shown[2]?.evidence ?? [];
    assert.equal(deciding?.source, 'override');
    assert.equal(deciding?.person, 'Ann <ann@example.org>');
    assert.equal(deciding?.detail, 'typed by hand');
    assert.deepEqual(rest, AI.evidence);
    assert.equal(shown[2]?.mayRaise, false);
  });

  it('raise lines nobody knew of, and the last one holds', () => {
    const ai = override(FILE, REGION, { claim: 'ai', time: '2026-03-01T00:00:00.000Z' });
    for (const records of [
      [ai, override(FILE, REGION)],
      [override(FILE, REGION), ai],
    ]) {
      const shown = withOverrides(all, place(...records));
      assert.deepEqual([shown[3]?.state, shown[3]?.mayRaise, shown[3]?.marker], ['ai', true, 'solid']);
    }
  });
});
