import * as vscode from 'vscode';
import type { CommandId } from './command-ids';
import { markdownText } from './markdown-text';
import type { ServerProcess } from './server-process';
import { isEnabledInFront } from './settings';
import { shownFindings } from './shown-findings';
import { type StatusView, statusView } from './status-text';

/** A check that ends sooner is not shown: the item would flicker with every keystroke. */
const SHOW_RUNNING_AFTER_MS = 500;

const BACKGROUND = {
  normal: undefined,
  warning: new vscode.ThemeColor('statusBarItem.warningBackground'),
  error: new vscode.ThemeColor('statusBarItem.errorBackground'),
};

/** The commands that the tooltip links to. */
const LINKS: readonly CommandId[] = ['countersign.restartServer', 'countersign.showStatus'];

/** Shows the server's state in the status bar and in the context key `countersign.state`. */
export function showStatus(server: ServerProcess): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('countersign.status', vscode.StatusBarAlignment.Right, 100);
  item.name = 'Countersign';
  item.command = 'countersign.showMenu' satisfies CommandId;
  let shown: StatusView | undefined;
  let delayed: NodeJS.Timeout | undefined;

  const show = (view: StatusView) => {
    clearTimeout(delayed);
    delayed = undefined;
    shown = view;
    item.text = view.text;
    item.tooltip = tooltip(view);
    item.backgroundColor = BACKGROUND[view.tone];
    item.accessibilityInformation = { label: [view.summary, ...view.details].join(' '), role: 'button' };
    item.show();
    void vscode.commands.executeCommand('setContext', 'countersign.state', view.state);
  };
  const update = () => {
    const view = currentStatus(server);
    const hasResult = shown !== undefined && ['ok', 'findings', 'degraded'].includes(shown.state);
    if (view.state !== 'running' || !hasResult) show(view);
    else delayed ??= setTimeout(() => show(currentStatus(server)), SHOW_RUNNING_AFTER_MS);
  };

  update();
  return vscode.Disposable.from(
    item,
    { dispose: () => clearTimeout(delayed) },
    server.onDidChange(update),
    vscode.languages.onDidChangeDiagnostics(update),
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.workspace.onDidGrantWorkspaceTrust(update),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('countersign.enable')) update();
    }),
  );
}

/** Tells, once per time, that the server is given up, and offers the ways out. */
export function reportFailures(server: ServerProcess): vscode.Disposable {
  return server.onDidChange(async (phase) => {
    if (phase.kind !== 'failed') return;
    const { t } = vscode.l10n;
    const [restart, output] = [t('Restart server'), t('Show output')];
    const chosen = await vscode.window.showErrorMessage(currentStatus(server).summary, restart, output);
    const command: CommandId | undefined =
      chosen === restart
        ? 'countersign.restartServer'
        : chosen === output
          ? 'countersign.showOutput'
          : undefined;
    if (command) await vscode.commands.executeCommand(command);
  });
}

/** What the status bar says, or is about to. */
export function currentStatus(server: ServerProcess): StatusView {
  return statusView(
    {
      phase: server.phase,
      findings: shownFindings().length,
      lastFailure: server.lastFailure,
      enabled: isEnabledInFront(),
      trusted: vscode.workspace.isTrusted,
    },
    vscode.l10n.t,
  );
}

function tooltip({ summary, details }: StatusView): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.isTrusted = { enabledCommands: LINKS };
  // File names and causes come from the workspace: they are shown as text, never read as Markdown.
  text.appendMarkdown(`**${markdownText(summary)}**`);
  for (const detail of details) text.appendMarkdown(`\n\n${markdownText(detail)}`);
  const [restart, status] = LINKS;
  text.appendMarkdown(
    `\n\n[${vscode.l10n.t('Restart server')}](command:${restart}) · [${vscode.l10n.t('Show status')}](command:${status})`,
  );
  return text;
}
