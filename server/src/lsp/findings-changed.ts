/** Tells the client that findings changed without its asking: by push, by a request to pull, by the status. */
import { STATUS_NOTIFICATION, type StatusParams } from '../../../protocol/messages';
import { CONFIGURATION_READ_NOTIFICATION } from '../../../protocol/suppressions';
import type { Cancel } from '../host/host';
import type { Context } from './context';
import { guarded } from './guard';
import { raisedIn } from './raised-in';
import { settingsOf } from './settings';
import { toDiagnostic } from './to-lsp';

/** Several changes in a row are told once. */
const PAUSE_MS = 50;
/** While somebody types, a text is often broken for a moment; that is no news until the typing has paused. */
const TYPING_PAUSE_MS = 2_000;

export class FindingsChanged {
  readonly #context: Context;
  #cancelRefresh: Cancel | undefined;
  #cancelRead: Cancel | undefined;
  #cancelStatus: Cancel | undefined;
  #told: StatusParams = { state: 'running', degraded: [] };
  #lastEdit = Number.NEGATIVE_INFINITY;

  constructor(context: Context) {
    this.#context = context;
  }

  /** Clients that pull ask by themselves. */
  afterOpen(uri: string): void {
    if (!this.#context.client.pullsDiagnostics) this.#publish(uri);
    this.tellStatus();
  }

  /** As after opening, but what is worse now may be so for a moment only. */
  afterEdit(uri: string): void {
    this.#lastEdit = this.#context.session.host.now();
    this.afterOpen(uri);
  }

  /** Without an edit: a settled parse, other settings. */
  withoutEdit(uris: readonly string[]): void {
    const { client, session, connection } = this.#context;
    if (!client.pullsDiagnostics) for (const uri of uris) this.#publish(uri);
    else if (uris.length > 0) {
      this.#cancelRefresh?.();
      this.#cancelRefresh = session.host.after(PAUSE_MS, () =>
        this.#send('refresh', () => connection.languages.diagnostics.refresh()),
      );
    }
    this.tellStatus();
  }

  /** Who wrote the lines of a document is known otherwise; that seldom changes a finding. */
  afterOrigins(uri: string): void {
    const { raisedTold, session } = this.#context;
    const told = raisedTold.get(uri);
    // What was never asked for or told is told as it is then.
    if (told !== undefined && told !== raisedIn(session.shown(uri))) this.withoutEdit([uri]);
  }

  /** A closed document has no findings. */
  afterClose(uri: string): void {
    const { client, connection, raisedTold } = this.#context;
    raisedTold.delete(uri);
    if (!client.pullsDiagnostics) {
      this.#send('publishDiagnostics', () => connection.sendDiagnostics({ uri, diagnostics: [] }));
    }
    this.tellStatus();
  }

  /** Tells that configuration files are read again. */
  tellReload(): void {
    const { client, connection, session } = this.#context;
    if (!client.hasCommands) return;
    this.#cancelRead?.();
    this.#cancelRead = session.host.after(PAUSE_MS, () =>
      this.#send('configurationRead', () => connection.sendNotification(CONFIGURATION_READ_NOTIFICATION)),
    );
  }

  tellStatus(): void {
    const { client, session } = this.#context;
    if (!client.hasCommands) return;
    const isWorse = session.degraded.length > this.#told.degraded.length;
    const sinceEdit = session.host.now() - this.#lastEdit;
    const pause = isWorse ? Math.max(PAUSE_MS, TYPING_PAUSE_MS - sinceEdit) : PAUSE_MS;
    this.#cancelStatus?.();
    this.#cancelStatus = session.host.after(pause, () => this.#send('status', () => this.#sendStatus()));
  }

  async #sendStatus(): Promise<void> {
    const { session, connection } = this.#context;
    await Promise.all(session.uris.map((uri) => settingsOf(this.#context, uri)));
    const state = session.isChecking ? 'running' : 'ready';
    const status: StatusParams = { state, degraded: session.degraded };
    if (JSON.stringify(status) === JSON.stringify(this.#told)) return;
    this.#told = status;
    await connection.sendNotification(STATUS_NOTIFICATION, status);
  }

  dispose(): void {
    this.#cancelRead?.();
    this.#cancelRefresh?.();
    this.#cancelStatus?.();
  }

  #publish(uri: string): void {
    const { session, connection } = this.#context;
    this.#send('publishDiagnostics', async () => {
      await settingsOf(this.#context, uri);
      const document = session.text(uri);
      if (!document) return;
      const shown = session.shown(uri);
      this.#context.raisedTold.set(uri, raisedIn(shown));
      const diagnostics = shown.map((finding) => toDiagnostic(document, finding));
      await connection.sendDiagnostics({ uri, version: document.version, diagnostics });
    });
  }

  /** Nobody waits for these, so nobody else would hear that one failed. */
  #send(name: string, send: () => Promise<void>): void {
    void guarded(name, this.#context.session.host.log, undefined, send);
  }
}
