/**
 * A language client for tests, speaking with the server through streams in memory. It answers what servers
 * ask, keeps what they tell, and fails a test for everything that nobody expected: see `dispose`.
 */
import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import {
  type ClientCapabilities,
  createConnection,
  createProtocolConnection,
  type InitializeResult,
  ProposedFeatures,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Registration,
  type RegistrationParams,
  StreamMessageReader,
  StreamMessageWriter,
  type UnregistrationParams,
} from 'vscode-languageserver/node';

import type { Grammar } from '../../grammars/languages';
import type { Parser } from '../../grammars/parser';
import { STATUS_NOTIFICATION, type StatusParams } from '../../protocol/messages';
import { ORIGINS_NOTIFICATION, type OriginsParams } from '../../protocol/origin';
import { AI_REGIONS_CHANGED_NOTIFICATION } from '../../protocol/reviews';
import { CONFIGURATION_READ_NOTIFICATION } from '../../protocol/suppressions';
import type { Rule } from '../../server/src/analysis/rule';
import type { Git } from '../../server/src/host/git';
import type { Signing } from '../../server/src/host/signing';
import type { RecordingParts } from '../../server/src/lsp/recording';
import { serve } from '../../server/src/lsp/server';
import type { StartTextRun } from '../../server/src/session/text-runs';
import { startTestRuntime } from '../engine';
import { FakeHost } from './fake-host';
import { runsHere } from './runs-here';
import { TestDocument } from './test-document';
import { TEST_RULES } from './test-rules';

export interface TestClientOptions {
  /** `editor` pulls, refreshes, has settings and commands, as VS Code does; `minimal` is only pushed to. */
  readonly profile?: 'editor' | 'minimal';
  readonly rules?: readonly Rule[];
  /** Settings below `countersign`, by the document's URI. */
  readonly settings?: (uri: string) => unknown;
  readonly folders?: readonly string[];
  /** What is on disk, by path below `file:///project`. */
  readonly files?: Readonly<Record<string, string>>;
  /** Whether the workspace is trusted; true unless given. */
  readonly isTrusted?: boolean;
  /** Whether the client tells what is broken JSON; false unless given. */
  readonly underlinesJson?: boolean;
  readonly parsers?: (parsers: Parsers) => Parsers;
  /** Where large texts are checked; in this thread, at the end of the present task, unless given. */
  readonly startRun?: StartTextRun;
  /** Nobody is asked who wrote lines unless given. */
  readonly git?: Git;
  /** Recording cannot be set up unless given. */
  readonly recording?: RecordingParts;
  /** Nothing can be countersigned unless given. */
  readonly signing?: Signing;
  /** One without anything outside unless given. */
  readonly host?: FakeHost;
  /** By default a rule that throws fails the test. */
  readonly mayRulesThrow?: boolean;
}

export type Parsers = Readonly<Record<Grammar, Parser>>;

const CAPABILITIES: Readonly<Record<'editor' | 'minimal', ClientCapabilities>> = {
  editor: {
    textDocument: { diagnostic: { dynamicRegistration: true, relatedDocumentSupport: true } },
    workspace: {
      configuration: true,
      didChangeConfiguration: { dynamicRegistration: true },
      didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
      diagnostics: { refreshSupport: true },
      workspaceEdit: { documentChanges: true },
      workspaceFolders: true,
    },
  },
  minimal: {},
};

const parsersOfProcess: { promise: Promise<Parsers> | undefined } = { promise: undefined };

async function loadParsers(): Promise<Parsers> {
  const runtime = await startTestRuntime();
  const [typescript, tsx] = await Promise.all([runtime.parserFor('typescript'), runtime.parserFor('tsx')]);
  return { typescript, tsx };
}

