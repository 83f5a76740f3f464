import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { DocumentOrigins } from '../../client/src/origin/document-origins';
import { markerRanges } from '../../client/src/origin/marker-ranges';
import { type LineChange, movedRuns } from '../../client/src/origin/moved-runs';
import type { OriginRun, OriginsParams } from '../../protocol/origin';

const run = (start: number, end: number, more: Partial<OriginRun> = {}): OriginRun => ({
  start,
  end,
  state: 'ai',
  marker: 'solid',
  ...more,
});

const shown = (runs: readonly OriginRun[]) =>
  runs.map(({ start, end, tool }) => `${tool ? `${tool} ` : ''}${start}-${end}`).join(' ');

/** An edit as the editor tells it: what is replaced, by text with so many line breaks. */
const change = (from: [line: number, character: number], end: number, breaks: number): LineChange => ({
  start: from[0],
  end,
  isFromLineStart: from[1] === 0,
  breaks,
  touched: { start: from[0], end: from[1] === 0 ? end : end + 1 },
});

describe('runs of lines after an edit', () => {
  const cases: [name: string, change: LineChange, expected: string][] = [
    ['typing within a line moves nothing', change([4, 3], 4, 0), '3-6'],
    ['a line that is added above moves them down', change([0, 0], 0, 1), '4-7'],
    ['a line that is added below moves nothing', change([6, 0], 6, 1), '3-6'],
    ['a line that is added right before the first is not theirs', change([3, 0], 3, 1), '4-7'],
    ['a line that is begun at the end of the last is not theirs', change([5, 8], 5, 1), '3-6'],
    ['lines that come into the middle are not theirs', change([4, 0], 4, 2), '3-4 6-8'],
    ['a line that is split keeps its first half', change([4, 5], 4, 1), '3-5 6-7'],
    ['a line that is deleted is gone', change([4, 0], 5, 0), '3-5'],
    ['all lines can be deleted', change([3, 0], 6, 0), ''],
    ['lines that are joined are one', change([3, 8], 4, 0), '3-5'],
    ['lines that are joined to one above are its', change([2, 8], 3, 0), '3-5'],
    ['lines that are replaced are not theirs', change([3, 0], 5, 2), '5-6'],
    ['replacing the end of one line to the start of another keeps both', change([3, 4], 5, 1), '3-5'],
  ];
  for (const [name, edit, expected] of cases) {
    it(name, () => assert.equal(shown(movedRuns([run(3, 6)], edit)), expected));
  }

  it('keeps runs apart, and what is known of them', () => {
    const runs = [run(0, 2, { tool: 'A' }), run(2, 5, { tool: 'B' })];
    assert.equal(shown(movedRuns(runs, change([1, 0], 3, 0))), 'A 0-1 B 1-3');
  });

  it('are those of the lines that are left, whatever is edited', () => {
    // Each line has a number of its own, so that it is found again by its text.
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * below);
    };
    for (let round = 0; round < 300; round++) {
      let text = Array.from({ length: 12 }, (_, line) => `line ${line};`);
      const isTheirs = (line: string) => ['3', '4', '5', '8'].includes(/line (\d+);/.exec(line)?.[1] ?? '');
      let runs: readonly OriginRun[] = [run(3, 6), run(8, 9)];
      for (let edit = 0; edit < 6; edit++) {
        const start = random(text.length);
        const end = Math.min(text.length - 1, start + random(3));
        const breaks = random(4);
        // Whole lines are replaced: which half of a line is the line does not matter then.
        text = [...text.slice(0, start), ...Array(breaks).fill('other'), ...text.slice(end)];
        runs = movedRuns(runs, change([start, 0], end, breaks));
        const lines = runs.flatMap((each) => text.slice(each.start, each.end));
        assert.deepEqual(lines, text.filter(isTheirs));
      }
    }
  });
});

