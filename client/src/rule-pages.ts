import * as vscode from 'vscode';
import { isRuleId, pageSummary, readablePage } from './rule-page-text';

const SCHEME = 'countersign-rule';

/** The pages of the rules, as they come with the extension: readable without a network. */
export class RulePages implements vscode.TextDocumentContentProvider {
  readonly #folder: vscode.Uri;

  constructor(extensionUri: vscode.Uri) {
    this.#folder = vscode.Uri.joinPath(extensionUri, 'dist', 'rules');
  }

  /** Makes addresses `countersign-rule:/group/name.md` readable. */
  register(): vscode.Disposable {
    return vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  }

  /** @throws an error that the editor shows, for an address that is no rule's */
  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const ruleId = /^\/(.+)\.md$/.exec(uri.path)?.[1];
    return readablePage(await this.#read(ruleId), vscode.l10n.t);
  }

  /**
   * Opens the page of a rule beside the code, as a preview where Markdown can be previewed.
   * @param ruleId `group/name`; anything else is refused with a message
   */
  async open(ruleId: unknown): Promise<void> {
    if (!isRuleId(ruleId) || !(await this.#exists(ruleId))) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t('There is no page of a rule named “{0}”.', String(ruleId)),
      );
      return;
    }
    const page = vscode.Uri.from({ scheme: SCHEME, path: `/${ruleId}.md` });
    const besideCode = vscode.window.activeTextEditor !== undefined;
    try {
      const preview = besideCode ? 'markdown.showPreviewToSide' : 'markdown.showPreview';
      await vscode.commands.executeCommand(preview, page);
    } catch {
      // The built-in Markdown extension can be disabled; the page reads well as text too.
      await vscode.window.showTextDocument(page, {
        viewColumn: besideCode ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active,
      });
    }
  }

  /** Lets a person choose among all rules and opens the page of the chosen one. */
  async pick(): Promise<void> {
    const picked = await vscode.window.showQuickPick(this.#rows(), {
      title: vscode.l10n.t('Show rule documentation'),
      placeHolder: vscode.l10n.t('A rule, or what it finds'),
      matchOnDetail: true,
    });
    if (picked) await this.open(picked.label);
  }

  /** Ids of all rules that have a page, sorted. */
  async ids(): Promise<string[]> {
    const groups = await list(this.#folder, vscode.FileType.Directory);
    const pages = await Promise.all(
      groups.map(async (group) => {
        const files = await list(vscode.Uri.joinPath(this.#folder, group), vscode.FileType.File);
        return files.map((file) => `${group}/${file.replace(/\.md$/, '')}`);
      }),
    );
    return pages.flat().filter(isRuleId).sort();
  }

  async #rows(): Promise<vscode.QuickPickItem[]> {
    const rows = (await this.ids()).map(async (label) => {
      const detail = pageSummary(await this.#read(label));
      return detail === undefined ? { label } : { label, detail };
    });
    return Promise.all(rows);
  }

  async #exists(ruleId: string): Promise<boolean> {
    return (await this.ids()).includes(ruleId);
  }

  /** **Invariant:** only what `isRuleId` accepts becomes part of a path. */
  async #read(ruleId: string | undefined): Promise<string> {
    if (!isRuleId(ruleId))
      throw new Error(vscode.l10n.t('There is no page of a rule named “{0}”.', `${ruleId}`));
    const file = vscode.Uri.joinPath(this.#folder, `${ruleId}.md`);
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  }
}

/** Names in a folder; none when it does not exist. */
async function list(folder: vscode.Uri, type: vscode.FileType): Promise<string[]> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return entries.filter(([, kind]) => kind === type).map(([name]) => name);
  } catch {
    return [];
  }
}
