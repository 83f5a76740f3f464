/** Watches for fixes that a person applies and saves, and has them recorded. */
import type { Git } from '../host/git';
import type { AppliedFixes } from '../session/resolved/applied-fixes';
import { FixRecorder, type SavedText } from '../session/resolved/fix-recorder';
import type { Context } from './context';
import type { GoneParts } from './gone-findings';
import { guarded } from './guard';
import { answerOf } from './settings';

export interface FixRecordingParts {
  readonly git: Git;
  /** Of the product. */
  readonly version: string;
  readonly isTrusted: () => boolean;
  /** Called with the documents of which something else may be shown now. */
  readonly onRecorded: (uris: readonly string[]) => void;
}

export class FixRecording {
  readonly #context: Context;
  readonly #parts: FixRecordingParts;
  readonly #recorder: FixRecorder;
  /** What a person is told, and has recorded, of files. */
  readonly gone: GoneParts;
  readonly #ending = new AbortController();
  /** One after the other: two savings of a file must not record the same twice. */
  #last: Promise<void> = Promise.resolve();

  constructor(context: Context, parts: FixRecordingParts) {
    this.#context = context;
    this.#parts = parts;
    this.gone = { ...parts, signal: this.#ending.signal };
    const { session } = context;
    const check = async (uri: string, text: string) => {
      const settings = await answerOf(context, uri);
      const closed = await session.checkClosed({ uri, text, signal: this.#ending.signal }, settings, []);
      return closed.isChecked ? closed.findings : undefined;
    };
    this.#recorder = new FixRecorder({ ...parts, host: session.host, check });
  }

  /** A document was saved, and what was put off until then is evaluated. */
  saved(uri: string): void {
    const { applied, session } = this.#context;
    const document = session.document(uri);
    // While the text cannot be read as a whole, nobody knows what is gone.
    if (!document?.checked || document.degradedBy !== undefined || !this.#parts.isTrusted()) return;
    const before = applied.of(uri);
    applied.settled(uri);
    const saved: SavedText = { uri, text: document.text.getText(), findings: document.checked.findings };
    const action = () => this.#record(saved, before);
    this.#last = this.#last.then(() => guarded('recording fixes', session.host.log, undefined, action));
  }

  /** Records were written. */
  recorded(): void {
    this.#parts.onRecorded(this.#context.session.reloadResolved());
  }

  dispose(): void {
    this.#ending.abort();
  }

  async #record(saved: SavedText, before: ReturnType<AppliedFixes['of']>): Promise<void> {
    const isTakenBack = await this.#recorder.takeBack(saved);
    const isAsked = before.length > 0 && (await answerOf(this.#context, saved.uri)).recordsFixes;
    const isRecorded = isAsked && (await this.#recorder.record(saved, before));
    if (!isTakenBack && !isRecorded) return;
    this.recorded();
  }
}
