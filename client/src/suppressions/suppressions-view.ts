import * as vscode from 'vscode';
import {
  type ListedSuppression,
  SUPPRESSIONS_REQUEST,
  type SuppressionsAnswer,
} from '../../../protocol/suppressions';
import { openCommand } from '../findings/findings-view';
import { markdownText } from '../markdown-text';
import { Pause } from '../pause';
import type { ServerProcess } from '../server-process';
import { isCheckedDocument } from '../settings';
import { severityIcon } from '../severity-icon';
import { rangeOf } from '../shown-findings';
import {
  type HiddenRow,
  hiddenText,
  type SuppressionRow,
  suppressionContext,
  suppressionDetails,
  suppressionRows,
  suppressionText,
} from './suppression-rows';

type Row = SuppressionRow | HiddenRow;

/** After the findings, which follow each keystroke; who looks at suppressions is not typing. */
const QUIET_MS = 250;
const LONGEST_MS = 1_500;

/** The view *Suppressions*: what hides findings in the open files, by a comment or by configuration, and whether it still should. */
export class SuppressionsView implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  readonly #server: ServerProcess;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #view: vscode.TreeView<Row>;
  readonly #update = new Pause(QUIET_MS, LONGEST_MS, () => void this.#refresh());
  readonly #subscriptions: vscode.Disposable;
  #listed: readonly ListedSuppression[] = [];
  #rows: readonly SuppressionRow[] = [];
  #asked = 0;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(server: ServerProcess) {
    this.#server = server;
    this.#view = vscode.window.createTreeView('countersign.suppressions', {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    const update = () => this.#update.begin();
    this.#subscriptions = vscode.Disposable.from(
      this.#view.onDidChangeVisibility(update),
      server.onDidChange(update),
      server.onDidReadConfiguration(update),
      vscode.languages.onDidChangeDiagnostics(update),
      vscode.window.tabGroups.onDidChangeTabs(update),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (isCheckedDocument(document)) update();
      }),
    );
    update();
  }

  /** The suppression whose row is selected, for commands that are called by a key. */
  get selected(): SuppressionRow | undefined {
    const [row] = this.#view.selection;
    return row?.kind === 'suppression' ? row : undefined;
  }

  getChildren(row?: Row): Row[] {
    if (!row) return [...this.#rows];
    return row.kind === 'suppression' ? [...row.hidden] : [];
  }

  getParent(row: Row): Row | undefined {
    return row.kind === 'hidden' ? this.#rows.find(({ hidden }) => hidden.includes(row)) : undefined;
  }

  getTreeItem(row: Row): vscode.TreeItem {
    return row.kind === 'suppression' ? suppressionItem(row) : hiddenItem(row);
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#update.dispose();
    this.#view.dispose();
    this.#changed.dispose();
  }

  /** Nobody asks the server for what nobody sees. */
  async #refresh(): Promise<void> {
    if (!this.#view.visible) return;
    const asked = ++this.#asked;
    const answer = await this.#ask();
    // Of several questions only the answer to the last one is taken.
    if (asked !== this.#asked || !answer) return;
    const pending = new Set(answer.pending);
    const open = openUris();
    const listed = [...answer.suppressions, ...this.#listed.filter(({ uri }) => pending.has(uri))].filter(
      ({ kind, uri }) => kind === 'configuration' || open.has(vscode.Uri.parse(uri).toString()),
    );
    if (JSON.stringify(listed) === JSON.stringify(this.#listed)) return;
    this.#listed = listed;
    this.#rows = suppressionRows(listed, (uri) => vscode.workspace.asRelativePath(vscode.Uri.parse(uri)));
    this.#changed.fire(undefined);
    const doubtful = listed.filter(({ state }) => state !== 'active').length;
    this.#view.description = doubtful === 0 ? '' : vscode.l10n.t('{0} to look at', doubtful);
  }

  async #ask(): Promise<SuppressionsAnswer | undefined> {
    const { client } = this.#server;
    if (!client) return { suppressions: [], pending: [] };
    try {
      return await client.sendRequest<SuppressionsAnswer>(SUPPRESSIONS_REQUEST);
    } catch (error) {
      client.warn('The suppressions are not known', error);
      return undefined;
    }
  }
}

/** The files that have a tab, as the findings are those of files with a tab. */
function openUris(): ReadonlySet<string> {
  const inputs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }) => input));
  return new Set(
    inputs.flatMap((input) => {
      if (input instanceof vscode.TabInputText) return [input.uri.toString()];
      return input instanceof vscode.TabInputTextDiff ? [input.modified.toString()] : [];
    }),
  );
}

function suppressionItem(row: SuppressionRow): vscode.TreeItem {
  const { suppression, id, hidden } = row;
  const text = suppressionText(row, vscode.l10n.t);
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(text.label, hidden.length > 0 ? Collapsed : None);
  item.id = id;
  item.description = text.description;
  item.contextValue = suppressionContext(row);
  item.accessibilityInformation = { label: text.spoken };
  item.iconPath =
    suppression.state === 'active' ? new vscode.ThemeIcon('eye-closed') : severityIcon('warning');
  item.tooltip = new vscode.MarkdownString(
    suppressionDetails(row, vscode.l10n.t).map(markdownText).join('\n\n'),
  );
  // Comments are long: selected as a whole, the editor would scroll to their end.
  const { start } = rangeOf(suppression.range);
  item.command = openCommand(suppression.uri, new vscode.Range(start, start));
  return item;
}

function hiddenItem(row: HiddenRow): vscode.TreeItem {
  const text = hiddenText(row, vscode.l10n.t);
  const item = new vscode.TreeItem(text.label);
  item.id = row.id;
  item.description = text.description;
  item.accessibilityInformation = { label: text.spoken };
  item.iconPath = severityIcon(row.finding.severity);
  item.tooltip = new vscode.MarkdownString(markdownText(row.finding.message));
  item.command = openCommand(row.finding.uri, rangeOf(row.finding.range));
  return item;
}
