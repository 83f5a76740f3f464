// That a tick follows the text: whatever is edited, and however it came about.
import assert from 'node:assert/strict';
import { sha256 } from '../../server/src/host/digest';
import { toldRuns } from '../../server/src/lsp/origin-runs';
import { evidenceOf } from '../../server/src/origin/evidence';
import { linesOf } from '../../server/src/origin/mapping/text-lines';
import { lineOrigin } from '../../server/src/origin/precedence';
import { reviewedText } from '../../server/src/session/reviews/reviewed-text';
import { DEFAULT_REQUIREMENTS, type Proof } from '../../server/src/signoffs/approvals';
import { recordedRegion } from '../../server/src/signoffs/placement';
import { Random } from '../syntax/random';
import { ReviewedRepository } from './reviewed-repository';

const AI = lineOrigin({ evidence: [evidenceOf('git-ai-note', 'ai', { tool: 'Claude Code' })] });
const REGION = ['first();', '', 'if (second) {', '  third();', '}'];

describe('ticks', () => {
  let repository: ReviewedRepository;
  before(() => {
    repository = new ReviewedRepository();
    repository.write('src/ai.ts', `${REGION.join('\n')}\n`);
  });
  after(() => repository.remove());

  function reviewed(text: string, proof: Proof = { kind: 'unproven', reason: 'nobody asked' }) {
    const lines = linesOf(text);
    const record = repository.signOff('src/ai.ts', 1, REGION.length);
    return reviewedText(
      { lines, runs: [{ start: 0, end: lines.length, origin: AI, commit: undefined }] },
      {
        records: [{ id: 'a', record }],
        judgementOf: () => ({ voidBecause: undefined, proof }),
        requirements: DEFAULT_REQUIREMENTS,
        authorOf: () => undefined,
      },
    );
  }

  it('stand where the text stands, and nowhere after an edit of it', () => {
    const random = new Random(7);
    const region = REGION.join('\n');
    const pick = (count: number) => random.below(count);
    for (let round = 0; round < 200; round++) {
      const before = Array.from({ length: pick(6) }, (_, i) => `a${i}${pick(9)}();\n`).join('');
      const after = Array.from({ length: pick(6) }, (_, i) => `\nb${i}${pick(9)}();`).join('');
      const at = before.length + pick(region.length + 1);
      const text = `${before}${region}${after}`;
      const start = linesOf(before).length - 1;
      const ticked = (answer: ReturnType<typeof reviewed>) =>
        answer.approvals.flatMap((each, line) => ((each ?? []).length > 0 ? [line] : []));
      const wanted = REGION.flatMap((line, i) => (line === '' ? [] : [start + i]));
      assert.deepEqual(ticked(reviewed(text)), wanted, 'moved');
      const edited = `${text.slice(0, at)}x${text.slice(at)}`;
      assert.deepEqual(ticked(reviewed(edited)), [], `edited at ${at}:\n${edited}`);
      assert.ok(reviewed(edited).counts.reviewed === 0);
      assert.deepEqual(ticked(reviewed(text)), wanted, 'edited back');
      assert.deepEqual(ticked(reviewed(text.replaceAll('\n', '\r\n'))), wanted, 'with other ends of lines');
    }
  });

  it('are drawn on blank lines within, and not beyond', () => {
    const text = `\n${REGION.join('\n')}\n\nother();\n`;
    const lines = linesOf(text);
    const { approvals } = reviewed(text);
    const review = { reviewer: 'Ben', time: 0, isProven: false };
    const told = toldRuns(
      [{ start: 0, end: lines.length, origin: AI, commit: undefined }],
      lines,
      approvals.map((each) => each?.map(() => review)),
    );
    assert.deepEqual(
      told.map(({ start, end, marker, reviews }) => `${start}-${end} ${marker} ${reviews?.length ?? 0}`),
      ['0-1 solid 0', '1-6 tick 1', '6-9 solid 0'],
    );
  });

  it('need as much proof as the policy asks for', () => {
    const region = recordedRegion(REGION, { start: 0, end: REGION.length }, sha256);
    assert.equal(reviewed(`${REGION.join('\n')}\n`).regions.length, 0);
    const refuted = reviewed(`${REGION.join('\n')}\n`, { kind: 'refuted', reason: 'it is of another text' });
    const [open] = refuted.regions;
    assert.equal(open?.hash, region.hash);
    assert.match(open?.reason ?? '', /void: it is of another text/);
  });
});
