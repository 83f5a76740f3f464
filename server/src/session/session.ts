/**
 * The only mutable state of the server: the open documents and the settings they are checked with.
 * Notification handlers change it; request handlers read from it.
 */
import type { TextDocument, TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';

import type { Grammar } from '../../../grammars/languages';
import type { Parser } from '../../../grammars/parser';
import { ENGINE_RULES } from '../analysis/engine-rules';
import { areAlike, type Finding } from '../analysis/finding';
import type { Rule, RuleMeta } from '../analysis/rule';
import { stackOf } from '../analysis/stack-of';
import type { Host } from '../host/host';
import type { PlacedTouch } from '../models/security-touches';
import type { AiLines } from '../origin/ai-lines';
import { fixesBefore, ResolvedRecords } from '../resolved/resolved-records';
import { aiCodeOf, type RulesById } from './ai-code-of';
import { type ClosedFile, type ClosedFileRequest, checkClosedFile } from './closed-file';
import type { SuppressEntry } from './configuration/configuration';
import { type ConfigurationFile, ConfigurationFiles } from './configuration/configuration-files';
import { CONFIGURATION_NAME, isConfigurationFile } from './configuration/configuration-name';
import type { ConfigurationProblem } from './configuration/configuration-problem';
import { DocumentMaker } from './document-maker';
import { type ClientSettings, type DocumentSettings, SettingsOfDocuments } from './document-settings';
import type { OpenDocument, OpenDocumentOptions } from './open-document';
import { OpenDocuments } from './open-documents';
import { type ShownFindings, shownFindings } from './shown-findings';
import type { StartTextRun } from './text-runs';
import { WorkspaceFolders } from './workspace-folders';

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
  /** Whether the client itself underlines what is broken JSON. */
  readonly underlinesJson?: boolean;
  /** Checks what would keep everything else waiting. */
  readonly startRun: StartTextRun;
  /** Called when what was left open was read or checked; `isChanged` says whether other findings are shown now. */
  readonly onSettled: (uri: string, isChanged: boolean) => void;
  /** Which lines of the present text of an open document AI tools are known to have written; of none unless given. */
  readonly aiLinesOf?: (text: TextDocument) => readonly AiLines[];
  /** Called when the settings of an open document are known, and when they are others. */
  readonly onSettings?: (uri: string) => void;
  /** Called when `extendedFiles` may be others. */
  readonly onExtended?: () => void;
  /** Called when the configuration files are read again. */
  readonly onReload?: () => void;
  /** Tests rethrow. */
  readonly onRuleError?: (rule: Rule, error: unknown) => void;
}

export class Session {
  readonly #options: SessionOptions;
  readonly #folders = new WorkspaceFolders();
  readonly #files: ConfigurationFiles;
  readonly #settings: SettingsOfDocuments;
  readonly #documents: OpenDocuments;
  readonly #rulesById: RulesById;
  readonly #resolved: ResolvedRecords;
  #isTrusted: boolean;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#isTrusted = options.isTrusted;
    this.#resolved = new ResolvedRecords(options.host);
    this.#rulesById = new Map(this.rules.map((rule) => [rule.id, rule]));
    const ruleIds = new Set(this.#rulesById.keys());
    this.#files = new ConfigurationFiles(options.host, ruleIds, options.isTrusted, options.onExtended);
    this.#settings = new SettingsOfDocuments(this.#files, this.#folders);
    const maker = new DocumentMaker({
      ...options,
      onRuleError: this.#onRuleError,
      isRule: (id) => ruleIds.has(id),
      pathOf: (uri) => this.#folders.pathOf(uri),
      problemsOf: (whole, text) => this.#problemsOf(whole, text),
      onChecked: options.onSettled,
    });
    const isDeferred = (uri: string) => this.#isDeferred(uri);
    this.#documents = new OpenDocuments({ ...options, maker, isDeferred });
  }

  get host(): Host {
    return this.#options.host;
  }

