/**
 * The only mutable state of the server: the open documents and the settings they are checked with.
 * Notification handlers change it; request handlers read from it.
 */
import type { TextDocument, TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';

import { type Grammar, grammarForDocument } from '../../../grammars/languages';
import type { Parser } from '../../../grammars/parser';
import { ENGINE_RULES } from '../analysis/engine-rules';
import type { OnRuleError } from '../analysis/file-analysis';
import { areAlike, type Finding } from '../analysis/finding';
import type { CheckedText } from '../analysis/fix-check';
import type { Rule, RuleMeta } from '../analysis/rule';
import type { Cancel, Host } from '../host/host';
import { analyseText } from './analyse-text';
import { ConfigurationFiles, isConfigurationFile } from './configuration/configuration-files';
import { ConfigurationDocument } from './configuration-document';
import { type ClientSettings, type DocumentSettings, SettingsOfDocuments } from './document-settings';
import { OpenDocument } from './open-document';
import { shownFindings } from './shown-findings';
import { WorkspaceFolders } from './workspace-folders';

/** A pause in typing after which what the last edits left open is read afresh. */
const SETTLE_AFTER_MS = 300;
/** So long are former findings kept while the text does not parse; then the tree rules. */
const LONGEST_HOLD_MS = 2_000;

/** What was not checked, or not wholly. */
export interface Degraded {
  readonly uri: string;
  readonly cause: string;
}

export interface SessionOptions {
  readonly host: Host;
  readonly parsers: Readonly<Record<Grammar, Parser>>;
  readonly rules: readonly Rule[];
  /** Whether configuration files may be read; `trust` says so later. */
  readonly isTrusted: boolean;
  /** Called when what an edit left open was read; `isChanged` says whether other findings are shown now. */
  readonly onSettled: (uri: string, isChanged: boolean) => void;
  /** Tests rethrow. */
  readonly onRuleError?: (rule: Rule, error: unknown) => void;
}

interface Entry {
  readonly document: OpenDocument;
  /** No other document of the session has it, not even a later one of the same URI. */
  readonly number: number;
  cancelSettle: Cancel | undefined;
  heldSince: number | undefined;
}

export class Session {
  readonly #options: SessionOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #configurations = new Map<string, ConfigurationDocument>();
  readonly #folders = new WorkspaceFolders();
  readonly #files: ConfigurationFiles;
  readonly #settings: SettingsOfDocuments;
  readonly #ruleIds: ReadonlySet<string>;
  #started = 0;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#ruleIds = new Set(this.rules.map(({ id }) => id));
    this.#files = new ConfigurationFiles(options.host, this.#ruleIds, options.isTrusted);
    this.#settings = new SettingsOfDocuments(this.#files, this.#folders);
  }

  get host(): Host {
    return this.#options.host;
  }

  get rules(): readonly RuleMeta[] {
    return [...this.#options.rules, ...ENGINE_RULES];
  }

  get uris(): readonly string[] {
    return [...this.#entries.keys(), ...this.#configurations.keys()];
  }

  /** @param uris of the workspace folders; paths are told below them, and configuration files are read there. */
  setFolders(uris: readonly string[]): void {
    this.#folders.set(uris);
    this.#files.forget();
    for (const [uri, { document }] of this.#entries) {
      if (document.path !== this.#folders.pathOf(uri)) this.#start(document.text);
    }
  }

  get folders(): readonly string[] {
    return this.#folders.uris;
  }

  /** Opens a document. Files of languages that are not parsed are passed over. */
  open(text: TextDocument): void {
    this.close(text.uri);
    if (!isConfigurationFile(text.uri)) this.#start(text);
    else this.#configurations.set(text.uri, new ConfigurationDocument(text, this.#ruleIds, ++this.#started));
  }

  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): void {
    this.#configurations.get(uri)?.change(version, changes);
    const entry = this.#entries.get(uri);
    if (!entry) return;
    const { document } = entry;
    const isDone = this.#attempt(document, () => document.change(version, changes, this.#isDeferred(uri)));
    if (isDone) this.#scheduleSettle(uri, entry);
  }

  /** Reads and evaluates what was put off; answers whether other findings are shown now. */
  save(uri: string): boolean {
    const entry = this.#entries.get(uri);
    if (!entry) return false;
    const { document } = entry;
    const before = document.findings;
    const isDone = this.#attempt(document, () => {
      if (document.isHeld) {
        entry.cancelSettle?.();
        entry.heldSince = undefined;
        document.settle(true, false);
      } else {
        document.evaluate();
      }
    });
    return !isDone || !areAlike(before, document.findings);
  }

  close(uri: string): void {
    this.#stop(uri);
    this.#configurations.delete(uri);
    this.#settings.delete(uri);
  }

  /** The present text of an open document, also of a configuration file. */
  text(uri: string): TextDocument | undefined {
    return (this.#entries.get(uri)?.document ?? this.#configurations.get(uri))?.text;
  }

  /** A document whose code is checked. */
  document(uri: string): OpenDocument | undefined {
    return this.#entries.get(uri)?.document;
  }

  /** Names the present state of a document's findings before selection; undefined when it is not open. */
  revisionOf(uri: string): string | undefined {
    const entry = this.#entries.get(uri);
    if (entry) return `${entry.number}.${entry.document.revision}`;
    return this.#configurations.get(uri)?.revision;
  }

  /** Until settings are known nothing is deferred and the defaults hold. */
  setSettings(uri: string, settings: ClientSettings): void {
    if (!this.text(uri)) return;
    this.#settings.set(uri, settings);
    if (!this.#isDeferred(uri)) this.document(uri)?.evaluate();
  }

  settings(uri: string): DocumentSettings | undefined {
    return this.#settings.get(uri);
  }

  /** Reads the configuration files again; answers the documents of which something else may be shown now. */
  reloadConfiguration(): readonly string[] {
    return this.#settings.reload();
  }

  /** From here on configuration files count; answers as `reloadConfiguration`. */
  trust(): readonly string[] {
    this.#files.trust();
    return this.#settings.reload();
  }

  /** What is shown of a document: selected by its settings; empty where it is switched off. */
  shown(uri: string): readonly Finding[] {
    const document = this.document(uri) ?? this.#configurations.get(uri);
    const settings = this.#settings.get(uri);
    if (!document || !settings?.isEnabled) return [];
    return shownFindings(document.findings, this.#folders.pathOf(uri), settings).shown;
  }

  /** Parses and analyses a text as if it were a document's, without a trace: for checking fixes. */
  analyse(text: string, document: OpenDocument): CheckedText {
    const { path, parser } = document;
    return analyseText(text, { path, parser, rules: this.#options.rules, onRuleError: this.#onRuleError });
  }

  /**
   * What was not checked in the open documents that are switched on, and why; and the configuration files of
   * which not all is in force for them.
   */
  get degraded(): readonly Degraded[] {
    const causes = new Map<string, string>();
    for (const uri of this.uris.filter((each) => this.#settings.get(each)?.isEnabled)) {
      const file = this.#settings.fileFor(uri);
      if (file?.cause !== undefined) causes.set(file.uri, file.cause);
      const cause = this.document(uri)?.degradedBy;
      if (cause !== undefined) causes.set(uri, cause);
    }
    return [...causes].map(([uri, cause]) => ({ uri, cause }));
  }

  dispose(): void {
    for (const uri of this.uris) this.close(uri);
  }

  /** Makes the document that belongs to a text; where that fails the file is not checked. */
  #start(text: TextDocument): void {
    this.#stop(text.uri);
    const path = this.#folders.pathOf(text.uri);
    const grammar = grammarForDocument(path, text.languageId);
    if (!grammar) return;
    const { host, parsers, rules } = this.#options;
    try {
      const document = new OpenDocument(text, {
        path,
        grammar,
        parser: parsers[grammar],
        rules,
        onRuleError: this.#onRuleError,
        suppression: () => ({ today: host.today(), isRule: (id) => this.#ruleIds.has(id) }),
        now: () => host.now(),
      });
      // A first parse is fresh: it needs no settling.
      const number = ++this.#started;
      this.#entries.set(text.uri, { document, number, cancelSettle: undefined, heldSince: undefined });
    } catch (error) {
      host.log('error', `${path} cannot be checked: ${stackOf(error)}`);
    }
  }

  /** What fails half-way may leave the syntax of neither text: begins anew with the one that the client has. */
  #attempt(document: OpenDocument, action: () => void): boolean {
    try {
      action();
      return true;
    } catch (error) {
      this.host.log('error', `Checking ${document.path} failed: ${stackOf(error)}`);
      this.#start(document.text);
      return false;
    }
  }

  #stop(uri: string): void {
    const entry = this.#entries.get(uri);
    entry?.cancelSettle?.();
    entry?.document.dispose();
    this.#entries.delete(uri);
  }

  readonly #onRuleError: OnRuleError = (rule, file, error) => {
    const { host, onRuleError } = this.#options;
    host.log('error', `${rule.id} failed on ${file.path}: ${stackOf(error)}`);
    onRuleError?.(rule, error);
  };

  #isDeferred(uri: string): boolean {
    return this.#settings.get(uri)?.run === 'onSave';
  }

  #scheduleSettle(uri: string, entry: Entry): void {
    const { host } = this.#options;
    entry.cancelSettle?.();
    entry.cancelSettle = undefined;
    if (!entry.document.isHeld) entry.heldSince = undefined;
    else entry.heldSince ??= host.now();
    if (!entry.document.isUnsettled) return;
    const left =
      entry.heldSince === undefined ? LONGEST_HOLD_MS : entry.heldSince + LONGEST_HOLD_MS - host.now();
    entry.cancelSettle = host.after(Math.max(0, Math.min(SETTLE_AFTER_MS, left)), () =>
      this.#settle(uri, entry),
    );
  }

  #settle(uri: string, entry: Entry): void {
    const { host, onSettled } = this.#options;
    const { document, heldSince } = entry;
    const before = document.findings;
    const isOver = heldSince !== undefined && host.now() - heldSince >= LONGEST_HOLD_MS;
    const isDone = this.#attempt(document, () => document.settle(isOver, this.#isDeferred(uri)));
    if (isDone && document.isHeld) {
      const left = (heldSince ?? host.now()) + LONGEST_HOLD_MS - host.now();
      entry.cancelSettle = host.after(Math.max(1, left), () => this.#settle(uri, entry));
      return;
    }
    entry.heldSince = undefined;
    onSettled(uri, !isDone || !areAlike(before, document.findings));
  }
}

function stackOf(error: unknown): string {
  return String(error instanceof Error ? error.stack : error);
}
