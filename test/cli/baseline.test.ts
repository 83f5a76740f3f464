// Baselines: what is known is left out, what comes on top is not, and no other file is taken for one.
import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import { EVIL, type Project, withProject } from './project';

const EVAL = 'injection/eval-dynamic';
const FILE = 'countersign-baseline.json';
const UPDATE = ['scan', '--baseline', FILE, '--update-baseline'];

describe('command line: baseline', function () {
  this.timeout(120_000);

  const told = (project: Project) =>
    project.scan('--baseline', FILE).findings.map(({ file, line }) => `${file}:${line}`);

  it(
    'leaves out what is known, wherever its line is by now',
    withProject({ 'src/a.js': EVIL, 'src/b.js': `function f() { ${EVIL.trim()} }\n` }, (project) => {
      const { code, out } = project.run(UPDATE);
      assert.equal(code, 0);
      assert.match(out, /^The baseline countersign-baseline\.json has 2 findings: 2 new, 0 gone\.$/m);
      assert.deepEqual(told(project), []);
      assert.equal(project.run(['scan', '--baseline', FILE]).code, 0);
      assert.equal(project.run(['scan']).code, 1);

      project.write(
        'src/b.js',
        `g();\nfunction f() {\n  h();\n  ${EVIL}}\nfunction other() { ${EVIL.trim()} }\n`,
      );
      project.write('src/c.js', EVIL);
      assert.deepEqual(told(project), ['src/b.js:6', 'src/c.js:1']);
      assert.equal(project.run(['scan', '--baseline', FILE]).code, 1);
      const { baseline } = project.scan('--baseline', FILE);
      assert.deepEqual(baseline, { file: FILE, known: 2, gone: 0, added: null });

      // The same file, whichever folder is scanned.
      project.write('.git/HEAD', '');
      assert.deepEqual(
        project.scan('--baseline', FILE, 'src').findings.map(({ file }) => file),
        ['b.js', 'c.js'],
      );
    }),
  );

  it(
    'says what is gone, and is the same file for the same findings',
    withProject({ 'a.js': EVIL, 'b.js': EVIL, 'c.js': EVIL }, (project) => {
      project.run(UPDATE);
      const before = project.read(FILE);
      project.run(UPDATE);
      assert.equal(project.read(FILE), before);
      project.write('a.js', 'f();\n');
      assert.match(
        project.run(['scan', '--baseline', FILE]).out,
        /^2 findings left out .*\n1 finding of the baseline is gone; `--update-baseline` takes it out\.$/m,
      );
      // What was not looked at, or not wholly, is not gone.
      project.write('b.js', 'let = ;\n');
      assert.equal(project.scan('--baseline', FILE, 'b.js').baseline?.gone, 0);
      assert.match(project.run(UPDATE).out, /has 2 findings: 0 new, 1 gone\.$/m);
      assert.equal(project.read(FILE), before.replace(/.*"a\.js".*\n/, ''));
      project.run([...UPDATE, 'c.js']);
      assert.equal(project.read(FILE), before.replace(/.*"a\.js".*\n/, ''));
    }),
  );

  it(
    'goes along with a file that was moved',
    withProject({ 'lib/a.js': EVIL }, (project) => {
      project.run(UPDATE);
      renameSync(project.path('lib'), project.path('source'));
      assert.deepEqual(told(project), []);
      // While the file is where it was, another of its name is another file.
      project.write('lib/a.js', EVIL);
      assert.deepEqual(told(project), ['source/a.js:1']);
    }),
  );

  it(
    'has nothing of a secret, and is nothing to report itself',
    withProject(
      { 'a.js': "const password = process.env.PASSWORD ?? 'hunter-of-the-lost-2';\n" },
      (project) => {
        project.run([...UPDATE, '--profile', 'strict']);
        assert.ok(project.read(FILE).includes('secrets/'));
        assert.ok(!project.read(FILE).includes('hunter'));
        assert.deepEqual(project.found('--profile', 'strict', FILE), []);
      },
    ),
  );

  it(
    'is not taken from a file that is none, nor written over one',
    withProject({ 'a.js': EVIL }, (project) => {
      const refused = (text: string | undefined, pattern: RegExp, args = ['scan', '--baseline', FILE]) => {
        if (text !== undefined) project.write(FILE, text);
        const { code, out, err } = project.run(args);
        assert.deepEqual([code, out], [2, '']);
        assert.match(err, pattern);
        if (text !== undefined) assert.equal(project.read(FILE), text);
      };
      refused(undefined, /^There is no baseline `countersign-baseline\.json`\. Write it with/);
      const damaged =
        /^`countersign-baseline\.json` is no baseline that could be used: .* `countersign scan --baseline/;
      for (const text of [
        '',
        '{"version":1,"tool":"0","findings":[',
        '[]',
        '{"name":"shop","version":"1.0.0"}',
        '{"version":1,"tool":"0","findings":{}}',
        '{"version":1,"tool":"0","findings":[null]}',
        '{"version":1,"tool":"0","findings":[{"file":"../a.js","ruleId":"a/b","fingerprint":"0123456789abcdef"}]}',
        '{"version":1,"tool":"0","findings":[{"file":"a.js","ruleId":"a/b","fingerprint":"0123456789abcdeX"}]}',
      ]) {
        refused(text, damaged);
        refused(text, damaged, UPDATE);
      }
      const later = '{"version":2,"tool":"9.0.0","findings":[]}';
      refused(later, /^The baseline `.*` is of version 2, and this Countersign knows version 1 only\. Use/);
      refused(later, /is of version 2/, UPDATE);
      refused(undefined, /^`--update-baseline` needs to know the file/, ['scan', '--update-baseline']);
      refused(undefined, /leave out `--changed`/, [...UPDATE, '--changed']);
      refused(undefined, /Fix first, then update/, [...UPDATE, '--fix']);
    }),
  );

  it(
    'is told in SARIF by its state',
    withProject({ 'a.js': EVIL }, (project) => {
      project.run(UPDATE);
      project.write('b.js', EVIL);
      const { out } = project.run(['scan', '--baseline', FILE, '--format', 'sarif']);
      const { results } = JSON.parse(out).runs[0];
      assert.deepEqual(
        results.map(({ ruleId, baselineState }: Record<string, string>) => [ruleId, baselineState]),
        [[EVAL, 'new']],
      );
    }),
  );
});
