// Random edits mapped in memory, against what git says once they are committed: lines that stayed have the commit
// and the line that they had.
import assert from 'node:assert/strict';
import { createNodeGit } from '../../server/src/host/node-git';
import { blameFile, type FileBlame } from '../../server/src/origin/blame/blame-file';
import { LineMapping } from '../../server/src/origin/mapping/line-mapping';
import { committedLines, linesOf } from '../../server/src/origin/mapping/text-lines';
import { Random } from '../syntax/random';
import { edited, randomEdits, randomLines } from './line-edits';
import { PLAIN_ENVIRONMENT, TestRepository } from './test-repository';

const CASES = 60;
const LINES = 400;

interface Tally {
  lines: number;
  same: number;
}

describe('mapping of lines and blame', () => {
  it(`agree on at least 99 % of the lines whose text is there once, over ${CASES} random sequences of edits`, async () => {
    const repository = new TestRepository();
    const unique: Tally = { lines: 0, same: 0 };
    const repeated: Tally = { lines: 0, same: 0 };
    try {
      const random = new Random(7);
      let lines = randomLines(random, LINES);
      const history = [lines];
      for (let commit = 0; commit < 6; commit++) {
        lines = afterEdits(random, lines, 8);
        history.push(lines);
      }
      const cases = Array.from({ length: CASES }, (_, index) => afterEdits(random, lines, 1 + (index % 40)));
      repository.gitWith(importOf(history, cases), 'fast-import', '--quiet');

      const before = await blameAt(repository, 'main');
      const commits = commitsOfLines(before);
      for (const [index, present] of cases.entries()) {
        const text = present.map((line) => `${line}\n`).join('');
        const mapping = new LineMapping(committedLines(before.text), linesOf(text));
        const after = await blameAt(repository, `case${index}`);
        const counts = new Map<string, number>();
        for (const line of present) counts.set(line, (counts.get(line) ?? 0) + 1);
        commitsOfLines(after).forEach((expected, line) => {
          const committed = mapping.committedLine(line);
          const actual = committed === undefined ? `${after.head} ${line}` : commits[committed];
          const tally = counts.get(present[line] as string) === 1 ? unique : repeated;
          tally.lines++;
          if (actual === expected) tally.same++;
        });
      }
    } finally {
      repository.remove();
    }
    const share = ({ same, lines }: Tally) => `${same} of ${lines} (${((same / lines) * 100).toFixed(2)} %)`;
    console.log(`      lines there once: ${share(unique)}; repeated lines: ${share(repeated)}`);
    assert.ok(unique.lines > 10_000 && unique.same / unique.lines >= 0.99, share(unique));
    // Which of equal lines is the old one is a matter of taste; git's is followed where nothing is lost by it.
    assert.ok(repeated.lines > 1_000 && repeated.same / repeated.lines >= 0.8, share(repeated));
  });
});

function afterEdits(random: Random, lines: readonly string[], count: number): string[] {
  let text = [...lines];
  for (let edit = 0; edit < count; edit++) text = edited(text, randomEdits(random, text));
  return text;
}

/** A history on `main`, and each case as a branch with one commit more; for `git fast-import`. */
function importOf(history: readonly (readonly string[])[], cases: readonly (readonly string[])[]): string {
  let time = 1_700_000_000;
  const commit = (branch: string, from: string | undefined, lines: readonly string[]) => {
    const content = lines.map((line) => `${line}\n`).join('');
    return [
      `commit refs/heads/${branch}`,
      `committer Ann <ann@example.org> ${time++} +0000`,
      'data 0',
      ...(from ? [`from refs/heads/${from}`] : []),
      'M 100644 inline a.ts',
      `data ${Buffer.byteLength(content)}`,
      content,
    ].join('\n');
  };
  return [
    ...history.map((lines) => commit('main', undefined, lines)),
    ...cases.map((lines, index) => commit(`case${index}`, 'main', lines)),
    '',
  ].join('\n');
}

async function blameAt(repository: TestRepository, branch: string): Promise<FileBlame> {
  const git = createNodeGit({ environment: PLAIN_ENVIRONMENT });
  const folders = { root: repository.uri, gitFolder: repository.uri, commonFolder: repository.uri };
  const head = repository.git('rev-parse', branch);
  const answer = await blameFile(git, {
    ...{ file: { repository: folders, path: 'a.ts' }, head, isShallow: false, isIgnoring: false },
  });
  assert.ok(answer.kind === 'blamed' && answer.blame.missing === undefined);
  return answer.blame;
}

/** For each line the commit that brought it, and its line there. */
function commitsOfLines({ ranges }: FileBlame): string[] {
  return ranges.flatMap(({ commit, start, end, originalStart }) =>
    Array.from({ length: end - start }, (_, index) => `${commit} ${originalStart + index}`),
  );
}
