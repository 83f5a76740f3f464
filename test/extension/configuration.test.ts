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

  it('has one underline for each fault, and completes', async () => {
    const lines = [
      ['{'],
      ['  "profil": "strict",', 'There is no key `profil`. Did you mean `profile`?'],
      ['  "profile": "strickt",', 'This is no profile'],
      [
        '  "rules": { "auth/nothing": "off", "auth/jwt-unverified": "off" },',
        'There is no rule `auth/nothing`.',
      ],
      ['  "extends": "./a.js",', 'Nothing is extended by this.'],
      ['  "overrides": {},', 'This is no list'],
      ['  "suppress": [{ "rule": "auth/*", "files": "../a", "reason": "r" },', 'Globs reach only'],
      ['    { "rule": "auth/*", "files": "a" }],', 'A suppression needs its reason'],
      ['  "ignore": [7] "and": 1,', undefined],
      ['}'],
    ] as const;
    writeFileSync(path(), `${lines.map(([line]) => line).join('\n')}\n`);
    const { document } = await openShopFile(CONFIGURATION);
    const told = () => vscode.languages.getDiagnostics(document.uri);
    const ownLines = () =>
      told()
        .filter(({ source }) => source === 'countersign')
        .map(({ range, message }) => `${range.start.line} ${message}`);
    await until(
      () => told().length > ownLines().length && ownLines().length > 0,
      () => `the editor to tell broken JSON; it tells ${told().map(({ message }) => message)}`,
    );
    for (const [line, [, message]] of lines.entries()) {
      const here = told().filter(({ range }) => range.start.line === line);
      const texts = here.map((each) => `${each.source}: ${each.message}`);
      if (message !== undefined) assert.equal(here.length, 1, `${line}: ${texts.join('\n')}`);
      if (message !== undefined) assert.ok(texts[0]?.startsWith(`countersign: ${message}`), texts.join('\n'));
    }
    const ofLine = told().filter(({ range }) => range.start.line === lines.length - 2);
    assert.ok(ofLine.length > 0 && ofLine.every(({ source }) => source !== 'countersign'));

    const labels = async (after: string) => {
      const at = document.positionAt(document.getText().indexOf(after) + after.length);
      const command = 'vscode.executeCompletionItemProvider';
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(command, document.uri, at);
      return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    };
    const wanted: [after: string, label: string][] = [
      ['"profile": "', '"recommended"'],
      ['"rules": { "', 'auth/stub-guard'],
      ['"auth/jwt-unverified": "', '"warn"'],
      ['"suppress": [{ "rule": "', '"auth/jwt-unverified"'],
      ['"suppress": [{ "', 'until'],
      ['{\n  "', '$schema'],
    ];
    for (const [after, label] of wanted) {
      const found = await labels(after);
      assert.ok(found.includes(label), `${after}: ${found.slice(0, 20).join(', ')}`);
    }
  });
});
