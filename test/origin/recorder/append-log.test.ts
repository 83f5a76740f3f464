// The log keeps what several processes write at once, and does not grow without end.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppendLog, readEnd } from '../../../server/src/host/append-log';

describe('append log', () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-log-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const linesIn = (log: AppendLog) => Buffer.concat(log.read()).toString().split('\n').filter(Boolean);
  const numbers = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => `${from + i}`.padStart(9, '0'));

  it('goes on in other files, and loses the oldest only when there is too much', () => {
    let time = 1;
    const log = new AppendLog({
      folder: join(folder, 'a'),
      name: 'x',
      fullBytes: 1_000,
      mostBytes: 5_000,
      now: () => time++,
    });
    for (let i = 0; i < 1_000; i++) log.append(numbers(i, i + 1));
    const kept = linesIn(log);
    assert.deepEqual(kept, numbers(1_000 - kept.length, 1_000), 'the last, in order, without a gap');
    assert.ok(kept.length >= 300 && kept.length <= 600, `${kept.length}`);
  });

  it('two writers lose nothing', () => {
    const options = { folder: join(folder, 'b'), name: 'x', fullBytes: 200, mostBytes: 1e6 };
    let time = 1;
    const [one, other] = [1, 2].map(() => new AppendLog({ ...options, now: () => time++ })) as [
      AppendLog,
      AppendLog,
    ];
    for (let i = 0; i < 200; i++) (i % 2 === 0 ? one : other).append(numbers(i, i + 1));
    assert.deepEqual(linesIn(one), numbers(0, 200));
    assert.deepEqual(linesIn(other), numbers(0, 200));
  });

  it('keeps of old files what is worth it', () => {
    let time = 1;
    const compact = (files: readonly Buffer[]) =>
      Buffer.concat(files)
        .toString()
        .split('\n')
        .filter((line) => line.endsWith('0'));
    const log = new AppendLog({
      folder: join(folder, 'c'),
      name: 'x',
      fullBytes: 500,
      mostBytes: 1e6,
      now: () => time,
      compact,
    });
    for (let i = 0; i < 500; i++) {
      time += 10_000;
      log.append(numbers(i, i + 1));
    }
    const kept = linesIn(log);
    for (const line of numbers(0, 500).filter((each) => each.endsWith('0')))
      assert.ok(kept.includes(line), line);
    assert.ok(kept.length < 200);
    assert.ok(readdirSync(join(folder, 'c')).length < 6);
  });

  it('reads the end of plain files alone', () => {
    writeFileSync(join(folder, 'plain'), 'abcdef');
    assert.equal(readEnd(join(folder, 'plain'), 3)?.toString(), 'def');
    assert.equal(readEnd(folder, 3), undefined);
    assert.equal(readEnd(join(folder, 'none'), 3), undefined);
  });
});
