// A data flow that is too long to be followed hides findings: whoever reads the report is told so, once for a file.
import assert from 'node:assert/strict';
import { RULES } from '../../server/src/rules/index';
import { withClient } from '../server/test-client';
import { withProject } from './project';

/** Each variable is made of the one before. */
const chain = (length: number) =>
  Array.from({ length }, (_, i) => `  const v${i + 1} = v${i}.trim();`).join('\n');
const handler = (length: number, sinks: number) =>
  [
    "const { exec } = require('child_process');",
    'exports.handle = (req, res) => {',
    '  const v0 = req.body.a;',
    chain(length),
    ...Array.from({ length: sinks }, () => `  exec('ls ' + v${length});`),
    '};',
    '',
  ].join('\n');

/** Seven callers, one behind the other. */
const CALLERS = [
  "const { exec } = require('child_process');",
  'function f0(a) { exec(`ls ${a}`); }',
  ...Array.from({ length: 6 }, (_, i) => `function f${i + 1}(a) { f${i}(a); }`),
  'exports.handle = (req, res) => { f6(req.body.a); };',
  '',
].join('\n');

const cause = (line: number, more = '') =>
  `The data flow to line ${line}${more} is too long to be followed; findings there may be missing.`;

describe('a data flow that is too long to be followed', function () {
  this.timeout(60_000);

  it(
    'is told on the command line in every form, once for a file',
    withProject(
      { 'short.js': handler(3, 1), 'long.js': handler(400, 3), 'callers.js': CALLERS },
      (project) => {
        const { findings, degraded } = project.scan();
        assert.deepEqual(
          findings.map(({ file, ruleId }) => `${file} ${ruleId}`),
          ['short.js injection/shell-command'],
        );
        assert.deepEqual(degraded, [
          { file: 'callers.js', cause: cause(2) },
          { file: 'long.js', cause: cause(404, ' and to 2 other places') },
        ]);
        assert.ok(project.run(['scan', 'long.js']).out.includes(cause(404, ' and to 2 other places')));
        const { runs } = JSON.parse(project.run(['scan', '--format', 'sarif', 'callers.js']).out);
        const told = runs[0].invocations[0].toolExecutionNotifications;
        assert.deepEqual(
          told.map((each: { message: { text: string } }) => each.message.text),
          [cause(2)],
        );
      },
    ),
  );

  it(
    'is told in the editor, and no longer once the code is short',
    withClient({ rules: RULES }, async (client) => {
      const document = await client.open('long.js', handler(400, 1));
      await client.advance(100);
      assert.deepEqual(client.statuses.at(-1)?.degraded, [{ uri: document.uri, cause: cause(404) }]);
      await document.insertBefore('exports.handle', '\n');
      await client.advance(100);
      assert.deepEqual(client.statuses.at(-1)?.degraded, [{ uri: document.uri, cause: cause(405) }]);
      await document.replace(["exec('ls ' + v400)", "exec('ls ' + v3)"]);
      await client.advance(100);
      assert.deepEqual(client.statuses.at(-1)?.degraded, []);
      assert.equal((await document.findings()).length, 1);
      client.takeRefreshes();
    }),
  );
});
