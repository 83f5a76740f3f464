import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { CountersignApi } from '../../client/src/extension';
import type { FindingRow } from '../../client/src/findings/finding-tree';
import type { DrawnRow } from '../../client/src/view-rows';
import {
  codeActions,
  extensionUnderTest,
  findingsOf,
  openShopFile,
  resetShop,
  shopFolder,
  until,
  untilFindings,
} from './harness';

const FILES = ['server/src/middleware/auth.ts', 'server/src/lib/couponRules.ts', 'server/src/lib/http.ts'];

const api = () => extensionUnderTest().exports as CountersignApi;

/** Every finding that the editor has of Countersign: file, place and rule. */
function shownByEditor(): string[] {
  return vscode.languages
    .getDiagnostics()
    .flatMap(([uri, all]) =>
      all
        .filter(({ source }) => source === 'countersign')
        .map(({ range, code }) => printed(uri.toString(), range.start, String(code))),
    )
    .sort();
}

function shownByView(): string[] {
  return rowsBelow(api().rows('findings'))
    .map(({ element }) => (element as FindingRow).finding)
    .map(({ uri, range, ruleId }) => printed(uri, range.start, ruleId))
    .sort();
}

function printed(
  uri: string,
  { line, character }: vscode.Position | FindingRow['finding']['range']['start'],
  rule: string,
) {
  return `${vscode.Uri.parse(uri).path}:${line}:${character} ${rule}`;
}

const rowsBelow = (rows: readonly DrawnRow[]) => rows.flatMap(({ children }) => children);

/** Waits until view, badge and status bar tell just the findings that the editor has. */
async function untilAgreed(least: number): Promise<string[]> {
  return until(
    () => {
      const findings = shownByEditor();
      const isSame = JSON.stringify(findings) === JSON.stringify(shownByView());
      const isCounted = api().badge() === findings.length;
      const said = /\d+$/.exec(api().status().text)?.[0] ?? '0';
      return findings.length >= least && isSame && isCounted && said === String(findings.length) && findings;
    },
    () =>
      `view, badge (${api().badge()}) and status bar (${api().status().text}) to agree with the editor:\n${shownByEditor().join('\n')}\nbut the view has\n${shownByView().join('\n')}`,
  );
}

describe('the view of findings', () => {
  beforeEach(async () => {
    await resetShop();
    await vscode.commands.executeCommand('countersign.groupByRule');
  });

  it('agrees with the Problems panel and the status bar, to the finding', async () => {
    for (const file of FILES) await openShopFile(file);
    const all = await untilAgreed(5);
    await vscode.commands.executeCommand('countersign.groupByFile');
    assert.deepEqual(shownByView(), all);
    assert.deepEqual(
      api()
        .rows('findings')
        .map(({ label }) => label)
        .sort(),
      ['auth.ts', 'couponRules.ts', 'http.ts'],
    );
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await untilAgreed(4);
    assert.ok(shownByEditor().length < all.length);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await untilAgreed(0);
    await until(() => api().rows('findings').length === 0, 'an empty view');
  });

  it('keeps the identity of rows while somebody types above them', async () => {
    const { document } = await openShopFile(FILES[0]!);
    await untilAgreed(3);
    const ids = () => rowsBelow(api().rows('findings')).map(({ id }) => id);
    const before = ids();
    const [finding] = findingsOf(document.uri);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '\n\n');
    assert.ok(await vscode.workspace.applyEdit(edit));
    await untilFindings(
      document.uri,
      'findings two lines below',
      ([first]) => first?.range.start.line === finding!.range.start.line + 2,
    );
    await untilAgreed(3);
    assert.deepEqual(ids(), before);
  });

  it('opens the place of a row, and says the whole to screen readers', async () => {
    const { document } = await openShopFile(FILES[0]!);
    await untilAgreed(3);
    const row = rowsBelow(api().rows('findings')).find(({ label }) => label === 'auth.ts:49');
    assert.ok(
      row,
      rowsBelow(api().rows('findings'))
        .map(({ label }) => label)
        .join(),
    );
    assert.match(row.spoken, /^Error: .*\. .*\., server\/src\/middleware\/auth\.ts, line 49, rule auth\//);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await openShopFile(FILES[0]!);
    await untilFindings(document.uri);
    await vscode.commands.executeCommand('countersign.showFindings');
    await vscode.commands.executeCommand('countersign.showQuickFixes', row.element);
    await until(() => vscode.window.activeTextEditor?.selection.active.line === 48, 'the cursor in line 49');
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
  });

  it('lists thousands of findings, and only those of Countersign', async () => {
    const { document } = await openShopFile(FILES[0]!);
    const own = (await untilAgreed(3)).length;
    const added = vscode.languages.createDiagnosticCollection('test');
    try {
      const many = Array.from({ length: 2_000 }, (_, index) => {
        const diagnostic = new vscode.Diagnostic(new vscode.Range(index, 0, index, 1), `Number ${index}.`);
        diagnostic.source = index % 2 === 0 ? 'countersign' : 'other';
        diagnostic.code = `test/${index % 7}`;
        return diagnostic;
      });
      added.set(document.uri, many);
      await untilAgreed(own + 1_000);
    } finally {
      added.dispose();
    }
    await untilAgreed(own);
  });
});

