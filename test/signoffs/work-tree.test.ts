// Reviews of what is open: records are made, written into the work tree, and found there again.
import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { addFile } from '../../server/src/host/add-file';
import { sha256 } from '../../server/src/host/digest';
import { createNodeGit } from '../../server/src/host/node-git';
import { createNodeHost } from '../../server/src/host/node-host';
import { createNodeSigning } from '../../server/src/host/node-signing';
import { FileOrigins } from '../../server/src/origin/lines/file-origins';
import { linesOf } from '../../server/src/origin/mapping/text-lines';
import { findInRepository } from '../../server/src/origin/repository/repository';
import { addRecord } from '../../server/src/reviews/add-record';
import { readPerson } from '../../server/src/reviews/person';
import { RecordJudge } from '../../server/src/reviews/records-of-commit';
import { reviewOfText } from '../../server/src/reviews/review-of-text';
import { overrideSource, WorkTreeRecords } from '../../server/src/reviews/work-tree-records';
import { DEFAULT_REQUIREMENTS } from '../../server/src/signoffs/approvals';
import { newOverride, newSignOff } from '../../server/src/signoffs/new-record';
import type { ReviewRecord } from '../../server/src/signoffs/record';
import { PLAIN_ENVIRONMENT } from '../origin/test-repository';
import { ReviewedRepository } from './reviewed-repository';

const CODE = 'one();\ntwo();\n';
const REVIEWER = { name: 'Ben', email: 'ben@example.org' };

