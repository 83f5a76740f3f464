// What menus and key bindings know of reviews: the context keys of the file in front.
import * as vscode from 'vscode';
import type { OriginRun } from '../../../protocol/origin';
import type { KnownOrigins } from '../origin/known-origins';
import type { KnownRegions } from './known-regions';
import { unreviewedLines } from './unreviewed-lines';

/** Whether it is known, or being found out, who wrote the lines of the file in front. */
const ORIGINS = 'countersign.originsKnown';
/** Its AI lines that nobody countersigned, from 1 as menus of the gutter count. */
const LINES = 'countersign.unreviewedLines';
/** Whether it has such lines. */
const FILE = 'countersign.hasUnreviewedLines';
/** Whether there is a region to go to, in any file. */
const REGIONS = 'countersign.hasRegions';

export function keepReviewContext(origins: KnownOrigins, regions: KnownRegions): vscode.Disposable {
  const told = new Map<string, string>();
  const tell = (key: string, value: boolean | readonly number[]) => {
    const text = JSON.stringify(value);
    if (told.get(key) === text) return;
    told.set(key, text);
    void vscode.commands.executeCommand('setContext', key, value);
  };
  const update = () => {
    const front = vscode.window.activeTextEditor?.document.uri;
    const known = front && vscode.workspace.isTrusted ? origins.of(front) : undefined;
    const runs: readonly OriginRun[] = known?.runs ?? [];
    const lines = unreviewedLines(runs).map((line) => line + 1);
    tell(ORIGINS, known?.said !== undefined && known.said.state !== 'unavailable');
    tell(LINES, lines);
    tell(FILE, lines.length > 0);
    tell(REGIONS, lines.length > 0 || (regions.answer?.unreviewed.length ?? 0) > 0);
  };
  update();
  return vscode.Disposable.from(
    origins.onDidChange(update),
    regions.onDidChange(update),
    vscode.window.onDidChangeActiveTextEditor(update),
  );
}
