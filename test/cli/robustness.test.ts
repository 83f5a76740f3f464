// Hostile trees, readers that go away, interruptions, secrets, and rules that throw.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Rule } from '../../server/src/analysis/rule';
import type { Environment, Sink } from '../../server/src/cli/command';
import { runScan, type ScanRequest } from '../../server/src/cli/scan/run-scan';
import { createNodeGit } from '../../server/src/host/node-git';
import { createNodeHost } from '../../server/src/host/node-host';
import { repositoryRoot } from '../repository-root';
import { jobsHere } from './jobs-here';
import { CLI, EVIL, type Project, withProject } from './project';

describe('command line: robustness', function () {
  this.timeout(60_000);

  it(
    'does not crash when whoever reads the output goes away',
    withProject(
      Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`f${i}.js`, EVIL.repeat(40)])),
      async (project) => {
        for (const format of ['pretty', 'json', 'sarif']) {
          const child = spawn(process.execPath, [CLI, 'scan', '--format', format], { cwd: project.folder });
          let err = '';
          child.stderr.on('data', (data) => {
            err += data;
          });
          child.stdout.once('data', () => child.stdout.destroy());
          const [code] = await once(child, 'exit');
          assert.deepEqual([code, err], [141, ''], format);
        }
      },
    ),
  );

  it(
    'ends at once when it is interrupted',
    withProject(
      Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`f${i}.js`, EVIL.repeat(200)])),
      async (project) => {
        if (process.platform === 'win32') return;
        const child = spawn(process.execPath, [CLI, 'scan', '--format', 'json'], { cwd: project.folder });
        let err = '';
        child.stderr.on('data', (data) => {
          err += data;
        });
        child.stdout.once('data', () => child.kill('SIGINT'));
        child.stdout.resume();
        const [code, signal] = await once(child, 'exit');
        assert.deepEqual([code, signal, err], [null, 'SIGINT', '']);
      },
    ),
  );

  it(
    'lets nothing of a file or of its name act in a terminal or on a build machine',
    withProject(
      {
        'a\u001B[2J.js': `eval(process.argv[2]); // \u001B]0;title\u0007 \u202E \u0085\n`,
        '::error::b/c.js': 'function (\u001B[31m\n',
        'd\n::error::e.js': EVIL,
      },
      (project) => {
        const { out } = project.run(['scan']);
        const obeyed = [...out].filter((character) => /\p{Cc}|\u202E/u.test(character) && character !== '\n');
        assert.deepEqual(obeyed, []);
        assert.doesNotMatch(out, /^\s*::/m);
        assert.match(out, /^d\uFFFD::error::e\.js$/m);
      },
    ),
  );

  it(
    'tells no secret, in no format, wherever it stands beside a finding',
    withProject({}, (project) => {
      const secret = ['hunter', '2', 'Blue', 'Whale'].join('-');
      const key = ['AK', 'IA', 'Q7RT', 'PLMZ', 'XK42', 'WB9N'].join('');
      project.write(
        'a.ts',
        [
          `const fallback = '${secret}';`,
          `export const one = process.env.JWT_SECRET ?? '${secret}';`,
          `export const two = process.env.SESSION_SECRET || fallback;`,
          `eval(process.argv[2]); const password = '${secret}'; const aws = '${key}';`,
          `const url = 'postgres://app:${secret}@db.example.com/app'; eval(process.argv[3]);`,
          '',
        ].join('\n'),
      );
      for (const format of ['pretty', 'json', 'sarif']) {
        for (const profile of ['recommended', 'strict']) {
          const { out, err } = project.run(['scan', '--format', format, '--profile', profile]);
          assert.ok(out.includes('secrets/env-fallback'), out);
          for (const word of [secret, key, 'Whale'])
            assert.ok(!`${out}${err}`.includes(word), `${format}:\n${out}`);
        }
      }
    }),
  );

  it(
    'bears code that nests without end, folders too, and names of all kinds',
    withProject(
      {
        'deep.ts': `${'('.repeat(20_000)}1${')'.repeat(20_000)};\n`,
        'open.ts': '[{('.repeat(20_000),
        'deep.json': '['.repeat(100_000),
        'deep.yaml': `a: ${'['.repeat(100_000)}`,
        'tick.js': '`${'.repeat(20_000),
        'ä\\b "c" \'d\'.js': EVIL,
        [`${'d/'.repeat(300)}e.js`]: EVIL,
        'empty.ts': '',
        '.env': '=\n==\n"\n',
      },
      (project) => {
        const { findings, degraded, code } = project.scan('--profile', 'strict');
        assert.equal(code, 1);
        assert.equal(findings.length, 2, JSON.stringify(findings));
        assert.ok(degraded.length > 0);
      },
    ),
  );

  it(
    'tells no colours to what is no terminal',
    withProject({ 'a.js': EVIL }, (project) => {
      assert.ok(!project.run(['scan'], { env: { FORCE_COLOR: '1' } }).out.includes('\u001B'));
    }),
  );
});

