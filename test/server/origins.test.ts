// Who wrote the lines of open documents, as the client is told: with git, and with a clock that stands.
import assert from 'node:assert/strict';
import { TRUSTED_NOTIFICATION } from '../../protocol/messages';
import type { OriginsParams } from '../../protocol/origin';
import type { GitArguments } from '../../server/src/host/git';
import { addNote, gitAiNote, HUMAN, TRACE } from '../origin/noted-repository';
import { recordedGit } from '../origin/recorded-git';
import { TestRepository } from '../origin/test-repository';
import { TestClient, type TestClientOptions } from './test-client';

const AGENT = ['Co-Authored-By: Claude Opus 5', '<noreply@anthropic.com>'].join(' ');

describe('origins in the editor', () => {
  const lines = ['const first = readAll(input);', 'if (first) {', '  second(first);', '}', 'third();'];
  const asked: GitArguments[] = [];
  const git = recordedGit(asked);
  let repository: TestRepository;
  let commit: string;
  let client: TestClient;
  beforeEach(() => {
    repository = new TestRepository();
    repository.write('a.txt', `${lines.join('\n')}\n`);
    commit = repository.commit(`Add\n\n${AGENT}`);
    addNote(repository, 'ai', commit, gitAiNote({ attested: ['a.txt', `  ${TRACE} 1-2,5`, `  ${HUMAN} 3`] }));
    asked.length = 0;
  });
  afterEach(async () => {
    await client.dispose();
    repository.remove();
  });

  async function start(options: TestClientOptions = {}): Promise<void> {
    client = await TestClient.start({ folders: [repository.uri], git, ...options });
  }

  const open = (path: string, text = `${lines.join('\n')}\n`) =>
    client.open(repository.uriOf(path), text, 'plaintext');

  /** Waits for git, which has a clock of its own. */
  async function told(isIt: (params: OriginsParams) => boolean): Promise<OriginsParams> {
    for (let round = 0; round < 500; round++) {
      const found = client.origins.find(isIt);
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`Not told; what was told: ${JSON.stringify(client.origins)}`);
  }
  const ready = () => told(({ state }) => state === 'ready');

  /** `start-end state marker` of each run. */
  const shown = ({ runs }: OriginsParams) =>
    runs.map(({ start, end, state, marker }) => `${start}-${end} ${state} ${marker}`);
  const asCommitted = ['0-2 ai solid', '2-3 human none', '3-4 unknown none', '4-5 ai solid'];

  it('are told with what is known of them', async () => {
    await start();
    await open('a.txt');
    const params = await ready();
    assert.deepEqual(shown(params), asCommitted);
    assert.deepEqual([params.version, params.cause], [1, undefined]);
    assert.deepEqual(params.runs[0], {
      ...{
        start: 0,
        end: 2,
        marker: 'solid',
        state: 'ai',
        tool: 'Claude Code',
        model: 'claude-opus-5',
        commit,
      },
      ...{ time: 1_700_000_000_000, source: 'a git-ai note', confidence: 0.97 },
      others: [
        'An AI tool took part: Claude Code, known from a co-author or session of the commit; confidence: medium.',
      ],
    });
    assert.equal(params.runs[1]?.source, 'a git-ai note, from a save in an editor, Ann <ann@example.org>');
  });

  it('follow edits when typing pauses, without git', async () => {
    await start();
    const document = await open('a.txt');
    await ready();
    asked.length = 0;
    client.origins.length = 0;
    await document.insertBefore('const first', 'check(\nlimits);\n');
    await document.replace(['(input)', '(input2)']);
    await client.advance(100);
    assert.deepEqual(client.origins, [], 'told while typing');
    await client.advance(200);
    assert.equal(client.origins.length, 1);
    const params = await ready();
    assert.equal(params.version, document.version);
    assert.deepEqual(shown(params), [
      ...['2-3 mixed hollow', '3-4 ai solid', '4-5 human none', '5-6 unknown none', '6-7 ai solid'],
    ]);
    assert.deepEqual(asked, []);
  });

  it('follow HEAD and notes, which are watched', async () => {
    await start();
    await open('a.txt');
    await ready();
    await client.quiet();
    const watchers = client.registered.flatMap(({ registerOptions }) => registerOptions?.watchers ?? []);
    const globs = watchers.map(
      ({ globPattern }) => `${globPattern.baseUri ?? ''}/${globPattern.pattern ?? globPattern}`,
    );
    for (const glob of ['.git/HEAD', '.git/refs/notes/ai', '.git/refs/heads/**']) {
      assert.ok(globs.includes(`${repository.uri}/${glob}`), `${glob} is not watched: ${globs.join(', ')}`);
    }
    client.origins.length = 0;
    addNote(repository, 'ai', commit, gitAiNote({ attested: ['a.txt', `  ${TRACE} 4`] }));
    const changes = [{ uri: repository.uriOf('.git/refs/notes/ai'), type: 2 }];
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    await client.advance(300);
    const params = await ready();
    assert.deepEqual(shown(params).slice(0, 3), ['0-3 unknown none', '3-4 ai solid', '4-5 unknown none']);
  });

  it('are asked for when the workspace is trusted, and not before', async () => {
    await start({ isTrusted: false });
    await open('a.txt');
    const refused = await told(() => true);
    assert.deepEqual([refused.state, refused.runs], ['unavailable', []]);
    assert.match(refused.cause ?? '', /not trusted/);
    assert.deepEqual(asked, []);
    await client.connection.sendNotification(TRUSTED_NOTIFICATION);
    assert.deepEqual(shown(await ready()), asCommitted);
    client.takeRefreshes();
  });

  it('are unavailable where there is no repository, with the cause', async () => {
    await start();
    await client.open(`${repository.uri}/../outside.txt`, 'one', 'plaintext');
    const params = await told(() => true);
    assert.equal(params.state, 'unavailable');
    assert.equal(params.cause, 'Not known of what was committed: the file is in no git work tree.');
  });

  it('are not told of what was closed meanwhile', async () => {
    await start();
    const document = await open('a.txt');
    await document.close();
    await open('b.txt');
    await ready();
    assert.deepEqual(
      client.origins.map(({ uri }) => uri),
      [repository.uriOf('b.txt')],
    );
  });

  it('are not asked for where nobody needs them', async () => {
    const nowhere: [options: TestClientOptions, configuration: string][] = [
      [{ profile: 'minimal' }, '{ "ai": false }'],
      [{ settings: () => ({ enable: false }) }, '{}'],
      [{ settings: () => ({ ai: 'off', origin: { markers: false } }) }, '{}'],
      [{ settings: () => ({ origin: { markers: false } }) }, '{ "ignore": ["*"] }'],
    ];
    for (const [options, configuration] of nowhere) {
      await start(options);
      client.host.files.set(`${repository.uri}/.countersignrc.json`, { text: configuration });
      const document = await open('a.txt');
      await document.diagnostics();
      assert.deepEqual([asked, client.origins], [[], []], JSON.stringify(options));
      client.takePublished();
      await client.dispose();
    }
    await start({ settings: () => ({ ai: 'off' }) });
    await open('a.txt');
    await ready();
    await client.changeSettings(() => ({ enable: false }));
    client.takeRefreshes();
    asked.length = 0;
    client.origins.length = 0;
    await client.connection.sendNotification('textDocument/didSave', {
      textDocument: { uri: repository.uriOf('a.txt') },
    });
    await client.advance(10_000);
    assert.deepEqual([asked, client.origins], [[], []]);
    client.takeRefreshes();
  });

  it('are asked for, and not told, where only the AI switch needs them', async () => {
    await start({ settings: () => ({ origin: { markers: false } }) });
    await open('a.txt');
    await client.advance(10_000);
    for (let round = 0; round < 500 && !asked.some(([command]) => command === 'blame'); round++)
      await new Promise((resolve) => setTimeout(resolve, 10));
    assert.ok(
      asked.some(([command]) => command === 'blame'),
      'there are notes, so blame is needed',
    );
    assert.deepEqual(client.origins, []);
  });
});
