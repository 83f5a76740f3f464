/**
 * A client of `countersign lsp --stdio` that writes and reads bytes by itself: nothing of the library that the
 * server uses stands on this side. It can do what a test says that it can, and nothing else.
 */
import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { CLI, Project } from './project';

/** What the editor has: the least that clients have, findings by push. */
export const PUSH_ONLY = {
  textDocument: {
    publishDiagnostics: {},
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } },
  },
};

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

export interface Diagnostic {
  readonly range: Range;
  readonly severity: number;
  readonly source: string;
  readonly code: string;
  readonly message: string;
}

export interface Published {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: readonly Diagnostic[];
}

export interface CodeAction {
  readonly title: string;
  readonly kind: string;
  readonly edit?: { readonly changes?: Readonly<Record<string, readonly TextEdit[]>> };
  readonly command?: unknown;
}

/** A response or a message of the server. */
interface Message {
  readonly jsonrpc: string;
  readonly id?: number | string | null;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
}

const LIMIT_MS = 15_000;

export class RawClient {
  /** All that came, in its order. */
  readonly messages: Message[] = [];
  readonly ended: Promise<Ended>;
  err = '';
  readonly #project: Project;
  readonly #limitMs: number;
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #waiting = new Set<() => void>();
  #unread = Buffer.alloc(0);
  #end: Ended | undefined;
  #requests = 0;

