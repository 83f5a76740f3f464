import * as vscode from 'vscode';
import type { CommandId } from '../command-ids';
import { settingsFor } from '../settings';
import type { KnownOrigins } from './known-origins';
import { markerIcon } from './marker-icon';
import { countSentences, originCounts } from './origin-counts';

interface LegendRow extends vscode.QuickPickItem {
  readonly command?: CommandId;
}

/** Explains the markers with their own pictures, and says what is known of the file in front. */
export async function explainOriginMarkers(extensionUri: vscode.Uri, origins: KnownOrigins): Promise<void> {
  const { t } = vscode.l10n;
  const rows: LegendRow[] = [
    ...markerRows(extensionUri),
    { label: t('This file'), kind: vscode.QuickPickItemKind.Separator },
    ...fileSentences(origins).map((label) => ({ label })),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    settingsFor(undefined).origin.markers
      ? { label: t('{0} Hide AI-origin markers', '$(eye-closed)'), command: 'countersign.hideOriginMarkers' }
      : { label: t('{0} Show AI-origin markers', '$(eye)'), command: 'countersign.showOriginMarkers' },
    { label: t('{0} Open settings', '$(gear)'), command: 'countersign.openSettings' },
  ];
  const picked = await vscode.window.showQuickPick(rows, {
    title: t('AI-origin markers'),
    placeHolder: t('Attribution from evidence, not proof. Point at a line to read the evidence.'),
  });
  if (picked?.command) await vscode.commands.executeCommand(picked.command);
}

function markerRows(extensionUri: vscode.Uri): LegendRow[] {
  const { t } = vscode.l10n;
  return [
    {
      iconPath: markerIcon(extensionUri, 'solid'),
      label: t('Written by AI'),
      detail: t('The evidence names this very line. Only here may findings become more severe.'),
    },
    {
      iconPath: markerIcon(extensionUri, 'hollow'),
      label: t('Perhaps written by AI'),
      detail: t('AI took part in the commit, the line was edited since, or the evidence is weak.'),
    },
    {
      iconPath: markerIcon(extensionUri, 'tick'),
      label: t('Countersigned'),
      detail: t('A person reviewed these AI lines and answers for them, until one of them is edited.'),
    },
    {
      iconPath: vscode.Uri.joinPath(extensionUri, 'media', 'origin', 'none.svg'),
      label: t('No marker'),
      detail: t('Nothing, or too little, speaks of AI here. That does not prove that a person wrote it.'),
    },
  ];
}

/** What is known of the file in front, or why nothing is. */
function fileSentences(origins: KnownOrigins): string[] {
  const { t } = vscode.l10n;
  if (!vscode.workspace.isTrusted) {
    return [t('This workspace is not trusted: git is not asked, and no markers are shown.')];
  }
  const front = vscode.window.activeTextEditor?.document.uri;
  if (!front) return [t('No file is open.')];
  if (!settingsFor(front).enable) return [t('Checks are off here, so nothing is known.')];
  const known = origins.of(front);
  if (!known?.said) return [t('Nothing is known of this file yet.')];
  const { state, cause } = known.said;
  const counted = countSentences(originCounts(known.runs), t);
  const causes = cause === undefined ? [] : [cause];
  if (state === 'unavailable') return [t('Nothing is known of this file.'), ...causes];
  if (state === 'loading') counted.push(t('The history is still being read.'));
  return [...(counted.length > 0 ? counted : [t('There is no evidence of AI in this file.')]), ...causes];
}
