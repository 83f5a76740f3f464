// `scan --record`, and what becomes of a finding that was fixed before.
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DiagnosticSeverity } from 'vscode-languageserver/node';
import { sha256 } from '../../server/src/host/digest';
import { type ResolvedRecord, resolvedFile } from '../../server/src/resolved/resolved-record';
import { RULES } from '../../server/src/rules/index';
import { DiskHost } from '../server/disk-host';
import { TestClient } from '../server/test-client';
import { type GitProject, withGit } from './git-project';
import { EVIL, withProject } from './project';

const FOLDER = '.countersign/resolved';
/** One finding of high confidence, a warning. */
const WEAK = [
  "const app = require('express')();",
  "app.post('/login', (req, res) => res.cookie('session', sign(req), {}));",
  '',
].join('\n');

describe('command line: records of fixes', function () {
  this.timeout(120_000);

  function records(project: GitProject): ResolvedRecord[] {
    try {
      const folder = join(project.folder, FOLDER);
      return readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
    } catch {
      return [];
    }
  }

  it(
    'are made of what is gone since the base, with the commit that fixed it, and raise what comes back',
    withGit({ 'src/a.js': WEAK, 'src/b.js': EVIL }, async (project) => {
      const [before] = project.scan('src/a.js').findings;
      assert.equal(before?.severity, 'warning');
      project.git('switch', '--quiet', '-c', 'fix');
      project.write('src/a.js', 'f();\n');
      const commit = project.commit('Mend it');
      const { out, code } = project.run(['scan', '--base', 'main', '--record']);
      assert.match(out, /^Recorded 1 finding as fixed in `\.countersign\/resolved`; commit that\.$/m);
      assert.equal(code, 0);
      const [record, ...more] = records(project);
      assert.deepEqual(more, []);
      const { time, tool, ...rest } = record as ResolvedRecord;
      assert.deepEqual(rest, {
        ...{ version: 1, kind: 'resolved', ruleId: before?.ruleId, fingerprint: before?.fingerprint },
        ...{ path: 'src/a.js', by: 'scan', commit },
      });
      assert.match(tool, /^countersign \d+\.\d+\.\d+/);
      assert.deepEqual(project.scan('--base', 'main', '--record').recorded, [], 'once is enough');
      project.commit('Keep the record');

      project.write('src/a.js', `g();\n${WEAK}`);
      const [after] = project.scan('src').findings;
      assert.deepEqual(after?.reintroduced, {
        ...{ fixed: time.slice(0, 10), commit },
        record: `${FOLDER}/${readdirSync(join(project.folder, FOLDER))[0]}`,
      });
      const where = `on ${time.slice(0, 10)} in ${commit.slice(0, 10)}`;
      assert.deepEqual(
        [after?.severity, after?.message],
        ['error', `${before?.message} (raised: it was fixed ${where})`],
      );
      // The editor says the same.
      const client = await TestClient.start({ rules: RULES, folders: [project.uri], host: new DiskHost() });
      const document = await client.open(project.uriOf('src/a.js'), `g();\n${WEAK}`, 'javascript');
      const [shown] = await document.diagnostics();
      assert.equal(shown?.message, after?.message);
      assert.equal(shown?.severity, DiagnosticSeverity.Error);
      await client.dispose();
      // The same in SARIF; not in another file.
      const { results } = JSON.parse(project.run(['scan', '--format', 'sarif']).out).runs[0];
      assert.deepEqual(results[0].properties.reintroduced, after?.reintroduced);
      project.write('src/other.js', WEAK);
      assert.equal(project.scan('src/other.js').findings[0]?.severity, 'warning');
      // A level that a person chose stays that level.
      project.write('.countersignrc.json', JSON.stringify({ rules: { [before?.ruleId as string]: 'info' } }));
      const [chosen] = project.scan('src/a.js').findings;
      assert.equal(chosen?.severity, 'info');
      assert.match(chosen?.message ?? '', /\(again: it was fixed on /);
    }),
  );

  it(
    'are of what is not committed without a commit, and of several commits as well',
    withGit({ 'a.js': EVIL }, (project) => {
      project.write('a.js', 'f();\n');
      project.run(['scan', '--changed', '--record']);
      assert.deepEqual(
        records(project).map(({ path, commit }) => [path, commit]),
        [['a.js', undefined]],
      );
      project.git('clean', '--quiet', '-dfx');
      project.git('checkout', '--quiet', '.');
      project.git('switch', '--quiet', '-c', 'fix');
      for (const text of ['f();\n', 'g();\n']) {
        project.write('a.js', text);
        project.commit();
      }
      project.run(['scan', '--base', 'main', '--record']);
      assert.deepEqual(
        records(project).map(({ path, commit }) => [path, commit]),
        [['a.js', undefined]],
      );
    }),
  );

  it(
    'are never made of what may still be there',
    withGit(
      {
        'hidden.js': EVIL,
        'renamed.js': `function one() { ${EVIL.trim()} }\n`,
        'broken.js': WEAK,
        'gone.js': WEAK,
      },
      (project) => {
        const suppressed = `${EVIL.trim()} // countersign-disable-line injection/eval-dynamic -- a sandbox\n`;
        project.write('hidden.js', suppressed);
        project.run(['scan', '--changed', '--record']);
        assert.deepEqual(records(project), [], 'it is only suppressed');
        project.write('hidden.js', EVIL);
        project.write('renamed.js', `function two() { ${EVIL.trim()} }\n`);
        project.run(['scan', '--changed', '--record']);
        assert.deepEqual(records(project), [], 'its function has another name');
        project.git('checkout', '--quiet', '.');
        project.write('renamed.js', 'f();\n');
        project.write('moved.js', `function one() { ${EVIL.trim()} }\n`);
        project.run(['scan', '--changed', '--record']);
        assert.deepEqual(records(project), [], 'it is in another file');
        project.git('checkout', '--quiet', '.');
        project.write('moved.js', 'f();\n');
        project.write('broken.js', 'let = ;\n');
        project.git('rm', '--quiet', 'gone.js');
        project.write('.countersignrc.json', '{ "rules": { "injection/*": "off" } }');
        project.write('hidden.js', `f();\n${EVIL}`);
        project.run(['scan', '--changed', '--record']);
        assert.deepEqual(
          records(project),
          [],
          'the rule is off, or the file could not be checked, or has gone',
        );
      },
    ),
  );

  it(
    'are made of what is gone from a baseline of the same Countersign',
    withGit({ 'a.js': EVIL, 'b.js': WEAK }, (project) => {
      const file = 'countersign-baseline.json';
      project.run(['scan', '--baseline', file, '--update-baseline']);
      project.write('b.js', 'f();\n');
      const older = readFileSync(join(project.folder, file), 'utf8').replace(
        /"tool": ".*?"/,
        '"tool": "0.0.1"',
      );
      project.write('older.json', older);
      const refused = project.run(['scan', '--baseline', 'older.json', '--record']);
      assert.equal(refused.code, 2);
      assert.match(
        refused.err,
        /^The baseline was written by Countersign 0\.0\.1 and this is .*, so a finding may/,
      );
      assert.deepEqual(records(project), []);
      const { recorded, baseline } = project.scan('--baseline', file, '--update-baseline', '--record');
      assert.deepEqual(
        recorded?.map(({ file: path }) => path),
        ['b.js'],
      );
      assert.deepEqual([baseline?.known, baseline?.gone], [1, 1]);
      assert.equal(records(project).length, 1);
    }),
  );

  it(
    'need something to compare with, and a place',
    withProject({ 'a.js': EVIL }, (project) => {
      const told = (...args: string[]) => {
        const { code, err } = project.run(['scan', '--record', ...args]);
        assert.equal(code, 2);
        return err;
      };
      assert.match(told(), /^`--record` needs to know what was there before/);
      project.run(['scan', '--baseline', 'b.json', '--update-baseline']);
      assert.match(told('--baseline', 'b.json'), /^Records of fixes are kept in a git repository/);
    }),
  );

  it(
    'are not kept where nobody else would see them',
    withGit({ 'a.js': EVIL, '.gitignore': '.countersign\n' }, (project) => {
      project.write('a.js', 'f();\n');
      const { code, err } = project.run(['scan', '--changed', '--record']);
      assert.equal(code, 2);
      assert.match(err, /^An ignore file leaves out `\.countersign`/);
      assert.deepEqual(records(project), []);
    }),
  );

  it(
    'are read only if they are whole, named by what they say, and of this folder',
    withGit({ 'a.js': WEAK }, (project) => {
      const [found] = project.scan().findings;
      const record: ResolvedRecord = {
        ...{ version: 1, kind: 'resolved', path: 'a.js', time: '2026-01-02T03:04:05.678Z', by: 'scan' },
        ...{ ruleId: found?.ruleId ?? '', fingerprint: found?.fingerprint ?? '', tool: 'countersign 0.1.0' },
      };
      const { path, text } = resolvedFile(record, sha256);
      const isRaised = () => project.scan().findings[0]?.reintroduced !== null;
      const put = (at: string, content: string) => {
        project.git('clean', '--quiet', '-dfx');
        project.write(at, content);
      };
      put(path, text);
      assert.ok(isRaised());
      put(path, text.replace('2026-01-02', '2026-01-03'));
      assert.ok(!isRaised(), 'its name is not its hash');
      put(path.replace(/[0-9a-f]{64}/, 'a'.repeat(64)), text);
      assert.ok(!isRaised(), 'its name is another hash');
      put(path, `${text}${' '.repeat(40_000)}`);
      assert.ok(!isRaised(), 'it is too long');
      for (const wrong of [
        { version: 2 },
        { kind: 'sign-off' },
        { time: '2026-99-02T03:04:05.678Z' },
        { commit: 'main' },
        { tool: 'other' },
        { more: true },
        { path: '../a.js' },
      ]) {
        const value = { ...record, ...wrong };
        assert.throws(() => resolvedFile(value as ResolvedRecord, sha256), JSON.stringify(wrong));
      }
      for (const junk of ['', '[', 'null', '[]', '"x"', '{"__proto__":1}', '\u0000']) {
        put(path, junk);
        assert.ok(!isRaised());
      }
      put(`elsewhere/${path}`, text);
      mkdirSync(join(project.folder, '.countersign'));
      symlinkSync('../elsewhere/.countersign/resolved', join(project.folder, FOLDER));
      assert.ok(!isRaised(), 'the folder is a link');
      writeFileSync(join(project.folder, 'x.js'), 'f();\n');
    }),
  );
});
