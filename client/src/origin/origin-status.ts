import * as vscode from 'vscode';
import type { CommandId } from '../command-ids';
import { markdownText } from '../markdown-text';
import type { KnownOrigins } from './known-origins';
import { originCounts, originStatus } from './origin-counts';

/** The commands that the tooltip links to. */
const LINKS: readonly CommandId[] = ['countersign.explainOriginMarkers', 'countersign.hideOriginMarkers'];

/** Counts the AI lines of the file in front in the status bar, beside what Countersign found. */
export class OriginStatus implements vscode.Disposable {
  readonly #item: vscode.StatusBarItem;
  readonly #origins: KnownOrigins;
  readonly #listeners: vscode.Disposable;
  #text: string | undefined;

  constructor(origins: KnownOrigins) {
    this.#origins = origins;
    this.#item = vscode.window.createStatusBarItem('countersign.origin', vscode.StatusBarAlignment.Right, 99);
    this.#item.name = vscode.l10n.t('Countersign: AI lines');
    this.#item.command = 'countersign.explainOriginMarkers' satisfies CommandId;
    const update = () => this.#update();
    this.#listeners = vscode.Disposable.from(
      origins.onDidChange(update),
      vscode.window.onDidChangeActiveTextEditor(update),
    );
    update();
  }

  /** With `$(icon)`; undefined while the item is hidden. */
  get text(): string | undefined {
    return this.#text;
  }

  dispose(): void {
    this.#listeners.dispose();
    this.#item.dispose();
  }

  #update(): void {
    const { t } = vscode.l10n;
    const front = vscode.window.activeTextEditor?.document.uri;
    const runs = front ? this.#origins.shown(front)?.runs : undefined;
    const view = originStatus(originCounts(runs ?? []), t);
    this.#text = view?.text;
    if (!view) {
      this.#item.hide();
      return;
    }
    const tooltip = new vscode.MarkdownString(view.details.map(markdownText).join('\n\n'));
    const [explain, hide] = LINKS;
    tooltip.isTrusted = { enabledCommands: LINKS };
    tooltip.appendMarkdown(
      `\n\n[${t('Explain AI-origin markers')}](command:${explain}) · [${t('Hide AI-origin markers')}](command:${hide})`,
    );
    this.#item.text = view.text;
    this.#item.tooltip = tooltip;
    this.#item.accessibilityInformation = { label: view.details.join(' '), role: 'button' };
    this.#item.show();
  }
}