/** Keeps what is written. */
class Kept implements Sink {
  readonly isTerminal: boolean;
  text = '';

  constructor(isTerminal = false) {
    this.isTerminal = isTerminal;
  }

  async write(text: string): Promise<void> {
    this.text += text;
  }

  async end(): Promise<void> {}
}

async function scanWith(
  rules: readonly Rule[],
  project: Project,
  further: Partial<ScanRequest & Environment> = {},
): Promise<{ code: number; out: string; err: string }> {
  const [out, err] = [new Kept(further.hasColours !== undefined), new Kept(further.hasColours !== undefined)];
  const request: ScanRequest = {
    paths: [],
    format: 'pretty',
    output: undefined,
    profile: undefined,
    failOn: 'warning',
    ai: undefined,
    fix: undefined,
    hasSuppressed: true,
    ...further,
  };
  const folder = join(repositoryRoot(), 'dist');
  const code = await runScan(
    request,
    {
      folder,
      version: '1.2.3',
      homepage: 'https://example.com',
      workingFolder: project.folder,
      hasColours: false,
      ...further,
      out,
      err,
    },
    { host: createNodeHost(folder, () => {}), git: createNodeGit(), rules, jobs: await jobsHere(rules) },
  );
  return { code, out: out.text, err: err.text };
}

const META = {
  title: 'For a test',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: [],
  owasp: [],
  fixable: true,
} as const;

