import * as vscode from 'vscode';
import type { WorkspaceEdit } from 'vscode-languageclient/node';
import { ResponseError } from 'vscode-languageclient/node';
import { SUPPRESS_REQUEST, type SuppressRequest } from '../../protocol/messages';
import type { ServerProcess } from './server-process';
import {
  dayAfter,
  reasonProblem,
  type SuppressArguments,
  suppressArguments,
  untilProblem,
} from './suppression-input';

const OFFERED_DAYS = [30, 90];

/**
 * The command `countersign.suppress`: asks for a reason and a last day, lets the server write the
 * suppression, and applies its edit. With a reason in the argument nothing is asked.
 */
export function suppressCommand(server: ServerProcess): (argument?: unknown) => Promise<void> {
  /** Reasons that were typed but not used, by rule: offered again at the next attempt. */
  const drafts = new Map<string, string>();
  return async (argument) => {
    const given = suppressArguments(argument);
    if (!given) {
      say(vscode.l10n.t('Choose “Disable … ” from the light bulb of a problem to suppress it.'));
      return;
    }
    const request = given.reason === undefined ? await ask(given, drafts) : checked(given);
    if (!request) return;
    const problem = await suppress(server, request);
    if (problem === undefined) drafts.delete(request.ruleId);
    else say(problem);
  };
}

function say(problem: string): void {
  void vscode.window.showWarningMessage(problem);
}

/** The request of an argument that has a reason; undefined, with a message, when something in it is wrong. */
function checked(given: SuppressArguments): SuppressRequest | undefined {
  const { t } = vscode.l10n;
  const reason = given.reason ?? '';
  const problem =
    reasonProblem(reason, t) ??
    (given.until === undefined ? undefined : untilProblem(given.until, dayAfter(new Date(), 0), t));
  if (problem === undefined) return { ...given, reason: reason.trim() };
  say(problem);
  return undefined;
}

/** @returns undefined when the person gave up */
async function ask(
  given: SuppressArguments,
  drafts: Map<string, string>,
): Promise<SuppressRequest | undefined> {
  const { t } = vscode.l10n;
  const typed = await vscode.window.showInputBox({
    title: t('Suppress {0}', given.ruleId),
    prompt: t('Why is this acceptable here? The reason is written beside the code.'),
    value: drafts.get(given.ruleId) ?? '',
    ignoreFocusOut: true,
    validateInput: (text) => reasonProblem(text, t),
  });
  if (typed === undefined) return undefined;
  const reason = typed.trim();
  drafts.set(given.ruleId, reason);
  if (given.until !== undefined) return checked({ ...given, reason });
  const until = await askUntil(given.ruleId);
  if (until === undefined) return undefined;
  return { ...given, reason, ...(until === 'never' ? {} : { until }) };
}

async function askUntil(ruleId: string): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const today = new Date();
  const rows: (vscode.QuickPickItem & { until: string })[] = [
    { label: t('Never expires'), until: 'never' },
    ...OFFERED_DAYS.map((days) => ({
      label: t('Expires in {0} days', days),
      description: dayAfter(today, days),
      until: dayAfter(today, days),
    })),
    { label: t('Expires on another day …'), until: 'ask' },
  ];
  const picked = await vscode.window.showQuickPick(rows, {
    title: t('Suppress {0}', ruleId),
    placeHolder: t('After the last day, the problem and the expired suppression are shown'),
    ignoreFocusOut: true,
  });
  if (picked?.until !== 'ask') return picked?.until;
  return vscode.window.showInputBox({
    title: t('Suppress {0}', ruleId),
    prompt: t('The last day, as YYYY-MM-DD'),
    value: dayAfter(today, OFFERED_DAYS[0]!),
    ignoreFocusOut: true,
    validateInput: (text) => untilProblem(text, dayAfter(today, 0), t),
  });
}

/** @returns what went wrong, as a person may read it */
async function suppress(server: ServerProcess, request: SuppressRequest): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const { client } = server;
  if (!client)
    return t('Countersign is not running, so nothing was suppressed. Your reason is kept: try again.');
  const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === asUri(request.uri));
  const changed = t('The file changed meanwhile, so nothing was suppressed. Your reason is kept: try again.');
  if (document?.version !== request.version) return changed;
  try {
    const answer = await client.sendRequest<WorkspaceEdit | null>(SUPPRESS_REQUEST, request);
    const edit = answer && (await client.protocol2CodeConverter.asWorkspaceEdit(answer));
    if (!edit || document.version !== request.version || !(await vscode.workspace.applyEdit(edit)))
      return changed;
    return undefined;
  } catch (error) {
    client.error('Suppressing failed', error);
    const reason = error instanceof ResponseError ? error.message : String(error);
    return t('Nothing was suppressed: {0} Your reason is kept.', reason);
  }
}

/** A URI as the editor writes it: servers may encode it otherwise. */
function asUri(uri: string): string {
  return vscode.Uri.parse(uri).toString();
}