export class TestClient {
  readonly host: FakeHost;
  /** What `settings` answers unless the options say otherwise. */
  settings: (uri: string) => unknown;
  initialized!: InitializeResult;
  refreshes = 0;
  /** How often the server told that it read the configuration files again. */
  configurationReads = 0;
  /** How often the server parsed a text. */
  parses = 0;
  /** What the server asked to be told of, with the options. */
  readonly registered: Registration[] = [];
  /** How often the server asked for settings, by URI. */
  readonly asked: string[] = [];
  readonly published: PublishDiagnosticsParams[] = [];
  readonly statuses: StatusParams[] = [];
  /** How often the server told that AI regions may be others. */
  regionChanges = 0;
  /** What the server told of who wrote lines. */
  readonly origins: OriginsParams[] = [];
  /** Answers a request for settings later; for tests of what happens meanwhile. */
  beforeSettings: () => Promise<void> = async () => {};
  beforeRefresh: () => Promise<void> = async () => {};
  readonly connection: ProtocolConnection;
  readonly #server: { dispose(): void };
  readonly #unexpected: string[] = [];
  readonly #ruleErrors: string[] = [];
  #messages = 0;

  private constructor({ rules = TEST_RULES, ...options }: TestClientOptions) {
    this.host = options.host ?? new FakeHost();
    this.settings = options.settings ?? (() => ({}));
    for (const [path, text] of Object.entries(options.files ?? {}))
      this.host.files.set(uriOf(path), { text });
    const toServer = new PassThrough();
    const toClient = new PassThrough();
    const server = createConnection(
      ProposedFeatures.all,
      new StreamMessageReader(toServer),
      new StreamMessageWriter(toClient),
    );
    parsersOfProcess.promise ??= loadParsers();
    const parsers = parsersOfProcess.promise;
    serve({
      connection: server,
      host: this.host,
      rules,
      loadParsers: async () => {
        const { typescript, tsx } = (options.parsers ?? ((same) => same))(await parsers);
        return { typescript: this.#counted(typescript), tsx: this.#counted(tsx) };
      },
      startRun: options.startRun ?? runsHere(rules, () => parsers),
      ...(options.git && { git: options.git }),
      ...(options.recording && { recording: options.recording }),
      ...(options.signing && { signing: options.signing, version: '9.9.9' }),
      onRuleError: (rule, error) => {
        if (!options.mayRulesThrow) this.#ruleErrors.push(`${rule.id}: ${error}`);
      },
    });
    server.listen();
    this.#server = server;
    this.connection = createProtocolConnection(
      new StreamMessageReader(toClient),
      new StreamMessageWriter(toServer),
    );
    this.#answer();
    this.connection.listen();
  }

  static async start(options: TestClientOptions = {}): Promise<TestClient> {
    const client = new TestClient(options);
    const profile = options.profile ?? 'editor';
    client.initialized = await client.connection.sendRequest('initialize', {
      processId: null,
      rootUri: null,
      workspaceFolders: (options.folders ?? ['file:///project']).map((uri) => ({ uri, name: uri })),
      capabilities: CAPABILITIES[profile],
      ...(profile === 'editor' && {
        initializationOptions: {
          hasCommands: true,
          isTrusted: options.isTrusted ?? true,
          underlinesJson: options.underlinesJson ?? false,
        },
      }),
    });
    await client.connection.sendNotification('initialized', {});
    await client.quiet();
    return client;
  }

  /** Opens a document; a name without a scheme stands in the folder `file:///project`. */
  async open(name: string, text: string, languageId = 'typescript'): Promise<TestDocument> {
    const document = new TestDocument(this, uriOf(name), languageId, text);
    await document.open();
    return document;
  }

  /** Waits until neither side has anything to say any more, timers apart. */
  async quiet(): Promise<void> {
    for (let silent = 0; silent < 3; ) {
      const before = this.#messages;
      const params = { textDocument: { uri: 'file:///nowhere.ts' }, position: { line: 0, character: 0 } };
      await this.connection.sendRequest('textDocument/hover', params);
      silent = this.#messages === before ? silent + 1 : 0;
    }
  }

  /** Moves the server's clock, once it has read all it was sent, and waits for what that brings. */
  async advance(milliseconds: number): Promise<void> {
    await this.quiet();
    this.host.advance(milliseconds);
    await this.quiet();
  }

  async changeSettings(settings: (uri: string) => unknown): Promise<void> {
    this.settings = settings;
    await this.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await this.quiet();
  }

  /** Writes files, or deletes those without a text, and tells the server as a client that watches them does. */
  async changeFiles(texts: Readonly<Record<string, string | undefined>>): Promise<void> {
    const changes = Object.entries(texts).map(([path, text]) => {
      const uri = uriOf(path);
      const type = text === undefined ? 3 : this.host.files.has(uri) ? 2 : 1;
      if (text === undefined) this.host.files.delete(uri);
      else this.host.files.set(uri, { text });
      return { uri, type };
    });
    await this.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    await this.quiet();
  }

  /** What was logged since the last look; what nobody looks at fails the test. */
  takeLog(): string[] {
    return this.host.logged.splice(0);
  }

  /** How often the client was asked to pull again since the last look. */
  takeRefreshes(): number {
    const { refreshes } = this;
    this.refreshes = 0;
    return refreshes;
  }

  takePublished(): PublishDiagnosticsParams[] {
    return this.published.splice(0);
  }

  /** Ends the server, having made sure that nothing was left over. */
  async dispose(): Promise<void> {
    await this.quiet();
    await this.connection.sendRequest('shutdown', null);
    const waiting = this.host.waiting;
    this.connection.dispose();
    this.#server.dispose();
    assert.deepEqual(this.#unexpected, [], 'the server sent what the client does not know');
    assert.deepEqual(this.#ruleErrors, [], 'a rule threw');
    assert.deepEqual(this.host.logged, [], 'the server logged what the test did not expect (takeLog)');
    assert.deepEqual(this.published, [], 'the server published what the test did not expect (takePublished)');
    assert.equal(this.refreshes, 0, 'the server asked to pull again, unexpected by the test (takeRefreshes)');
    assert.equal(waiting, 0, 'timers are still running after the shutdown');
  }

  #counted(parser: Parser): Parser {
    const parse: Parser['parse'] = (...given) => {
      this.parses++;
      return parser.parse(...given);
    };
    return { ...parser, parse };
  }

  #answer(): void {
    const { connection } = this;
    const heard = () => this.#messages++;
    connection.onRequest('workspace/configuration', async ({ items }: { items: { scopeUri: string }[] }) => {
      heard();
      this.asked.push(...items.map(({ scopeUri }) => scopeUri));
      await this.beforeSettings();
      return items.map(({ scopeUri }) => this.settings(scopeUri));
    });
    connection.onRequest('workspace/diagnostic/refresh', async () => {
      heard();
      await this.beforeRefresh();
      this.refreshes++;
      return null;
    });
    connection.onRequest('client/registerCapability', ({ registrations }: RegistrationParams) => {
      heard();
      this.registered.push(...registrations);
      return null;
    });
    connection.onRequest('client/unregisterCapability', ({ unregisterations }: UnregistrationParams) => {
      heard();
      const gone = new Set(unregisterations.map(({ id }) => id));
      this.registered.splice(0, this.registered.length, ...this.registered.filter(({ id }) => !gone.has(id)));
      return null;
    });
    connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      heard();
      this.published.push(params);
    });
    connection.onNotification(STATUS_NOTIFICATION, (params: StatusParams) => {
      heard();
      this.statuses.push(params);
    });
    connection.onNotification(ORIGINS_NOTIFICATION, (params: OriginsParams) => {
      heard();
      this.origins.push(params);
    });
    connection.onNotification(AI_REGIONS_CHANGED_NOTIFICATION, () => {
      heard();
      this.regionChanges++;
    });
    connection.onNotification(CONFIGURATION_READ_NOTIFICATION, () => {
      heard();
      this.configurationReads++;
    });
    const surprise = (method: string, params: unknown) => {
      heard();
      this.#unexpected.push(`${method} ${JSON.stringify(params)}`);
    };
    connection.onUnhandledNotification(({ method, params }) => surprise(method, params));
    // Servers may only send requests that the client said it can answer; jsonrpc answers others with an error,
    // which the server logs.
  }
}

function uriOf(name: string): string {
  return name.includes(':') ? name : `file:///project/${name}`;
}

/** Runs a test with a client that is ended, and checked for left-overs, after it. */
export function withClient(
  options: TestClientOptions,
  test: (client: TestClient) => Promise<void>,
): () => Promise<void> {
  return async () => {
    const client = await TestClient.start(options);
    await test(client);
    await client.dispose();
  };
}
