/** A language client over the standard streams of a server's process, for measuring: no more than is needed. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import {
  createProtocolConnection,
  type Diagnostic,
  type InitializeParams,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver/node';

export interface ServerProgram {
  readonly name: string;
  /** Arguments of Node.js: the program and its options. */
  readonly args: readonly string[];
  /** A folder, as the client's only workspace folder and working folder. */
  readonly folder: string;
  /** What `workspace/configuration` answers for each item. */
  readonly settings: unknown;
}

const CAPABILITIES: InitializeParams['capabilities'] = {
  textDocument: { diagnostic: { dynamicRegistration: false, relatedDocumentSupport: false } },
  workspace: { configuration: true, diagnostics: { refreshSupport: true }, workspaceFolders: true },
};

export class StdioClient {
  readonly #process: ChildProcess;
  readonly #connection: ProtocolConnection;
  readonly #program: ServerProgram;
  #errors = '';

  constructor(program: ServerProgram) {
    this.#program = program;
    this.#process = spawn(process.execPath, [...program.args], { cwd: program.folder, stdio: 'pipe' });
    this.#process.stderr?.on('data', (data) => {
      this.#errors += data;
    });
    this.#connection = createProtocolConnection(
      new StreamMessageReader(this.#process.stdout as Readable),
      new StreamMessageWriter(this.#process.stdin as Writable),
    );
    this.#connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
      items.map(() => program.settings),
    );
    this.#connection.onRequest('workspace/diagnostic/refresh', () => null);
    this.#connection.onRequest('client/registerCapability', () => null);
    this.#connection.onNotification('window/logMessage', ({ type, message }) => {
      if (type === 1) this.#errors += `${message}\n`;
    });
    this.#connection.listen();
  }

  async initialize(): Promise<void> {
    const uri = this.uriOf('');
    await this.#connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: uri,
      workspaceFolders: [{ uri, name: 'bench' }],
      capabilities: CAPABILITIES,
      initializationOptions: { isTrusted: true },
    });
    await this.#connection.sendNotification('initialized', {});
  }

  open(path: string, text: string): Promise<void> {
    const languageId = path.endsWith('x') ? 'typescriptreact' : 'typescript';
    const textDocument = { uri: this.uriOf(path), languageId, version: 0, text };
    return this.#connection.sendNotification('textDocument/didOpen', { textDocument });
  }

  change(path: string, version: number, contentChanges: TextDocumentContentChangeEvent[]): Promise<void> {
    const textDocument = { uri: this.uriOf(path), version };
    return this.#connection.sendNotification('textDocument/didChange', { textDocument, contentChanges });
  }

  /** What the server says of a document's present text. */
  async pull(path: string): Promise<readonly Diagnostic[]> {
    const textDocument = { uri: this.uriOf(path) };
    const { items } = await this.#connection.sendRequest<{ items: Diagnostic[] }>('textDocument/diagnostic', {
      textDocument,
    });
    return items;
  }

  /** Ends the server. @throws when it had something to complain of: then nothing was measured. */
  async end(): Promise<void> {
    await this.#connection.sendRequest('shutdown');
    this.#connection.dispose();
    this.#process.kill();
    if (this.#errors) throw new Error(`${this.#program.name} says: ${this.#errors}`);
  }

  uriOf(path: string): string {
    return `file://${this.#program.folder}${path && `/${path}`}`;
  }
}
