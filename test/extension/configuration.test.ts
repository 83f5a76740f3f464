import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { CountersignApi } from '../../client/src/extension';
import { extensionUnderTest, openShopFile, resetShop, shopFolder, until, untilFindings } from './harness';

const CONFIGURATION = '.countersignrc.json';

describe('the configuration file', () => {
  beforeEach(resetShop);
  after(resetShop);

  const path = () => join(shopFolder(), CONFIGURATION);

  it('takes effect without a reload when it is written, changed and removed', async () => {
    const { document } = await openShopFile('server/src/lib/couponRules.ts');
    const [before] = await untilFindings(document.uri);
    assert.equal(before?.severity, vscode.DiagnosticSeverity.Error);
    writeFileSync(path(), '{\n  // The rules are ours.\n  "rules": { "injection/*": "off" },\n}\n');
    await untilFindings(document.uri, 'no findings', (all) => all.length === 0);
    writeFileSync(path(), '{ "rules": { "injection/eval-dynamic": "info" } }');
    const [lowered] = await untilFindings(document.uri);
    assert.equal(lowered?.severity, vscode.DiagnosticSeverity.Information);
    rmSync(path());
    await untilFindings(
      document.uri,
      'an error',
      (all) => all[0]?.severity === vscode.DiagnosticSeverity.Error,
    );
  });

  it('has findings itself, also while it is edited, and is told of in the status bar', async () => {
    writeFileSync(path(), '{\n  "profil": "strict"\n}\n');
    await openShopFile('server/src/lib/couponRules.ts');
    const api = (await extensionUnderTest().activate()) as CountersignApi;
    const said = () => api.status().details.join('\n');
    await until(
      () => said().includes(`${CONFIGURATION}: Line 2: There is no key`),
      () => `the status bar to name the key; it says ${said()}`,
    );
    const editor = await openShopFile(CONFIGURATION);
    const { document } = editor;
    assert.equal(document.languageId, 'jsonc', 'comments are allowed in it');
    const [finding] = await untilFindings(document.uri);
    assert.equal(document.getText(finding!.range), '"profil"');
    assert.equal(finding?.message, 'There is no key `profil`. Did you mean `profile`?');
    await editor.edit((builder) => builder.replace(finding!.range, '"profile"'));
    await untilFindings(document.uri, 'no findings', (all) => all.length === 0);
    await document.save();
    await until(
      () => !said().includes(CONFIGURATION),
      () => `the status bar not to name the file; it says ${said()}`,
    );
  });
});
