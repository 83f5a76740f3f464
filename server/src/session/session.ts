/**
 * The only mutable state of the server: the open documents and the settings they are checked with.
 * Notification handlers change it; request handlers read from it.
 */
import type { TextDocument, TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';

import { type Grammar, grammarFor } from '../../../grammars/languages';
import type { Parser } from '../../../grammars/parser';
import { ENGINE_RULES } from '../analysis/engine-rules';
import type { OnRuleError } from '../analysis/file-analysis';
import type { Finding } from '../analysis/finding';
import type { CheckedText } from '../analysis/fix-check';
import type { Rule, RuleMeta } from '../analysis/rule';
import { type Selection, select } from '../analysis/selection';
import type { Cancel, Host } from '../host/host';
import { analyseText } from './analyse-text';
import { OpenDocument } from './open-document';

/** A pause in typing after which what the last edits left open is read afresh. */
const SETTLE_AFTER_MS = 300;
/** So long are former findings kept while the text does not parse; then the tree rules. */
const LONGEST_HOLD_MS = 2_000;

/** How a document is checked. */
export interface DocumentSettings {
  readonly isEnabled: boolean;
  readonly run: 'onType' | 'onSave';
  readonly selection: Selection;
}

/** What was not checked, or not wholly. */
export interface Degraded {
  readonly uri: string;
  readonly cause: string;
}

export interface SessionOptions {
  readonly host: Host;
  readonly parsers: Readonly<Record<Grammar, Parser>>;
  readonly rules: readonly Rule[];
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
  readonly #settings = new Map<string, DocumentSettings>();
  readonly #ruleIds: ReadonlySet<string>;
  #folders: readonly string[] = [];
  #started = 0;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#ruleIds = new Set([...options.rules, ...ENGINE_RULES].map((rule) => rule.id));
  }

  get host(): Host {
    return this.#options.host;
  }

  get rules(): readonly RuleMeta[] {
    return [...this.#options.rules, ...ENGINE_RULES];
  }

  get uris(): readonly string[] {
    return [...this.#entries.keys()];
  }

  /** @param uris of the workspace folders; paths are told below them. */
  setFolders(uris: readonly string[]): void {
    this.#folders = [...uris].sort((a, b) => b.length - a.length);
    for (const [uri, { document }] of this.#entries) {
      if (document.path !== this.#pathOf(uri)) this.#start(document.text);
    }
  }

  get folders(): readonly string[] {
    return this.#folders;
  }

  /** Opens a document. Files of languages that are not parsed are passed over. */
  open(text: TextDocument): void {
    this.close(text.uri);
    this.#start(text);
  }

  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): void {
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
    this.#settings.delete(uri);
  }

  document(uri: string): OpenDocument | undefined {
    return this.#entries.get(uri)?.document;
  }

  /** Names the present state of a document's findings before selection; undefined when it is not open. */
  revisionOf(uri: string): string | undefined {
    const entry = this.#entries.get(uri);
    return entry && `${entry.number}.${entry.document.revision}`;
  }

  /** Until settings are known nothing is deferred and the defaults hold. */
  setSettings(uri: string, settings: DocumentSettings): void {
    if (!this.#entries.has(uri)) return;
    this.#settings.set(uri, settings);
    if (!this.#isDeferred(uri)) this.document(uri)?.evaluate();
  }

  settings(uri: string): DocumentSettings | undefined {
    return this.#settings.get(uri);
  }

  /** What is shown of a document: selected by its settings; empty where it is switched off. */
  shown(uri: string): readonly Finding[] {
    const document = this.document(uri);
    const settings = this.#settings.get(uri);
    if (!document || !settings?.isEnabled) return [];
    return select(document.findings, settings.selection, document.path);
  }

  /** Parses and analyses a text as if it were a document's, without a trace: for checking fixes. */
  analyse(text: string, document: OpenDocument): CheckedText {
    const { path, parser } = document;
    return analyseText(text, { path, parser, rules: this.#options.rules, onRuleError: this.#onRuleError });
  }

  /** What was not checked in the open documents that are switched on, and why. */
  get degraded(): readonly Degraded[] {
    return this.uris.flatMap((uri) => {
      const cause = this.#settings.get(uri)?.isEnabled ? this.document(uri)?.degradedBy : undefined;
      return cause === undefined ? [] : [{ uri, cause }];
    });
  }

  dispose(): void {
    for (const uri of this.uris) this.close(uri);
  }

  /** Makes the document that belongs to a text; where that fails the file is not checked. */
  #start(text: TextDocument): void {
    this.#stop(text.uri);
    const path = this.#pathOf(text.uri);
    const grammar = grammarOf(text, path);
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

  #pathOf(uri: string): string {
    const roots = this.#folders.map((folder) => (folder.endsWith('/') ? folder : `${folder}/`));
    const root = roots.find((start) => uri.startsWith(start)) ?? uri.slice(0, uri.lastIndexOf('/') + 1);
    const path = uri.slice(root.length);
    try {
      return decodeURIComponent(path);
    } catch {
      return path;
    }
  }
}

/** By the file's name; documents without one, such as untitled ones, by what the editor calls their language. */
function grammarOf(text: TextDocument, path: string): Grammar | undefined {
  if (/\.d\.[mc]?ts$/i.test(path)) return undefined;
  const byLanguage: Readonly<Record<string, Grammar>> = {
    typescript: 'typescript',
    typescriptreact: 'tsx',
    javascript: 'tsx',
    javascriptreact: 'tsx',
  };
  return grammarFor(path) ?? byLanguage[text.languageId];
}

/** Whether two lists of findings look the same to a person; their fixes may differ. */
function areAlike(some: readonly Finding[], others: readonly Finding[]): boolean {
  const looks = (findings: readonly Finding[]) =>
    JSON.stringify(findings.map(({ fixes, ...shown }) => shown));
  return some === others || looks(some) === looks(others);
}

function stackOf(error: unknown): string {
  return String(error instanceof Error ? error.stack : error);
}
