// The table of commands. What takes more than a few lines has a file of its own.
import * as vscode from 'vscode';
import { COMMAND_IDS, type CommandId } from './command-ids';
import { copyFinding, showQuickFixes, suppressFinding } from './findings/finding-commands';
import type { FindingRow } from './findings/finding-tree';
import type { FindingsView } from './findings/findings-view';
import { copyPrompt } from './findings/prompt-command';
import { recordFixes } from './findings/record-fixes';
import { fixAllInFile } from './fix-all-in-file';
import type { KnownOrigins } from './origin/known-origins';
import { explainOriginMarkers } from './origin/origin-legend';
import { setOriginMarkers } from './origin/origin-setting';
import { changeRecording } from './recording/change-recording';
import type { Countersigner } from './reviews/countersign';
import type { RegionTour } from './reviews/go-to-region';
import { markOrigin } from './reviews/mark-origin';
import type { ReviewsView } from './reviews/reviews-view';
import { findingIn, findingRow, regionRow, ruleIdIn, suppressionRow } from './row-argument';
import type { RulePages } from './rule-pages';
import { diagnose } from './self-diagnosis';
import type { ServerProcess } from './server-process';
import { toggleEnabled } from './settings';
import { currentStatus } from './status';
import { suppressCommand } from './suppress';
import { type SuppressionRow, suppressionLine } from './suppressions/suppression-rows';
import type { SuppressionsView } from './suppressions/suppressions-view';
import { undoSuppression } from './suppressions/undo-suppression';

/** What commands work on. */
export interface CommandContext {
  readonly extension: vscode.Extension<unknown>;
  readonly extensionUri: vscode.Uri;
  readonly origins: KnownOrigins;
  readonly output: vscode.LogOutputChannel;
  readonly pages: RulePages;
  readonly server: ServerProcess;
  readonly findings: FindingsView;
  readonly suppressions: SuppressionsView;
  readonly reviews: ReviewsView;
  readonly tour: RegionTour;
  readonly countersigner: Countersigner;
}

type Handler = (argument?: unknown) => unknown;

/** Registers every command of the manifest. */
export function registerCommands(context: CommandContext): vscode.Disposable {
  const handlers = commandHandlers(context);
  return vscode.Disposable.from(
    ...COMMAND_IDS.map((id) => vscode.commands.registerCommand(id, handlers[id])),
  );
}

