// The AI switch on the command line: severities, exit codes and reports follow who wrote the lines.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { addNote, gitAiNote, TRACE } from '../origin/noted-repository';
import { TestRepository } from '../origin/test-repository';
import { type JsonReport, type Run, runCli } from './project';

const FILE = 'src/app.js';
const [CORS, WRITER] = ['web/cors-permissive', 'deser/unsafe-deserializer'];
const LINES = [
  "import cors from 'cors';",
  "import express from 'express';",
  "import serialize from 'serialize-javascript';",
  'export const app = express();',
  'app.use(cors({ origin: true, credentials: true }));',
  'export const page = (data) => serialize(data, { unsafe: true });',
  'app.listen(process.env.PORT);',
  '',
];
const TEXT = LINES.join('\n');

describe('the AI switch on the command line', function () {
  this.timeout(60_000);
  let repository: TestRepository;
  let commit: string;
  let by: string;
  beforeEach(() => {
    repository = new TestRepository();
    repository.write(FILE, TEXT);
    commit = repository.commit('Add');
    by = `written by Claude Code, note on ${commit.slice(0, 7)}`;
  });
  afterEach(() => repository.remove());

  const note = (lines: string) =>
    addNote(repository, 'ai', commit, gitAiNote({ attested: [FILE, `  ${TRACE} ${lines}`] }));
  const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}): Run =>
    runCli(['scan', ...args], { cwd: repository.folder, env });
  const scan = (...args: readonly string[]): JsonReport => JSON.parse(run(['--format', 'json', ...args]).out);
  /** `line severity rule did` of each. */
  const found = (report: JsonReport) =>
    report.findings.map(
      ({ line, severity, ruleId, raised }) =>
        `${line} ${severity} ${ruleId}${raised ? ` ${raised.how}` : ''}`,
    );

  it('raises on the lines of a tool, and shows what is of medium confidence there', () => {
    note('5-6');
    const report = scan();
    assert.deepEqual(found(report), [`5 error ${CORS} raised`, `6 error ${WRITER} shown`]);
    assert.deepEqual([report.ai, report.aiReason, report.degraded], ['on', null, []]);
    const [cors] = report.findings;
    const { message = '', raised, fingerprint } = cors ?? assert.fail();
    assert.ok(message.endsWith(` (raised: ${by})`), message);
    assert.deepEqual(raised, {
      ...{ how: 'raised', why: by, tool: 'Claude Code', source: 'git-ai-note', commit },
    });
    const off = scan('--no-ai');
    assert.deepEqual(found(off), [`5 warning ${CORS}`]);
    assert.deepEqual([off.ai, off.aiReason], ['off', '`--no-ai` was given.']);
    assert.equal(off.findings[0]?.fingerprint, fingerprint);
    assert.equal(off.findings[0]?.raised, null);
  });

  it('ends with the exit code of what was raised', () => {
    const code = (...args: string[]) => run(['--fail-on', 'error', ...args]).code;
    assert.equal(code(), 0);
    note('5');
    assert.equal(code(), 1);
    assert.equal(code('--no-ai'), 0);
  });

  it('leaves other lines, edited lines and files outside of repositories alone', () => {
    note('1-4,7');
    assert.deepEqual(found(scan()), [`5 warning ${CORS}`]);
    note('5-6');
    repository.write(FILE, TEXT.replace('origin: true', 'maxAge: 5, origin: true'));
    assert.deepEqual(found(scan()), [`5 warning ${CORS}`, `6 error ${WRITER} shown`]);
    repository.write(FILE, `// moved\n${TEXT}`);
    assert.deepEqual(found(scan()), [`6 error ${CORS} raised`, `7 error ${WRITER} shown`]);
    rmSync(join(repository.folder, '.git'), { recursive: true });
    const report = scan();
    assert.deepEqual([found(report), report.degraded], [[`6 warning ${CORS}`], []]);
  });

  it('is switched off by the configuration, for all files or some', () => {
    note('5-6');
    repository.write('.countersignrc.json', '{ "ai": false }');
    const off = scan();
    assert.deepEqual(found(off), [`5 warning ${CORS}`]);
    assert.deepEqual([off.ai, off.aiReason], ['off', 'The configuration switches it off.']);
    repository.write('.countersignrc.json', '{ "overrides": [{ "files": "src/**", "ai": false }] }');
    const some = scan();
    assert.deepEqual([found(some), some.ai], [[`5 warning ${CORS}`], 'on']);
  });

  it("keeps a person's word", () => {
    note('5-6');
    const rules = (entries: object) =>
      repository.write('.countersignrc.json', JSON.stringify({ rules: entries }));
    rules({ [CORS as string]: 'warn', 'deser/*': 'off' });
    assert.deepEqual(found(scan()), [`5 warning ${CORS}`]);
    rules({ '*': 'downgrade' });
    assert.deepEqual(found(scan()), [`5 warning ${CORS} raised`, `6 warning ${WRITER} shown`]);
    rules({});
    repository.write(
      FILE,
      TEXT.replace('}));', '})); // countersign-disable-line web/cors-permissive -- known'),
    );
    assert.deepEqual(found(scan()), [`6 error ${WRITER} shown`]);
  });

  it('fixes what it showed, and what it says afterwards is of the new text', () => {
    note('5-6');
    const before = TEXT.replace('unsafe: true', 'unsafe: true, space: 2');
    repository.write(FILE, before);
    commit = repository.commit('Space');
    note('6');
    const report = scan('--fix');
    assert.doesNotMatch(repository.gitWith('', 'diff').toString(), /^[-+].*cors\(/m);
    assert.match(repository.git('diff'), /^-.*unsafe: true/m);
    assert.deepEqual(found(report), [`5 error ${CORS} raised`]);
    assert.deepEqual(found(scan()), [`5 error ${CORS} raised`], 'as a scan of what is on disk says');
  });

  it('tells SARIF, and people', () => {
    note('5');
    const { runs } = JSON.parse(run(['--format', 'sarif']).out);
    const [result] = runs[0].results;
    assert.equal(result.level, 'error');
    assert.ok(result.message.text.endsWith(`(raised: ${by})`));
    assert.equal(result.properties.raised.commit, commit);
    assert.equal(runs[0].invocations[0].properties.ai, 'on');
    const pretty = run([]).out;
    assert.match(pretty, new RegExp(`5:24 {2}error {2}${CORS}.*\\n.*\\(raised: ${by}\\)`));
    assert.doesNotMatch(pretty, /AI switch/);
    assert.match(run(['--no-ai']).out, /The AI switch is off: `--no-ai` was given\./);
  });

  it('says that git is missing where it is needed', () => {
    note('5-6');
    const { out, code } = run(['--format', 'json'], { PATH: '/nowhere', Path: '/nowhere' });
    const report: JsonReport = JSON.parse(out);
    assert.deepEqual([found(report), code], [[`5 warning ${CORS}`], 1]);
    assert.equal(report.ai, 'off');
    assert.match(report.aiReason ?? '', /Git was not found/);
  });
});
