// What the command line says of itself, and to those who use it wrongly.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { ENGINE_RULES } from '../../server/src/analysis/engine-rules';
import { GOVERNANCE_RULES } from '../../server/src/analysis/governance-rules';
import { RULES } from '../../server/src/rules/index';
import { repositoryRoot } from '../repository-root';
import { CLI, runCli } from './project';

describe('command line: usage', function () {
  this.timeout(60_000);
  const { version } = JSON.parse(readFileSync(join(repositoryRoot(), 'package.json'), 'utf8')) as {
    version: string;
  };

  it('prints its version and nothing else', () => {
    for (const args of [['--version'], ['-v']]) {
      assert.deepEqual(runCli(args), { code: 0, out: `${version}\n`, err: '' });
    }
  });

  it('prints its help, also of each command', () => {
    const general = runCli(['--help']);
    assert.deepEqual([general.code, general.err], [0, '']);
    for (const command of ['scan', 'origin', 'routes', 'rules', 'hook', 'lsp']) {
      assert.match(general.out, new RegExp(`^ {2}${command} +\\w`, 'm'));
      const help = runCli([command, '--help']);
      assert.equal(help.code, 0);
      assert.match(help.out, new RegExp(`^Usage: countersign ${command}`, 'm'));
      assert.equal(runCli(['help', command]).out, help.out);
      assert.equal(runCli([command, 'x', '-h']).out, help.out, 'before anything else is looked at');
    }
    assert.equal(runCli(['help']).out, general.out);
  });

  it('prints its help on standard error where no command is given', () => {
    const { code, out, err } = runCli([]);
    assert.deepEqual([code, out], [2, '']);
    assert.match(err, /^Usage: countersign <command>/m);
  });

  const wrong: [string, string[], string][] = [
    ['an unknown command', ['scna'], 'There is no command `scna`. Did you mean `scan`?'],
    [
      'a path in place of a command',
      ['.'],
      'There is no command `.`. To check it, write `countersign scan .`.',
    ],
    [
      'nothing like a command',
      ['xyzzy'],
      'There is no command `xyzzy`. There are `scan`, `origin`, `verify`, `routes`, `rules`, `hook`, `lsp`.',
    ],
    ['a command to come', ['sbom'], 'The command `sbom` is not there yet.'],
    ['origin without a file', ['origin'], '`origin` needs a file.'],
    [
      'an unknown option',
      ['scan', '--formt', 'json'],
      'There is no option `--formt`. Did you mean `--format`?',
    ],
    [
      'an unknown short option',
      ['scan', '-z'],
      'There is no option `-z`. `--help` lists those that there are.',
    ],
    [
      'an unknown option without a command',
      ['--versoin'],
      'There is no option `--versoin`. Did you mean `--version`?',
    ],
    ['an option to come', ['scan', '--config', 'x'], '`--config` is not there yet.'],
    [
      'a wrong value',
      ['scan', '--format', 'jsno'],
      '`--format` cannot be `jsno`, only `pretty`, `json`, `sarif`. Did you mean `json`?',
    ],
    ['a missing value', ['scan', '--output'], '`--output` needs a value: FILE.'],
    ['an option in place of a value', ['scan', '--output', '--fix'], '`--output` needs a value: FILE.'],
    ['a value for a switch', ['scan', '--fix=yes'], '`--fix` takes no value.'],
    ['a path that is not there', ['scan', 'nowhere/at/all'], 'There is no file or folder `nowhere/at/all`.'],
    [
      'an unknown rule',
      ['rules', 'auth/jwt-unverifed'],
      'There is no rule `auth/jwt-unverifed`. Did you mean `auth/jwt-unverified`?',
    ],
    ['lsp without a way to speak', ['lsp'], '`lsp` needs `--stdio`: there is no other way to speak with it.'],
    [
      'an option of a hook that would do nothing',
      ['hook', 'claude', '--install', '--no-ai'],
      '`--no-ai` goes with `--findings`: it is about what the agent is told.',
    ],
    [
      'an option that would do nothing',
      ['scan', '--no-suppressed'],
      '`--no-suppressed` is for `--format sarif`: other formats have no suppressed findings.',
    ],
  ];
  for (const [name, args, message] of wrong) {
    it(`refuses ${name}`, () => {
      assert.deepEqual(runCli(args), { code: 2, out: '', err: `${message}\n` });
    });
  }

  it('does not let a word of the person act in a terminal', () => {
    const { err } = runCli(['scan', '--\u001B[31m\u202Ex']);
    assert.match(err, /^There is no option `--\?\[31m\?x`\./);
  });

  it('lists every rule with its metadata', () => {
    const rules = [...RULES, ...ENGINE_RULES, ...GOVERNANCE_RULES];
    const all = rules.map(({ id }) => id).sort();
    const { code, out } = runCli(['rules', '--format', 'json']);
    assert.equal(code, 0);
    const report = JSON.parse(out) as { version: number; rules: Record<string, unknown>[] };
    assert.equal(report.version, 1);
    assert.deepEqual(
      report.rules.map(({ id }) => id),
      all,
    );
    for (const { id, ...told } of report.rules) {
      const { title, severity, aiSeverity, confidence, cwe, owasp, fixable } =
        rules.find((rule) => rule.id === id) ?? assert.fail();
      assert.deepEqual(told, { title, severity, aiSeverity, confidence, cwe, owasp, fixable });
    }
    const pretty = runCli(['rules']).out;
    for (const id of all) assert.match(pretty, new RegExp(`^${id} `, 'm'));
  });

  it('prints the page of a rule', () => {
    const page = readFileSync(join(repositoryRoot(), 'server/src/rules/auth/jwt-unverified.md'), 'utf8');
    assert.deepEqual(runCli(['rules', 'auth/jwt-unverified']), { code: 0, out: page, err: '' });
  });

  it('runs the language server over standard input and output', async () => {
    const child = spawn(process.execPath, [CLI, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    connection.listen();
    const answer = await connection.sendRequest<{ serverInfo: { name: string } }>('initialize', {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: null,
      capabilities: { textDocument: { diagnostic: {} } },
    });
    assert.equal(answer.serverInfo.name, 'countersign');
    const uri = 'file:///project/a.ts';
    await connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'typescript', version: 1, text: 'eval(process.argv[2]);' },
    });
    const report = await connection.sendRequest<{ items: { code: string }[] }>('textDocument/diagnostic', {
      textDocument: { uri },
    });
    assert.deepEqual(
      report.items.map(({ code }) => code),
      ['injection/eval-dynamic'],
    );
    const ended = new Promise((resolve) => child.once('exit', resolve));
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    assert.equal(await ended, 0);
    connection.dispose();
  });
});
