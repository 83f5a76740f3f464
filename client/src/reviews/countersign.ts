import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { AiRegion, CountersignRequest } from '../../../protocol/reviews';
import type { KnownOrigins } from '../origin/known-origins';
import type { ServerProcess } from '../server-process';
import { showRegion } from './go-to-region';
import type { KnownRegions } from './known-regions';
import { askNote, tellCountersigned } from './record-questions';
import { recordReview, tellRefused } from './record-request';
import type { RegionRow } from './region-rows';
import { type GivenPlace, givenPlace, givenText, noteProblem } from './review-input';
import { sameRegions } from './same-regions';
import { savedDocument } from './saved-document';
import { withServer } from './with-server';

/** How long a person waits for the server to have read the text as it is. */
const LIMIT_MS = 8_000;

/** Has a person say of AI regions that they were read. Nothing is stored of a text that was not on the screen. */
export class Countersigner {
  readonly #server: ServerProcess;
  readonly #regions: KnownRegions;
  readonly #origins: KnownOrigins;

  constructor(server: ServerProcess, regions: KnownRegions, origins: KnownOrigins) {
    this.#server = server;
    this.#regions = regions;
    this.#origins = origins;
  }

  /**
   * Countersigns one region: that of a row, that at a place, or the one at the cursor.
   * @param argument with a `note` in it, be it empty, nothing is asked
   */
  async region(row: RegionRow | undefined, argument: unknown): Promise<void> {
    await withServer(this.#server, async (client) => {
      const document = row ? (await showRegion(row.region)).document : await documentAt(givenPlace(argument));
      const line = row?.region.start ?? givenPlace(argument)?.line ?? cursorLine();
      if (!document || line === undefined) return this.#tellNone(document, undefined);
      const regions = await this.#settled(document);
      const region =
        regions.find(({ hash, start }) => hash === row?.region.hash && start === line) ??
        regions.find(({ start, end }) => start <= line && line < end);
      if (!region) return this.#tellNone(document, line);
      await this.#countersign(client, document, [region], givenText(argument, 'note'));
    });
  }

  /** Countersigns all regions of a file: that of a row, of a place, or the one in front. */
  async file(row: RegionRow | undefined, argument: unknown): Promise<void> {
    await withServer(this.#server, async (client) => {
      const document = row ? (await showRegion(row.region)).document : await documentAt(givenPlace(argument));
      const regions = document ? await this.#settled(document) : [];
      if (!document || regions.length === 0) return this.#tellNone(document, undefined);
      await this.#countersign(client, document, regions, givenText(argument, 'note'));
    });
  }

  async #countersign(
    client: LanguageClient,
    document: vscode.TextDocument,
    regions: readonly AiRegion[],
    givenNote: string | undefined,
  ): Promise<void> {
    const { t } = vscode.l10n;
    const uri = document.uri.toString();
    const open = regions.flatMap((region) => region.open);
    if (open.length > 0) {
      const rules = [...new Set(open.map(({ ruleId }) => ruleId))].join(', ');
      const reason = t('Fix these findings first, or suppress them with a reason: {0}.', rules);
      return tellRefused(reason, uri, open);
    }
    const note = givenNote ?? (await askNote(client, document, regions));
    if (note === undefined) return;
    const problem = noteProblem(note, t);
    if (problem !== undefined) return warn(problem);
    if (!(await savedDocument(document))) return;
    // While the note was typed, and by saving, the text may have become another one.
    const present = sameRegions(regions, await this.#settled(document));
    if (!present) return warn(t('The text changed meanwhile, so nothing was countersigned. Read it again.'));
    const request: CountersignRequest = {
      uri,
      version: document.version,
      regions: present.map(({ start, end, hash }) => ({ start, end, hash })),
      ...(note.trim() !== '' && { note: note.trim() }),
    };
    const answer = await recordReview(client, request);
    const { unreviewed = [] } = this.#regions.answer ?? {};
    if (answer) tellCountersigned(answer, document, present, unreviewed.length > present.length);
  }

  /** The unreviewed regions of a document as it is; none when the server does not tell in time. */
  async #settled(document: vscode.TextDocument): Promise<readonly AiRegion[]> {
    const { t } = vscode.l10n;
    const uri = document.uri.toString();
    const options = {
      location: vscode.ProgressLocation.Window,
      title: t('Looking at who wrote these lines'),
    };
    const regions = await vscode.window.withProgress(options, () =>
      this.#regions.until(({ unreviewed }) => {
        const own = unreviewed.filter((region) => region.uri === uri);
        if (own.some(({ version }) => version === document.version)) return own;
        const told = this.#origins.of(document.uri)?.said;
        const isKnown = told?.version === document.version && told.state !== 'loading';
        return own.length === 0 && isKnown ? [] : undefined;
      }, LIMIT_MS),
    );
    return regions ?? [];
  }

  /** Says why there is nothing to countersign. */
  #tellNone(document: vscode.TextDocument | undefined, line: number | undefined): void {
    void vscode.window.showInformationMessage(this.#noneSentence(document, line));
  }

  #noneSentence(document: vscode.TextDocument | undefined, line: number | undefined): string {
    const { t } = vscode.l10n;
    if (!vscode.workspace.isTrusted)
      return t('This workspace is not trusted, so git is not asked who wrote these lines.');
    if (!document) return t('Put the cursor on AI lines that wait for a review first.');
    if (line === undefined) return t('No AI lines of this file are known that wait for a review.');
    const runs = this.#origins.of(document.uri)?.runs ?? [];
    const run = runs.find(({ start, end }) => start <= line && line < end);
    return run?.marker === 'tick'
      ? t('This region is countersigned already.')
      : t('No AI lines are known here that wait for a review.');
  }
}

/** The document of a place, or the one in front. */
async function documentAt(place: GivenPlace | undefined): Promise<vscode.TextDocument | undefined> {
  if (!place) return vscode.window.activeTextEditor?.document;
  return vscode.workspace.openTextDocument(vscode.Uri.parse(place.uri));
}

function cursorLine(): number | undefined {
  return vscode.window.activeTextEditor?.selection.active.line;
}

function warn(problem: string): void {
  void vscode.window.showWarningMessage(problem);
}