describe('reviews in a work tree', () => {
  const git = createNodeGit({ environment: PLAIN_ENVIRONMENT });
  const host = createNodeHost('', () => {});
  const signing = createNodeSigning();
  let repository: ReviewedRepository;
  beforeEach(() => {
    repository = new ReviewedRepository();
    repository.commitAi('src/ai.ts', CODE);
  });
  afterEach(() => repository.remove());

  async function fileAt(path: string) {
    const file = await findInRepository(git, host, repository.uriOf(path));
    return 'kind' in file ? assert.fail(file.kind) : file;
  }

  /** What an editor would show: how many lines are reviewed and not, and the state of the first line. */
  async function shown(text = CODE) {
    const file = await fileAt('src/ai.ts');
    const records = new WorkTreeRecords(host);
    const origins = new FileOrigins({ git, host, sources: [overrideSource(records, host)] });
    const loaded = await origins.load({ uri: repository.uriOf('src/ai.ts') });
    assert.ok(loaded !== 'unknown-revision');
    const review = await reviewOfText({
      ...{ path: file.path, text, loaded, requirements: DEFAULT_REQUIREMENTS },
      records: records.of(file.repository).records,
      isThere: (path) => existsSync(join(repository.folder, path)),
      isAsked: () => true,
      authorOf: () => undefined,
      judge: new RecordJudge({
        ...{ repository: file.repository, head: undefined, host, origins, signing },
        keys: { allowedSigners: [], publicKeys: [], hasKeyring: false },
      }),
    });
    const [first] = loaded.runs(text);
    return [first?.origin.state, review.reviewed, review.unreviewed];
  }

  const circumstances = { reviewer: REVIEWER, now: Date.UTC(2026, 1, 3), digest: sha256 };
  const reviewed = { path: 'src/ai.ts', lines: linesOf(CODE), range: { start: 0, end: 2 } };
  async function add(record: ReviewRecord) {
    const { repository: found } = await fileAt('src/ai.ts');
    return addRecord(found, record, { signing, key: undefined });
  }

  it('turns a region to reviewed when it is countersigned, and back when it is edited', async () => {
    assert.deepEqual(await shown(), ['ai', 0, 2]);
    const record = newSignOff(reviewed, [], { rules: '0.1.0', note: 'read', link: undefined }, circumstances);
    const added = await add(record);
    assert.ok('path' in added && !added.isSigned);
    assert.deepEqual(await add(record), added, 'the same again is no fault');
    assert.deepEqual(await shown(), ['ai', 2, 0]);
    assert.deepEqual(await shown(`before();\n${CODE}`), ['unknown', 2, 0]);
    assert.deepEqual(
      await shown(CODE.replace('two', 'another')),
      ['ai', 0, 1],
      'the other line is a new one',
    );
    assert.deepEqual(await shown(), ['ai', 2, 0], 'edited back, it is what was reviewed');
  });

  it('shows what a person marked, and does not take it for a review', async () => {
    await add(newOverride(reviewed, { claim: 'human', reason: 'typed by hand' }, circumstances));
    assert.deepEqual(await shown(), ['human', 0, 2]);
    assert.deepEqual(await shown(CODE.replace('two', 'another')), ['ai', 0, 1]);
  });

  it('writes nothing where the signature fails, and nothing that would not be read', async () => {
    const { repository: found } = await fileAt('src/ai.ts');
    const record = newSignOff(
      reviewed,
      [],
      { rules: '0.1.0', note: undefined, link: undefined },
      circumstances,
    );
    const key = { kind: 'ssh', key: join(repository.around, 'missing') } as const;
    const refused = await addRecord(found, record, { signing, key });
    assert.match('refusal' in refused ? refused.refusal : '', /ssh-keygen failed/);
    assert.ok('refusal' in (await add({ ...record, path: '../a.ts' })));
    assert.ok(!existsSync(join(repository.folder, '.countersign')));
  });

  it('reads no records through links, and none that are damaged', async () => {
    const record = newSignOff(
      reviewed,
      [],
      { rules: '0.1.0', note: undefined, link: undefined },
      circumstances,
    );
    const added = await add(record);
    assert.ok('path' in added);
    const file = join(repository.folder, added.path);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('Ben', 'Eve'));
    assert.deepEqual(await shown(), ['ai', 0, 2]);
    const { repository: found } = await fileAt('src/ai.ts');
    assert.equal(new WorkTreeRecords(host).of(found).invalid.length, 1);
    writeFileSync(file, text);
    renameSync(join(repository.folder, '.countersign'), join(repository.folder, 'elsewhere'));
    symlinkSync('elsewhere', join(repository.folder, '.countersign'));
    assert.deepEqual(await shown(), ['ai', 0, 2]);
  });

  it('knows the person by settings of git, and keys by those of the person only', async () => {
    const { repository: found } = await fileAt('src/ai.ts');
    assert.equal((await readPerson(git, found)).reviewer, undefined);
    repository.git('config', 'user.name', 'Ben');
    repository.git('config', 'user.email', 'ben@example.org');
    repository.git('config', 'gpg.format', 'ssh');
    repository.git('config', 'user.signingKey', '/not/mine');
    repository.git('config', 'gpg.ssh.allowedSignersFile', '/not/mine');
    assert.deepEqual(await readPerson(git, found), {
      reviewer: REVIEWER,
      key: { kind: 'openpgp', key: undefined },
      allowedSigners: undefined,
    });
    const settings = join(repository.around, 'gitconfig');
    const [key, signers] = [join(repository.around, 'key'), join(repository.around, 'signers')];
    writeFileSync(
      settings,
      `[user]\n\tname = Global\n\tsigningKey = ${key}\n[gpg]\n\tformat = ssh\n[gpg "ssh"]\n\tallowedSignersFile = ${signers}\n`,
    );
    const own = createNodeGit({ environment: { ...PLAIN_ENVIRONMENT, GIT_CONFIG_GLOBAL: settings } });
    assert.deepEqual(await readPerson(own, found), {
      reviewer: REVIEWER,
      key: { kind: 'ssh', key },
      allowedSigners: signers,
    });
  });
});

describe('adding a file', () => {
  let repository: ReviewedRepository;
  beforeEach(() => {
    repository = new ReviewedRepository();
  });
  afterEach(() => repository.remove());

  it('makes folders, replaces nothing, and leaves no part behind', () => {
    assert.equal(addFile(repository.folder, 'x/y/a.json', 'one'), undefined);
    assert.equal(addFile(repository.folder, 'x/y/a.json', 'two'), undefined);
    assert.equal(readFileSync(join(repository.folder, 'x/y/a.json'), 'utf8'), 'one');
    assert.deepEqual(readdirSync(join(repository.folder, 'x/y')), ['a.json']);
  });

  it('goes through no link out of the folder', () => {
    const outside = join(repository.around, 'outside');
    mkdirSync(outside);
    symlinkSync(outside, join(repository.folder, 'x'));
    assert.notEqual(addFile(repository.folder, 'x/y/a.json', 'one'), undefined);
    assert.notEqual(addFile(repository.folder, 'x/a.json', 'one'), undefined);
    assert.deepEqual(readdirSync(outside), []);
    mkdirSync(join(repository.folder, 'z'));
    symlinkSync(join(outside, 'b.json'), join(repository.folder, 'z/b.json'));
    assert.notEqual(addFile(repository.folder, 'z/b.json', 'one'), undefined);
    assert.deepEqual(readdirSync(outside), []);
  });
});
