// The exit code, the configuration, and what is printed.
import assert from 'node:assert/strict';
import { EVIL, withProject } from './project';

const CONFIGURATION = '.countersignrc.json';
const WARNING = '// countersign-disable-line injection/eval-dynamic -- nothing here\n';

describe('command line: exit codes', function () {
  this.timeout(60_000);

  it(
    'are 0 without findings and 1 with',
    withProject({ 'a/clean.js': 'f();\n', 'b/evil.js': EVIL }, (project) => {
      assert.equal(project.run(['scan', 'a']).code, 0);
      assert.equal(project.run(['scan', 'b']).code, 1);
      assert.equal(project.run(['scan', 'a', 'b']).code, 1);
    }),
  );

  it(
    'are for findings at or above --fail-on',
    withProject({ 'error.js': EVIL, 'warning.js': WARNING, 'test/hint.js': EVIL }, (project) => {
      const codes = (file: string) =>
        [[], ['error'], ['warning'], ['info'], ['never']].map(
          (level) => project.run(['scan', file, ...level.flatMap((at) => ['--fail-on', at])]).code,
        );
      assert.deepEqual(codes('error.js'), [1, 1, 1, 1, 0]);
      assert.deepEqual(codes('warning.js'), [1, 0, 1, 1, 0]);
      assert.deepEqual(codes('test/hint.js'), [0, 0, 0, 0, 0]);
    }),
  );

  it(
    'are 2 where a configuration is no JSON, after all else was told',
    withProject({ [CONFIGURATION]: '{ "profile": strict }', 'a.js': EVIL }, (project) => {
      const { findings, degraded, code } = project.scan('--fail-on', 'never');
      assert.equal(code, 2);
      assert.deepEqual(
        findings.map(({ file, ruleId }) => `${file} ${ruleId}`),
        [`${CONFIGURATION} config/bad-value`, 'a.js injection/eval-dynamic'],
      );
      assert.deepEqual(
        degraded.map(({ file }) => file),
        [CONFIGURATION],
      );
      const only = project.run(['scan', 'a.js']);
      assert.equal(only.code, 2, 'though the configuration itself is not scanned');
      assert.match(only.err, /^The configuration \.countersignrc\.json cannot be read\. Line 1: /);
    }),
  );

  it(
    'are as ever where a configuration only says something wrong',
    withProject({ [CONFIGURATION]: '{ "profile": "lax" }', 'a.js': 'f();\n' }, (project) => {
      const { findings, degraded, code } = project.scan();
      assert.deepEqual([findings.length, degraded.length, code], [1, 1, 1]);
      assert.equal(project.run(['scan', '--fail-on', 'error']).code, 0);
    }),
  );
});

describe('command line: configuration', function () {
  this.timeout(60_000);
  const off = '{ "rules": { "injection/*": "off" } }';

  it(
    'is the nearest, and options win over it',
    withProject(
      {
        [CONFIGURATION]: '{ "rules": { "injection/eval-dynamic": "info" } }',
        'a.js': EVIL,
        [`sub/${CONFIGURATION}`]: off,
        'sub/b.js': EVIL,
        [`strict/${CONFIGURATION}`]: '{ "profile": "strict" }',
        'strict/test/c.js': EVIL,
      },
      (project) => {
        const told = (...args: string[]) =>
          project.scan(...args).findings.map(({ file, severity }) => `${file} ${severity}`);
        assert.deepEqual(told(), ['a.js info', 'strict/test/c.js error']);
        assert.deepEqual(told('--profile', 'recommended'), ['a.js info', 'strict/test/c.js hint']);
      },
    ),
  );

  it(
    'is read up to the top of the repository, and not above',
    withProject(
      { [CONFIGURATION]: off, 'repo/src/a.js': EVIL, 'repo/.git/HEAD': '', 'plain/src/a.js': EVIL },
      (project) => {
        assert.equal(project.found('repo/src').length, 1);
        // The working folder is what stands in for the workspace folder.
        assert.equal(project.found('plain/src').length, 0);
        const cwd = project.path('repo');
        assert.equal(project.run(['scan', '../plain/src'], { cwd }).code, 1);
        project.write(`repo/${CONFIGURATION}`, off);
        assert.equal(project.found('repo/src').length, 0);
      },
    ),
  );
});

