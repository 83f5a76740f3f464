// Blame that ends at a commit says of the lines since then what blame of everything says.
import assert from 'node:assert/strict';
import { createNodeGit } from '../../server/src/host/node-git';
import { blameFile, type FileBlame } from '../../server/src/origin/blame/blame-file';
import { Random } from '../syntax/random';
import { edited, randomEdits, randomLines } from './line-edits';
import { PLAIN_ENVIRONMENT, TestRepository } from './test-repository';

const COMMITS = 14;

describe('blame since a commit', function () {
  this.timeout(120_000);
  const git = createNodeGit({ environment: PLAIN_ENVIRONMENT });
  const random = new Random(11);
  let repository: TestRepository;
  let lines: string[];
  before(() => {
    repository = new TestRepository();
    lines = randomLines(random, 200);
    commit('Begin');
    for (let count = 0; count < COMMITS; count++) {
      if (count % 4 === 3) merge(count);
      else {
        lines = edited(lines, randomEdits(random, lines));
        commit(`Change ${count}`);
      }
    }
  });
  after(() => repository.remove());

  function commit(message: string): void {
    repository.write('a.ts', lines.map((line) => `${line}\n`).join(''));
    repository.commit(message);
  }

  /** Both sides change the file, and the merge has lines of both. */
  function merge(count: number): void {
    const before = lines;
    repository.git('checkout', '--quiet', '-b', `side${count}`);
    lines = [...before, ...randomLines(random, 5)];
    commit(`Change a side ${count}`);
    const added = lines.slice(before.length);
    repository.git('checkout', '--quiet', 'main');
    lines = edited(before, randomEdits(random, before));
    commit(`Change the other side ${count}`);
    repository.git('merge', '--quiet', '--no-commit', '--strategy=ours', `side${count}`);
    lines = [...lines, ...added];
    commit(`Merge ${count}`);
  }

  async function blame(since?: string, isShallow = false): Promise<FileBlame> {
    const folders = { root: repository.uri, gitFolder: repository.uri, commonFolder: repository.uri };
    const answer = await blameFile(git, {
      ...{ file: { repository: folders, path: 'a.ts' }, head: repository.git('rev-parse', 'HEAD') },
      ...{ since, isShallow, isIgnoring: false },
    });
    assert.ok(answer.kind === 'blamed' && answer.blame.missing === undefined);
    return answer.blame;
  }

  const linesOf = ({ ranges }: FileBlame) =>
    ranges.flatMap(({ start, end, commit, originalStart, path }) =>
      Array.from({ length: end - start }, (_, at) => `${start + at} ${commit} ${path} ${originalStart + at}`),
    );

  it('says the same of lines since then, and nothing of others, across merges', async () => {
    const whole = linesOf(await blame());
    assert.equal(whole.length, lines.length);
    const all = repository.git('rev-list', 'HEAD').split('\n');
    let asked = 0;
    for (const since of all) {
      const range = new Set(repository.git('rev-list', 'HEAD', `^${since}`).split('\n'));
      const expected = whole.filter((line) => range.has(line.split(' ')[1] ?? ''));
      asked += expected.length;
      assert.deepEqual(linesOf(await blame(since)), expected, since);
    }
    assert.ok(asked > 500, 'there were lines to ask for');
  });

  it('is passed over in a shallow clone, whose end would look the same', async () => {
    const since = repository.git('rev-parse', 'HEAD~2');
    assert.equal(linesOf(await blame(since, true)).length, lines.length);
  });
});