describe('command line: with other rules', function () {
  this.timeout(60_000);

  const throwing: Rule = {
    ...META,
    id: 'demo/throwing',
    check() {
      throw new Error('of this rule');
    },
  };
  const everything: Rule = {
    ...META,
    id: 'demo/everything',
    *checkText(file) {
      yield {
        at: { start: 0, end: file.text.length },
        message: 'Text. Remove it.',
        fixes: () => [
          { title: 'Remove', safety: 'safe', edits: [{ start: 0, end: file.text.length, text: '' }] },
          { title: 'Change nothing', safety: 'safe', edits: [{ start: 0, end: 0, text: '' }] },
          { title: 'Make it worse', safety: 'safe', edits: [{ start: 0, end: 0, text: 'x' }] },
        ],
      };
    },
  };

  it(
    'one that throws loses its findings in that file only, and that is told',
    withProject({ 'a.js': 'f();\ng();\n', 'b.txt': 'x' }, async (project) => {
      const { code, out, err } = await scanWith([everything, throwing], project);
      assert.equal(code, 1);
      assert.match(out, /^ {2}a\.js: The rule demo\/throwing failed on it, so its findings are missing\.$/m);
      assert.match(out, /^b\.txt\n {2}1:1 {2}error {2}demo\/everything$/m);
      assert.match(err, /^demo\/throwing failed on a\.js: Error: of this rule\n {4}at /);
      assert.equal(err.match(/of this rule/g)?.length, 1, 'once for a file');
    }),
  );

  it(
    'fixes that do not pass their check are neither told nor applied',
    withProject({ 'b.txt': 'x' }, async (project) => {
      const { out } = await scanWith([everything], project);
      // A file without text has still one, empty, finding.
      assert.doesNotMatch(out, /fix:/);
      await scanWith([everything], project, { fix: 'decided' });
      assert.equal(project.read('b.txt'), 'x');
    }),
  );

  it(
    'terminals get colours, unless they are not wanted, and are told how far it is',
    withProject({ 'b.txt': 'x' }, async (project) => {
      const coloured = await scanWith([everything], project, { hasColours: true });
      assert.ok(coloured.out.includes('\u001B[31merror\u001B[39m'));
      assert.equal(coloured.err, '\r\u001B[KChecked 1 files …\r\u001B[K');
      const plain = await scanWith([everything], project, { hasColours: false });
      assert.ok(!plain.out.includes('\u001B'));
    }),
  );

  it(
    'an engine that fails on a file goes on with the next, and that is told',
    withProject({ 'a.txt': 'x', 'b.txt': 'y' }, async (project) => {
      const failing: Rule = {
        ...META,
        id: 'demo/failing',
        get confidence(): 'high' {
          throw new Error('of the engine');
        },
        *checkText(file) {
          if (file.text === 'x') yield { at: { start: 0, end: 1 }, message: 'Text. Remove it.' };
        },
      };
      const { code, out, err } = await scanWith([failing], project);
      assert.equal(code, 0);
      assert.match(
        out,
        /^ {2}a\.txt: Checking it failed\. Please report that, with the message on standard error\.$/m,
      );
      assert.match(out, /^No findings in 1 file\.$/m);
      assert.match(err, /^Checking a\.txt failed: Error: of the engine$/m);
    }),
  );

  it(
    'a file that goes away is told, before and while it is fixed',
    withProject({ 'a.txt': 'bad', 'b.txt': 'bad' }, async (project) => {
      const removing: Rule = {
        ...META,
        id: 'demo/removing',
        *checkText(file) {
          const fixes = () => {
            rmSync(project.path('a.txt'), { force: true });
            rmSync(project.path('b.txt'), { force: true });
            return [{ title: 'Mend', safety: 'safe' as const, edits: [{ start: 0, end: 3, text: 'good' }] }];
          };
          if (file.text === 'bad') yield { at: { start: 0, end: 3 }, message: 'Bad. Mend it.', fixes };
        },
      };
      const { out } = await scanWith([removing], project, { fix: 'safe' });
      assert.match(out, /^ {2}a\.txt: It cannot be written \(ENOENT\), so nothing was fixed in it\.$/m);
      assert.match(out, /^ {2}b\.txt: It is gone and was not checked\.$/m);
    }),
  );

  it(
    'only so many fixes of a file are looked at for a report, and that is told',
    withProject({ 'a.txt': 'bad '.repeat(101) }, async (project) => {
      const mending: Rule = {
        ...META,
        id: 'demo/mending',
        *checkText(file) {
          for (const { index: start } of file.text.matchAll(/bad/g)) {
            const edits = [{ start, end: start + 3, text: 'good' }];
            const fixes = () => [{ title: 'Mend', safety: 'safe' as const, edits }];
            yield { at: { start, end: start + 3 }, message: 'Bad. Mend it.', fixes };
          }
        },
      };
      const { out } = await scanWith([mending], project);
      assert.equal(out.match(/fix: Mend/g)?.length, 100);
      assert.match(out, /^ {2}a\.txt: There are many fixes in it, and only the first were looked at\.$/m);
      const fixed = await scanWith([mending], project, { fix: 'safe' });
      assert.match(fixed.out, /^Fixed 101 findings in 1 file\.\nNo findings in 1 file\.\n$/);
    }),
  );

  it(
    'a file that somebody writes meanwhile is left alone',
    withProject({ 'a.txt': 'bad' }, async (project) => {
      const intruding: Rule = {
        ...META,
        id: 'demo/intruding',
        *checkText(file) {
          const start = file.text.indexOf('bad');
          if (start < 0) return;
          const fixes = () => {
            project.write('a.txt', 'written by somebody else');
            return [
              { title: 'Mend', safety: 'safe' as const, edits: [{ start, end: start + 3, text: 'good' }] },
            ];
          };
          yield { at: { start, end: start + 3 }, message: 'Bad. Mend it.', fixes };
        },
      };
      const { out } = await scanWith([intruding], project, { fix: 'safe' });
      assert.equal(project.read('a.txt'), 'written by somebody else');
      assert.match(out, /^ {2}a\.txt: Somebody else wrote it meanwhile, so nothing was fixed in it\.$/m);
      assert.match(out, /^Fixed 0 findings/m);
    }),
  );
});
