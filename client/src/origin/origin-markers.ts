import * as vscode from 'vscode';
import type { KnownOrigins } from './known-origins';
import { markerIcon } from './marker-icon';
import { MARKERS, type Marker, type MarkerRange, markerRanges } from './marker-ranges';

/** The theme's colours in the overview ruler, as the manifest contributes them. */
const RULER: Readonly<Record<Marker, string>> = {
  solid: 'countersign.overviewRuler.aiForeground',
  hollow: 'countersign.overviewRuler.perhapsAiForeground',
  tick: 'countersign.overviewRuler.countersignedForeground',
};

/** Draws who wrote a line into the gutter and the overview ruler of all editors that can be seen. */
export class OriginMarkers implements vscode.Disposable {
  readonly #origins: KnownOrigins;
  readonly #types: Readonly<Record<Marker, vscode.TextEditorDecorationType>>;
  readonly #drawn = new WeakMap<vscode.TextEditor, readonly MarkerRange[]>();
  readonly #listeners: vscode.Disposable;

  constructor(extensionUri: vscode.Uri, origins: KnownOrigins) {
    this.#origins = origins;
    const type = (marker: Marker) => decorationType(extensionUri, marker);
    this.#types = { solid: type('solid'), hollow: type('hollow'), tick: type('tick') };
    this.#listeners = vscode.Disposable.from(
      origins.onDidChange((uris) => this.#drawAll(uris)),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#drawAll()),
    );
    this.#drawAll();
  }

  /** What was last drawn in each editor that shows a document. */
  drawn(uri: vscode.Uri): readonly (readonly MarkerRange[])[] {
    return editorsOf(new Set([uri.toString()])).map((editor) => this.#drawn.get(editor) ?? []);
  }

  dispose(): void {
    this.#listeners.dispose();
    for (const marker of MARKERS) this.#types[marker].dispose();
  }

  #drawAll(uris?: ReadonlySet<string>): void {
    for (const editor of editorsOf(uris)) this.#draw(editor);
  }

  #draw(editor: vscode.TextEditor): void {
    const { document } = editor;
    const ranges = markerRanges(this.#origins.shown(document.uri)?.runs ?? [], document.lineCount);
    const hasNothing = ranges.length === 0 && (this.#drawn.get(editor) ?? []).length === 0;
    if (hasNothing) return;
    this.#drawn.set(editor, ranges);
    for (const marker of MARKERS) {
      const own = ranges.filter((range) => range.marker === marker);
      editor.setDecorations(
        this.#types[marker],
        own.map(
          ({ start, end }) => new vscode.Range(start, 0, end - 1, document.lineAt(end - 1).text.length),
        ),
      );
    }
  }
}

function decorationType(extensionUri: vscode.Uri, marker: Marker): vscode.TextEditorDecorationType {
  const { light, dark } = markerIcon(extensionUri, marker);
  return vscode.window.createTextEditorDecorationType({
    light: { gutterIconPath: light },
    dark: { gutterIconPath: dark },
    overviewRulerColor: new vscode.ThemeColor(RULER[marker]),
    overviewRulerLane: vscode.OverviewRulerLane.Right,
    // A line that is begun before or after a run is not the run's.
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
}

/** Notebooks and other schemes are among them, and nothing is known of those. */
function editorsOf(uris: ReadonlySet<string> | undefined): readonly vscode.TextEditor[] {
  const { visibleTextEditors } = vscode.window;
  return uris
    ? visibleTextEditors.filter(({ document }) => uris.has(document.uri.toString()))
    : visibleTextEditors;
}
