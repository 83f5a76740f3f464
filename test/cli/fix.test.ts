// Fixes that are written to files.
import assert from 'node:assert/strict';
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { withProject } from './project';

const UNUSED = '// countersign-disable-next-line injection/eval-dynamic -- nothing here\nf();\n';
const TLS = "import https from 'node:https';\nhttps.request({ rejectUnauthorized: false });\n";

describe('command line: fixes', function () {
  this.timeout(60_000);

  it(
    'of the safe kind are applied by --fix, and what remains is reported',
    withProject({ 'a.js': UNUSED, 'b.mjs': TLS, 'c.js': 'f();\n' }, (project) => {
      const before = project.read('b.mjs');
      const { code, out } = project.run(['scan', '--fix']);
      assert.equal(code, 1);
      assert.equal(project.read('a.js'), 'f();\n');
      assert.equal(project.read('b.mjs'), before);
      assert.match(out, /^Fixed 1 finding in 1 file\.\n1 error in 1 of 3 files\.\n1 by `--fix-unsafe`/m);
      assert.deepEqual(project.found(), ['b.mjs transport/tls-verify-off']);
    }),
  );

  it(
    'of both kinds are applied by --fix-unsafe, and a second time there is nothing to do',
    withProject({ 'a.js': UNUSED, 'b.mjs': TLS }, (project) => {
      assert.match(
        project.run(['scan', '--fix-unsafe']).out,
        /^Fixed 2 findings in 2 files\.\nNo findings in 2 files\.$/m,
      );
      assert.doesNotMatch(project.read('b.mjs'), /rejectUnauthorized: false/);
      assert.match(project.run(['scan', '--fix-unsafe']).out, /^Fixed 0 findings in 0 files\.$/m);
      assert.equal(project.run(['scan']).code, 0);
    }),
  );

  it(
    'are told by scans that apply none',
    withProject({ 'a.js': UNUSED, 'b.mjs': TLS }, (project) => {
      assert.match(
        project.run(['scan']).out,
        /^1 can be fixed by `--fix`, 1 by `--fix-unsafe`, where behaviour may change\.$/m,
      );
      assert.deepEqual(
        project.scan().findings.map(({ fixes }) => fixes.map(({ safety }) => safety)),
        [['safe'], ['unsafe']],
      );
    }),
  );

  it(
    'leave JSON to the report: what remains',
    withProject({ 'a.js': UNUSED, 'b.mjs': TLS }, (project) => {
      const { findings, code } = project.scan('--fix');
      assert.deepEqual([findings.map(({ file }) => file), code], [['b.mjs'], 1]);
    }),
  );

  it(
    'are of shown findings only',
    withProject(
      { 'a.js': UNUSED, 'b.mjs': TLS, '.countersignrc.json': '{ "rules": { "*": "off" } }' },
      (project) => {
        assert.match(project.run(['scan', '--fix-unsafe']).out, /^Fixed 0 findings/m);
        assert.equal(project.read('a.js'), UNUSED);
      },
    ),
  );

  const fallback = [
    'export const config = {',
    '  key: process.env.JWT_SECRET ?? "not-for-production",',
    '  f,',
    '};',
    'function f() {}',
    '',
  ];
  it(
    'keep line ends, byte order mark, encoding, permissions and links',
    withProject(
      {
        'crlf.js': `\uFEFF${UNUSED.replaceAll('\n', '\r\n')}`,
        'inserting.ts': fallback.join('\r\n'),
        'wide.ts': Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(UNUSED, 'utf16le')]),
        'target.js': `#!/usr/bin/env node\n${UNUSED}`,
      },
      (project) => {
        chmodSync(project.path('target.js'), 0o751);
        symlinkSync('target.js', project.path('link.js'));
        project.run(['scan', '--fix-unsafe', 'crlf.js', 'inserting.ts', 'wide.ts', 'link.js']);
        assert.equal(project.read('crlf.js'), '\uFEFFf();\r\n');
        const inserted = project.read('inserting.ts');
        assert.doesNotMatch(inserted, /not-for-production/);
        assert.doesNotMatch(inserted, /[^\r]\n/);
        assert.deepEqual(
          readFileSync(project.path('wide.ts')),
          Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('f();\n', 'utf16le')]),
        );
        assert.equal(project.read('target.js'), '#!/usr/bin/env node\nf();\n');
        assert.ok(lstatSync(project.path('link.js')).isSymbolicLink());
        assert.equal(statSync(project.path('target.js')).mode & 0o777, 0o751);
        assert.deepEqual(readdirSync(project.folder).sort(), [
          'crlf.js',
          'inserting.ts',
          'link.js',
          'target.js',
          'wide.ts',
        ]);
      },
    ),
  );

  it(
    'are not written to a file that is not valid UTF-8: bytes would be lost',
    withProject(
      { 'a.js': Buffer.concat([Buffer.from(UNUSED), Buffer.from([0x2f, 0x2f, 0xe9])]) },
      (project) => {
        const before = readFileSync(project.path('a.js'));
        project.run(['scan', '--fix']);
        assert.deepEqual(readFileSync(project.path('a.js')), before);
      },
    ),
  );

  it(
    'are many at once, each checked',
    withProject({ 'a.js': UNUSED.repeat(300) }, (project) => {
      assert.match(project.run(['scan', '--fix']).out, /^Fixed 300 findings in 1 file\.\nNo findings/m);
      assert.equal(project.read('a.js'), 'f();\n'.repeat(300));
    }),
  );
});
