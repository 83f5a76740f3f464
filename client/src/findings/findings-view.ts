import * as vscode from 'vscode';
import { markdownText } from '../markdown-text';
import { Pause } from '../pause';
import type { RuleTitles } from '../rule-titles';
import { severityIcon } from '../severity-icon';
import { rangeOf, shownFindings } from '../shown-findings';
import { findingsSentence } from '../status-text';
import { findingText, groupText, sentencesOf } from './finding-text';
import { type FindingGroup, type FindingRow, FindingTree, type Grouping } from './finding-tree';

type Row = FindingGroup | FindingRow;

const VIEW = 'countersign.findings';
const GROUPING = 'countersign.findings.grouping';

/** Several documents are often checked in a row; a person does not notice this delay. */
const QUIET_MS = 100;
const LONGEST_MS = 500;

/** With more findings than this, groups are folded at first. */
const MOST_UNFOLDED = 50;

/** Icons of files, without the counts and colours that the editor gives to files that have problems. */
const ICON_SCHEME = 'countersign-icon';

/** The view *Findings*: what the Problems panel shows of Countersign, by rule or by file. */
export class FindingsView implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  readonly #memory: vscode.Memento;
  readonly #titles: RuleTitles;
  readonly #tree = new FindingTree();
  readonly #changed = new vscode.EventEmitter<Row[] | undefined>();
  readonly #view: vscode.TreeView<Row>;
  readonly #update = new Pause(QUIET_MS, LONGEST_MS, () => this.#refresh());
  readonly #subscriptions: vscode.Disposable;
  #grouping: Grouping;

  readonly onDidChangeTreeData = this.#changed.event;

  /** @param memory of the workspace: how findings are grouped is kept there */
  constructor(memory: vscode.Memento, titles: RuleTitles) {
    this.#memory = memory;
    this.#titles = titles;
    this.#grouping = memory.get<unknown>(GROUPING) === 'file' ? 'file' : 'rule';
    this.#tree.update(shownFindings(), this.#grouping);
    this.#view = vscode.window.createTreeView(VIEW, { treeDataProvider: this, showCollapseAll: true });
    this.#subscriptions = vscode.Disposable.from(
      vscode.languages.onDidChangeDiagnostics(() => this.#update.begin()),
      titles.onDidChange(() => this.#changed.fire(undefined)),
    );
    this.#tellGrouping();
    this.#tellCount();
  }

  /** Groups by rule or by file, from here on and in this workspace. */
  async group(by: Grouping): Promise<void> {
    this.#grouping = by;
    this.#tellGrouping();
    this.#refresh();
    await this.#memory.update(GROUPING, by);
  }

  /** The finding whose row is selected, for commands that are called by a key. */
  get selected(): FindingRow | undefined {
    const [row] = this.#view.selection;
    return row?.kind === 'finding' ? row : undefined;
  }

  /** What the view's badge says. */
  get badge(): number {
    return this.#view.badge?.value ?? 0;
  }

  getChildren(row?: Row): Row[] {
    if (!row) return [...this.#tree.groups];
    return row.kind === 'group' ? [...row.rows] : [];
  }

  getParent(row: Row): Row | undefined {
    return row.kind === 'finding' ? row.group : undefined;
  }

  getTreeItem(row: Row): vscode.TreeItem {
    return row.kind === 'group' ? this.#groupItem(row) : findingItem(row);
  }

  /** Tooltips are made when somebody points at a row. */
  resolveTreeItem(item: vscode.TreeItem, row: Row): vscode.TreeItem {
    item.tooltip = row.kind === 'finding' ? this.#tooltip(row) : this.#groupTooltip(row);
    return item;
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#update.dispose();
    this.#view.dispose();
    this.#changed.dispose();
  }

  #refresh(): void {
    const change = this.#tree.update(shownFindings(), this.#grouping);
    if (change === 'nothing') return;
    this.#changed.fire(change === 'everything' ? undefined : [...change]);
    this.#tellCount();
  }

  #tellCount(): void {
    const value = this.#tree.groups.reduce((sum, { rows }) => sum + rows.length, 0);
    const tooltip = findingsSentence(value, vscode.l10n.t);
    this.#view.badge = value === 0 ? undefined : { value, tooltip };
  }

  #tellGrouping(): void {
    void vscode.commands.executeCommand('setContext', GROUPING, this.#grouping);
  }

  #groupItem(group: FindingGroup): vscode.TreeItem {
    const text = groupText(group, this.#titles.of(group.ruleId), vscode.l10n.t);
    const isFolded = (this.badge || 0) > MOST_UNFOLDED;
    const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(text.label, isFolded ? Collapsed : Expanded);
    item.id = group.id;
    item.description = text.description;
    item.contextValue = group.by === 'rule' ? 'rule' : 'file';
    item.accessibilityInformation = { label: text.spoken };
    if (group.by === 'rule') item.iconPath = severityIcon(group.severity);
    else {
      item.iconPath = vscode.ThemeIcon.File;
      item.resourceUri = vscode.Uri.parse(group.uri).with({ scheme: ICON_SCHEME });
    }
    return item;
  }

  #groupTooltip({ by, ruleId, path }: FindingGroup): vscode.MarkdownString {
    const title = this.#titles.of(ruleId);
    if (by === 'file') return new vscode.MarkdownString(markdownText(path));
    return new vscode.MarkdownString(
      [`**${markdownText(title ?? ruleId)}**`, ...(title === undefined ? [] : [`\`${ruleId}\``])].join(
        '\n\n',
      ),
    );
  }

  #tooltip({ finding }: FindingRow): vscode.MarkdownString {
    const { ruleId, message, path, range } = finding;
    const { wrong, remedy } = sentencesOf(message);
    const title = this.#titles.of(ruleId);
    const sections = [
      ...(title === undefined ? [] : [`**${markdownText(title)}**`]),
      markdownText(wrong),
      ...(remedy === '' ? [] : [markdownText(remedy)]),
      `${markdownText(ruleId)} · ${markdownText(`${path}:${range.start.line + 1}`)}`,
    ];
    return new vscode.MarkdownString(sections.join('\n\n'));
  }
}

function findingItem(row: FindingRow): vscode.TreeItem {
  const { finding, id } = row;
  const text = findingText(row, vscode.l10n.t);
  const item = new vscode.TreeItem(text.label);
  item.id = id;
  item.description = text.description;
  item.contextValue = finding.fingerprint === undefined ? 'finding' : 'finding.known';
  item.accessibilityInformation = { label: text.spoken };
  item.iconPath = severityIcon(finding.severity);
  item.command = openCommand(finding.uri, rangeOf(finding.range));
  return item;
}

/** Opens a place in a tab that the next one replaces, as other views do. */
export function openCommand(uri: string, selection: vscode.Range): vscode.Command {
  const options: vscode.TextDocumentShowOptions = { selection };
  return {
    command: 'vscode.open',
    title: vscode.l10n.t('Open'),
    arguments: [vscode.Uri.parse(uri), options],
  };
}
