// Signatures with keys that are made for the test and thrown away. They need ssh-keygen and gpg, as git does for
// signed commits; a machine without them fails here rather than leave them out.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from '../../server/src/host/find-program';
import { createNodeSigning } from '../../server/src/host/node-signing';
import type { SignResult, TextSignature, TrustedKeys } from '../../server/src/host/signing';

const NOBODY: TrustedKeys = { allowedSigners: [], publicKeys: [], hasKeyring: false };
const TEXT = '{"path":"src/a.ts"}';
const TIME = Date.parse('2026-02-03T04:05:06.000Z');

function signatureOf(result: SignResult): TextSignature {
  assert.equal(result.kind, 'signed', JSON.stringify(result));
  return result.kind === 'signed' ? result.signature : assert.fail();
}

function required(program: string): void {
  assert.ok(
    findProgram(program, process.env),
    `${program} is missing. On Debian or Ubuntu: apt-get install openssh-client gnupg`,
  );
}

describe('a signature with an SSH key', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-ssh-')));
  const key = (name: string) => join(folder, name);
  const publicKey = (name: string) => readFileSync(key(`${name}.pub`), 'utf8').trim();
  const signing = createNodeSigning({ home: folder });
  const sign = async (name: string) =>
    signatureOf(await signing.sign(TEXT, { kind: 'ssh', key: key(name) }, 'ann@example.org'));
  const verify = (signature: TextSignature, allowed: readonly string[], more = {}) =>
    signing.verify({
      ...{ text: TEXT, signature, email: 'ann@example.org', time: TIME },
      keys: { ...NOBODY, allowedSigners: allowed },
      ...more,
    });

  before(() => {
    required('ssh-keygen');
    for (const name of ['ann', 'eve']) {
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', key(name)]);
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('is proven by a list that names the key for the reviewer', async () => {
    const signature = await sign('ann');
    const result = await verify(signature, [`ann@example.org ${publicKey('ann')}\n`]);
    assert.equal(result.kind, 'proven');
    assert.match(result.kind === 'proven' ? result.by : '', /^ED25519 key SHA256:/);
    const second = await verify(signature, [
      '',
      `*@example.org namespaces="countersign" ${publicKey('ann')}\n`,
    ]);
    assert.equal(second.kind, 'proven', 'any of the lists');
  });

  it('is recorded, not proven, by any other key or list', async () => {
    const signature = await sign('ann');
    const lists = {
      none: [],
      'of another person': [`eve@example.org ${publicKey('ann')}\n`],
      'of another key': [`ann@example.org ${publicKey('eve')}\n`],
      'for another use': [`ann@example.org namespaces="git" ${publicKey('ann')}\n`],
      'of a key that was over then': [`ann@example.org valid-before="20250101" ${publicKey('ann')}\n`],
      'that is none': ['\0\n-----\n'.repeat(10)],
    };
    for (const [name, list] of Object.entries(lists)) {
      assert.equal((await verify(signature, list)).kind, 'unproven', name);
    }
    const until = [`ann@example.org valid-before="20260601" ${publicKey('ann')}\n`];
    assert.equal((await verify(signature, until)).kind, 'proven', 'a key counts for the time it was used in');
    for (const email of ['-h', 'a b@example.org', '*@example.org', 'ann@example.org,eve@example.org']) {
      const any = [`* ${publicKey('ann')}\n`];
      assert.equal((await verify(signature, any, { email })).kind, 'unproven', email);
    }
  });

  it('is refuted when the text is another, or the signature damaged', async () => {
    const signature = await sign('ann');
    const list = [`ann@example.org ${publicKey('ann')}\n`];
    assert.equal((await verify(signature, list, { text: `${TEXT} ` })).kind, 'refuted');
    const lines = signature.text.split('\n');
    const damaged = lines.with(2, [...(lines[2] ?? '')].reverse().join('')).join('\n');
    for (const text of [damaged, 'x', '', `${signature.text}\n${signature.text}`]) {
      assert.equal((await verify({ kind: 'ssh', text }, list)).kind, 'refuted', text);
    }
    const file = key('text');
    writeFileSync(file, TEXT);
    execFileSync('ssh-keygen', ['-q', '-Y', 'sign', '-n', 'git', '-f', key('ann'), file], {
      stdio: 'ignore',
    });
    const ofCommit = { kind: 'ssh', text: readFileSync(`${file}.sig`, 'utf8') } as const;
    assert.equal((await verify(ofCommit, list)).kind, 'refuted', 'one that was made for a commit');
  });

  it('is made with a path from home, and refused without a key', async () => {
    mkdirSync(join(folder, '.ssh'));
    for (const name of ['ann', 'ann.pub']) {
      writeFileSync(join(folder, '.ssh', name), readFileSync(key(name)), { mode: 0o600 });
    }
    const result = await signing.sign(TEXT, { kind: 'ssh', key: '~/.ssh/ann' }, 'ann@example.org');
    assert.equal(result.kind, 'signed');
    for (const bad of [undefined, '', 'ann', './ann', key('missing'), `key::${publicKey('ann')}`]) {
      const { kind } = await createNodeSigning({
        environment: { ...process.env, SSH_AUTH_SOCK: undefined },
        home: folder,
      }).sign(TEXT, { kind: 'ssh', key: bad }, 'ann@example.org');
      assert.equal(kind, 'failed', bad);
    }
  });

  it('is found by PATH alone, and nothing is left behind', async () => {
    const without = createNodeSigning({ environment: { PATH: '.' } });
    const result = await without.sign(TEXT, { kind: 'ssh', key: key('ann') }, 'ann@example.org');
    assert.deepEqual(result, { kind: 'failed', reason: 'ssh-keygen was not found on this machine' });
    const [scratch, before] = [join(folder, 'scratch'), process.env.TMPDIR];
    mkdirSync(scratch);
    process.env.TMPDIR = scratch;
    try {
      await verify(await sign('ann'), [`ann@example.org ${publicKey('ann')}\n`]);
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
    }
    assert.deepEqual(readdirSync(scratch), []);
  });
});

describe('a signature with an OpenPGP key', () => {
  // Short: the socket of its agent is in there, and paths of sockets are.
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'cs-gpg-')));
  const environment = { ...process.env, GNUPGHOME: home };
  const signing = createNodeSigning({ environment });
  const gpg = (...args: readonly string[]) =>
    execFileSync('gpg', ['--batch', '--quiet', ...args], {
      env: environment,
      encoding: 'utf8',
      stdio: 'pipe',
    });
  const verify = (signature: TextSignature, keys: Partial<TrustedKeys>, more = {}) =>
    createNodeSigning({
      environment: { ...process.env, GNUPGHOME: keys.hasKeyring ? home : join(home, 'none') },
    }).verify({
      ...{ text: TEXT, signature, email: 'ann@example.org', time: TIME },
      keys: { ...NOBODY, ...keys },
      ...more,
    });

  before(() => {
    required('gpg');
    for (const name of ['ann', 'eve']) {
      const user = `${name} <${name}@example.org>`;
      gpg('--passphrase', '', '--quick-gen-key', user, 'ed25519', 'sign', 'never');
    }
  });
  after(() => {
    if (existsSync(home)) {
      execFileSync('gpgconf', ['--kill', 'all'], { env: environment, stdio: 'ignore' });
      rmSync(home, { recursive: true, force: true });
    }
  });

  it('is proven by keys that are given, or by a trusted one of the keyring', async () => {
    const signature = signatureOf(
      await signing.sign(TEXT, { kind: 'openpgp', key: undefined }, 'ann@example.org'),
    );
    const ann = gpg('--armor', '--export', 'ann@example.org');
    const eve = gpg('--armor', '--export', 'eve@example.org');
    const given = await verify(signature, { publicKeys: [eve, ann] });
    assert.match(given.kind === 'proven' ? given.by : JSON.stringify(given), /^OpenPGP key [0-9A-F]{40}$/);
    assert.equal((await verify(signature, { hasKeyring: true })).kind, 'proven');
    assert.equal((await verify(signature, { publicKeys: [eve] })).kind, 'unproven');
    assert.equal((await verify(signature, {})).kind, 'unproven');
    assert.equal((await verify(signature, { publicKeys: ['no key'] })).kind, 'unproven');
    const other = { email: 'eve@example.org' };
    assert.equal((await verify(signature, { publicKeys: [ann, eve] }, other)).kind, 'unproven');
    assert.equal((await verify(signature, { publicKeys: [ann] }, { text: 'other' })).kind, 'refuted');
  });

  it('is not proven by a key of the keyring that nobody trusts', async () => {
    const signature = signatureOf(
      await signing.sign(TEXT, { kind: 'openpgp', key: 'eve' }, 'eve@example.org'),
    );
    const fingerprint = /^fpr:+([0-9A-F]{40}):/m.exec(
      gpg('--with-colons', '--list-keys', 'eve@example.org'),
    )?.[1];
    execFileSync('gpg', ['--batch', '--quiet', '--import-ownertrust'], {
      env: environment,
      input: `${fingerprint}:2:\n`,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    const result = await verify(signature, { hasKeyring: true }, { email: 'eve@example.org' });
    assert.deepEqual(result, { kind: 'unproven', reason: 'its key is known to gpg, and not trusted' });
  });

  it('is refuted when it is none', async () => {
    for (const text of ['', 'x', '-----BEGIN PGP SIGNATURE-----\n\nx\n']) {
      assert.equal((await verify({ kind: 'openpgp', text }, {})).kind, 'refuted');
    }
  });
});
