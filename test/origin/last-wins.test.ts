import assert from 'node:assert/strict';
import { type Evidence, evidenceOf } from '../../server/src/origin/evidence';
import { lastWins, MOST_RANGES, type RangesClaim } from '../../server/src/origin/last-wins';
import { chance } from './bytes-of';

describe('overlapping claims', () => {
  it('equal what painting line by line gives', () => {
    const random = chance(7);
    const evidence = [1, 2, 3].map((time) => evidenceOf('git-ai-note', 'ai', { time }));
    for (let round = 0; round < 300; round++) {
      const claims = Array.from({ length: random(8) }, (): RangesClaim => {
        const ranges = Array.from({ length: random(6) }, () => {
          const start = random(40);
          return { start, end: start + 1 + random(12) };
        });
        return { ranges, evidence: evidence[random(4)] };
      });
      const painted = new Array<Evidence | undefined>(60).fill(undefined);
      for (const { ranges, evidence } of claims)
        for (const { start, end } of ranges) painted.fill(evidence, start, end);
      const found = lastWins(claims);
      const spread = new Array<Evidence | undefined>(60).fill(undefined);
      for (const { start, end, evidence } of found) spread.fill(evidence, start, end);
      assert.deepEqual(spread, painted);
      for (const [index, one] of found.entries()) {
        const next = found[index + 1];
        assert.ok(one.start < one.end, 'No range is empty.');
        if (next === undefined) continue;
        assert.ok(one.end < next.start || (one.end === next.start && one.evidence !== next.evidence));
      }
    }
  });

  it('more ranges than a file can have are none', () => {
    const ranges = Array.from({ length: MOST_RANGES + 1 }, (_, start) => ({ start, end: start + 1 }));
    assert.deepEqual(lastWins([{ ranges, evidence: evidenceOf('git-ai-note', 'ai') }]), []);
  });
});
