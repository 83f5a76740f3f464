// The pages of what `countersign verify` finds: every history on them is made and verified.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GOVERNANCE_RULES } from '../../server/src/analysis/governance-rules';
import type { Example } from '../pages/page';
import { structureProblems } from '../pages/page-structure';
import { type Block, type Piece, piecesOf } from '../pages/pieces';
import { repositoryRoot } from '../repository-root';
import { expectedOf, repositoryOf } from './history-example';

const HASHED = /\.countersign\/\S+\/[0-9a-f]{64}\.json/;

describe('pages of what verify finds', function () {
  this.timeout(120_000);

  for (const { id } of GOVERNANCE_RULES) {
    const path = `server/src/rules/${id}.md`;
    const pieces = piecesOf(readFileSync(join(repositoryRoot(), path), 'utf8'));
    const flaggedUpTo = pieces.findIndex((piece) => piece.kind === 'heading' && piece.text === 'Left alone');
    const histories = pieces.flatMap((piece, index) => {
      return piece.kind === 'block' ? [{ block: piece, isFlagged: index < flaggedUpTo }] : [];
    });

    it(`${id}: has the form of a page`, () => {
      assert.deepEqual(structureProblems(path, pieces, histories.map(exampleOf)), []);
      for (const [index, piece] of pieces.entries()) {
        if (piece.kind !== 'block') continue;
        assert.equal(piece.info, 'history', `line ${piece.line}`);
        if (index > flaggedUpTo) assert.equal(pieces[index - 1]?.kind, 'prose', `line ${piece.line}: why?`);
      }
    });

    for (const { block, isFlagged } of histories) {
      it(`${id}: ${titleOf(pieces, block)}`, () => {
        const expected = expectedOf(block.lines);
        assert.equal(expected.length > 0, isFlagged, 'what is flagged is found, and nothing else');
        const repository = repositoryOf(block.lines);
        try {
          const found = repository.report().findings.filter(({ ruleId }) => ruleId === id);
          assert.deepEqual(
            found.map(({ file, line, endLine, message }) => ({
              place: HASHED.test(file) ? '*' : line === null ? file : `${file}:${line}-${endLine}`,
              message: message.replace(/\b[0-9a-f]{7}\b/g, '…'),
            })),
            expected,
          );
        } finally {
          repository.remove();
        }
      });
    }
  }

  it('fail where a line of an example means nothing', () => {
    assert.throws(() => repositoryOf(['wrote a.ts: x']), /begins with `wrote`/);
    assert.throws(() => repositoryOf(['write a.ts x']), /names no file/);
  });
});

/** Only which and how many there are is asked of it. */
function exampleOf({ block, isFlagged }: { readonly block: Block; readonly isFlagged: boolean }): Example {
  const empty = { files: [], outcomes: [], exceptions: [] };
  return { kind: isFlagged ? 'flagged' : 'silent', line: block.line, ...empty };
}

function titleOf(pieces: readonly Piece[], block: Block): string {
  const before = pieces[pieces.indexOf(block) - 1];
  return before?.kind === 'prose' ? before.text.split('\n')[0]! : `line ${block.line}`;
}