describe('the regeneration prompt', () => {
  beforeEach(resetShop);

  it('is copied from the light bulb, from a row and at the cursor', async () => {
    const { document } = await openShopFile(FILES[0]!);
    await untilAgreed(3);
    const finding = findingsOf(document.uri).find(({ range }) => range.start.line === 48);
    assert.ok(finding);
    const expected =
      /^Rewrite the function `requireAuth`, lines \d+ to 51 of `server\/src\/middleware\/auth\.ts`/;
    const copied = async (how: string, action: () => Thenable<unknown>) => {
      await vscode.env.clipboard.writeText('');
      await action();
      await until(async () => expected.test(await vscode.env.clipboard.readText()), `the prompt ${how}`);
    };
    const actions = await codeActions(document.uri, finding.range);
    const action = actions.find(({ title }) => title.startsWith('Copy regeneration prompt'));
    assert.ok(action?.command, actions.map(({ title }) => title).join('\n'));
    const { command, arguments: given = [] } = action.command;
    await copied('from the light bulb', () => vscode.commands.executeCommand(command, ...given));
    const row = rowsBelow(api().rows('findings')).find(({ label }) => label === 'auth.ts:49');
    await copied('from a row', () => vscode.commands.executeCommand(command, row?.element));
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(finding.range.start, finding.range.start);
    await copied('at the cursor', () => vscode.commands.executeCommand(command));
    assert.doesNotMatch(await vscode.env.clipboard.readText(), /shop-dev-secret/);
  });
});

describe('the view of suppressions', () => {
  beforeEach(resetShop);

  const PATH = 'server/src/lib/two-ways.ts';
  const CODE = 'export const run = (code: string) => eval(code);\n';
  const COMMENT = '// countersign-disable-next-line injection/eval-dynamic -- only staff';
  const STALE = '// countersign-disable-file transport/tls-verify-off -- no longer';

  it('lists what is suppressed, marks what is unused, and takes it back until the editor undoes that', async () => {
    const text = `${STALE}\n${COMMENT}\n${CODE}`;
    writeFileSync(join(shopFolder(), PATH), text);
    const { document } = await openShopFile(PATH);
    await vscode.commands.executeCommand('countersign.suppressions.focus');
    const labels = () =>
      api()
        .rows('suppressions')
        .map(({ label, description }) => `${label} ${description}`);
    const unused = 'transport/tls-verify-off unused · no longer · two-ways.ts:1';
    const active = 'injection/eval-dynamic only staff · two-ways.ts:2';
    const untilLabels = (...wanted: string[]) =>
      until(
        () => JSON.stringify(labels()) === JSON.stringify(wanted),
        () => `${wanted.join(', ')} instead of ${labels().join(', ')}`,
      );
    await untilLabels(unused, active);
    const row = api().rows('suppressions')[1];
    assert.equal(row?.children[0]?.description, 'line 3');

    await vscode.commands.executeCommand('countersign.undoSuppression', row?.element);
    assert.equal(document.getText(), `${STALE}\n${CODE}`);
    await untilLabels(unused);
    await untilFindings(document.uri, 'the finding', (all) =>
      all.some(({ code }) => String(code).includes('eval-dynamic')),
    );

    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), text);
    await untilLabels(unused, active);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await untilLabels();
    await vscode.commands.executeCommand('workbench.view.explorer');
  });

  it('lists the entries of the configuration, and takes one back in the file', async () => {
    const entry = (rule: string, reason: string) =>
      `    { "rule": "${rule}", "files": "server/**", "reason": "${reason}" }`;
    const [kept, undone] = [entry('crypto/*', 'old hashes'), entry('auth/*', 'only a demo')];
    const file = join(shopFolder(), '.countersignrc.json');
    const before = `{\n  "suppress": [\n${kept}, // of the bank\n${undone}\n  ]\n}\n`;
    const after = `{\n  "suppress": [\n${kept} // of the bank\n  ]\n}\n`;
    writeFileSync(file, before);
    const { document } = await openShopFile(FILES[0]!);
    await vscode.commands.executeCommand('countersign.suppressions.focus');
    const rows = () => api().rows('suppressions');
    const label = 'auth/*';
    const find = () => rows().find((row) => row.label.startsWith(label) && row.children.length > 0);
    const row = await until(
      find,
      () =>
        `a row of ${label} in ${rows()
          .map((each) => `${each.label} ${each.description}`)
          .join('\n')}`,
    );
    assert.equal(row.description, 'server/** · only a demo · .countersignrc.json:4');
    await until(
      () => !findingsOf(document.uri).some(({ code }) => String(code).startsWith('auth/')),
      'no finding that the entry suppresses',
    );

    await vscode.commands.executeCommand('countersign.undoSuppression', row.element);
    assert.equal(readFileSync(file, 'utf8'), after);
    await until(() => rows().length === 1, 'one row less');
    await untilFindings(document.uri, 'the finding', (all) =>
      all.some(({ code }) => JSON.stringify(code).includes('auth/')),
    );

    const editor = vscode.window.visibleTextEditors.find((each) =>
      each.document.uri.fsPath.endsWith('rc.json'),
    );
    assert.ok(editor);
    await vscode.window.showTextDocument(editor.document);
    await vscode.commands.executeCommand('undo');
    await editor.document.save();
    assert.equal(readFileSync(file, 'utf8'), before);
    await until(() => find() !== undefined, 'the row again');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(file);
    await until(() => rows().length === 0, 'no rows');
    await vscode.commands.executeCommand('workbench.view.explorer');
  });
});
