// The AI switch in the editor: findings follow who wrote their lines, for clients that pull and those that are pushed to.
import assert from 'node:assert/strict';
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver/node';
import { TRUSTED_NOTIFICATION } from '../../protocol/messages';
import type { GitArguments } from '../../server/src/host/git';
import { addNote, gitAiNote, TRACE } from '../origin/noted-repository';
import { recordedGit } from '../origin/recorded-git';
import { TestRepository } from '../origin/test-repository';
import { TestClient, type TestClientOptions } from './test-client';
import type { TestDocument } from './test-document';

const FILE = 'a.ts';
const TEXT = ['escape(first);', 'escape(second);', 'btoa(third);', 'btoa(fourth);', ''].join('\n');

describe('the AI switch in the editor', () => {
  const asked: GitArguments[] = [];
  const git = recordedGit(asked);
  let repository: TestRepository;
  let commit: string;
  let client: TestClient;

  /** A tool wrote the second and the third line. */
  beforeEach(() => {
    repository = new TestRepository();
    repository.write(FILE, TEXT);
    commit = repository.commit('Add');
    note('2-3');
    asked.length = 0;
  });
  afterEach(async () => {
    client.takeRefreshes();
    client.takePublished();
    await client.dispose();
    repository.remove();
  });

  function note(lines: string): void {
    addNote(repository, 'ai', commit, gitAiNote({ attested: [FILE, `  ${TRACE} ${lines}`] }));
  }

  async function start(options: TestClientOptions = {}): Promise<TestDocument> {
    client = await TestClient.start({ folders: [repository.uri], git, ...options });
    return client.open(repository.uriOf(FILE), TEXT);
  }

  const by = () => `written by Claude Code, note on ${commit.slice(0, 7)}`;
  const plain = ['warning 1 demo/safe', 'warning 2 demo/safe'];
  const raised = () => [
    'warning 1 demo/safe',
    `error 2 demo/safe (raised: ${by()})`,
    `error 3 demo/medium (shown and raised: ${by()})`,
  ];

  /** `severity line rule (what the AI switch did)` of each. */
  function print(diagnostics: readonly Diagnostic[]): string[] {
    return diagnostics.map(({ severity, range, code, message }) => {
      const level = severity === DiagnosticSeverity.Error ? 'error' : 'warning';
      const text = String(message);
      const [, did = ''] = /^`\w+` is called\. Do not\.( \(.*\))?$/.exec(text) ?? assert.fail(text);
      return `${level} ${range.start.line + 1} ${code}${did}`;
    });
  }

  /** Waits for git, which has a clock of its own; timers of the server run meanwhile. */
  async function until(isIt: () => boolean | Promise<boolean>, what: string): Promise<void> {
    for (let round = 0; round < 500; round++) {
      if (await isIt()) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
      await client.advance(50);
    }
    assert.fail(`not so: ${what}`);
  }
  const refreshed = () => until(() => client.takeRefreshes() > 0, 'the client is asked to pull again');

  it('raises when origins arrive, and asks to pull again once', async () => {
    const document = await start();
    assert.deepEqual(print(await document.diagnostics()), plain);
    await refreshed();
    assert.deepEqual(print(await document.diagnostics()), raised());
    await client.advance(10_000);
    assert.equal(client.takeRefreshes(), 0);
  });

  it('keeps raising while somebody types, and stops where a line was edited', async () => {
    const document = await start();
    await document.diagnostics();
    await refreshed();
    await document.diagnostics();
    for (const character of '// one\n') {
      await document.type('escape(first)', character);
      const found = print(await document.diagnostics());
      assert.equal(found.filter((line) => line.includes('raised')).length, 2, found.join('\n'));
    }
    await document.replace(['(second)', '(2)']);
    const edited = [
      ...['warning 2 demo/safe', 'warning 3 demo/safe', `error 4 demo/medium (shown and raised: ${by()})`],
    ];
    assert.deepEqual(print(await document.diagnostics()), edited);
    await client.advance(10_000);
    assert.deepEqual(print(await document.diagnostics()), edited);
    await document.replace(['(2)', '(second)']);
    await client.advance(10_000);
    assert.equal(print(await document.diagnostics())[1], `error 3 demo/safe (raised: ${by()})`);
  });

  it('answers what was told before where nothing changed, and something else where it did', async () => {
    const document = await start();
    const before = await document.pull();
    await refreshed();
    const after = await document.pull(before.resultId);
    assert.equal(after.kind, 'full');
    assert.equal((await document.pull(after.resultId)).kind, 'unchanged');
  });

  it('follows notes; what changes no finding is no news', async () => {
    const document = await start();
    await document.diagnostics();
    await refreshed();
    await document.diagnostics();
    const changes = [{ uri: repository.uriOf('.git/refs/notes/ai'), type: 2 }];
    const ready = client.origins.length;
    note('2-4');
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    await refreshed();
    assert.equal(print(await document.diagnostics()).length, 4);
    note('2-5');
    const told = client.origins.length;
    assert.ok(told > ready);
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    await until(() => client.origins.length > told, 'other origins are told');
    await client.advance(10_000);
    assert.equal(client.takeRefreshes(), 0);
  });

  it('is off by setting and by configuration, and the setting wins', async () => {
    const document = await start({ settings: () => ({ ai: 'off' }) });
    await until(
      () => client.origins.some(({ state }) => state === 'ready'),
      'markers are there all the same',
    );
    assert.deepEqual(print(await document.diagnostics()), plain);
    await client.changeSettings(() => ({ ai: 'on' }));
    assert.deepEqual(print(await document.diagnostics()), raised());
    const uri = `${repository.uri}/.countersignrc.json`;
    await client.changeFiles({ [uri]: '{ "ai": false }' });
    assert.deepEqual(print(await document.diagnostics()), raised());
    await client.changeSettings(() => ({}));
    assert.deepEqual(print(await document.diagnostics()), plain);
    await client.changeSettings(() => ({ ai: 'sometimes' }));
    assert.match(client.takeLog().join(), /countersign\.ai must be "default", "on" or "off"/);
  });

  it('is off while the workspace is not trusted', async () => {
    const document = await start({ isTrusted: false });
    await client.advance(10_000);
    assert.deepEqual(print(await document.diagnostics()), plain);
    assert.deepEqual(asked, []);
    await client.connection.sendNotification(TRUSTED_NOTIFICATION);
    await refreshed();
    assert.deepEqual(print(await document.diagnostics()), raised());
  });

  it('keeps what is suppressed suppressed, and offers the fixes of what it raised', async () => {
    const suppressed = TEXT.replace(
      'escape(second);',
      'escape(second); // countersign-disable-line demo/safe -- known',
    );
    repository.write(FILE, suppressed);
    const second = repository.commit('Suppress');
    addNote(repository, 'ai', second, gitAiNote({ attested: [FILE, `  ${TRACE} 2`] }));
    note('1-2');
    client = await TestClient.start({ folders: [repository.uri], git });
    const document = await client.open(repository.uriOf(FILE), suppressed);
    await document.diagnostics();
    await refreshed();
    const found = print(await document.diagnostics());
    assert.deepEqual(found, [`error 1 demo/safe (raised: ${by()})`]);
    const [action] = await document.actionsAt('escape(first)', ['quickfix']);
    assert.equal(action?.title, 'Call encodeURIComponent');
    assert.equal(action?.diagnostics?.[0]?.severity, DiagnosticSeverity.Error);
  });

  it('pushes to clients that are pushed to, and tells them no origins', async () => {
    await start({ profile: 'minimal' });
    const last = () => print(client.published.at(-1)?.diagnostics ?? []);
    await until(() => last().length === raised().length, 'raised findings are pushed');
    assert.deepEqual(last(), raised());
    assert.deepEqual(client.origins, []);
    const pushed = client.published.length;
    await client.advance(10_000);
    assert.equal(client.published.length, pushed);
  });

  it('spares blame where there are no notes', async () => {
    repository.git('notes', '--ref=ai', 'remove', commit);
    repository.git('update-ref', '-d', 'refs/notes/ai');
    const document = await start({ settings: () => ({ origin: { markers: false } }) });
    await document.diagnostics();
    await until(() => asked.length >= 3, 'git is asked for tips');
    await client.advance(10_000);
    assert.ok(!asked.some(([command]) => command === 'blame'), JSON.stringify(asked));
    assert.deepEqual(print(await document.diagnostics()), plain);
  });
});
