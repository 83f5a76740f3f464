import assert from 'node:assert/strict';
import { sha256 } from '../../server/src/host/digest';
import type { RecordJudge } from '../../server/src/reviews/records-of-commit';
import { Judgements } from '../../server/src/session/reviews/judgements';
import { newSignOff } from '../../server/src/signoffs/new-record';
import type { NamedRecord } from '../../server/src/signoffs/record';

describe('judgements of records', () => {
  const record = newSignOff(
    { path: 'a.ts', lines: ['one();'], range: { start: 0, end: 1 } },
    [],
    { rules: '0.1.0', note: undefined, link: undefined },
    { reviewer: { name: 'Ben', email: 'ben@example.org' }, now: 0, digest: sha256 },
  );
  const named: NamedRecord = { id: '0'.repeat(64), record };
  const judge = (voidBecause: string | undefined) =>
    ({ judgementOf: async () => ({ voidBecause, proof: { kind: 'proven' } }) }) as unknown as RecordJudge;
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  it('tell that they are to be asked for again when others judge, and then are theirs', async () => {
    let told = 0;
    const judgements = new Judgements(() => told++);
    judgements.of(named);
    judgements.use(judge(undefined), 'before a commit');
    await settled();
    assert.equal(judgements.of(named).proof.kind, 'proven');
    assert.equal(told, 1);

    judgements.use(judge('the commit that brings it is AI by evidence'), 'after it');
    assert.equal(told, 2, 'whoever drew a tick asks no more by itself');
    assert.equal(judgements.of(named).voidBecause, undefined, 'holds until it is judged again');
    await settled();
    assert.match(judgements.of(named).voidBecause ?? '', /AI by evidence/);
    assert.equal(told, 3);
  });
});
