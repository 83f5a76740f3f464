import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  COUNTERSIGN_REQUEST,
  type CountersignRequest,
  MARK_ORIGIN_REQUEST,
  type MarkOriginRequest,
  type OpenFinding,
  REVIEWER_REQUEST,
  type RecordAnswer,
  type ReviewerAnswer,
  type ReviewerRequest,
} from '../../../protocol/reviews';
import { rangeOf } from '../shown-findings';

type Recorded = Extract<RecordAnswer, { kind: 'recorded' }>;

/** Has reviews recorded; see `recorded`. */
export function recordReview(client: LanguageClient, request: CountersignRequest) {
  return recorded(client, COUNTERSIGN_REQUEST, request);
}

/** Has a mark recorded; see `recorded`. */
export function recordMark(client: LanguageClient, request: MarkOriginRequest) {
  return recorded(client, MARK_ORIGIN_REQUEST, request);
}

/**
 * Where signing fails, asks whether to store the record without a signature.
 * @returns undefined, after a message that says why, when nothing was written
 */
async function recorded(
  client: LanguageClient,
  method: string,
  request: CountersignRequest | MarkOriginRequest,
): Promise<Recorded | undefined> {
  const { t } = vscode.l10n;
  const answer = await client.sendRequest<RecordAnswer>(method, request);
  if (answer.kind === 'recorded') return answer;
  if (answer.kind === 'refused') {
    tellRefused(answer.reason, request.uri, answer.open ?? []);
    return undefined;
  }
  const unsigned = t('Store without a signature');
  const picked = await vscode.window.showWarningMessage(
    t('Signing failed, and nothing was stored: {0}', answer.reason),
    { modal: true, detail: t('Without a signature the record says who you are, and nothing proves it.') },
    unsigned,
  );
  if (picked !== unsigned || request.isUnsigned) return undefined;
  return recorded(client, method, { ...request, isUnsigned: true });
}

/** Says why nothing was countersigned, and leads to the findings that are in the way. */
export function tellRefused(reason: string, uri: string, open: readonly OpenFinding[]): void {
  const { t } = vscode.l10n;
  const [first] = open;
  if (!first) {
    void vscode.window.showWarningMessage(reason);
    return;
  }
  const show = open.length === 1 ? t('Show the finding') : t('Show the first finding');
  void vscode.window.showWarningMessage(reason, show).then(async (picked) => {
    if (picked !== show) return;
    const { start } = rangeOf(first.range);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(start, start) });
    await vscode.commands.executeCommand('editor.action.quickFix');
  });
}

/**
 * Who would answer for a record, for the question before it is made.
 * @returns undefined, after a message that says what to set up, when git does not know who the person is
 */
export async function askReviewer(
  client: LanguageClient,
  uri: string,
): Promise<{ readonly sentence: string; readonly isSigning: boolean } | undefined> {
  const { t } = vscode.l10n;
  const request: ReviewerRequest = { uri };
  const answer = await client.sendRequest<ReviewerAnswer>(REVIEWER_REQUEST, request);
  if (answer.kind === 'unknown') {
    void vscode.window.showWarningMessage(answer.reason);
    return undefined;
  }
  const who = `${answer.name} <${answer.email}>`;
  const sentence = answer.isSigning
    ? t('Stored and signed as {0}.', who)
    : t('Stored as {0} without a signature, because git has no key to sign with.', who);
  return { sentence, isSigning: answer.isSigning };
}
