import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { codeActions, openShopFile, resetShop, shopFolder, until, untilFindings } from './harness';

describe('fixes', () => {
  beforeEach(resetShop);

  it('change the text and remove the problem', async () => {
    const { document } = await openShopFile('server/src/middleware/auth.ts');
    const finding = await findingOf(document, 'auth/jwt-unverified');
    const before = document.getText();
    const fix = (await codeActions(document.uri, finding.range)).find(({ edit }) => edit !== undefined);
    assert.ok(fix?.edit, 'there is no fix for the token that is only decoded');
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.notEqual(document.getText(), before);
    await untilFindings(document.uri, `no ${ruleOf(finding)}`, (all) =>
      all.every((other) => ruleOf(other) !== ruleOf(finding)),
    );
  });

  it('of one rule are applied together', async () => {
    const document = await openNew(
      'server/src/lib/two-clients.ts',
      "import https from 'node:https';\nexport const a = new https.Agent({ rejectUnauthorized: false });\nexport const b = new https.Agent({ keepAlive: true, rejectUnauthorized: false });\n",
    );
    const findings = await untilFindings(document.uri, 'two findings', (all) => all.length === 2);
    const actions = await codeActions(document.uri, findings[0]!.range);
    const all = actions.find(({ title }) => title === 'Fix all transport/tls-verify-off problems');
    assert.ok(all?.edit, `no such action among: ${actions.map(({ title }) => title).join(' | ')}`);
    assert.ok(await vscode.workspace.applyEdit(all.edit));
    await untilFindings(document.uri, 'no findings', (left) => left.length === 0);
    assert.doesNotMatch(document.getText(), /rejectUnauthorized/);
  });

  it('that are safe run as source.fixAll.countersign, the others do not', async () => {
    const document = await openNew(
      'server/src/lib/mixed.ts',
      "// countersign-disable-next-line injection/eval-dynamic -- no longer needed\nexport const secret = process.env.JWT_SECRET || 'shop-dev-secret';\n",
    );
    await untilFindings(document.uri, 'two findings', (all) => all.length === 2);
    const kind = vscode.CodeActionKind.SourceFixAll.append('countersign');
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const [action] = await codeActions(document.uri, whole, kind);
    assert.ok(action?.edit);
    assert.ok(await vscode.workspace.applyEdit(action.edit));
    assert.equal(document.getText(), "export const secret = process.env.JWT_SECRET || 'shop-dev-secret';\n");
    const [left] = await untilFindings(document.uri, 'one finding', (all) => all.length === 1);
    assert.equal(left && ruleOf(left), 'secrets/env-fallback');
  });

  it('are applied by the command', async () => {
    const document = await openNew(
      'server/src/lib/unused.ts',
      '// countersign-disable-next-line injection/eval-dynamic -- no longer needed\nexport const one = 1;\n',
    );
    await untilFindings(document.uri);
    await vscode.commands.executeCommand('countersign.fixAllInFile');
    await until(
      () => document.getText() === 'export const one = 1;\n',
      () => `the comment to go from ${document.getText()}`,
    );
  });
});

describe('suppressing', () => {
  beforeEach(resetShop);

  it('writes the reason above the line and removes the problem', async () => {
    const { document } = await openShopFile('server/src/lib/couponRules.ts');
    const finding = await findingOf(document, 'injection/eval-dynamic');
    const action = (await codeActions(document.uri, finding.range)).find(({ title }) =>
      title.includes('for this line'),
    );
    assert.ok(action?.command, 'there is no action to suppress for this line');
    const [request] = action.command.arguments ?? [];
    const reason = 'only staff can write coupon rules';
    await vscode.commands.executeCommand(action.command.command, { ...request, reason, until: '2999-12-31' });
    await untilFindings(document.uri, 'no findings', (all) => all.length === 0);
    const above = document.lineAt(finding.range.start.line).text.trim();
    assert.equal(
      above,
      `// countersign-disable-next-line injection/eval-dynamic -- ${reason} until 2999-12-31`,
    );
  });
});

describe('documentation', () => {
  beforeEach(resetShop);

  it('of a rule opens inside VS Code', async () => {
    const { document } = await openShopFile('server/src/lib/couponRules.ts');
    const finding = await findingOf(document, 'injection/eval-dynamic');
    const actions = await codeActions(document.uri, finding.range);
    const show = actions.find(({ title }) => title === 'Show documentation for injection/eval-dynamic');
    assert.ok(show?.command);
    await vscode.commands.executeCommand(show.command.command, ...(show.command.arguments ?? []));
    await until(
      () =>
        vscode.window.tabGroups.all
          .flatMap(({ tabs }) => tabs)
          .find(({ label }) => label.includes('eval-dynamic')),
      () =>
        `a tab with the page; there are ${vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label)).join(', ')}`,
    );
  });
});

async function openNew(path: string, text: string): Promise<vscode.TextDocument> {
  writeFileSync(join(shopFolder(), path), text);
  return (await openShopFile(path)).document;
}

async function findingOf(document: vscode.TextDocument, ruleId: string): Promise<vscode.Diagnostic> {
  const all = await untilFindings(document.uri, `a finding of ${ruleId}`, (some) =>
    some.some((each) => ruleOf(each) === ruleId),
  );
  return all.find((each) => ruleOf(each) === ruleId)!;
}

function ruleOf({ code }: vscode.Diagnostic): unknown {
  return typeof code === 'object' ? code.value : code;
}
