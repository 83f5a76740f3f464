import * as vscode from 'vscode';
import { ResponseError } from 'vscode-languageclient/node';
import {
  CHANGE_RECORDING_REQUEST,
  type ChangeRecordingRequest,
  PLAN_RECORDING_REQUEST,
  RECORDING_PLACES_REQUEST,
  type RecordingChange,
  type RecordingPlace,
  type RecordingPlan,
} from '../../../protocol/recording';
import type { ServerProcess } from '../server-process';
import { namedPlace, type RecordingRow, recordingRows } from './recording-rows';
import { whileShown } from './shown-change';

/**
 * The commands that set up recording for an agent and take it back: which agent and where, what exactly would change,
 * whether it may be written, and a way back.
 *
 * @param argument a `RecordingTarget`, for who need not be asked which; the change is shown and asked for all the same
 */
export async function changeRecording(
  server: ServerProcess,
  isRemoval: boolean,
  argument?: unknown,
): Promise<void> {
  const { t } = vscode.l10n;
  try {
    const places = await request<RecordingPlace[]>(server, RECORDING_PLACES_REQUEST);
    const place = namedPlace(argument, places) ?? (await pickPlace(places, isRemoval));
    if (place?.state === 'broken') await tellBroken(place);
    else if (place) await showAndChange(server, place, isRemoval);
  } catch (error) {
    const reason = error instanceof ResponseError || error instanceof NotRunning ? error.message : `${error}`;
    server.client?.error('Changing the settings of an AI tool failed', error, false);
    void vscode.window.showErrorMessage(t('Nothing was changed: {0}', reason));
  }
}

class NotRunning extends Error {}

function request<T>(server: ServerProcess, method: string, params?: object): Promise<T> {
  const { client } = server;
  if (!client) throw new NotRunning(vscode.l10n.t('Countersign is not running.'));
  return params ? client.sendRequest<T>(method, params) : client.sendRequest<T>(method);
}

async function pickPlace(
  places: readonly RecordingPlace[],
  isRemoval: boolean,
): Promise<RecordingPlace | undefined> {
  const { t } = vscode.l10n;
  const rows = recordingRows(places, isRemoval, folderName, t);
  if (rows.length === 0) {
    void vscode.window.showInformationMessage(t('Recording is set up for no AI tool.'));
    return undefined;
  }
  const items = rows.map((row) => ({ row, ...itemOf(row) }));
  const picked = await vscode.window.showQuickPick(items, {
    title: isRemoval ? t('Remove recording for…') : t('Set up recording for…'),
    placeHolder: t('The AI tool whose edits are recorded. Its settings are shown before they are changed.'),
    matchOnDescription: true,
  });
  return picked?.row.heading === undefined ? picked?.row.place : undefined;
}

function itemOf(row: RecordingRow): vscode.QuickPickItem {
  if (row.heading !== undefined) return { label: row.heading, kind: vscode.QuickPickItemKind.Separator };
  const { label, description, detail } = row;
  return { label, description, detail };
}

function folderName(uri: string): string {
  return vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(uri))?.name ?? uri;
}

async function tellBroken({ name, file, problem, at }: RecordingPlace): Promise<void> {
  const { t } = vscode.l10n;
  const open = t('Open file');
  const message = t('Nothing was changed. The settings of {0} are in {1}. {2}', name, file, problem ?? '');
  const chosen = await vscode.window.showErrorMessage(message, open);
  if (chosen !== open) return;
  const place = new vscode.Position(at?.line ?? 0, at?.character ?? 0);
  await vscode.window.showTextDocument(vscode.Uri.file(file), { selection: new vscode.Range(place, place) });
}

async function showAndChange(
  server: ServerProcess,
  place: RecordingPlace,
  isRemoval: boolean,
): Promise<void> {
  const { t } = vscode.l10n;
  const { agent, folder, name } = place;
  const change: RecordingChange = { agent, folder, isRemoval };
  const plan = await request<RecordingPlan>(server, PLAN_RECORDING_REQUEST, change);
  const isChanged = plan.before !== plan.after;
  if (isRemoval && !isChanged) {
    void vscode.window.showInformationMessage(t('Recording is not set up for {0} there.', name));
    return;
  }
  // Where the file stays as it is, only what it calls is written anew, in our own folder.
  if (isChanged && !(await whileShown(plan, () => agrees(place, plan, isRemoval)))) return;
  await carryOut(server, change, plan);
  void offerWayBack(server, place, change, plan);
}

function agrees(
  { name }: RecordingPlace,
  { notes }: RecordingPlan,
  isRemoval: boolean,
): PromiseLike<boolean> {
  const { t } = vscode.l10n;
  const write = { label: t('{0} Write this change', '$(check)'), detail: notes.join(' ') };
  const leave = { label: t('{0} Change nothing', '$(close)') };
  return vscode.window
    .showQuickPick([write, leave], {
      title: isRemoval ? t('Remove recording for {0}', name) : t('Set up recording for {0}', name),
      placeHolder: t('Write the change that the editor shows?'),
      ignoreFocusOut: true,
    })
    .then((picked) => picked === write);
}

async function carryOut(
  server: ServerProcess,
  change: RecordingChange,
  { before, after }: Pick<RecordingPlan, 'before' | 'after'>,
): Promise<void> {
  const asked: ChangeRecordingRequest = { ...change, before, after };
  await request<null>(server, CHANGE_RECORDING_REQUEST, asked);
}

async function offerWayBack(
  server: ServerProcess,
  place: RecordingPlace,
  { isRemoval }: RecordingChange,
  { file, before, after, notes }: RecordingPlan,
): Promise<void> {
  const { t } = vscode.l10n;
  const [undo, open] = [t('Undo'), t('Open file')];
  const done = isRemoval
    ? t('Recording is no longer set up for {0}.', place.name)
    : t('Recording is set up for {0}.', place.name);
  const buttons = before === after ? [open] : after === null ? [undo] : [undo, open];
  const chosen = await vscode.window.showInformationMessage([done, ...notes].join(' '), ...buttons);
  if (chosen === open) await vscode.window.showTextDocument(vscode.Uri.file(file));
  if (chosen !== undo) return;
  try {
    const change: RecordingChange = { agent: place.agent, folder: place.folder, isRemoval: !isRemoval };
    const back = await request<RecordingPlan>(server, PLAN_RECORDING_REQUEST, change);
    // What leads exactly to where it was needs no second look.
    if (back.before !== after || back.after !== before) await showAndChange(server, place, !isRemoval);
    else {
      await carryOut(server, change, back);
      void vscode.window.showInformationMessage(t('The settings of {0} are as they were.', place.name));
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(t('Nothing was changed: {0}', reason));
  }
}
