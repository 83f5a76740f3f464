// `countersign origin` as a process, on repositories of plain git.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { addNote, gitAiNote, HUMAN, TRACE } from '../origin/noted-repository';
import { TestRepository } from '../origin/test-repository';
import { ReviewedRepository } from '../signoffs/reviewed-repository';
import { type Run, runCli } from './project';

interface Report {
  readonly version: number;
  readonly file: string;
  readonly head: string | null;
  readonly lines: readonly Record<string, unknown>[];
  readonly degraded: readonly { readonly file: string; readonly cause: string }[];
}

describe('command line: origin', function () {
  this.timeout(60_000);
  const text = 'one();\ntwo();\nthree();\nfour();\n';
  let repository: TestRepository;
  let first: string;
  before(() => {
    repository = new TestRepository();
    repository.write('src/a.ts', text);
    first = repository.commit();
    const attested = ['src/a.ts', `  ${TRACE} 1-2`, `  ${HUMAN} 3`];
    addNote(repository, 'ai', first, gitAiNote({ attested }));
    repository.write('src/b.ts', 'one();');
    repository.write('empty.ts', '');
    repository.write('binary.bin', Buffer.from([1, 0, 2]));
    repository.commit();
    repository.write('src/a.ts', `zero();\r\n${text.replaceAll('\n', '\r\n')}`);
  });
  after(() => repository.remove());

  const run = (args: readonly string[], cwd = repository.folder): Run => runCli(['origin', ...args], { cwd });
  const reports = (args: readonly string[], cwd?: string): Report[] => {
    const { code, out, err } = run(['--format', 'json', ...args], cwd);
    assert.deepEqual([code, err], [0, '']);
    return out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Report);
  };

  it('reports every line once as JSON', () => {
    const head = repository.git('rev-parse', 'HEAD');
    const nothing = {
      tool: null,
      model: null,
      commit: null,
      source: null,
      confidence: null,
      signedOff: null,
    };
    const [report, ...more] = reports(['src/a.ts']);
    assert.deepEqual(more, []);
    assert.deepEqual(report, {
      version: 1,
      file: 'src/a.ts',
      head,
      lines: [
        { start: 1, end: 1, state: 'unknown', ...nothing },
        {
          ...{ start: 2, end: 3, state: 'ai', tool: 'Claude Code', model: 'claude-opus-5', commit: first },
          ...{ source: 'git-ai-note', confidence: 0.97, signedOff: false },
        },
        {
          ...{ start: 4, end: 4, state: 'human', ...nothing, commit: first },
          ...{ source: 'git-ai-note-human', confidence: 0.85 },
        },
        { start: 5, end: 5, state: 'unknown', ...nothing, commit: first },
      ],
      degraded: [],
    });
  });

  it('reports the file at a commit, from whatever folder', () => {
    const [report] = reports(['--rev', 'HEAD~1', 'a.ts'], join(repository.folder, 'src'));
    assert.deepEqual([report?.file, report?.head], ['src/a.ts', first]);
    assert.deepEqual(
      report?.lines.map(({ start, end, state }) => [start, end, state]),
      [
        [1, 2, 'ai'],
        [3, 3, 'human'],
        [4, 4, 'unknown'],
      ],
    );
  });

  it('reports several files, one object on each line', () => {
    const all = reports(['src/a.ts', 'src/b.ts', 'empty.ts']);
    assert.deepEqual(
      all.map(({ file, lines }) => [file, lines.at(-1)?.['end']]),
      [
        ['src/a.ts', 5],
        ['src/b.ts', 1],
        ['empty.ts', undefined],
      ],
    );
  });

  it('says what is not known where there is no repository', () => {
    const [report] = reports([join(repository.around, 'repository', 'src', 'b.ts')], repository.around);
    assert.deepEqual(report?.degraded, []);
    const outside = join(repository.script('outside', ':'));
    const [other] = reports([outside]);
    assert.equal(other?.head, null);
    assert.deepEqual(other?.degraded, [
      { file: outside, cause: 'what was committed: the file is in no git work tree' },
    ]);
  });

  it('reports for people', () => {
    const { code, out } = run(['src/a.ts']);
    assert.equal(code, 0);
    assert.match(out, /^src\/a\.ts compared with [0-9a-f]{10}$/m);
    assert.match(out, /^ +1 {2}unknown$/m);
    assert.match(out, /^ +2-3 {2}AI {12}Claude Code, claude-opus-5 · a git-ai note, 97 % · [0-9a-f]{10}$/m);
    assert.match(out, /^ {2}5 lines: 2 AI; 1 person; 2 unknown\.$/m);
    assert.ok(!out.includes('\u001B'), 'colours');
    assert.match(run(['empty.ts']).out, /^ {2}No lines\.$/m);
  });

  it('refuses what it cannot answer, and answers the rest', () => {
    const wrong: [string[], string][] = [
      [['nowhere.ts'], 'There is no file `nowhere.ts`.'],
      [['src'], '`src` cannot be read: it is no file.'],
      [['binary.bin'], '`binary.bin` has no lines: it is binary.'],
      [['--rev', 'nowhere', 'src/a.ts'], 'There is no commit `nowhere` here.'],
      [['--rev', 'HEAD', 'src/c.ts'], 'There is no file `src/c.ts` at `HEAD`.'],
      [['--rev', 'HEAD~1', 'src/b.ts'], 'There is no file `src/b.ts` at `HEAD~1`.'],
    ];
    for (const [args, message] of wrong)
      assert.deepEqual(run(args), { code: 2, out: '', err: `${message}\n` });
    const { code, out, err } = run(['--format', 'json', 'nowhere.ts', 'src/b.ts']);
    assert.deepEqual([code, err], [2, 'There is no file `nowhere.ts`.\n']);
    assert.equal((JSON.parse(out) as Report).file, 'src/b.ts');
  });

  it('says so where there is no git', () => {
    const { code, out } = runCli(['origin', '--format', 'json', 'src/a.ts'], {
      cwd: repository.folder,
      env: { PATH: repository.around },
    });
    assert.equal(code, 0);
    assert.match(out, /"cause":"what was committed: git was not found on this machine"/);
  });

  const signed = (report: Report | undefined) =>
    ((report?.lines ?? []) as { start: number; end: number; signedOff: boolean | null }[]).map(
      ({ start, end, signedOff }) => [start, end, signedOff] as const,
    );

  it('says which AI lines of the work tree a sign-off covers', () => {
    const reviewed = new ReviewedRepository();
    try {
      reviewed.commitAi('src/ai.ts', 'one();\ntwo();\nthree();\n');
      reviewed.add(reviewed.signOff('src/ai.ts', 1, 2));
      const [report] = reports(['src/ai.ts'], reviewed.folder);
      assert.deepEqual(signed(report), [
        [1, 2, true],
        [3, 3, false],
      ]);
      const { out } = run(['src/ai.ts'], reviewed.folder);
      assert.equal(out.split('countersigned').length, 2, out);
      const [committed] = reports(['--rev', 'HEAD', 'src/ai.ts'], reviewed.folder);
      assert.ok(signed(committed).every(([, , signedOff]) => signedOff === null));
      const other = reviewed.override('src/ai.ts', 3, 3, 'human');
      reviewed.add(other);
      assert.match(run(['src/ai.ts'], reviewed.folder).out, /person +a mark that a person set/);
    } finally {
      reviewed.remove();
    }
  });
});
