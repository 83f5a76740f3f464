import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { STATUS_NOTIFICATION, type StatusParams, TRUSTED_NOTIFICATION } from '../../protocol/messages';
import { ORIGINS_NOTIFICATION, type OriginsParams } from '../../protocol/origin';
import { AI_REGIONS_CHANGED_NOTIFICATION } from '../../protocol/reviews';
import { CONFIGURATION_READ_NOTIFICATION } from '../../protocol/suppressions';
import { recentFailures, waitAfter } from './restart-policy';
import type { ServerFailure, ServerPhase } from './server-phase';
import type { ServerRun } from './server-run';

/** Makes a run that has not started; `onLost` is called when it ends by itself. */
export type NewServerRun = (onLost: (reason: string) => void) => ServerRun;

/**
 * Keeps one server running while it is wanted: starts it again after it ended by itself, with longer and
 * longer waits, and gives up after too many failures.
 *
 * **Invariant:** only the run in `#run` is listened to; an earlier one may still be ending.
 */
export class ServerProcess {
  readonly #newRun: NewServerRun;
  readonly #log: vscode.LogOutputChannel;
  readonly #configurationRead = new vscode.EventEmitter<undefined>();
  readonly #toldOrigins = new vscode.EventEmitter<OriginsParams>();
  readonly #toldRegions = new vscode.EventEmitter<undefined>();
  readonly #changed = new vscode.EventEmitter<ServerPhase>();
  #phase: ServerPhase = { kind: 'stopped' };
  #run: ServerRun | undefined;
  #retry: NodeJS.Timeout | undefined;
  #failures: readonly ServerFailure[] = [];

  /** Fires after the server read configuration files again. */
  readonly onDidReadConfiguration = this.#configurationRead.event;
  /** Fires when the server tells who wrote the lines of a document. */
  readonly onDidTellOrigins = this.#toldOrigins.event;
  /** Fires when other AI regions wait for a review. */
  readonly onDidTellRegions = this.#toldRegions.event;
  /** Fires after `phase` has changed. */
  readonly onDidChange = this.#changed.event;

  constructor(newRun: NewServerRun, log: vscode.LogOutputChannel) {
    this.#newRun = newRun;
    this.#log = log;
  }

  get phase(): ServerPhase {
    return this.#phase;
  }

  /** The last time that the server ended by itself, since a person last started it. */
  get lastFailure(): ServerFailure | undefined {
    return this.#failures.at(-1);
  }

  /** The client, while the server runs. */
  get client(): LanguageClient | undefined {
    return this.#phase.kind === 'running' ? this.#run?.client : undefined;
  }

  /** Process id of the server, while it runs. */
  get pid(): number | undefined {
    return this.#run?.pid;
  }

  /** Starts the server unless it runs, is starting, or waits for its next attempt. */
  start(): void {
    if (this.#run || this.#retry) return;
    const run = this.#newRun((reason) => this.#lost(run, reason));
    this.#run = run;
    this.#set({ kind: 'starting' });
    let latest: StatusParams | undefined; // the first may come before the client says that it runs
    run.client.onNotification(STATUS_NOTIFICATION, (status: StatusParams) => {
      latest = status;
      if (this.#run === run && this.#phase.kind === 'running') this.#set({ ...this.#phase, status });
    });
    run.client.onNotification(CONFIGURATION_READ_NOTIFICATION, () => this.#configurationRead.fire(undefined));
    run.client.onNotification(ORIGINS_NOTIFICATION, (origins: OriginsParams) => {
      if (this.#run === run) this.#toldOrigins.fire(origins);
    });
    run.client.onNotification(AI_REGIONS_CHANGED_NOTIFICATION, () => {
      if (this.#run === run) this.#toldRegions.fire(undefined);
    });
    void run.start().then((running) => {
      if (!running || this.#run !== run) return;
      this.#log.info(`The server runs (process ${run.pid}).`);
      this.#set({ kind: 'running', since: Date.now(), status: latest });
    });
  }

  /** Tells the server that the workspace is trusted now; one that is still starting hears of it as well. */
  tellTrusted(): void {
    void this.#run?.client.sendNotification(TRUSTED_NOTIFICATION).catch((error: unknown) => {
      this.#log.warn(`The server could not be told that the workspace is trusted: ${error}`);
    });
  }

  /** Ends the server and any attempt to start it. Resolves within a few seconds, when it is gone. */
  async stop(): Promise<void> {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#failures = [];
    const run = this.#run;
    this.#run = undefined;
    this.#set({ kind: 'stopped' });
    await run?.end();
  }

  /** Ends the server and starts it anew, as a person asked: earlier failures are forgotten. */
  async restart(): Promise<void> {
    await this.stop();
    this.start();
  }

  #lost(run: ServerRun, reason: string): void {
    if (this.#run !== run) return;
    this.#run = undefined;
    this.#failures = [...this.#failures, { time: Date.now(), reason }];
    const times = this.#failures.map(({ time }) => time);
    const waitMs = waitAfter(times);
    this.#failures = this.#failures.slice(-recentFailures(times).length);
    if (waitMs === undefined) {
      this.#log.error(`The server ended by itself: ${reason}. It is not started again until you ask.`);
      this.#set({ kind: 'failed', reason });
      return;
    }
    this.#log.warn(`The server ended by itself: ${reason}. It is started again in ${waitMs / 1000} s.`);
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      this.start();
    }, waitMs);
    this.#set({ kind: 'waiting', reason, waitMs });
  }

  #set(phase: ServerPhase): void {
    this.#phase = phase;
    this.#changed.fire(phase);
  }
}