function commandHandlers(context: CommandContext): Record<CommandId, Handler> {
  const { extensionUri, origins, output, pages, server, findings, suppressions } = context;
  const { countersigner, reviews, tour } = context;
  /** Menus name the row; by a key a command is called on the selected one. */
  const onFinding = (handle: (row: FindingRow) => unknown) => (argument?: unknown) => {
    const row = findingRow(argument) ?? (argument === undefined ? findings.selected : undefined);
    return row && handle(row);
  };
  const onSuppression = (handle: (row: SuppressionRow) => unknown) => (argument?: unknown) => {
    const row = suppressionRow(argument) ?? (argument === undefined ? suppressions.selected : undefined);
    return row && handle(row);
  };
  /** Menus of the view name the row, and its key bindings that it is the selected one; else the cursor says where. */
  const row = (argument: unknown) =>
    regionRow(argument) ?? (argument === 'selected' ? reviews.selected : undefined);
  return {
    'countersign.copyFinding': onFinding(copyFinding),
    'countersign.copyRegenerationPrompt': (argument) => copyPrompt(server, findingIn(argument)),
    'countersign.copySuppression': onSuppression((row) =>
      vscode.env.clipboard.writeText(suppressionLine(row)),
    ),
    'countersign.countersignFile': (argument) => countersigner.file(row(argument), argument),
    'countersign.countersignRegion': (argument) => countersigner.region(row(argument), argument),
    'countersign.explainOriginMarkers': () => explainOriginMarkers(extensionUri, origins),
    'countersign.fixAllInFile': () => fixAllInFile(server),
    'countersign.groupByFile': () => findings.group('file'),
    'countersign.groupByRule': () => findings.group('rule'),
    'countersign.hideOriginMarkers': () => setOriginMarkers(false),
    'countersign.markAsAi': (argument) => markOrigin(server, 'ai', argument),
    'countersign.markAsHuman': (argument) => markOrigin(server, 'human', argument),
    'countersign.nextRegion': () => tour.go(1),
    'countersign.openExample': () => openExample(extensionUri),
    'countersign.openSettings': () =>
      vscode.commands.executeCommand('workbench.action.openSettings', `@ext:${context.extension.id}`),
    'countersign.recordFixes': () => recordFixes(server),
    'countersign.removeRecording': (argument) => changeRecording(server, true, argument),
    'countersign.previousRegion': () => tour.go(-1),
    'countersign.restartServer': () => server.restart(),
    'countersign.setUpRecording': (argument) => changeRecording(server, false, argument),
    'countersign.showFindings': () => vscode.commands.executeCommand(SHOW_FINDINGS),
    'countersign.showMenu': () => showMenu(server),
    'countersign.showOriginMarkers': () => setOriginMarkers(true),
    'countersign.showOutput': () => output.show(true),
    'countersign.showQuickFixes': onFinding(showQuickFixes),
    'countersign.showReviews': () => vscode.commands.executeCommand(SHOW_REVIEWS),
    'countersign.showRule': (argument) => {
      const ruleId = ruleIdIn(argument);
      return ruleId === undefined ? pages.pick() : pages.open(ruleId);
    },
    'countersign.showStatus': () => {
      output.info(diagnose(context));
      output.show(true);
    },
    'countersign.suppress': suppressCommand(server),
    'countersign.suppressFinding': onFinding(suppressFinding),
    'countersign.toggleEnabled': toggleEnabled,
    'countersign.undoSuppression': onSuppression((row) => undoSuppression(server, row)),
  };
}

/** The editor makes these commands for the views. */
const SHOW_FINDINGS = 'countersign.findings.focus';
const SHOW_REVIEWS = 'countersign.reviews.focus';

async function showMenu(server: ServerProcess): Promise<void> {
  const { t } = vscode.l10n;
  const rows: (vscode.QuickPickItem & { command: CommandId | 'workbench.actions.view.problems' })[] = [
    { label: t('{0} Show findings', '$(list-tree)'), command: 'countersign.showFindings' },
    { label: t('{0} Show AI code to review', '$(pass)'), command: 'countersign.showReviews' },
    { label: t('{0} Show problems', '$(warning)'), command: 'workbench.actions.view.problems' },
    { label: t('{0} Fix all safe problems in file', '$(wand)'), command: 'countersign.fixAllInFile' },
    { label: t('{0} Show rule documentation', '$(book)'), command: 'countersign.showRule' },
    { label: t('{0} Explain AI-origin markers', '$(sparkle)'), command: 'countersign.explainOriginMarkers' },
    { label: t('{0} Set up recording for AI tools', '$(record)'), command: 'countersign.setUpRecording' },
    { label: t('{0} Restart server', '$(debug-restart)'), command: 'countersign.restartServer' },
    { label: t('{0} Show status', '$(pulse)'), command: 'countersign.showStatus' },
    { label: t('{0} Show output', '$(output)'), command: 'countersign.showOutput' },
    { label: t('{0} Open settings', '$(gear)'), command: 'countersign.openSettings' },
    { label: t('{0} Turn checks on or off', '$(circle-slash)'), command: 'countersign.toggleEnabled' },
  ];
  const picked = await vscode.window.showQuickPick(rows, {
    title: 'Countersign',
    placeHolder: currentStatus(server).summary,
  });
  if (picked) await vscode.commands.executeCommand(picked.command);
}

async function openExample(extensionUri: vscode.Uri): Promise<void> {
  const file = vscode.Uri.joinPath(extensionUri, 'media', 'walkthrough', 'example.txt');
  const content = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  const document = await vscode.workspace.openTextDocument({ language: 'javascript', content });
  await vscode.window.showTextDocument(document, { preview: false });
}
