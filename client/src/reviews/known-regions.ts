import * as vscode from 'vscode';
import { AI_REGIONS_REQUEST, type AiRegionsAnswer } from '../../../protocol/reviews';
import { Pause } from '../pause';
import type { ServerProcess } from '../server-process';

/** The server tells of each document; somebody who reviews is not typing. */
const QUIET_MS = 150;
const LONGEST_MS = 1_000;

/**
 * The AI regions that wait for a review, as the server last told. It is asked while somebody wants to know: asking
 * has it look through files that are not open.
 */
export class KnownRegions implements vscode.Disposable {
  readonly #server: ServerProcess;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #again = new Pause(QUIET_MS, LONGEST_MS, () => void this.#askAgain());
  readonly #listeners: vscode.Disposable;
  #answer: AiRegionsAnswer | undefined;
  /** How often the answer became another one, and how often when the last one was asked for. */
  #told = 0;
  #toldAtAnswer = -1;
  #isAsking = false;
  #wanting = 0;

  /** Fires after another answer came, or none is there any more. */
  readonly onDidChange = this.#changed.event;

  constructor(server: ServerProcess) {
    this.#server = server;
    this.#listeners = vscode.Disposable.from(
      server.onDidTellRegions(() => this.#outdate()),
      server.onDidChange(({ kind }) => {
        if (kind === 'running') this.#outdate();
        else if (this.#answer) {
          this.#toldAtAnswer = -1;
          this.#take(undefined);
        }
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#outdate()),
    );
  }

  /** Undefined while nothing was told. */
  get answer(): AiRegionsAnswer | undefined {
    return this.#answer;
  }

  /** Keeps the answer up to date until what it answers is disposed. */
  want(): vscode.Disposable {
    this.#wanting++;
    void this.#askAgain();
    return new vscode.Disposable(() => this.#wanting--);
  }

  /**
   * Asks until an answer has what is wanted.
   * @param wanted answers undefined while it is not there
   * @returns undefined when it did not come in time
   */
  async until<T>(
    wanted: (answer: AiRegionsAnswer) => T | undefined,
    limitMs: number,
  ): Promise<T | undefined> {
    const found = () => (this.#answer && !this.#isStale ? wanted(this.#answer) : undefined);
    const wanting = this.want();
    try {
      return await new Promise<T | undefined>((resolve) => {
        const look = () => {
          const value = found();
          if (value === undefined) return;
          end(value);
        };
        const listener = this.onDidChange(look);
        const timer = setTimeout(() => end(undefined), limitMs);
        const end = (value: T | undefined) => {
          clearTimeout(timer);
          listener.dispose();
          resolve(value);
        };
        look();
      });
    } finally {
      wanting.dispose();
    }
  }

  dispose(): void {
    this.#listeners.dispose();
    this.#again.dispose();
    this.#changed.dispose();
  }

  #outdate(): void {
    this.#told++;
    this.#again.begin();
  }

  async #askAgain(): Promise<void> {
    const { client } = this.#server;
    if (!client || this.#wanting === 0 || this.#isAsking || !this.#isStale) return;
    this.#isAsking = true;
    const told = this.#told;
    try {
      const answer = await client.sendRequest<AiRegionsAnswer>(AI_REGIONS_REQUEST);
      this.#toldAtAnswer = told;
      this.#take(withOwnUris(answer));
    } catch (error) {
      // Whatever happens next makes the server tell, or ends it.
      client.warn('The AI regions to review are not known', error);
    } finally {
      this.#isAsking = false;
      if (told !== this.#told) this.#again.begin();
    }
  }

  get #isStale(): boolean {
    return this.#toldAtAnswer !== this.#told;
  }

  #take(answer: AiRegionsAnswer | undefined): void {
    this.#answer = answer;
    this.#changed.fire(undefined);
  }
}

/** URIs as the editor writes them, however the server does. */
function withOwnUris(answer: AiRegionsAnswer): AiRegionsAnswer {
  const unreviewed = answer.unreviewed.map((region) => ({
    ...region,
    uri: vscode.Uri.parse(region.uri).toString(),
  }));
  return { ...answer, unreviewed };
}
