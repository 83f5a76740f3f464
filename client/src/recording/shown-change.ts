import * as vscode from 'vscode';
import type { RecordingPlan } from '../../../protocol/recording';

const SCHEME = 'countersign-settings';

/** Shows two texts of a file beside each other, as long as `ask` takes, and closes them again. */
export async function whileShown<T>(
  { file, before, after }: RecordingPlan,
  ask: () => PromiseLike<T>,
): Promise<T> {
  const { t } = vscode.l10n;
  // With the name of the file, for its language; each time other addresses, since the editor keeps what it read.
  const side = (query: string) => vscode.Uri.file(file).with({ scheme: SCHEME, query });
  const [left, right] = [side(`before-${Date.now()}`), side(`after-${Date.now()}`)];
  const texts = new Map([
    [left.toString(), before ?? ''],
    [right.toString(), after ?? ''],
  ]);
  const provider = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: (uri) => texts.get(uri.toString()),
  });
  const name = left.path.slice(left.path.lastIndexOf('/') + 1);
  const title =
    before === null
      ? t('{0} (new file)', name)
      : after === null
        ? t('{0} (removed)', name)
        : t('{0} (present ↔ planned)', name);
  try {
    await vscode.commands.executeCommand('vscode.diff', left, right, title, { preview: true });
    return await ask();
  } finally {
    await close(right);
    provider.dispose();
  }
}

async function close(modified: vscode.Uri): Promise<void> {
  const shown = vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input }) =>
        input instanceof vscode.TabInputTextDiff && input.modified.toString() === modified.toString(),
    );
  await vscode.window.tabGroups.close(shown, true);
}