  /** @param limitMs so long is waited for anything. */
  constructor(project: Project, limitMs = LIMIT_MS) {
    this.#project = project;
    this.#limitMs = limitMs;
    this.#process = spawn(process.execPath, [CLI, 'lsp', '--stdio'], { cwd: project.folder });
    this.#process.stdout.on('data', (bytes: Buffer) => this.#read(bytes));
    this.#process.stderr.on('data', (text) => {
      this.err += text;
    });
    // What is written to a server that has ended is of no interest.
    this.#process.stdin.on('error', () => {});
    this.ended = new Promise((resolve) => {
      this.#process.once('close', (code, signal) => {
        this.#end = { code, signal };
        resolve(this.#end);
        this.#look();
      });
    });
  }

  async initialize(
    capabilities: unknown = PUSH_ONLY,
    further: Readonly<Record<string, unknown>> = {},
  ): Promise<{ capabilities: Record<string, unknown>; serverInfo: { name: string } }> {
    const result = await this.request('initialize', {
      processId: process.pid,
      rootUri: this.uriOf(''),
      capabilities,
      ...further,
    });
    this.notify('initialized', {});
    return result as never;
  }

  /** @throws with the message of an error that comes instead of a result. */
  async request(method: string, params?: unknown): Promise<unknown> {
    const id = ++this.#requests;
    this.#write({ jsonrpc: '2.0', id, method, ...(params !== undefined && { params }) });
    const answer = await this.until(`an answer to ${method}`, () =>
      this.messages.find((message) => message.id === id && message.method === undefined),
    );
    if (answer.error) throw new Error(`${method}: ${answer.error.message}`);
    return answer.result;
  }

  /** Answers a request of the server. */
  respond(id: Message['id'], result: unknown): void {
    this.#write({ jsonrpc: '2.0', id, result });
  }

  notify(method: string, params?: unknown): void {
    this.#write({ jsonrpc: '2.0', method, ...(params !== undefined && { params }) });
  }

  /** @param languageId as the editor calls it. */
  open(path: string, text: string, languageId = 'javascript'): string {
    const uri = this.uriOf(path);
    this.notify('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
    return uri;
  }

  /** Replaces a range, or the whole text where none is given. */
  change(uri: string, version: number, ...contentChanges: { range?: Range; text: string }[]): void {
    this.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
  }

  save(path: string): void {
    this.notify('textDocument/didSave', { textDocument: { uri: this.uriOf(path) } });
  }

  close(uri: string): void {
    this.notify('textDocument/didClose', { textDocument: { uri } });
  }

  async actions(uri: string, range: Range, diagnostics: readonly Diagnostic[] = []): Promise<CodeAction[]> {
    const params = { textDocument: { uri }, range, context: { diagnostics } };
    return (await this.request('textDocument/codeAction', params)) as CodeAction[];
  }

  /** What was published last of a document, once it is of that version, and what else is said. */
  published(uri: string, version: number | undefined, ...rules: readonly string[]): Promise<Published> {
    const wanted = `${JSON.stringify(rules)} of version ${version} of ${uri}`;
    return this.until(wanted, () => {
      const last = this.publications(uri).at(-1);
      const codes = last?.diagnostics.map(({ code }) => code);
      return last?.version === version && JSON.stringify(codes) === JSON.stringify(rules) ? last : undefined;
    });
  }

  publications(uri: string): Published[] {
    return this.messages
      .filter(({ method }) => method === 'textDocument/publishDiagnostics')
      .map(({ params }) => params as Published)
      .filter((published) => published.uri === uri);
  }

  /** What a client that said nothing of it does not have to understand. */
  unexpected(): string[] {
    const known = new Set([undefined, 'textDocument/publishDiagnostics', 'window/logMessage']);
    return this.messages.filter(({ method }) => !known.has(method)).map(({ method }) => String(method));
  }

  /** Says goodbye as the protocol wants it. */
  async shutdown(): Promise<Ended> {
    assert.equal(await this.request('shutdown'), null);
    this.notify('exit');
    return this.ended;
  }

  closeInput(): void {
    this.#process.stdin.end();
  }

  writeBytes(bytes: string | Uint8Array): void {
    this.#process.stdin.write(bytes);
  }

  kill(): void {
    if (!this.#end) this.#process.kill('SIGKILL');
  }

  /** What `look` finds, as soon as it finds something. @throws when it does not within the limit. */
  async until<T>(what: string, look: () => T | undefined): Promise<T> {
    for (const started = performance.now(); ; ) {
      const found = look();
      if (found !== undefined) return found;
      const rest = started + this.#limitMs - performance.now();
      if (rest <= 0 || this.#end) {
        const state = this.#end
          ? `the server ended with ${JSON.stringify(this.#end)}`
          : 'the server is silent';
        const last = JSON.stringify(this.messages.slice(-3), undefined, 1);
        throw new Error(`Waited for ${what}, but ${state}. It said last: ${last}\n${this.err}`);
      }
      await this.#next(rest);
    }
  }

  uriOf(path: string): string {
    return pathToFileURL(this.#project.path(path)).href;
  }

  #next(limit: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, limit);
      this.#waiting.add(done);
    });
  }

  #look(): void {
    for (const done of [...this.#waiting]) done();
  }

  #write(message: unknown): void {
    this.writeBytes(framed(JSON.stringify(message)));
  }

  /** **Invariant:** all that the server writes to standard output is messages; anything else throws here. */
  #read(bytes: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, bytes]);
    for (;;) {
      const end = this.#unread.indexOf('\r\n\r\n');
      if (end < 0) break;
      const header = this.#unread.toString('ascii', 0, end);
      const length = /^Content-Length: (\d+)(?:\r\nContent-Type: [^\r\n]*)?$/.exec(header)?.[1];
      assert.ok(length, `no header of a message: ${JSON.stringify(header)}`);
      const start = end + 4;
      if (this.#unread.length < start + Number(length)) break;
      const body = this.#unread.toString('utf8', start, start + Number(length));
      this.#unread = this.#unread.subarray(start + Number(length));
      const message = JSON.parse(body) as Message;
      assert.equal(message.jsonrpc, '2.0');
      this.messages.push(message);
    }
    this.#look();
  }
}

/** Runs a test with a server, and makes sure that nothing was said that the client does not know. */
export function withServer(
  files: Readonly<Record<string, string>>,
  test: (client: RawClient, project: Project) => Promise<void>,
): () => Promise<void> {
  return async () => {
    const project = new Project(files);
    const client = new RawClient(project);
    try {
      await test(client, project);
      assert.deepEqual(client.unexpected(), [], 'the server asked or told what the client does not know');
      assert.equal(client.err, '', 'standard error');
    } finally {
      client.kill();
      await client.ended;
      project.remove();
    }
  };
}

/** A message as it is sent; its length is counted in bytes. */
export function framed(body: string): string {
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** The text after edits of its UTF-16 positions. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const offset = ({ line, character }: Position) => (starts[line] ?? text.length) + character;
  return [...edits]
    .sort((a, b) => offset(b.range.start) - offset(a.range.start))
    .reduce(
      (all, { range, newText }) => all.slice(0, offset(range.start)) + newText + all.slice(offset(range.end)),
      text,
    );
}
