import * as vscode from 'vscode';
import { ResponseError } from 'vscode-languageclient/node';
import {
  REGENERATION_PROMPT_REQUEST,
  type RegenerationPrompt,
  type RegenerationPromptRequest,
} from '../../../protocol/regeneration';
import type { ServerProcess } from '../server-process';
import { rangeOf, shownFindingsOf } from '../shown-findings';
import { sentencesOf } from './finding-text';
import type { ShownFinding } from './shown-finding';

/**
 * Copies the prompt with which an AI tool writes the code of a finding anew.
 * @param finding as a code action or a row names it; without one, the finding at the cursor
 */
export async function copyPrompt(
  server: ServerProcess,
  finding: Pick<ShownFinding, 'uri' | 'fingerprint'> | undefined,
): Promise<void> {
  const { t } = vscode.l10n;
  const { client } = server;
  if (!client) return warn(t('Countersign is not running, so there is no prompt to copy.'));
  const chosen = finding ?? (await findingAtCursor());
  if (!chosen) return;
  const { uri, fingerprint } = chosen;
  if (fingerprint === undefined) return warn(t('There is no prompt for this problem.'));
  try {
    const request: RegenerationPromptRequest = { uri, fingerprint };
    const answer = await client.sendRequest<RegenerationPrompt>(REGENERATION_PROMPT_REQUEST, request);
    await vscode.env.clipboard.writeText(answer.text);
    void vscode.window.setStatusBarMessage(
      t('{0} Copied the prompt to write {1} anew', '$(check)', answer.subject),
      5_000,
    );
  } catch (error) {
    client.error('Making the prompt failed', error);
    const reason = error instanceof ResponseError ? error.message : String(error);
    warn(t('Nothing was copied: {0}', reason));
  }
}

function warn(problem: string): void {
  void vscode.window.showWarningMessage(problem);
}

/** Asks which when there are several; undefined, with a message, when there is none. */
async function findingAtCursor(): Promise<ShownFinding | undefined> {
  const { t } = vscode.l10n;
  const editor = vscode.window.activeTextEditor;
  const findings = editor ? findingsAt(editor) : [];
  if (findings.length === 0) {
    warn(t('Put the cursor on a problem that Countersign underlines first.'));
    return undefined;
  }
  if (findings.length === 1) return findings[0];
  const rows = findings.map((finding) => ({
    label: sentencesOf(finding.message).wrong,
    description: finding.ruleId,
    finding,
  }));
  const title = t('Copy regeneration prompt');
  const picked = await vscode.window.showQuickPick(rows, { title, placeHolder: t('For which problem?') });
  return picked?.finding;
}

/** The findings that the cursor is on; where it is on none, those of its line. */
function findingsAt({ document, selection }: vscode.TextEditor): ShownFinding[] {
  const ranged = shownFindingsOf(document.uri).map((finding) => ({ finding, range: rangeOf(finding.range) }));
  const touched = ranged.filter(({ range }) => range.contains(selection.active));
  const near =
    touched.length > 0 ? touched : ranged.filter(({ range }) => range.start.line === selection.active.line);
  return near.map(({ finding }) => finding);
}
