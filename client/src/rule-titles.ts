import * as vscode from 'vscode';
import { type ListedRule, RULES_REQUEST } from '../../protocol/rules';
import type { ServerProcess } from './server-process';

/** The titles of the rules, asked for once per life of the server. */
export class RuleTitles implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #listener: vscode.Disposable;
  #titles: ReadonlyMap<string, string> = new Map();

  /** Fires when titles have become known. */
  readonly onDidChange = this.#changed.event;

  constructor(server: ServerProcess) {
    let asked: unknown;
    this.#listener = server.onDidChange(() => {
      if (!server.client || server.client === asked) return;
      asked = server.client;
      void this.#ask(server.client);
    });
  }

  of(ruleId: string): string | undefined {
    return this.#titles.get(ruleId);
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
  }

  async #ask(client: NonNullable<ServerProcess['client']>): Promise<void> {
    try {
      const rules = await client.sendRequest<readonly ListedRule[]>(RULES_REQUEST);
      this.#titles = new Map(rules.map(({ id, title }) => [id, title]));
      this.#changed.fire();
    } catch (error) {
      client.warn('The titles of the rules are not known', error);
    }
  }
}
