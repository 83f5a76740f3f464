import * as vscode from 'vscode';
import type { AiRegion } from '../../../protocol/reviews';
import type { KnownRegions } from './known-regions';
import { indexToGoTo, type ReviewPlace, type VisitedRegion } from './region-order';
import { riskSentence } from './region-text';
import type { ReviewsView } from './reviews-view';

/** How long a person waits for an answer before a message says that there is none. */
const LIMIT_MS = 5_000;
const SAID_MS = 6_000;

/** Goes from region to region by the keyboard, in the order of the view. */
export class RegionTour {
  readonly #regions: KnownRegions;
  readonly #view: ReviewsView;
  #visited: VisitedRegion | undefined;

  constructor(regions: KnownRegions, view: ReviewsView) {
    this.#regions = regions;
    this.#view = view;
  }

  /** Goes to the next or the previous region; says so when there is none. */
  async go(step: 1 | -1): Promise<void> {
    const { t } = vscode.l10n;
    const answer = await this.#regions.until(
      (each) => (each.unreviewed.length > 0 || !each.isLoading ? each : undefined),
      LIMIT_MS,
    );
    const regions = answer?.unreviewed ?? [];
    if (regions.length === 0) {
      void vscode.window.showInformationMessage(t('No AI code is known that waits for a review.'));
      return;
    }
    const index = indexToGoTo(regions, step, currentPlace(), this.#visited);
    const region = regions[index]!;
    this.#visited = { uri: region.uri, start: region.start, end: region.end, index };
    await showRegion(region);
    await this.#view.select(region);
    const said = t(
      '{0} Region {1} of {2}, {3}',
      '$(eye)',
      index + 1,
      regions.length,
      riskSentence(region, t),
    );
    void vscode.window.setStatusBarMessage(said, SAID_MS);
  }
}

/** Opens the file of a region and puts the cursor on its first line. */
export async function showRegion({ uri, start, end }: AiRegion): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  const cursor = document.validatePosition(new vscode.Position(start, 0));
  const editor = await vscode.window.showTextDocument(document, {
    selection: new vscode.Range(cursor, cursor),
  });
  const lines = new vscode.Range(cursor, document.validatePosition(new vscode.Position(end - 1, 0)));
  editor.revealRange(lines, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  return editor;
}

function currentPlace(): ReviewPlace | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor && { uri: editor.document.uri.toString(), line: editor.selection.active.line };
}
