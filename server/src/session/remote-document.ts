/**
 * An open document that is checked in a thread of its own, because it is large or slow: after a pause in typing, while
 * the former findings move with the edits. Its syntax is not at hand here, so there are no fixes for it.
 */
import type { TextDocument, TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';

import { areAlike, type Finding } from '../analysis/finding';
import type { PlainSuppression } from '../analysis/suppression';
import type { Cancel, Host } from '../host/host';
import type { Ending } from '../workspace/watched-worker';
import type { OpenDocument } from './open-document';
import { LARGE, MOST_BYTES, TOO_LARGE } from './size-limits';
import { applyChanges, shiftFindings } from './text-changes';
import type { TextAnswer } from './text-job';
import type { TextRun } from './text-runs';
import { whyUnchecked } from './unchecked';

/** A pause in typing after which the text is checked. */
const PAUSE_MS = 300;
/** What a cold thread checks in this time is done in no time where the engine is warm. */
const QUICK_MS = 300;

export interface RemoteDocumentOptions {
  readonly path: string;
  readonly after: Host['after'];
  readonly start: (text: TextDocument) => TextRun;
  readonly log: Host['log'];
  /** Called when the text was checked, or could not be; `isChanged` says whether other findings are shown. */
  readonly onChecked: (isChanged: boolean) => void;
}

export class RemoteDocument implements OpenDocument {
  readonly path: string;
  readonly isUnsettled = false;
  readonly isHeld = false;
  readonly isTooSlow = false;
  readonly isRemote = true;
  readonly file = undefined;
  readonly checked = undefined;
  readonly unread = 'The file is too large for that. Mend it by hand.';
  readonly #options: RemoteDocumentOptions;
  #text: TextDocument;
  #findings: readonly Finding[] = [];
  #suppressions: readonly PlainSuppression[] | undefined;
  #cause: string | undefined;
  #revision = 0;
  /** Milliseconds that the last check took. */
  #took = Number.POSITIVE_INFINITY;
  /** Whether the present text is still to be checked. */
  #isStale = true;
  #run: TextRun | undefined;
  #cancelPause: Cancel | undefined;

  constructor(text: TextDocument, options: RemoteDocumentOptions) {
    this.path = options.path;
    this.#options = options;
    this.#text = text;
    this.evaluate();
  }

  get text(): TextDocument {
    return this.#text;
  }

  get findings(): readonly Finding[] {
    return this.#findings;
  }

  get suppressions(): readonly PlainSuppression[] | undefined {
    return this.#isStale ? undefined : this.#suppressions;
  }

  get revision(): number {
    return this.#revision;
  }

  get degradedBy(): string | undefined {
    return this.#cause;
  }

  get isPending(): boolean {
    return this.#run !== undefined || this.#cancelPause !== undefined;
  }

  /** Whether it may be checked where all others are: it became short, and did not take long. */
  get isOrdinary(): boolean {
    return this.#text.getText().length <= LARGE && this.#took < QUICK_MS;
  }

  change(version: number, changes: readonly TextDocumentContentChangeEvent[], isDeferred: boolean): void {
    this.#stop();
    const applied = applyChanges(this.#text, changes, version);
    this.#text = applied.document;
    this.#findings = shiftFindings(this.#findings, applied.changes);
    this.#isStale = true;
    this.#revision++;
    if (isDeferred) return;
    this.#cancelPause = this.#options.after(PAUSE_MS, () => {
      this.#cancelPause = undefined;
      this.evaluate();
    });
  }

  settle(): void {}

  /** Begins to check the present text, where that was not done yet. */
  evaluate(): void {
    if (!this.#isStale || this.#run) return;
    this.#stop();
    if (this.#text.getText().length > MOST_BYTES) {
      this.#take([], [], TOO_LARGE);
      return;
    }
    const run = this.#options.start(this.#text);
    this.#run = run;
    void run.ending.then((ending) => {
      if (this.#run === run) this.#end(ending);
    });
  }

  recheck(): never {
    throw new Error(`${this.path} is only checked in another thread`);
  }

  dispose(): void {
    this.#stop();
  }

  #stop(): void {
    this.#cancelPause?.();
    this.#cancelPause = undefined;
    this.#run?.cancel();
    this.#run = undefined;
  }

  #end(ending: Ending<TextAnswer>): void {
    const before = this.#findings;
    this.#run = undefined;
    const { path, log, onChecked } = this.#options;
    if ('failure' in ending) {
      log(ending.failure === 'error' ? 'error' : 'warn', `${path} was not checked: ${ending.error}`);
      this.#took = Number.POSITIVE_INFINITY;
      this.#take([], [], whyUnchecked(ending.failure, 'in the log'));
    } else {
      const { findings, suppressions, cause, took, errors } = ending.answer;
      for (const error of errors) log('error', error);
      this.#took = took;
      const own = findings.map((finding): Finding => ({ ...finding, fixes: () => [] }));
      this.#take(own, suppressions, cause);
    }
    onChecked(!areAlike(before, this.#findings));
  }

  #take(
    findings: readonly Finding[],
    suppressions: readonly PlainSuppression[],
    cause: string | undefined,
  ): void {
    this.#findings = findings;
    this.#suppressions = suppressions;
    this.#cause = cause;
    this.#isStale = false;
    this.#revision++;
  }
}
