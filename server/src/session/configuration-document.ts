import type { TextDocument, TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';

import type { Finding } from '../analysis/finding';
import { configurationFindings } from './configuration/configuration-findings';
import { readConfiguration } from './configuration/read-configuration';
import { applyChanges } from './text-changes';

/** A configuration file that is open in the editor. What is in force is the file on disk; this is about the text. */
export class ConfigurationDocument {
  #text: TextDocument;
  #findings: readonly Finding[];
  readonly #ruleIds: ReadonlySet<string>;
  readonly #number: number;

  /** @param number that no other document of the session has. */
  constructor(text: TextDocument, ruleIds: ReadonlySet<string>, number: number) {
    this.#text = text;
    this.#ruleIds = ruleIds;
    this.#number = number;
    this.#findings = this.#read();
  }

  get text(): TextDocument {
    return this.#text;
  }

  /** What is wrong in the present text, in its order, before selection. */
  get findings(): readonly Finding[] {
    return this.#findings;
  }

  /** Names the present state of `findings`. */
  get revision(): string {
    return `${this.#number}.${this.#text.version}`;
  }

  change(version: number, changes: readonly TextDocumentContentChangeEvent[]): void {
    this.#text = applyChanges(this.#text, changes, version).document;
    this.#findings = this.#read();
  }

  #read(): readonly Finding[] {
    const text = this.#text.getText();
    return configurationFindings(text, readConfiguration(text, this.#ruleIds).problems);
  }
}