describe('command line: pretty', function () {
  this.timeout(60_000);

  it(
    'groups by file, shows the code, what goes with it, and how to go on',
    withProject(
      {
        'src/auth.js': [
          'function requireUser(req, res, next) {',
          '  try {',
          '    req.user = verify(req.headers.token);',
          '  } catch {',
          '    next();',
          '    return;',
          '  }',
          '  next();',
          '}',
          '',
        ].join('\n'),
        'src/wide.js': '\tconst [é, 界] = ["🙂界", eval(process.argv[2])];\n',
        'test/a.js': EVIL,
      },
      (project) => {
        const { code, out, err } = project.run(['scan']);
        assert.equal(err, '');
        assert.equal(code, 1);
        assert.equal(
          out,
          `src/auth.js
  5:5  error  auth/fail-open-catch CWE-636 CWE-755
    When the check throws, access is granted. Deny in the catch block.
    5 │ next();
      │ ^^^^^^
    3:16  This may throw.

src/wide.js
  1:25  error  injection/eval-dynamic CWE-95
    \`eval\` runs a string that is not constant as code. Use a parser, a lookup table or an expression library.
    1 │ const [é, 界] = ["🙂界", eval(process.argv[2])];
      │                          ^^^^
    1:30  Whoever starts the program decides on this.

test/a.js
  1:1  hint  injection/eval-dynamic CWE-95
    \`eval\` runs a string that is not constant as code. Use a parser, a lookup table or an expression library.
    1 │ eval(process.argv[2]);
      │ ^^^^
    1:6  Whoever starts the program decides on this.

2 errors, 1 hint in 3 of 3 files.
\`countersign rules <rule>\` explains a rule.
`,
        );
      },
    ),
  );

  it(
    'says so where there is nothing, and counts what is suppressed',
    withProject(
      { 'a.js': `eval(process.argv[2]); // countersign-disable-line injection/eval-dynamic -- a sandbox\n` },
      (project) => {
        assert.deepEqual(project.run(['scan']), {
          code: 0,
          out: 'No findings in 1 file.\n1 finding suppressed.\n',
          err: '',
        });
      },
    ),
  );

  it(
    'shortens long lines around what is meant',
    withProject(
      { 'a.js': `f(${'x, '.repeat(200)}eval(process.argv[2]), ${'y, '.repeat(200)}1);\n` },
      (project) => {
        const lines = project.run(['scan']).out.split('\n');
        const frame = lines.find((line) => line.includes('│')) ?? '';
        assert.ok(
          frame.length < 130 && frame.includes('eval(process.argv[2])') && frame.endsWith('…'),
          frame,
        );
        const mark = lines[lines.indexOf(frame) + 1] ?? '';
        assert.equal(mark.indexOf('^'), frame.indexOf('eval'));
      },
    ),
  );

  it(
    'goes to a file without colours, and tells so on standard error',
    withProject({ 'a.js': EVIL }, (project) => {
      const { code, out, err } = project.run(['scan', '-o', 'report.txt']);
      assert.deepEqual([code, out, err], [1, '', '1 error in 1 of 1 file.\n']);
      assert.match(project.read('report.txt'), /^a\.js\n {2}1:1 {2}error/);
      assert.equal(project.run(['scan', '-o', 'no/such/folder']).code, 2);
    }),
  );
});

describe('command line: json', function () {
  this.timeout(60_000);

  it(
    'has this form',
    withProject({ 'src/a.js': `const a = 1;\n  ${EVIL}`, 'src/b.ts': 'let = ;\n' }, (project) => {
      const { out } = project.run(['scan', '--format', 'json', 'src']);
      const report = JSON.parse(out) as {
        findings: { fingerprint: string }[];
        degraded: { cause: string }[];
      };
      assert.match(report.findings[0]?.fingerprint ?? '', /^[\da-f]{16}$/);
      assert.deepEqual(report, {
        version: 1,
        root: project.path('src'),
        findings: [
          {
            ruleId: 'injection/eval-dynamic',
            file: 'a.js',
            line: 2,
            column: 3,
            endLine: 2,
            endColumn: 7,
            severity: 'error',
            confidence: 'high',
            message:
              '`eval` runs a string that is not constant as code. Use a parser, a lookup table or an expression library.',
            cwe: ['CWE-95'],
            origin: null,
            ...{ raised: null, reintroduced: null },
            related: [
              {
                ...{ file: 'a.js', line: 2, column: 8, endLine: 2, endColumn: 23 },
                message: 'Whoever starts the program decides on this.',
              },
            ],
            fixes: [],
            fingerprint: report.findings[0]?.fingerprint,
          },
        ],
        degraded: [
          { file: 'b.ts', cause: 'The syntax has an error at line 1; what it takes in was not checked.' },
        ],
        ignored: { byGit: { files: 0, folders: 0 }, byConfiguration: 0 },
        ...{ ai: 'on', aiReason: null, since: null, baseline: null, recorded: null },
      });
    }),
  );

  it(
    'is JSON also where there is nothing',
    withProject({}, (project) => {
      const { code, ...report } = project.scan();
      assert.deepEqual(report, {
        ...{ version: 1, root: project.folder, findings: [], degraded: [] },
        ignored: { byGit: { files: 0, folders: 0 }, byConfiguration: 0 },
        ...{ ai: 'on', aiReason: null, since: null, baseline: null, recorded: null },
      });
      assert.equal(code, 0);
    }),
  );

  it(
    'has related places and fixes',
    withProject(
      {
        'a.js': `const https = require('https');\nconst insecure = false;\nhttps.request({ rejectUnauthorized: insecure });\n`,
      },
      (project) => {
        const [finding] = project.scan().findings as unknown as { fixes: unknown; related: unknown }[];
        assert.deepEqual(finding?.fixes, [{ title: 'Check certificates', safety: 'unsafe' }]);
      },
    ),
  );
});
