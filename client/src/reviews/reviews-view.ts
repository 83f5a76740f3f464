import * as vscode from 'vscode';
import type { AiRegion } from '../../../protocol/reviews';
import { openCommand } from '../findings/findings-view';
import { markdownText } from '../markdown-text';
import { severityIcon } from '../severity-icon';
import { rangeOf } from '../shown-findings';
import type { KnownRegions } from './known-regions';
import { type OpenFindingRow, type RegionRow, regionRows } from './region-rows';
import { openFindingText, regionDetails, regionText, reviewMessage, reviewState } from './region-text';

type Row = RegionRow | OpenFindingRow;

/** Chooses the text of the empty view. */
const STATE = 'countersign.reviews.state';

/** Each of a shape of its own: colours alone say nothing to everybody. */
const RISK_ICONS: Readonly<Record<AiRegion['risk']['level'], vscode.ThemeIcon>> = {
  high: new vscode.ThemeIcon('flame', new vscode.ThemeColor('charts.red')),
  medium: new vscode.ThemeIcon('circle-filled', new vscode.ThemeColor('charts.yellow')),
  low: new vscode.ThemeIcon('circle-outline'),
};

/** The view *AI code to review*: the regions that nobody countersigned as they are, riskiest first. */
export class ReviewsView implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  readonly #regions: KnownRegions;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #view: vscode.TreeView<Row>;
  readonly #listeners: vscode.Disposable;
  #wanting: vscode.Disposable | undefined;
  #rows: readonly RegionRow[] = [];
  #shown = '';

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(regions: KnownRegions) {
    this.#regions = regions;
    this.#view = vscode.window.createTreeView('countersign.reviews', {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    this.#listeners = vscode.Disposable.from(
      this.#view.onDidChangeVisibility(() => this.#wantWhileVisible()),
      regions.onDidChange(() => this.#refresh()),
    );
    this.#refresh();
    this.#wantWhileVisible();
  }

  /** The region whose row is selected, for commands that are called by a key. */
  get selected(): RegionRow | undefined {
    const [row] = this.#view.selection;
    return row?.kind === 'region' ? row : undefined;
  }

  /** What stands above the rows. */
  get message(): string | undefined {
    return this.#view.message;
  }

  /** Selects the row of a region, without showing the view and without taking the focus. */
  async select(region: AiRegion): Promise<void> {
    if (!this.#view.visible) return;
    const row = this.#rows.find(
      (each) => each.region.uri === region.uri && each.region.start === region.start,
    );
    if (!row) return;
    // The editor may be asking for rows again at this moment; then it does not find this one, and says so.
    await this.#view.reveal(row, { select: true, focus: false }).then(undefined, () => undefined);
  }

  getChildren(row?: Row): Row[] {
    if (!row) return [...this.#rows];
    return row.kind === 'region' ? [...row.open] : [];
  }

  getParent(row: Row): Row | undefined {
    return row.kind === 'open-finding' ? this.#rows.find(({ open }) => open.includes(row)) : undefined;
  }

  getTreeItem(row: Row): vscode.TreeItem {
    return row.kind === 'region' ? regionItem(row) : openFindingItem(row);
  }

  dispose(): void {
    this.#listeners.dispose();
    this.#wanting?.dispose();
    this.#view.dispose();
    this.#changed.dispose();
  }

  /** Nobody asks the server for what nobody sees. */
  #wantWhileVisible(): void {
    this.#wanting?.dispose();
    this.#wanting = this.#view.visible ? this.#regions.want() : undefined;
  }

  #refresh(): void {
    const { answer } = this.#regions;
    const shown = JSON.stringify(answer ?? null);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const { t } = vscode.l10n;
    this.#rows = regionRows(answer?.unreviewed ?? [], this.#rows, (uri) =>
      vscode.workspace.asRelativePath(vscode.Uri.parse(uri)),
    );
    this.#view.message = reviewMessage(answer, t) ?? '';
    this.#view.description = this.#rows.length === 0 ? '' : t('{0} to review', this.#rows.length);
    void vscode.commands.executeCommand('setContext', STATE, reviewState(answer));
    this.#changed.fire(undefined);
  }
}

function regionItem(row: RegionRow): vscode.TreeItem {
  const { region, id, open } = row;
  const text = regionText(row, vscode.l10n.t);
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(text.label, open.length > 0 ? Collapsed : None);
  item.id = id;
  item.description = text.description;
  item.contextValue = 'region';
  item.accessibilityInformation = { label: text.spoken };
  item.iconPath = RISK_ICONS[region.risk.level];
  const [heading = '', ...details] = regionDetails(row, vscode.l10n.t).map(markdownText);
  item.tooltip = new vscode.MarkdownString([`**${heading}**`, ...details].join('\n\n'));
  item.command = openCommand(region.uri, new vscode.Range(region.start, 0, region.start, 0));
  return item;
}

function openFindingItem(row: OpenFindingRow): vscode.TreeItem {
  const text = openFindingText(row, vscode.l10n.t);
  const item = new vscode.TreeItem(text.label);
  item.id = row.id;
  item.description = text.description;
  item.contextValue = 'openFinding';
  item.accessibilityInformation = { label: text.spoken };
  item.iconPath = severityIcon(row.finding.severity);
  item.tooltip = new vscode.MarkdownString(markdownText(row.finding.message));
  item.command = openCommand(row.uri, rangeOf(row.finding.range));
  return item;
}