describe('ticks after an edit', () => {
  const tick = (start: number, end: number, more: Partial<OriginRun> = {}) =>
    run(start, end, {
      marker: 'tick',
      confidence: 0.9,
      reviews: [{ reviewer: 'Ann', time: 0, isProven: true }],
      ...more,
    });
  const markers = (runs: readonly OriginRun[]) =>
    runs.map(({ start, end, marker }) => `${marker} ${start}-${end}`).join(', ');
  const region = [tick(2, 4), tick(4, 6, { state: 'mixed' }), tick(8, 9)];
  const cases: [name: string, change: LineChange, expected: string][] = [
    ['go from the whole region, and from no other', change([3, 5], 3, 0), 'solid 2-4, hollow 4-6, tick 8-9'],
    ['stay when something else is edited', change([6, 1], 6, 0), 'tick 2-4, tick 4-6, tick 8-9'],
    ['stay when lines come right above', change([2, 0], 2, 1), 'tick 3-5, tick 5-7, tick 9-10'],
    ['stay when lines come right below', change([6, 0], 6, 1), 'tick 2-4, tick 4-6, tick 9-10'],
    ['go when a line comes between', change([4, 0], 4, 1), 'solid 2-4, hollow 5-7, tick 9-10'],
    ['go when the first line goes', change([2, 0], 3, 0), 'solid 2-3, hollow 3-5, tick 7-8'],
    ['go from each region that is edited', change([5, 1], 8, 3), 'solid 2-4, hollow 4-6, solid 8-9'],
  ];
  for (const [name, edit, expected] of cases) {
    it(name, () => {
      const runs = movedRuns(region, edit);
      assert.equal(markers(runs), expected);
      for (const { marker, reviews } of runs) assert.equal(reviews === undefined, marker !== 'tick');
    });
  }

  it('leave lines of which nothing is known drawn like their neighbors', () => {
    const runs = movedRuns([tick(2, 3), tick(3, 4, { state: 'unknown' }), tick(4, 6)], change([5, 1], 5, 0));
    assert.equal(markers(runs), 'solid 2-3, solid 3-4, solid 4-6');
  });

  it('are drawn anew when nothing moved', () => {
    const origins = new DocumentOrigins();
    origins.tell({ uri: 'file:///a.ts', version: 1, state: 'ready', runs: region });
    assert.equal(origins.edit(2, [change([0, 1], 0, 0)]), false);
    assert.equal(origins.edit(3, [change([3, 1], 3, 0)]), true);
    assert.equal(origins.edit(4, [change([3, 1], 3, 0)]), false);
  });
});

describe('what the server said of a document', () => {
  const said = (version: number, ...runs: OriginRun[]): OriginsParams => ({
    uri: 'file:///a.ts',
    version,
    state: 'ready',
    runs,
  });

  it('is moved by the edits that the server did not know of', () => {
    const origins = new DocumentOrigins();
    origins.tell(said(1));
    origins.edit(2, [change([0, 0], 0, 1)]);
    origins.edit(3, [change([0, 0], 0, 2)]);
    assert.ok(origins.tell(said(2, run(4, 6))));
    assert.equal(shown(origins.runs), '6-8');
  });

  it('is taken as it is when the server is ahead, whose edits are not applied twice', () => {
    const origins = new DocumentOrigins();
    origins.tell(said(3, run(4, 6)));
    assert.equal(origins.edit(3, [change([0, 0], 0, 1)]), false);
    assert.equal(shown(origins.runs), '4-6');
    origins.edit(4, [change([0, 0], 0, 1)]);
    assert.equal(shown(origins.runs), '5-7');
  });

  it('is not replaced by something older', () => {
    const origins = new DocumentOrigins();
    origins.tell(said(3, run(4, 6)));
    assert.equal(origins.tell(said(2, run(0, 1))), false);
    assert.equal(shown(origins.runs), '4-6');
  });

  it('is left out when too much was edited since', () => {
    const origins = new DocumentOrigins();
    for (let version = 2; version < 1_200; version++) origins.edit(version, [change([0, 0], 0, 1)]);
    assert.equal(origins.tell(said(1, run(4, 6))), false);
    assert.ok(origins.tell(said(1_100, run(4, 6))));
    assert.equal(shown(origins.runs), '103-105');
  });

  it('says whether an edit moved something that is known', () => {
    const origins = new DocumentOrigins();
    origins.tell(said(1, run(4, 6)));
    assert.equal(origins.edit(2, [change([4, 2], 4, 0)]), false);
    assert.equal(origins.edit(3, [change([4, 2], 4, 1)]), true);
  });
});

describe('ranges of markers', () => {
  it('are one for lines next to each other, whatever else is known of them', () => {
    const runs = [run(1, 3, { tool: 'A' }), run(3, 4, { tool: 'B' }), run(4, 6, { marker: 'hollow' })];
    assert.deepEqual(markerRanges(runs, 100), [
      { marker: 'solid', start: 1, end: 4 },
      { marker: 'hollow', start: 4, end: 6 },
    ]);
  });

  it('leave a gap open, and lines without a marker', () => {
    const runs = [run(0, 1), run(2, 3), run(3, 4, { marker: 'none', state: 'human' }), run(4, 5)];
    assert.deepEqual(
      markerRanges(runs, 100).map(({ start, end }) => [start, end]),
      [
        [0, 1],
        [2, 3],
        [4, 5],
      ],
    );
  });

  it('end with the document', () => {
    assert.deepEqual(markerRanges([run(2, 9), run(9, 12)], 5), [{ marker: 'solid', start: 2, end: 5 }]);
  });
});
