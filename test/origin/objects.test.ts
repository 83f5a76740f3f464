import assert from 'node:assert/strict';
import type { GitArguments } from '../../server/src/host/git';
import { NoteLists } from '../../server/src/origin/repository/note-lists';
import { readObjects } from '../../server/src/origin/repository/objects';
import type { Repository } from '../../server/src/origin/repository/repository';
import { readTips } from '../../server/src/origin/repository/tips';
import { watchedFiles } from '../../server/src/origin/repository/watched-files';
import { recordedGit } from './recorded-git';
import { TestRepository } from './test-repository';

describe('objects of a repository', () => {
  const asked: GitArguments[] = [];
  const git = recordedGit(asked);
  let test: TestRepository;
  let repository: Repository;
  before(() => {
    test = new TestRepository();
    repository = { root: test.uri, gitFolder: test.uriOf('.git'), commonFolder: test.uriOf('.git') };
    test.write('a.txt', 'one\n');
    test.write('empty.txt', '');
    test.write('large.txt', 'x'.repeat(5000));
    test.write('name with blob 3.txt', 'three');
    test.commit();
  });
  after(() => test.remove());
  beforeEach(() => {
    asked.length = 0;
  });

  const read = async (names: readonly string[], limits = {}) => {
    const most = { mostBytes: 1000, mostBytesInAll: 10_000, ...limits };
    const objects = await readObjects(git, { repository, names, type: 'blob', ...most });
    assert.ok(!('kind' in objects));
    return [...objects].map(([name, { bytes, type, size }]) => [
      name,
      bytes?.toString() ?? `${type} of ${size}`,
    ]);
  };

  it('are read by whatever names them, with two processes for many', async () => {
    const copies = Array.from({ length: 30 }, (_, index) =>
      test.gitWith(`${index}\n`, 'hash-object', '-w', '--stdin'),
    );
    assert.equal((await read([...copies, ...copies])).length, 30);
    assert.equal(asked.length, 2);
    assert.deepEqual(
      await read(['HEAD:a.txt', 'HEAD:empty.txt', 'HEAD:name with blob 3.txt', 'HEAD:absent']),
      [
        ['HEAD:a.txt', 'one\n'],
        ['HEAD:empty.txt', ''],
        ['HEAD:name with blob 3.txt', 'three'],
      ],
    );
  });

  it('are not read where they are too large or of another type', async () => {
    const names = ['HEAD', 'HEAD^{tree}', 'HEAD:large.txt', 'HEAD:a.txt'];
    const kinds = (await read(names)).map(([, content]) => content?.replace(/\d+$/, '…'));
    assert.deepEqual(kinds, ['commit of …', 'tree of …', 'blob of …', 'one\n']);
    const few = await read(['HEAD:a.txt', 'HEAD:name with blob 3.txt'], { mostBytesInAll: 7 });
    assert.deepEqual(few, [
      ['HEAD:a.txt', 'one\n'],
      ['HEAD:name with blob 3.txt', 'blob of 5'],
    ]);
  });

  it('pass over names that git would take for several', async () => {
    assert.deepEqual(await read(['HEAD:a.txt\nHEAD:empty.txt', 'HEAD:\0', '', 'x'.repeat(30_000)]), []);
    assert.equal(asked.length, 0);
  });

  it('are where the tips say', async () => {
    const tips = await readTips(git, repository, ['refs/heads/main', 'refs/notes/ai']);
    const head = test.git('rev-parse', 'HEAD');
    assert.deepEqual(tips, { head, references: new Map([['refs/heads/main', head]]), isShallow: false });
    const empty = new TestRepository();
    const other = { ...repository, root: empty.uri };
    assert.deepEqual(await readTips(git, other, []), {
      head: undefined,
      references: new Map(),
      isShallow: false,
    });
    empty.remove();
  });

  it('can be notes, listed once for each tip, in folders of several depths', async () => {
    const [blob, other] = [
      test.gitWith('a note', 'hash-object', '-w', '--stdin'),
      test.git('rev-parse', 'HEAD:a.txt'),
    ];
    const ids = ['1', '2', '3'].map((digit) => digit.repeat(40)) as [string, string, string];
    const paths = [
      ids[0],
      `${ids[1].slice(0, 2)}/${ids[1].slice(2)}`,
      `33/33/${ids[2].slice(4)}`,
      'README',
      'ab/cd',
    ];
    for (const path of paths) test.git('update-index', '--add', '--cacheinfo', `100644,${blob},${path}`);
    test.git('rm', '--cached', '--quiet', 'a.txt', 'large.txt', 'empty.txt', 'name with blob 3.txt');
    const tree = test.git('write-tree');
    const tip = test.git('commit-tree', '-m', 'Notes', tree);
    const lists = new NoteLists(git);
    const list = await lists.at(repository, tip);
    assert.deepEqual(list, new Map(ids.map((id) => [id, blob])));
    assert.equal(await lists.at(repository, tip), list);
    assert.equal(asked.length, 1);
    assert.equal(((await lists.at(repository, other)) as { kind: string }).kind, 'failed');
  });

  it('write nothing where a tree names a commit twice, as listing notes does', async () => {
    const id = '4'.repeat(40);
    const [one, two] = ['one', 'two'].map((text) => test.gitWith(text, 'hash-object', '-w', '--stdin'));
    const inner = test.gitWith(`100644 blob ${one}\t${id.slice(2)}\n`, 'mktree');
    const tree = test.gitWith(`040000 tree ${inner}\t44\n100644 blob ${two}\t${id}\n`, 'mktree');
    const tip = test.git('commit-tree', '-m', 'Notes', tree);
    const count = () => test.git('count-objects');
    const before = count();
    const list = await new NoteLists(git).at(repository, tip);
    assert.ok(!('kind' in list) && list.has(id));
    assert.equal(count(), before);
    test.git('update-ref', 'refs/notes/twice', tip);
    test.git('notes', '--ref=twice', 'list');
    assert.notEqual(count(), before);
  });

  it('are watched where they change', () => {
    const linked = {
      root: 'file:///shop',
      gitFolder: 'file:///own/.git/worktrees/work',
      commonFolder: 'file:///own/.git',
    };
    const patterns = watchedFiles(linked, ['refs/notes/ai']).map(
      ({ folder, pattern }) => `${folder}/${pattern}`,
    );
    assert.deepEqual(patterns, [
      'file:///own/.git/worktrees/work/HEAD',
      'file:///own/.git/worktrees/work/logs/HEAD',
      'file:///own/.git/refs/heads/**',
      'file:///own/.git/refs/notes/ai',
      'file:///own/.git/{packed-refs,reftable/tables.list,shallow}',
      'file:///shop/.git-blame-ignore-revs',
    ]);
  });
});
