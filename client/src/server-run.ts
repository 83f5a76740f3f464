import type { ChildProcess } from 'node:child_process';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  type LanguageClientOptions,
  type MessageTransports,
  type ServerOptions,
} from 'vscode-languageclient/node';

/** A server that has not answered `initialize` by then never will. */
const START_LIMIT_MS = 30_000;

/** How long a server may take to end when it is asked to, before it is killed. */
const STOP_LIMIT_MS = 2_000;

/** After this many errors in a row on the connection it is given up. */
const MAX_CONNECTION_ERRORS = 3;

/**
 * One life of the server: one client, one process. It is started once and never again, because a client
 * whose first start failed cannot be used again.
 */
export class ServerRun {
  readonly client: LanguageClient;
  readonly #client: SilentClient;
  readonly #onLost: (reason: string) => void;
  #ended = false;

  /**
   * @param options of the client; its error handler is set here
   * @param onLost called at most once, when the server has ended without `end()`; nothing of it is left then
   */
  constructor(
    server: ServerOptions,
    options: Omit<LanguageClientOptions, 'errorHandler' | 'initializationFailedHandler'>,
    onLost: (reason: string) => void,
  ) {
    this.#onLost = onLost;
    this.#client = new SilentClient('countersign', 'Countersign', server, {
      ...options,
      errorHandler: {
        error: (error, _message, count) => {
          if ((count ?? 0) <= MAX_CONNECTION_ERRORS) return { action: ErrorAction.Continue, handled: true };
          this.#lost(error.message);
          return { action: ErrorAction.Shutdown, handled: true };
        },
        closed: () => {
          this.#lost(this.#client.exit ?? 'the connection was closed');
          return {
            action: CloseAction.DoNotRestart,
            handled: true,
            message: 'The connection to the server is closed.',
          };
        },
      },
      initializationFailedHandler: () => false,
    });
    this.client = this.#client;
  }

  /** Process id of the server, once it was started. */
  get pid(): number | undefined {
    return this.#client.process?.pid;
  }

  /** Resolves to whether the server runs; when it does not, `onLost` was called or `end()` was. */
  async start(): Promise<boolean> {
    const limit = setTimeout(
      () => this.#lost(`no answer within ${START_LIMIT_MS / 1000} s of the start`),
      START_LIMIT_MS,
    );
    try {
      await this.#client.start();
      return !this.#ended;
    } catch (error) {
      this.#lost(this.#client.exit ?? (error instanceof Error ? error.message : String(error)));
      return false;
    } finally {
      clearTimeout(limit);
    }
  }

  /** Ends the server, killing it when it does not end by itself. Never rejects. */
  async end(): Promise<void> {
    this.#ended = true;
    // Rejects when the client was still starting or the server does not answer; then the process is killed.
    await this.#client.stop(STOP_LIMIT_MS).catch(() => undefined);
    this.#dispose();
  }

  #lost(reason: string): void {
    if (this.#ended) return;
    this.#ended = true;
    // The client clears its findings right after its close handler returned.
    this.#dispose();
    this.#onLost(reason);
  }

  #dispose(): void {
    this.#client.discard();
    (this.#client.visibleDocuments as { dispose?(): void }).dispose?.();
  }
}

/** A client that never shows a notification by itself (the status bar does) and knows its process to the end. */
class SilentClient extends LanguageClient {
  process: ChildProcess | undefined;
  #discarded = false;
  /** How the process ended, once it has. */
  exit: string | undefined;

  override error(message: string, data?: unknown, _showNotification?: boolean | 'force'): void {
    // What follows from the end of the process, with stacks, would bury the line that says why it ended.
    if (this.exit === undefined) super.error(message, data, false);
    else super.debug(message, data, false);
  }

  /** Kills the process; one that is still to be started is killed as soon as it is there. */
  discard(): void {
    this.#discarded = true;
    this.process?.kill('SIGKILL');
  }

  protected override async createMessageTransports(encoding: string): Promise<MessageTransports> {
    const transports = await super.createMessageTransports(encoding);
    this.process = this.serverProcess;
    if (this.#discarded) {
      this.discard();
      throw new Error('the server was stopped before it was there');
    }
    this.process?.once('exit', (code, signal) => {
      this.exit =
        signal === null ? `the process ended with code ${code}` : `the process was ended by ${signal}`;
    });
    return transports;
  }
}
