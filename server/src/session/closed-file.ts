/** Checks the text of a file that is not open, in the background, as it would be if it were open. */
import { TextDocument } from 'vscode-languageserver-textdocument';

import type { Finding } from '../analysis/finding';
import type { Host } from '../host/host';
import type { PlacedTouch } from '../models/security-touches';
import { languageOfFile } from './language-of-file';
import type { StartTextRun } from './text-runs';
import { whyUnchecked } from './unchecked';

export interface ClosedFile {
  readonly text: TextDocument;
  /** In the order of the text, suppressed ones left out, before selection. */
  readonly findings: readonly Finding[];
  readonly touches: readonly PlacedTouch[];
  /** Whether it was checked at all. */
  readonly isChecked: boolean;
  /** Why findings may be missing. */
  readonly cause: string | undefined;
}

export interface ClosedFileRequest {
  readonly uri: string;
  /** Below the workspace folder, with `/`. */
  readonly path: string;
  readonly text: string;
  /** `YYYY-MM-DD` */
  readonly today: string;
  readonly signal: AbortSignal;
  readonly log: Host['log'];
}

/** Never comes once it is aborted. */
export async function checkClosedFile(
  { uri, path, text, today, signal, log }: ClosedFileRequest,
  startRun: StartTextRun,
): Promise<ClosedFile> {
  const document = TextDocument.create(uri, languageOfFile(path, text), 0, text);
  const { languageId } = document;
  const run = startRun({ kind: 'text', uri, path, languageId, text, today, isBackground: true });
  signal.addEventListener('abort', run.cancel);
  const ending = await run.ending;
  signal.removeEventListener('abort', run.cancel);
  if ('failure' in ending) {
    log(ending.failure === 'error' ? 'error' : 'warn', `${path} was not checked: ${ending.error}`);
    const cause = whyUnchecked(ending.failure, 'in the log');
    return { text: document, findings: [], touches: [], isChecked: false, cause };
  }
  const { findings, touches = [], cause } = ending.answer;
  const own = findings.map((finding): Finding => ({ ...finding, fixes: () => [] }));
  return { text: document, findings: own, touches, isChecked: true, cause };
}
