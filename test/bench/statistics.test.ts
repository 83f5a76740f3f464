import assert from 'node:assert/strict';
import { median, medianRatio, mediansOf, percentile, spread, sum } from './statistics';

describe('bench: statistics', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);

  it('a percentile is the smallest value that so many do not exceed', () => {
    assert.equal(percentile(hundred, 0.5), 50);
    assert.equal(percentile(hundred, 0.95), 95);
    assert.equal(percentile(hundred, 0.951), 96);
    assert.equal(percentile(hundred, 1), 100);
    assert.equal(percentile([7], 0.95), 7);
    assert.equal(percentile([10, 9, 1], 0.01), 1);
    assert.throws(() => percentile([], 0.5));
  });

  it('a median is the middle, or between the two in the middle', () => {
    assert.equal(median([10, 9, 1]), 9);
    assert.equal(median([4, 1, 3, 100]), 3.5);
    assert.throws(() => median([]));
  });

  it('a ratio is that of the pair in the middle, not that of the sums', () => {
    assert.equal(
      medianRatio([
        [2, 1],
        [30, 10],
        [1000, 10],
      ]),
      3,
    );
  });

  it('repetitions become one, thing by thing', () => {
    assert.deepEqual(
      mediansOf([
        [1, 20],
        [3, 10],
        [2, 90],
      ]),
      [2, 20],
    );
    assert.deepEqual(mediansOf([]), []);
  });

  it('a sample is spread over all', () => {
    assert.deepEqual(spread(hundred, 4), [100, 75, 50, 25]);
    assert.deepEqual(spread([1, 2], 4), [1, 2]);
    assert.equal(sum([1, 2, 3]), 6);
  });
});
