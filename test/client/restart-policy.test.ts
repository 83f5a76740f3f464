import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { FAILURE_WINDOW_MS, recentFailures, waitAfter } from '../../client/src/restart-policy';

/** The waits after failures at these times, in seconds. */
function waits(...seconds: number[]): (number | undefined)[] {
  const times = seconds.map((second) => second * 1000);
  return times.map((_, index) => {
    const wait = waitAfter(times.slice(0, index + 1));
    return wait === undefined ? undefined : wait / 1000;
  });
}

describe('restarts of the server', () => {
  it('wait longer each time and end with the fifth failure in three minutes', () => {
    assert.deepEqual(waits(0, 1, 3, 6, 11), [0.5, 1, 2, 4, undefined]);
  });

  it('go on, half a minute apart at most, while failures are rare', () => {
    assert.deepEqual(waits(0, 50, 100, 150, 200, 250, 300, 350), [0.5, 1, 2, 4, 8, 16, 30, 30]);
  });

  it('count from the start again once the server has run for three minutes', () => {
    assert.deepEqual(waits(0, 1, 3, 6, 186), [0.5, 1, 2, 4, 0.5]);
  });

  it('happen at once when nothing has failed', () => {
    assert.equal(waitAfter([]), 0);
  });

  it('forget failures from before a pause', () => {
    assert.deepEqual(recentFailures([0, 1, 1 + FAILURE_WINDOW_MS, 2 + FAILURE_WINDOW_MS]), [
      1 + FAILURE_WINDOW_MS,
      2 + FAILURE_WINDOW_MS,
    ]);
    assert.deepEqual(recentFailures([7]), [7]);
  });
});
