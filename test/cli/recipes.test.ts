// The recipes of docs/continuous-integration.md, taken from the page and run in a repository.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { PLAIN_ENVIRONMENT } from '../origin/test-repository';
import { repositoryRoot } from '../repository-root';
import { type GitProject, withGit } from './git-project';
import { CLI, EVIL } from './project';

const PAGE = readFileSync(join(repositoryRoot(), 'docs/continuous-integration.md'), 'utf8');
const COUNTERSIGN = `${process.execPath} ${CLI}`;
const env = { ...PLAIN_ENVIRONMENT, COUNTERSIGN };

/** The file that a block of the page is to be saved as. */
function recipe(path: string): string {
  const [, text] =
    new RegExp(`^\`\`\`\\w+ file=${path.replaceAll('.', '\\.')}\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(PAGE) ?? [];
  assert.ok(text !== undefined, `the page has no ${path}`);
  return text;
}

describe('recipes', function () {
  this.timeout(120_000);

  it(
    'let no commit through that brings a finding, and any other',
    withGit({ 'a.js': EVIL }, (project) => {
      project.write('.githooks/pre-commit', recipe('.githooks/pre-commit'));
      chmodSync(join(project.folder, '.githooks/pre-commit'), 0o755);
      project.git('config', 'core.hooksPath', '.githooks');
      const commit = (...args: string[]) =>
        spawnSync('git', ['commit', '--quiet', '-m', 'Change', ...args], {
          ...{ cwd: project.folder, env, encoding: 'utf8' },
        });
      project.write('b.js', 'f();\n');
      project.git('add', '--all');
      assert.equal(commit().status, 0, 'findings that were there before do not matter');
      project.write('b.js', `f();\n${EVIL}`);
      const { status, stdout, stderr } = commit('--all');
      assert.equal(status, 1);
      assert.match(stdout + stderr, /^b\.js\n {2}2:1 {2}error {2}injection\/eval-dynamic/m);
      assert.equal(project.git('log', '--format=%s').split('\n').length, 2);
      assert.equal(commit('--all', '--no-verify').status, 0);
    }),
  );

  function build(project: GitProject, ...args: string[]) {
    return spawnSync('sh', ['tools/countersign-ci.sh', ...args], {
      ...{ cwd: project.folder, env, encoding: 'utf8' },
    });
  }

  it(
    'fail a build for what a branch brings, and for what nobody could decide',
    withGit({ 'a.js': EVIL, 'tools/countersign-ci.sh': recipe('tools/countersign-ci.sh') }, (project) => {
      project.git('switch', '--quiet', '-c', 'feature');
      project.write('b.js', 'f();\n');
      project.commit();
      const clean = build(project, 'main');
      assert.equal(clean.status, 0, clean.stderr);
      const results = () =>
        JSON.parse(readFileSync(join(project.folder, 'countersign.sarif'), 'utf8')).runs[0].results;
      assert.deepEqual(results(), []);
      project.write('b.js', EVIL);
      project.commit();
      const dirty = build(project, 'main');
      assert.equal(dirty.status, 1, dirty.stderr);
      assert.match(dirty.stdout, /^b\.js$/m);
      assert.equal(results().length, 1);
      const { status, stderr } = build(project);
      assert.equal(status, 2);
      assert.match(stderr, /^There is no commit `origin\/main` here\. Fetch it/);

      spawnSync(
        process.execPath,
        [CLI, 'scan', '--baseline', 'countersign-baseline.json', '--update-baseline'],
        {
          cwd: project.folder,
        },
      );
      assert.equal(build(project, 'main').status, 0, 'a baseline takes it out');
    }),
  );

  it(
    'run the script on GitHub with the name of the branch in the environment',
    withGit({ 'tools/countersign-ci.sh': recipe('tools/countersign-ci.sh') }, (project) => {
      const { jobs } = parse(recipe('.github/workflows/countersign.yml'));
      const step = jobs.countersign.steps.find(({ run }: { run?: string }) =>
        run?.includes('countersign-ci'),
      );
      assert.deepEqual(step.env, { BASE: '${{ github.base_ref }}' });
      project.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
      writeFileSync(join(project.folder, 'b.js'), EVIL);
      const run = (BASE: string) =>
        spawnSync('sh', ['-e', '-c', step.run], { cwd: project.folder, env: { ...env, BASE } });
      assert.equal(run('main').status, 1);
      assert.equal(run('$(touch made)').status, 2);
      assert.ok(!existsSync(join(project.folder, 'made')));
    }),
  );
});
