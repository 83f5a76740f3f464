import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type RegionRow, regionRows } from '../../client/src/reviews/region-rows';
import {
  openFindingText,
  regionDetails,
  regionText,
  reviewMessage,
  reviewState,
} from '../../client/src/reviews/region-text';
import { unreviewedLines } from '../../client/src/reviews/unreviewed-lines';
import { regionRow, ruleIdIn } from '../../client/src/row-argument';
import type { AiRegion, AiRegionsAnswer, OpenFinding } from '../../protocol/reviews';
import { english } from './english';

const FINDING: OpenFinding = {
  ruleId: 'auth/stub-guard',
  message: '`check` lets everybody in. Check the token.',
  severity: 'error',
  range: { start: { line: 13, character: 2 }, end: { line: 13, character: 9 } },
};

function region(start: number, end: number, more: Partial<AiRegion> = {}): AiRegion {
  return {
    ...{ uri: 'file:///project/src/orders.ts', version: 1, start, end, hash: `hash of ${start}` },
    ...{ tools: ['Claude Code'], reason: 'nobody countersigned it', open: [] },
    risk: { level: 'low', touches: [], lines: end - start },
    ...more,
  };
}

const pathOf = (uri: string) => uri.replace('file:///project/', '');
const rowsOf = (regions: readonly AiRegion[], before: readonly RegionRow[] = []) =>
  regionRows(regions, before, pathOf);
const first = (more: Partial<AiRegion> = {}) => rowsOf([region(11, 30, more)])[0]!;

describe('the rows of the view of AI code to review', () => {
  it('stay in the order of the regions, with their findings below', () => {
    const rows = rowsOf([region(40, 50), region(3, 9, { open: [FINDING] })]);
    assert.deepEqual(
      rows.map((row) => [row.region.start, row.path, row.open.length]),
      [
        [40, 'src/orders.ts', 0],
        [3, 'src/orders.ts', 1],
      ],
    );
    assert.equal(regionRow(rows[0]), rows[0]);
    assert.equal(ruleIdIn(rows[1]!.open[0]), 'auth/stub-guard');
  });

  const idsAfter = (before: readonly RegionRow[], after: readonly AiRegion[]) =>
    rowsOf(after, before).map(({ id }) => before.findIndex((row) => row.id === id));

  it('keep their identity when the regions move, are edited or come in another order', () => {
    const before = rowsOf([region(10, 20), region(40, 50), region(60, 61)]);
    const moved = { ...region(61, 62), hash: 'hash of 60' };
    const edited = { ...region(41, 52), hash: 'another' };
    const above = { ...region(11, 21), hash: 'hash of 10' };
    assert.deepEqual(idsAfter(before, [moved, edited, above]), [2, 1, 0]);
  });

  it('go by the text before they go by the place', () => {
    const before = rowsOf([region(10, 20), region(20, 30)]);
    const first = { ...region(15, 25), hash: 'hash of 10' };
    const second = { ...region(25, 35), hash: 'hash of 20' };
    assert.deepEqual(idsAfter(before, [second, first]), [1, 0]);
  });

  it('have an identity of their own, also with the same text and after others are gone', () => {
    const twins = [
      { ...region(10, 20), hash: 'same' },
      { ...region(30, 40), hash: 'same' },
    ];
    const before = rowsOf(twins);
    assert.equal(new Set(before.map(({ id }) => id)).size, 2);
    assert.deepEqual(idsAfter(before, [twins[1]!]), [1]);
    const after = rowsOf([twins[1]!, { ...region(80, 90), hash: 'same' }], before);
    assert.equal(new Set(after.map(({ id }) => id)).size, 2);
    assert.deepEqual(idsAfter(before, [{ ...twins[0]!, uri: 'file:///project/other.ts' }]), [-1]);
  });

  it('say where, why they stand there, and who wrote it', () => {
    const text = regionText(
      first({
        open: [FINDING, FINDING],
        risk: { level: 'high', touches: ['db.query', 'requireAuth', 'exec', 'fetch'], lines: 17 },
      }),
      english,
    );
    assert.deepEqual(text, {
      label: 'orders.ts:12–30',
      description: 'high: 2 open findings, touches db.query, requireAuth and 2 more, 17 lines · Claude Code',
      spoken:
        'High risk, src/orders.ts, lines 12 to 30, 2 open findings, touches db.query, requireAuth and 2 more, 17 lines, by Claude Code, review: nobody countersigned it',
    });
  });

  it('say less where less is known', () => {
    const single = rowsOf([region(11, 12, { tools: [] })])[0]!;
    const { label, description } = regionText(single, english);
    assert.deepEqual([label, description], ['orders.ts:12', 'low: 1 line']);
  });

  it('have tooltips that name everything', () => {
    const touches = ['a', 'b', 'c'];
    const row = first({ open: [FINDING], risk: { level: 'medium', touches, lines: 17 } });
    assert.deepEqual(regionDetails(row, english), [
      'Medium risk: 1 open finding, touches a, b, c, 17 lines',
      'Review: nobody countersigned it.',
      'Written with Claude Code, by evidence.',
      'Fix or suppress the open findings before you countersign it.',
      'src/orders.ts:12–30',
    ]);
  });

  it('name what is wrong in a finding', () => {
    const text = openFindingText(first({ open: [FINDING] }).open[0]!, english);
    assert.deepEqual(
      [text.label, text.description],
      ['auth/stub-guard', 'line 14 · check lets everybody in'],
    );
    assert.match(text.spoken, /^Open finding: check lets everybody in, src\/orders\.ts, line 14/);
  });
});

