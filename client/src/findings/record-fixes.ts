import * as vscode from 'vscode';
import {
  GONE_FINDINGS_REQUEST,
  type GoneAnswer,
  type GoneFinding,
  type GoneFindingsRequest,
  RECORD_FIXES_REQUEST,
  type RecordedFixes,
  type RecordFixesRequest,
} from '../../../protocol/resolved';
import { savedDocument } from '../reviews/saved-document';
import { withServer } from '../reviews/with-server';
import type { ServerProcess } from '../server-process';
import { sentencesOf } from './finding-text';

/** Shows what the last commit, or the branch's beginning, had in the file in front, and records what a person chooses. */
export async function recordFixes(server: ServerProcess): Promise<void> {
  await withServer(server, async (client) => {
    const { t } = vscode.l10n;
    const document = vscode.window.activeTextEditor?.document;
    if (!document) return tell(t('Open the file in which something was fixed first.'));
    if (!(await savedDocument(document))) return;
    const uri = client.code2ProtocolConverter.asUri(document.uri);
    const request: GoneFindingsRequest = { uri };
    const answer = await client.sendRequest<GoneAnswer>(GONE_FINDINGS_REQUEST, request);
    if (answer.kind === 'refused') return tell(answer.reason);
    const name = vscode.workspace.asRelativePath(document.uri);
    if (answer.findings.length === 0) {
      return tell(
        t(
          'Neither the last commit nor the one where the branch began had anything in {0} that is gone by now and has no record.',
          name,
        ),
      );
    }
    const picked = await vscode.window.showQuickPick(answer.findings.map(rowOf), {
      title: t('Record what was fixed in {0}', name),
      placeHolder: t('Which of these were fixed? They are raised if they come back.'),
      canPickMany: true,
    });
    if (!picked || picked.length === 0) return;
    const chosen: RecordFixesRequest = {
      uri,
      findings: picked.map(({ finding: { ruleId, fingerprint } }) => ({ ruleId, fingerprint })),
    };
    const recorded = await client.sendRequest<RecordedFixes>(RECORD_FIXES_REQUEST, chosen);
    if (recorded.kind === 'refused') return tell(recorded.reason);
    void vscode.window.setStatusBarMessage(
      t('{0} Stored in .countersign/resolved; commit that', '$(check)'),
      5_000,
    );
  });
}

function rowOf(finding: GoneFinding): vscode.QuickPickItem & { readonly finding: GoneFinding } {
  const { t } = vscode.l10n;
  const { ruleId, message, line, commit, isUnsure } = finding;
  const was = t('line {0} at {1}', line + 1, commit.slice(0, 10));
  return {
    label: sentencesOf(message).wrong,
    description: ruleId,
    detail: isUnsure
      ? t('{0}; the file has another one of this rule by now, which may be the same', was)
      : was,
    picked: !isUnsure,
    finding,
  };
}

function tell(what: string): void {
  void vscode.window.showInformationMessage(what);
}
