import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { findingsOf, openShopFile, resetShop, untilFindings } from './harness';

const FILE = 'server/src/middleware/auth.ts';

describe('typing', () => {
  beforeEach(resetShop);

  it('moves squiggles with the text', async () => {
    const editor = await openShopFile(FILE);
    const { document } = editor;
    const before = await untilFindings(document.uri, 'three findings', (all) => all.length === 3);
    await edit(editor, (builder) => builder.insert(new vscode.Position(0, 0), '// one\n// two\n'));
    const wanted = before.map(({ range }) => range.start.line + 2);
    await untilFindings(document.uri, `findings at the lines ${wanted}`, (all) => sameLines(all, wanted));
    await edit(editor, (builder) => builder.delete(new vscode.Range(0, 0, 2, 0)));
    await untilFindings(document.uri, 'findings where they were', (all) =>
      sameLines(
        all,
        before.map(({ range }) => range.start.line),
      ),
    );
  });

  it('clears a squiggle when what is wrong is mended by hand, and brings it back', async () => {
    const editor = await openShopFile(FILE);
    const { document } = editor;
    await untilFindings(document.uri, 'three findings', (all) => all.length === 3);
    const fallback = " || 'shop-dev-secret'";
    const start = document.positionAt(document.getText().indexOf(fallback));
    const end = document.positionAt(document.getText().indexOf(fallback) + fallback.length);
    await edit(editor, (builder) => builder.delete(new vscode.Range(start, end)));
    await untilFindings(document.uri, 'two findings', (all) => all.length === 2);
    await edit(editor, (builder) => builder.insert(start, fallback));
    await untilFindings(document.uri, 'three findings again', (all) => all.length === 3);
  });

  it('keeps the other squiggles while a brace is open', async () => {
    const editor = await openShopFile(FILE);
    const { document } = editor;
    await untilFindings(document.uri, 'three findings', (all) => all.length === 3);
    const line = document.positionAt(document.getText().indexOf('const header =')).line;
    const place = new vscode.Position(line, 0);
    await edit(editor, (builder) => builder.insert(place, '  if (req.path) {\n'));
    assert.ok(findingsOf(document.uri).length >= 2, 'an open brace must not clear what is below it');
    await edit(editor, (builder) => builder.insert(place.translate(1), '  }\n'));
    await untilFindings(
      document.uri,
      'three findings, two lines down',
      (all) => all.length === 3 && all[1]!.range.start.line === 50,
    );
  });

  it('leaves nothing stale behind after many fast edits', async () => {
    const editor = await openShopFile('server/src/lib/couponRules.ts');
    const { document } = editor;
    await untilFindings(document.uri);
    for (let i = 0; i < 40; i++) {
      await edit(editor, (builder) =>
        builder.insert(new vscode.Position(0, 0), i % 2 === 0 ? '/* x */' : '\n'),
      );
    }
    const all = await untilFindings(
      document.uri,
      'one finding, under the word Function',
      (findings) => findings.length === 1 && document.getText(findings[0]!.range) === 'Function',
    );
    assert.equal(all.length, 1);
  });
});

async function edit(
  editor: vscode.TextEditor,
  change: (builder: vscode.TextEditorEdit) => void,
): Promise<void> {
  assert.ok(await editor.edit(change), 'the editor refused the edit');
}

function sameLines(findings: readonly vscode.Diagnostic[], lines: readonly number[]): boolean {
  return findings.length === lines.length && findings.every(({ range }, i) => range.start.line === lines[i]);
}
