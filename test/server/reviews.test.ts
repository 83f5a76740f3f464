// Countersigning in the editor: with git, real files, and a clock that stands.
import assert from 'node:assert/strict';
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TRUSTED_NOTIFICATION } from '../../protocol/messages';
import type { OriginsParams } from '../../protocol/origin';
import {
  AI_REGIONS_REQUEST,
  type AiRegion,
  type AiRegionsAnswer,
  COUNTERSIGN_REQUEST,
  type CountersignRequest,
  MARK_ORIGIN_REQUEST,
  type MarkOriginRequest,
  type RecordAnswer,
} from '../../protocol/reviews';
import { createNodeGit } from '../../server/src/host/node-git';
import { createNodeSigning } from '../../server/src/host/node-signing';
import type { SignOff } from '../../server/src/signoffs/record';
import { PLAIN_ENVIRONMENT } from '../origin/test-repository';
import { ReviewedRepository } from '../signoffs/reviewed-repository';
import { DiskHost } from './disk-host';
import { TestClient, type TestClientOptions } from './test-client';
import type { TestDocument } from './test-document';

const CODE = ['one();', 'two();', '', 'three();', 'four();', ''].join('\n');

describe('countersigning in the editor', () => {
  let repository: ReviewedRepository;
  let client: TestClient;
  beforeEach(() => {
    repository = new ReviewedRepository();
    repository.git('config', 'user.name', 'Ben');
    repository.git('config', 'user.email', 'ben@example.org');
    repository.commitAi('src/ai.ts', CODE, { lines: '1-5' });
  });
  afterEach(async () => {
    client.takeRefreshes();
    await client.dispose();
    repository.remove();
  });

  async function start(options: TestClientOptions = {}): Promise<void> {
    client = await TestClient.start({
      ...{ folders: [repository.uri], host: new DiskHost(), signing: createNodeSigning() },
      git: createNodeGit({ environment: PLAIN_ENVIRONMENT }),
      ...options,
    });
  }

  const open = (path = 'src/ai.ts', text = readFileSync(join(repository.folder, path), 'utf8')) =>
    client.open(repository.uriOf(path), text);

  /** Waits for git and signatures, which have a clock of their own; that of the server is moved on. */
  async function until<T>(question: () => T | undefined | Promise<T | undefined>): Promise<T> {
    for (let round = 0; round < 200; round++) {
      const answer = await question();
      if (answer !== undefined && answer !== false) return answer;
      await client.advance(400);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`It did not come; last was told ${JSON.stringify(client.origins.at(-1))}`);
  }

  /** `start-end marker` of each run of what was told last, once it is as wanted. */
  async function markers(document: TestDocument, wanted: readonly string[]): Promise<OriginsParams> {
    const shown = ({ runs }: OriginsParams) =>
      runs.map(({ start, end, marker }) => `${start}-${end} ${marker}`);
    let last: OriginsParams | undefined;
    try {
      return await until(() => {
        last = client.origins.findLast(
          ({ uri, version }) => uri === document.uri && version === document.version,
        );
        return last && shown(last).join() === wanted.join() ? last : undefined;
      });
    } catch (error) {
      assert.deepEqual(last && shown(last), wanted);
      throw error;
    }
  }

  const ask = (): Promise<AiRegionsAnswer> => client.connection.sendRequest(AI_REGIONS_REQUEST);
  async function regions(): Promise<readonly AiRegion[]> {
    return (
      await until(async () => {
        const answer = await ask();
        return answer.isLoading ? undefined : answer;
      })
    ).unreviewed;
  }
  const sign = (request: CountersignRequest): Promise<RecordAnswer> =>
    client.connection.sendRequest(COUNTERSIGN_REQUEST, request);
  const mark = (request: MarkOriginRequest): Promise<RecordAnswer> =>
    client.connection.sendRequest(MARK_ORIGIN_REQUEST, request);
  async function signAll(more: Partial<CountersignRequest> = {}): Promise<RecordAnswer> {
    const [region, ...others] = await regions();
    assert.ok(region);
    const { uri, version } = region;
    return sign({ uri, version, regions: [region, ...others.filter((each) => each.uri === uri)], ...more });
  }
  const records = () => {
    const folder = join(repository.folder, '.countersign');
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.json'),
    );
  };

  it('lists a region, records its review, ticks it, and unticks it with an edit', async () => {
    await start();
    const document = await open();
    await markers(document, ['0-5 solid']);
    const [region, ...others] = await regions();
    assert.deepEqual(others, []);
    const { hash, ...rest } = region as AiRegion;
    assert.match(hash, /^[0-9a-f]{64}$/);
    assert.deepEqual(rest, {
      ...{ uri: document.uri, version: 1, start: 0, end: 5, tools: ['Claude Code'] },
      reason: 'nobody has countersigned it',
      risk: { level: 'low', touches: [], lines: 4 },
      open: [],
    });
    const answer = await signAll({ note: 'read', link: 'https://example.org/1' });
    assert.ok(answer.kind === 'recorded');
    assert.deepEqual([answer.isSigned, answer.stillMissing, answer.uris.length], [false, undefined, 1]);
    const record = JSON.parse(readFileSync(fileURLToPath(answer.uris[0] as string), 'utf8')) as SignOff;
    assert.deepEqual(
      [record.path, record.region.lines, record.reviewer, record.rules, record.note, record.link],
      ['src/ai.ts', 5, { name: 'Ben', email: 'ben@example.org' }, '9.9.9', 'read', 'https://example.org/1'],
    );
    const ticked = await markers(document, ['0-5 tick']);
    const [review] = ticked.runs[0]?.reviews ?? [];
    assert.deepEqual(
      { ...review, time: 0 },
      {
        ...{ reviewer: 'Ben <ben@example.org>', time: 0, isProven: false, note: 'read' },
      },
    );
    assert.deepEqual(await regions(), []);
    assert.deepEqual((await ask()).lines, { reviewed: 4, unreviewed: 0 });

    await document.insertBefore('three', 'x');
    await until(async () => (await regions()).length > 0 || undefined);
    assert.ok((await ask()).unreviewed.every(({ version }) => version === document.version));
    await document.replace(['xthree', 'three']);
    await markers(document, ['0-5 tick']);
    await document.insertBefore('one', 'before();\n');
    await markers(document, ['1-6 tick']);
  });

  it('refuses what no commit can have, with what to do', async () => {
    await start();
    const document = await open();
    const [region] = await regions();
    assert.ok(region);
    const { uri } = region;
    const reason = async (request: Partial<CountersignRequest>) => {
      const answer = await sign({ uri, version: document.version, regions: [region], ...request });
      assert.equal(answer.kind, 'refused');
      return answer.kind === 'refused' ? answer.reason : '';
    };
    assert.match(await reason({ version: 7 }), /another one by now/);
    assert.match(await reason({ version: null }), /another one by now/);
    assert.match(await reason({ regions: [] }), /nothing to countersign/);
    assert.match(await reason({ regions: [{ ...region, end: 4 }] }), /another one by now/);
    assert.match(await reason({ regions: [{ ...region, end: 40 }] }), /another one by now/);
    assert.match(await reason({ note: 'a\nb' }), /one line/);
    assert.match(await reason({ link: 'javascript:x' }), /https/);
    await document.insertBefore('one', 'x');
    assert.match(await reason({}), /Save it first/);
    await document.replace(['xone', 'one']);
    repository.git('config', '--unset', 'user.email');
    assert.match(await reason({}), /git config --global user\.name .*git config --global user\.email/);
    repository.git('config', 'user.email', 'ben@example.org');
    repository.write('.gitignore', '.countersign/\n');
    assert.match(await reason({}), /leaves out `\.countersign`/);
    assert.deepEqual(records(), []);
    repository.write('.gitignore', 'other/\n');
    repository.write('other/a.ts', 'one();\n');
    const other = await open('other/a.ts');
    await until(() => client.origins.find((told) => told.uri === other.uri && told.state === 'ready'));
    const ignored = await mark({
      uri: other.uri,
      version: 1,
      start: 0,
      end: 1,
      claim: 'ai',
      reason: 'pasted',
    });
    assert.match(ignored.kind === 'refused' ? ignored.reason : '', /ignore file leaves this file out/);
    assert.deepEqual(records(), []);
  });

  it('refuses while findings are open, and names them', async () => {
    repository.commitAi('src/eval.ts', 'ask();\nescape(input);\n');
    await start();
    await open('src/eval.ts');
    const [region] = await regions();
    assert.ok(region && region.open.length > 0, JSON.stringify(region));
    assert.equal(region.risk.level, 'high');
    const answer = await signAll();
    assert.ok(answer.kind === 'refused' && answer.open?.length === region.open.length);
    assert.match(answer.reason, /Fix or suppress/);
    assert.deepEqual(records(), []);
  });

  it('marks lines as a person’s, which is shown and no review', async () => {
    await start();
    const document = await open();
    await markers(document, ['0-5 solid']);
    const { uri, version } = document;
    const blank = await mark({ uri, version, start: 2, end: 3, claim: 'human', reason: 'mine' });
    assert.match(blank.kind === 'refused' ? blank.reason : '', /blank/);
    const answer = await mark({ uri, version, start: 2, end: 5, claim: 'human', reason: ' typed by hand ' });
    assert.equal(answer.kind, 'recorded');
    assert.equal(answer.kind === 'recorded' && answer.stillMissing, 'nobody has countersigned it');
    const told = await until(() =>
      client.origins.findLast(({ runs }) =>
        runs.some(({ start, state }) => start === 3 && state === 'human'),
      ),
    );
    assert.equal(told.runs.at(-1)?.source, 'a mark that a person set, Ben <ben@example.org>, typed by hand');
    const [region] = await regions();
    assert.deepEqual(
      [region?.start, region?.end],
      [0, 5],
      'without a signature nothing shows that a person did it',
    );
  });

  it('signs with the key of the person’s own settings, and writes nothing where that fails', async () => {
    const settings = join(repository.around, 'gitconfig');
    const [key, signers] = [join(repository.around, 'key-ben'), join(repository.around, 'signers')];
    writeFileSync(signers, `ben@example.org ${repository.publicKey('ben')}\n`);
    const setKey = (path: string) =>
      writeFileSync(settings, `[user]\n\tsigningKey = ${path}\n[gpg]\n\tformat = ssh\n`);
    repository.write('.countersignrc.json', '{ "review": { "requireSignature": true } }');
    await start({
      git: createNodeGit({ environment: { ...PLAIN_ENVIRONMENT, GIT_CONFIG_GLOBAL: settings } }),
    });
    const document = await open();
    setKey(join(repository.around, 'missing'));
    const failed = await signAll();
    assert.match(failed.kind === 'not-signed' ? failed.reason : failed.kind, /ssh-keygen failed/);
    assert.deepEqual(records(), []);
    const unsigned = await signAll({ isUnsigned: true });
    assert.ok(unsigned.kind === 'recorded' && !unsigned.isSigned);
    assert.match(unsigned.stillMissing ?? '', /recorded, not proven/);
    setKey(key);
    // Nobody tells the server of settings of git: it asks again for each record.
    appendFileSync(settings, `[gpg "ssh"]\n\tallowedSignersFile = ${signers}\n`);
    const signed = await signAll();
    assert.ok(signed.kind === 'recorded' && signed.isSigned, JSON.stringify(signed));
    assert.equal(signed.stillMissing, undefined);
    const told = await markers(document, ['0-5 tick']);
    assert.deepEqual(
      told.runs[0]?.reviews?.map(({ isProven }) => isProven),
      [true],
    );
  });

  it('writes all records of a file or none', async () => {
    repository.commitAi('src/two.ts', 'one();\nperson();\ntwo();\n', { lines: '1,3' });
    let signatures = 0;
    const signing = createNodeSigning();
    await start({
      git: createNodeGit({ environment: { ...PLAIN_ENVIRONMENT, GIT_CONFIG_GLOBAL: ownSettings() } }),
      signing: {
        ...signing,
        sign: (...request) =>
          ++signatures > 1
            ? Promise.resolve({ kind: 'failed', reason: 'the agent has gone' })
            : signing.sign(...request),
      },
    });
    const document = await open('src/two.ts');
    const two = (await regions()).filter(({ uri }) => uri === document.uri);
    assert.equal(two.length, 2);
    const answer = await sign({ uri: document.uri, version: 1, regions: two });
    assert.deepEqual(answer, { kind: 'not-signed', reason: 'the agent has gone' });
    assert.equal(signatures, 2);
    assert.deepEqual(records(), []);
  });

  function ownSettings(): string {
    const settings = join(repository.around, 'gitconfig');
    repository.publicKey('ben');
    const key = join(repository.around, 'key-ben');
    writeFileSync(settings, `[user]\n\tsigningKey = ${key}\n[gpg]\n\tformat = ssh\n`);
    return settings;
  }

  it('follows records that come from elsewhere, which are watched', async () => {
    await start();
    const document = await open();
    await markers(document, ['0-5 solid']);
    const path = repository.add(repository.signOff('src/ai.ts', 1, 5));
    const changes = [{ uri: repository.uriOf(path), type: 1 }];
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    await markers(document, ['0-5 tick']);
    await client.quiet();
    const watchers = client.registered.flatMap(({ registerOptions }) => registerOptions?.watchers ?? []);
    const globs = watchers.map(({ globPattern }) => globPattern.pattern);
    assert.ok(globs.includes('.countersign/{signoffs,origin,resolved}/**'), globs.join(', '));
  });

  it('asks for as many reviews as the policy, and says what is missing', async () => {
    repository.write('.countersignrc.json', '{ "review": { "approvals": 2 } }');
    await start();
    const document = await open();
    await markers(document, ['0-5 solid']);
    const answer = await signAll();
    assert.equal(answer.kind === 'recorded' && answer.stillMissing, '1 of 2 sign-offs that it needs');
    const [region] = await regions();
    assert.equal(region?.reason, '1 of 2 sign-offs that it needs');
    repository.add(
      repository.signOff('src/ai.ts', 1, 5, { reviewer: { name: 'Cid', email: 'cid@example.org' } }),
    );
    const changes = [{ uri: repository.uriOf('.countersign/signoffs/x'), type: 1 }];
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    const told = await markers(document, ['0-5 tick']);
    assert.deepEqual(told.runs[0]?.reviews?.map(({ reviewer }) => reviewer).sort(), [
      'Ben <ben@example.org>',
      'Cid <cid@example.org>',
    ]);
  });

  describe('of files that are not open', () => {
    const at = (answer: readonly AiRegion[]) =>
      answer.map(({ uri, version, start, end, risk, open: { length } }) => {
        const path = uri.slice(repository.uri.length + 1);
        return `${path}:${start}-${end} ${version} ${risk.level} ${length} [${risk.touches.join(' ')}]`;
      });

    it('lists what the branch changed, committed or not, riskiest first', async () => {
      repository.git('checkout', '--quiet', '-b', 'branch');
      repository.commitAi('src/open finding.ts', 'escape(input);\n');
      repository.commitAi(
        'src/guarded.ts',
        "import { exec } from 'node:child_process';\n\nif (!requireAdmin(user)) throw denied;\n",
        { lines: '3' },
      );
      repository.commitAi('src/sink.ts', "import { exec } from 'node:child_process';\nexec(command);\n");
      repository.commitAi('src/large.ts', 'a();\nb();\nc();\n');
      repository.commitAi('binary.dat', 'a\0b\n');
      await start();
      const answer = await regions();
      assert.deepEqual(at(answer), [
        'src/open%20finding.ts:0-1 null high 1 []',
        'src/sink.ts:0-2 null high 0 [exec]',
        'src/guarded.ts:2-3 null medium 0 [requireAdmin]',
        'src/large.ts:0-3 null low 0 []',
      ]);
      assert.ok(client.regionChanges > 0);
      assert.deepEqual((await ask()).causes, []);
      const [, sink] = answer;
      assert.ok(sink);
      const signed = await sign({ uri: sink.uri, version: null, regions: [sink] });
      assert.ok(signed.kind === 'recorded', JSON.stringify(signed));
      assert.deepEqual(at(await regions()).length, 3);
      const [open] = answer;
      const refused = await sign({ uri: open?.uri ?? '', version: null, regions: open ? [open] : [] });
      assert.ok(refused.kind === 'refused' && refused.open?.length === 1);
    });

    it('knows better what is opened, and looks again when it is closed or HEAD moves', async () => {
      repository.git('checkout', '--quiet', '-b', 'branch');
      repository.commitAi('src/new.ts', 'a();\nb();\n');
      await start();
      assert.deepEqual(at(await regions()), ['src/new.ts:0-2 null low 0 []']);
      const document = await open('src/new.ts');
      await until(async () => at(await regions()).join() === 'src/new.ts:0-2 1 low 0 []' || undefined);
      repository.write('src/new.ts', 'b();\n');
      await document.close();
      await until(async () => at(await regions()).join() === 'src/new.ts:0-1 null low 0 []' || undefined);
      repository.commitAi('src/other.ts', 'c();\n');
      const changes = [{ uri: repository.uriOf('.git/logs/HEAD'), type: 2 }];
      // Watched once a document of the repository was open.
      await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
      await until(async () => at(await regions()).length === 2 || undefined);
    });
  });

  it('records nothing while the workspace is not trusted', async () => {
    await start({ isTrusted: false });
    const document = await open();
    assert.deepEqual(await regions(), []);
    const request = { uri: document.uri, version: 1, regions: [{ start: 0, end: 5, hash: 'x' }] };
    const answer = await sign(request);
    assert.match(answer.kind === 'refused' ? answer.reason : '', /Trust it first/);
    await client.connection.sendNotification(TRUSTED_NOTIFICATION);
    await markers(document, ['0-5 solid']);
    assert.equal((await signAll()).kind, 'recorded');
  });
});
