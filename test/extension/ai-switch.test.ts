// A finding on lines of an AI tool, as the Problems panel shows it.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { addNote, gitAiNote, TRACE } from '../origin/noted-repository';
import { TestRepository } from '../origin/test-repository';
import { extensionUnderTest, untilFindings } from './harness';

const FILE = 'src/app.js';
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

describe('the AI switch', () => {
  let repository: TestRepository;
  let commit: string;
  before(async () => {
    await extensionUnderTest().activate();
    repository = new TestRepository();
    repository.write(FILE, LINES.join('\n'));
    commit = repository.commit('Add');
    addNote(repository, 'ai', commit, gitAiNote({ attested: [FILE, `  ${TRACE} 5-6`] }));
  });
  after(async () => {
    const settings = vscode.workspace.getConfiguration('countersign');
    await settings.update('ai', undefined, vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    repository.remove();
  });

  it('raises findings of a committed file with the reason, follows edits, and can be turned off', async () => {
    const uri = vscode.Uri.file(join(repository.folder, FILE));
    const { document } = await vscode.window.showTextDocument(uri, { preview: false });
    const by = `written by Claude Code, note on ${commit.slice(0, 7)}`;
    const raised = await untilFindings(uri, 'two raised findings', (all) => all.length === 2);
    assert.deepEqual(
      raised.map(({ severity, range, message }) => {
        return [severity, range.start.line + 1, message.slice(message.lastIndexOf('('))];
      }),
      [
        [vscode.DiagnosticSeverity.Error, 5, `(raised: ${by})`],
        [vscode.DiagnosticSeverity.Error, 6, `(shown: ${by})`],
      ],
    );

    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(0, 0), '// moved\n');
    edit.insert(uri, document.positionAt(document.getText().indexOf('origin: true')), 'maxAge: 5, ');
    assert.ok(await vscode.workspace.applyEdit(edit), 'the editor refused the edit');
    const edited = await untilFindings(uri, 'the edited line as any other', ([first, ...others]) => {
      return first?.severity === vscode.DiagnosticSeverity.Warning && others.length === 1;
    });
    assert.deepEqual(
      edited.map(({ range }) => range.start.line + 1),
      [6, 7],
    );
    assert.doesNotMatch(edited[0]?.message ?? '', /raised/);

    const settings = vscode.workspace.getConfiguration('countersign');
    await settings.update('ai', 'off', vscode.ConfigurationTarget.Global);
    await untilFindings(uri, 'only what is found in any code', (all) => all.length === 1);
  });
});