describe('what the view says beside its rows', () => {
  const answer = (more: Partial<AiRegionsAnswer> = {}): AiRegionsAnswer => ({
    ...{ unreviewed: [region(1, 29)], lines: { reviewed: 12, unreviewed: 28 }, isLoading: false, causes: [] },
    ...more,
  });
  const message = (more?: Partial<AiRegionsAnswer>) => reviewMessage(answer(more), english);

  it('is how much was countersigned, and whether that is all', () => {
    assert.equal(message(), '12 of 40 AI lines countersigned.');
    assert.equal(
      message({ isLoading: true, causes: ['git is missing.', 'b', 'c'] }),
      '12 of 40 AI lines countersigned. Files are still looked through. Regions may be missing: git is missing. And 2 more reasons.',
    );
  });

  it('leaves an empty view to the text that explains it, unless something is missing', () => {
    const nothing = { unreviewed: [], lines: { reviewed: 3, unreviewed: 0 } };
    assert.equal(reviewMessage(undefined, english), undefined);
    assert.equal(message(nothing), undefined);
    assert.equal(
      message({ ...nothing, causes: ['git is missing.'] }),
      '3 of 3 AI lines countersigned. Regions may be missing: git is missing.',
    );
  });

  it('has a state for each text', () => {
    const empty = { unreviewed: [], lines: { reviewed: 0, unreviewed: 0 } };
    assert.deepEqual(
      [
        undefined,
        answer(),
        answer({ ...empty, isLoading: true }),
        answer(empty),
        answer({ ...empty, lines: { reviewed: 3, unreviewed: 0 } }),
      ].map(reviewState),
      ['loading', 'some', 'loading', 'none', 'done'],
    );
  });
});

describe('lines that nobody countersigned', () => {
  it('are those of AI tools without a tick', () => {
    const lines = unreviewedLines([
      { start: 1, end: 3, state: 'ai', marker: 'solid' },
      { start: 4, end: 6, state: 'ai', marker: 'tick' },
      { start: 7, end: 8, state: 'human', marker: 'none' },
      { start: 8, end: 9, state: 'unknown', marker: 'solid' },
      { start: 9, end: 10, state: 'mixed', marker: 'hollow' },
    ]);
    assert.deepEqual(lines, [1, 2, 9]);
  });
});
