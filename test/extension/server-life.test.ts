import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { CountersignApi } from '../../client/src/extension';
import { extensionUnderTest, openShopFile, resetShop, until, untilFindings } from './harness';

const FILE = 'server/src/lib/couponRules.ts';

describe('the server', () => {
  beforeEach(resetShop);

  it('comes back after it was killed, and its findings with it, once', async () => {
    const editor = await openShopFile(FILE);
    const { document } = editor;
    await untilFindings(document.uri);
    const api = (await extensionUnderTest().activate()) as CountersignApi;
    const pid = api.serverPid();
    assert.ok(pid, 'the server has no process');
    process.kill(pid, 'SIGKILL');
    await until(() => api.serverPid() !== undefined && api.serverPid() !== pid, 'another server process');
    await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), '\n'));
    const [finding] = await untilFindings(
      document.uri,
      'the one finding, a line down',
      (all) => all.length === 1 && document.getText(all[0]!.range) === 'Function',
    );
    assert.ok(finding);
    await until(
      () => api.status().state === 'findings' && / 1 problem /.test(api.status().summary),
      () => `the status bar to count the finding; it says ${api.status().text}`,
    );
  });
});

describe('settings', () => {
  beforeEach(resetShop);

  const settings = () => vscode.workspace.getConfiguration('countersign');
  const set = (key: string, value: unknown) =>
    settings().update(key, value, vscode.ConfigurationTarget.Workspace);

  it('switch a rule off and on without a reload', async () => {
    const { document } = await openShopFile(FILE);
    await untilFindings(document.uri);
    await set('rules.customizations', [{ rule: 'injection/*', severity: 'off' }]);
    await untilFindings(document.uri, 'no findings', (all) => all.length === 0);
    await set('rules.customizations', [{ rule: 'injection/eval-dynamic', severity: 'info' }]);
    const [finding] = await untilFindings(document.uri);
    assert.equal(finding?.severity, vscode.DiagnosticSeverity.Information);
    await set('rules.customizations', undefined);
    await untilFindings(
      document.uri,
      'an error',
      (all) => all[0]?.severity === vscode.DiagnosticSeverity.Error,
    );
  });

  it('switch everything off and on without a reload', async () => {
    const { document } = await openShopFile(FILE);
    await untilFindings(document.uri);
    await set('enable', false);
    await untilFindings(document.uri, 'no findings', (all) => all.length === 0);
    await set('enable', undefined);
    await untilFindings(document.uri);
  });

  it('put off checking until a file is saved', async () => {
    const editor = await openShopFile(FILE);
    const { document } = editor;
    await untilFindings(document.uri);
    await set('run', 'onSave');
    const text = document.getText();
    const start = document.positionAt(text.lastIndexOf('\n') + 1);
    await editor.edit((builder) =>
      builder.insert(start, '\nexport const again = (rule: string) => eval(rule);\n'),
    );
    await document.save();
    await untilFindings(document.uri, 'two findings', (all) => all.length === 2);
    await set('run', undefined);
  });
});
