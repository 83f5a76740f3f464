// What a repository brings of large and hostile things, through the command line as a person runs it.
import assert from 'node:assert/strict';
import { HostileRepository } from '../origin/hostile-repository';
import { addNote, gitAiNote, TRACE } from '../origin/noted-repository';
import { PLAIN_ENVIRONMENT, TestRepository } from '../origin/test-repository';
import { type Run, runCli } from './project';

const MOST_LINES = 100_000;

interface Told {
  readonly lines: readonly { readonly start: number; readonly end: number; readonly state: string }[];
  readonly degraded: readonly object[];
}

describe('command line: hostile histories', function () {
  this.timeout(180_000);

  const countersign = (repository: TestRepository, ...args: readonly string[]): Run =>
    runCli(args, { cwd: repository.folder, env: PLAIN_ENVIRONMENT });

  function told(repository: TestRepository, path: string): Told {
    const { code, out, err } = countersign(repository, 'origin', '--format', 'json', path);
    assert.deepEqual([code, err], [0, '']);
    return JSON.parse(out);
  }

  it('run nothing that their settings name, whatever is asked', () => {
    const repository = new HostileRepository();
    try {
      const base = repository.git('rev-parse', 'main~');
      repository.git('config', 'remote.origin.url', 'none::x');
      for (const branch of ['main', 'openpgp', 'ssh', 'x509']) {
        repository.git('symbolic-ref', 'HEAD', `refs/heads/${branch}`);
        repository.write('a.txt', `changed ${branch}\n`);
        repository.takeRun();
        const { code, out } = countersign(repository, 'verify', '--base', base);
        assert.equal(code, 0);
        assert.match(out, /^No AI lines by evidence\. /m);
        assert.match(countersign(repository, 'verify', '--all').out, /: \d commits, \d files\.$/m);
        assert.equal(countersign(repository, 'origin', 'a.txt', 'b.long', '.gitattributes').code, 0);
        assert.equal(countersign(repository, 'origin', '--rev', base, 'a.txt').code, 0);
        assert.deepEqual(repository.takeRun(), [], branch);
      }
      // It would be seen: the same file, asked of plain git.
      repository.git('symbolic-ref', 'HEAD', 'refs/heads/main');
      repository.git('--no-pager', 'show', '--textconv', 'main:a.txt');
      assert.ok(repository.takeRun().includes('textconv'));
    } finally {
      repository.remove();
    }
  });

  it(`may have ${MOST_LINES} lines with evidence for each second one, and no more lines`, () => {
    const repository = new TestRepository();
    try {
      const lines = Array.from({ length: MOST_LINES }, (_, line) => `line(${line});`);
      repository.write('long.ts', `${lines.join('\n')}\n`);
      repository.commit('Begin');
      const changed = lines.map((line, at) => (at % 2 === 0 ? line : `${line} // changed`));
      repository.write('long.ts', `${changed.join('\n')}\n`);
      const commit = repository.commit('Change each second line');
      const ranges = changed.flatMap((_, at) => (at % 2 === 0 ? [] : `${at + 1}`)).join(',');
      addNote(repository, 'ai', commit, gitAiNote({ attested: ['long.ts', `  ${TRACE} ${ranges}`] }));
      const answer = told(repository, 'long.ts');
      assert.deepEqual(answer.degraded, []);
      const ai = answer.lines.filter(({ state }) => state === 'ai');
      assert.equal(ai.length, MOST_LINES / 2);
      assert.ok(ai.every(({ start, end }) => start === end && start % 2 === 0));

      repository.write('long.ts', `${changed.join('\n')}\nmore();\n`);
      repository.commit('One more');
      const refused = told(repository, 'long.ts');
      assert.ok(refused.lines.every(({ state }) => state === 'unknown'));
      assert.match(JSON.stringify(refused.degraded), /too large/);
    } finally {
      repository.remove();
    }
  });

  it('may have notes of any size, of which those too large are told of', () => {
    const repository = new TestRepository();
    try {
      repository.write('a.ts', 'one();\ntwo();\n');
      const commit = repository.commit('Begin');
      const attested = ['a.ts', `  ${TRACE} 1-2`];
      const noise = Array.from({ length: 1000 }, (_, at) => [
        `f${at}.ts`,
        `  ${TRACE} 1-${'9'.repeat(2000)}`,
      ]).flat();
      addNote(repository, 'ai', commit, gitAiNote({ attested: [...attested, ...noise] }));
      assert.deepEqual(
        told(repository, 'a.ts')
          .lines.filter(({ state }) => state === 'ai')
          .map(({ start, end }) => [start, end]),
        [[1, 2]],
      );
      const endless = new Array<string>(900_000).fill(`f.ts\n  ${TRACE} 1-2,4-5,7-8`);
      addNote(repository, 'ai', commit, gitAiNote({ attested: [...attested, ...endless] }));
      const { lines, degraded } = told(repository, 'a.ts');
      assert.ok(lines.every(({ state }) => state === 'unknown'));
      assert.match(JSON.stringify(degraded), /notes: too large or not here: 1/);
    } finally {
      repository.remove();
    }
  });
});