  get rules(): readonly RuleMeta[] {
    return [...this.#options.rules, ...ENGINE_RULES];
  }

  get uris(): readonly string[] {
    return this.#documents.uris;
  }

  /** @param uris of the workspace folders; paths are told below them, and configuration files are read there. */
  setFolders(uris: readonly string[]): void {
    this.#folders.set(uris);
    this.#files.forget();
    for (const uri of this.uris) {
      const document = this.document(uri);
      if (document && document.path !== this.#folders.pathOf(uri)) this.#documents.start(document.text);
    }
    this.#restartConfigurations();
  }

  get folders(): readonly string[] {
    return this.#folders.uris;
  }

  open(text: TextDocument): void {
    this.close(text.uri);
    this.#documents.start(text);
  }

  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): void {
    this.#documents.change(uri, version, changes);
  }

  /** Reads and evaluates what was put off; answers whether other findings are shown now. */
  save(uri: string): boolean {
    return this.#documents.finish(uri);
  }

  close(uri: string): void {
    this.#documents.stop(uri);
    this.#settings.delete(uri);
  }

  /** The present text of an open document. */
  text(uri: string): TextDocument | undefined {
    return this.document(uri)?.text;
  }

  document(uri: string): OpenDocument | undefined {
    return this.#documents.get(uri);
  }

  /** Names the present state of a document's findings before selection; undefined when it is not open. */
  revisionOf(uri: string): string | undefined {
    return this.#documents.revisionOf(uri);
  }

  /** Until settings are known nothing is deferred and the defaults hold. */
  setSettings(uri: string, settings: ClientSettings): void {
    if (!this.text(uri)) return;
    this.#settings.set(uri, settings);
    if (!this.#isDeferred(uri)) this.#documents.evaluate(uri);
    this.#options.onSettings?.(uri);
  }

  settings(uri: string): DocumentSettings | undefined {
    return this.#settings.get(uri);
  }

  /** Reads the configuration files again; answers the documents of which something else may be shown now. */
  reloadConfiguration(): readonly string[] {
    this.#options.onReload?.();
    const changed = this.#settings.reload();
    for (const uri of changed) this.#options.onSettings?.(uri);
    return [...new Set([...changed, ...this.#restartConfigurations()])];
  }

  /** The configuration files that count for open documents, and those of the workspace folders themselves. */
  get configurations(): readonly ConfigurationFile[] {
    const ofFolders = this.folders.map((uri) => `${uri.replace(/\/$/, '')}/${CONFIGURATION_NAME}`);
    const found = [...ofFolders, ...this.uris].flatMap((uri) => this.configurationFor(uri) ?? []);
    return [...new Map(found.map((file) => [file.uri, file])).values()];
  }

  /** The configuration file that counts for a document. */
  configurationFor(uri: string): ConfigurationFile | undefined {
    return this.#files.nearest(uri, this.#folders.rootOf(uri));
  }

  /** The entries of `suppress` in a text that is to be the one of a configuration. */
  suppressEntriesIn(text: string): readonly SuppressEntry[] {
    return this.#files.suppressEntriesIn(text);
  }

  /** The URIs of the files that configuration files extend, of those also that are not there yet. */
  get extendedFiles(): ReadonlySet<string> {
    return this.#files.extended;
  }

  /** From here on configuration files count; answers as `reloadConfiguration`. */
  trust(): readonly string[] {
    this.#isTrusted = true;
    this.#files.trust();
    return this.reloadConfiguration();
  }

  /** Reads the records of fixes again; answers the documents of which something else may be shown now. */
  reloadResolved(): readonly string[] {
    const told = (uri: string) => JSON.stringify(this.#resolved.of(uri));
    const before = this.uris.map((uri) => [uri, told(uri)] as const);
    this.#resolved.forget();
    return before.flatMap(([uri, fixes]) => (told(uri) === fixes ? [] : [uri]));
  }

  /** What is shown of a document: selected by its settings; empty where it is switched off. */
  shown(uri: string): readonly Finding[] {
    return this.#selected(uri)?.shown ?? [];
  }

  /** What would be shown of a document but for its configuration. */
  suppressedByConfiguration(uri: string): readonly Finding[] {
    return (this.#selected(uri)?.suppressed ?? []).map(({ finding }) => finding);
  }

  /** What security depends on in an open document; none where it cannot be read, or is read elsewhere. */
  touches(uri: string): readonly PlacedTouch[] {
    return this.#documents.touches(uri);
  }

  /**
   * Checks a file that is not open, in another thread, for whoever wants to know of it before it is opened. What is
   * shown of it is known once the client's settings for it are.
   *
   * @returns `shown` as of an open document. Never comes once it is aborted.
   */
  async checkClosed(
    { uri, text, signal }: Pick<ClosedFileRequest, 'uri' | 'text' | 'signal'>,
    byClient: ClientSettings,
    aiLines: readonly AiLines[],
  ): Promise<ClosedFile & { readonly shown: readonly Finding[] }> {
    const path = this.#folders.pathOf(uri);
    const request = { uri, path, text, today: this.host.today(), signal, log: this.host.log };
    const closed = await checkClosedFile(request, this.#options.startRun);
    const settings = this.#settings.inForce(uri, byClient);
    if (!settings.isEnabled) return { ...closed, shown: [], cause: undefined };
    const aiCode = aiCodeOf(closed.text, () => aiLines, this.#rulesById);
    const { shown } = shownFindings(closed.findings, path, settings, aiCode, this.#fixesBefore(uri));
    return { ...closed, shown };
  }

  #selected(uri: string): ShownFindings | undefined {
    const document = this.document(uri);
    const settings = this.#settings.get(uri);
    if (!document || !settings?.isEnabled) return undefined;
    const { aiLinesOf } = this.#options;
    const { text } = document;
    const aiCode = aiLinesOf && aiCodeOf(text, () => aiLinesOf(text), this.#rulesById);
    const path = this.#folders.pathOf(uri);
    return shownFindings(document.findings, path, settings, aiCode, this.#fixesBefore(uri));
  }

  #fixesBefore(uri: string): ReturnType<typeof fixesBefore> {
    return this.#isTrusted ? fixesBefore(this.#resolved.of(uri)) : undefined;
  }

  /**
   * What was not checked in the open documents that are switched on, and why; and the configuration files of
   * which not all is in force for them.
   */
  get degraded(): readonly Degraded[] {
    const causes = new Map<string, string>();
    for (const uri of this.uris.filter((each) => this.#settings.get(each)?.isEnabled)) {
      const file = this.configurationFor(uri);
      if (file?.cause !== undefined) causes.set(file.uri, file.cause);
      const cause = this.document(uri)?.degradedBy;
      if (cause !== undefined) causes.set(uri, cause);
    }
    return [...causes].map(([uri, cause]) => ({ uri, cause }));
  }

  /** Whether an open document is still being checked. */
  get isChecking(): boolean {
    return this.#documents.isChecking;
  }

  dispose(): void {
    for (const uri of this.uris) this.close(uri);
  }

  /** **Invariant:** the client and the server do not underline the same fault. */
  #problemsOf(whole: string, { uri, languageId }: TextDocument): readonly ConfigurationProblem[] {
    const problems = this.#files.problemsOf(whole, uri, this.#folders.rootOf(uri));
    const isTold = this.#options.underlinesJson && /^jsonc?$/.test(languageId);
    return isTold ? problems.filter(({ isOfJson }) => !isOfJson) : problems;
  }

  /** What is wrong in a configuration depends on the files that it extends; answers where it is something else. */
  #restartConfigurations(): string[] {
    return this.uris.filter(isConfigurationFile).filter((uri) => {
      const document = this.document(uri);
      if (!document) return false;
      this.#documents.start(document.text);
      return !areAlike(document.findings, this.document(uri)?.findings ?? []);
    });
  }

  readonly #onRuleError: OpenDocumentOptions['onRuleError'] = (rule, file, error) => {
    const { host, onRuleError } = this.#options;
    host.log('error', `${rule.id} failed on ${file.path}: ${stackOf(error)}`);
    onRuleError?.(rule, error);
  };

  #isDeferred(uri: string): boolean {
    return this.#settings.get(uri)?.run === 'onSave';
  }
}
