// A scan of what is changed: since HEAD, or since the merge base with another branch.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PLAIN_ENVIRONMENT } from '../origin/test-repository';
import { withGit } from './git-project';
import { EVIL, runCli, withProject } from './project';

const EVAL = 'injection/eval-dynamic';
const GUARDED = [
  "const { exec } = require('child_process');",
  'exports.list = (req) => {',
  '  if (!/^\\w+$/.test(req.query.name)) throw new Error();',
  "  exec('ls ' + req.query.name);",
  '};',
  'exports.old = () => eval(process.argv[2]);',
  '',
].join('\n');

describe('command line: what is changed', function () {
  this.timeout(120_000);

  it(
    'is what is on changed lines, staged or not, and in new files',
    withGit({ 'a.js': `f();\n${EVIL}`, 'b.js': EVIL, 'c.js': EVIL }, (project) => {
      assert.deepEqual(project.found('--changed'), []);
      assert.equal(project.run(['scan', '--changed']).code, 0);
      project.write('a.js', `${EVIL}f();\n${EVIL}`);
      project.write('c.js', `${EVIL}eval(process.argv[3]);\n`);
      project.git('add', 'c.js');
      project.write('new.js', EVIL);
      project.write('.gitignore', 'left.js\n');
      project.write('left.js', EVIL);
      assert.deepEqual(project.found('--changed'), [`a.js:1 ${EVAL}`, `c.js:2 ${EVAL}`, `new.js:1 ${EVAL}`]);
      assert.deepEqual(project.found('--changed', 'c.js', 'b.js'), [`c.js:2 ${EVAL}`]);
      const { since } = project.scan('--changed');
      assert.equal(since, project.git('rev-parse', 'HEAD'));
      assert.match(
        project.run(['scan', '--changed']).out,
        new RegExp(`^Only what is changed since ${since?.slice(0, 10)} was looked at\\.$`, 'm'),
      );
    }),
  );

  it(
    'is also what a check was taken away from, and not what only moved',
    withGit({ 'a.js': GUARDED }, (project) => {
      project.write('a.js', GUARDED.replace(/ {2}if .*\n/, '').replace('exports.old', '\n\nexports.old'));
      assert.deepEqual(project.found('--changed'), ['a.js:3 injection/shell-command']);
    }),
  );

  it(
    'is also what a changed step leads to',
    withGit(
      {
        'a.js': [
          "const { exec } = require('child_process');",
          'exports.list = (req) => {',
          '  const name = req.query.name;',
          "  exec('ls ' + name);",
          '};',
          '',
        ].join('\n'),
      },
      (project) => {
        project.write(
          'a.js',
          ["const { exec } = require('child_process');", 'exports.list = (req) => {'].join('\n') +
            "\n  const name = req.query.other;\n  exec('ls ' + name);\n};\n",
        );
        assert.deepEqual(project.found('--changed'), ['a.js:4 injection/shell-command']);
      },
    ),
  );

  it(
    'keeps to a file that has another name or folder by now',
    withGit({ 'lib/a.js': `${EVIL}f();\n`, 'lib/b.js': EVIL }, (project) => {
      renameSync(join(project.folder, 'lib'), join(project.folder, 'source'));
      project.write('source/a.js', `${EVIL}f();\ng();\n`);
      renameSync(join(project.folder, 'source/b.js'), join(project.folder, 'source/other.js'));
      assert.deepEqual(project.found('--changed'), []);
      project.write('source/a.js', `${EVIL}f();\neval(process.argv[3]);\n`);
      assert.deepEqual(project.found('--changed'), [`source/a.js:3 ${EVAL}`]);
    }),
  );

  it(
    'begins where the branch left the other',
    withGit({ 'a.js': EVIL }, (project) => {
      project.git('switch', '--quiet', '-c', 'feature');
      project.write('feature.js', EVIL);
      project.commit('Add');
      project.git('switch', '--quiet', 'main');
      project.write('main.js', EVIL);
      project.commit('Go on');
      project.git('switch', '--quiet', 'feature');
      project.write('open.js', EVIL);
      assert.deepEqual(project.found('--base', 'main'), [`feature.js:1 ${EVAL}`, `open.js:1 ${EVAL}`]);
      assert.deepEqual(project.found('--changed', '--base', 'main').length, 2);
      assert.deepEqual(project.found('--changed'), [`open.js:1 ${EVAL}`]);
      assert.deepEqual(project.found().length, 3);
    }),
  );

  it(
    'is looked for below the folder that is scanned, with lines of either ending',
    withGit({ 'src/a.js': `f();\r\n${EVIL}`, 'b.js': EVIL }, (project) => {
      project.write('src/a.js', `f();\n${EVIL}`);
      project.write('b.js', `${EVIL}${EVIL}`);
      assert.deepEqual(project.found('--changed', 'src'), []);
      assert.deepEqual(project.found('--changed', '.').length, 1);
    }),
  );

  it(
    'is all there is before the first commit',
    withGit({}, (project) => {
      project.write('a.js', EVIL);
      project.git('add', 'a.js');
      assert.deepEqual(project.found('--changed'), [`a.js:1 ${EVAL}`]);
      const { code, err } = project.run(['scan', '--base', 'main']);
      assert.deepEqual(
        [code, err],
        [2, 'There is no commit yet, so `--base` has nothing to compare with.\n'],
      );
    }),
  );

  it(
    'is what alone is fixed',
    withGit(
      {
        'a.js': "const https = require('https');\nhttps.request({ rejectUnauthorized: false });\n",
      },
      (project) => {
        const line = 'https.request({ rejectUnauthorized: false });';
        project.write('a.js', `const https = require('https');\n${line}\n\n${line} // mine\n`);
        project.run(['scan', '--changed', '--fix-unsafe']);
        const lines = execFileSync('cat', ['a.js'], { cwd: project.folder, encoding: 'utf8' }).split('\n');
        assert.equal(lines[1], line);
        assert.notEqual(lines[3], `${line} // mine`);
      },
    ),
  );

  it(
    'is not guessed where git cannot say it',
    withGit({ 'a.js': EVIL }, (project) => {
      const told = (...args: string[]) => {
        const { code, out, err } = project.run(['scan', ...args]);
        assert.deepEqual([code, out], [2, '']);
        return err;
      };
      assert.equal(
        told('--base', 'release'),
        'There is no commit `release` here. `git branch --all` lists those that there are.\n',
      );
      assert.equal(
        told('--base', 'origin/main'),
        'There is no commit `origin/main` here. Fetch it: `git fetch origin main`.\n',
      );
      project.git('switch', '--quiet', '--orphan', 'other');
      project.write('b.js', EVIL);
      project.commit('Begin anew');
      assert.match(told('--base', 'main'), /^`main` and HEAD have no commit in common, .* Name another/);
      const empty = { PATH: join(project.around, 'nothing') };
      const withoutGit = runCli(['scan', '--changed'], { cwd: project.folder, env: empty });
      assert.equal(withoutGit.code, 2);
      assert.equal(withoutGit.err, 'What is changed is not known: git was not found on this machine.\n');
    }),
  );

  it(
    'says what to fetch in a shallow clone',
    withGit({ 'a.js': EVIL }, (project) => {
      project.git('switch', '--quiet', '-c', 'feature');
      for (const n of [1, 2]) {
        project.write('b.js', `f(${n});\n`);
        project.commit('Change');
      }
      project.git('switch', '--quiet', 'main');
      project.write('c.js', 'f();\n');
      project.commit('Go on');
      project.git('switch', '--quiet', 'feature');
      const clone = join(project.around, 'clone');
      const url = `file://${project.folder}`;
      const git = (...args: string[]) =>
        execFileSync('git', args, { cwd: clone, env: PLAIN_ENVIRONMENT, stdio: 'pipe' });
      mkdirSync(clone);
      git('clone', '--quiet', '--depth', '1', '--no-single-branch', url, '.');
      const { code, err } = runCli(['scan', '--base', 'origin/main'], { cwd: clone });
      assert.equal(code, 2);
      assert.match(err, /^The history that is here does not reach back .* `git fetch --unshallow` brings/);
      git('fetch', '--quiet', '--unshallow');
      assert.equal(runCli(['scan', '--base', 'origin/main'], { cwd: clone }).code, 0);
      rmSync(clone, { recursive: true });
    }),
  );

  it(
    'is known in repositories only',
    withProject({ 'a.js': EVIL }, (project) => {
      const { code, err } = project.run(['scan', '--changed']);
      assert.equal(code, 2);
      assert.match(
        err,
        /^What is changed is known in git work trees only, and this folder is in none\. Leave out/,
      );
    }),
  );
});
