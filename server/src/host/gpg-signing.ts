/** OpenPGP signatures: `gpg` of GnuPG 2, read by its status lines and never by what it says to people. */

import type { SigningKey, SignResult, VerifyRequest, VerifyResult } from './signing';
import { type RunProgram, type ScratchFolder, type WithFolder, wordsOfFailure } from './signing-program';

/** The person may have to type a passphrase. */
const MOST_TO_SIGN = 120_000;
const MOST_TO_VERIFY = 20_000;

export class GpgSigning {
  readonly #run: RunProgram;
  readonly #withFolder: WithFolder;

  constructor(run: RunProgram, withFolder: WithFolder) {
    this.#run = run;
    this.#withFolder = withFolder;
  }

  async sign(
    text: string,
    { key }: SigningKey,
    email: string,
    signal: AbortSignal | undefined,
  ): Promise<SignResult> {
    const user = key === undefined || key === '' ? `<${email}>` : key;
    const args = ['--batch', '--no-tty', '--armor', '--detach-sign', `--local-user=${user}`];
    const result = await this.#run(args, text, { mostMilliseconds: MOST_TO_SIGN, signal });
    const out = result.kind === 'ended' ? result.out.replaceAll('\r', '') : '';
    if (result.kind === 'ended' && result.code === 0 && isArmoured(out)) {
      return { kind: 'signed', signature: { kind: 'openpgp', text: out } };
    }
    return { kind: 'failed', reason: wordsOfFailure('openpgp', result) };
  }

  async verify(
    { text, signature, email, keys }: VerifyRequest,
    signal: AbortSignal | undefined,
  ): Promise<VerifyResult> {
    if (!isArmoured(signature.text)) return { kind: 'refuted', reason: 'its signature is none' };
    return this.#withFolder(async (folder) => {
      const file = folder.write('signature.asc', signature.text);
      const ask = (home: readonly string[], isTrusting: boolean) =>
        this.#verifyWith([...home, '--batch', '--no-tty', '--no-auto-key-retrieve'], {
          ...{ file, text, email, isTrusting, signal },
        });
      let answer: VerifyResult = { kind: 'unproven', reason: 'no OpenPGP keys are known' };
      if (keys.publicKeys.length > 0) {
        const home = await this.#homeWith(folder, keys.publicKeys, signal);
        // `trust-model=always`: whoever named the keys trusts them.
        answer = await ask([`--homedir=${home}`, '--trust-model=always', '--no-autostart'], false);
      }
      if (answer.kind === 'unproven' && keys.hasKeyring) answer = await ask([], true);
      return answer;
    });
  }

  async #homeWith(
    folder: ScratchFolder,
    publicKeys: readonly string[],
    signal: AbortSignal | undefined,
  ): Promise<string> {
    const home = folder.folder('gnupg');
    for (const text of publicKeys) {
      const args = [`--homedir=${home}`, '--batch', '--no-tty', '--no-autostart', '--quiet', '--import'];
      await this.#run(args, text, { mostMilliseconds: MOST_TO_VERIFY, signal });
    }
    return home;
  }

  /** @param isTrusting whether the key has to be one that the person trusts. */
  async #verifyWith(
    options: readonly string[],
    { file, text, email, isTrusting, signal }: GpgQuestion,
  ): Promise<VerifyResult> {
    const limits = { mostMilliseconds: MOST_TO_VERIFY, signal };
    const result = await this.#run([...options, '--status-fd=1', '--verify', '--', file, '-'], text, limits);
    if (result.kind !== 'ended') return { kind: 'unproven', reason: wordsOfFailure('openpgp', result) };
    const status = statusLines(result.out);
    if (status.has('BADSIG')) return { kind: 'refuted', reason: 'its signature is not one of what it says' };
    const valid = status.get('VALIDSIG')?.[0]?.split(' ');
    const [fingerprint] = valid ?? [];
    const primary = valid?.at(-1) ?? fingerprint;
    if (result.code !== 0 || !status.has('GOODSIG') || fingerprint === undefined || primary === undefined) {
      const reason = status.has('EXPKEYSIG')
        ? 'its key has expired'
        : status.has('REVKEYSIG')
          ? 'its key was revoked'
          : 'its key is not among those that are known';
      return { kind: 'unproven', reason };
    }
    if (isTrusting && !status.has('TRUST_FULLY') && !status.has('TRUST_ULTIMATE')) {
      return { kind: 'unproven', reason: 'its key is known to gpg, and not trusted' };
    }
    const args = [...options, '--with-colons', '--list-keys', '--', primary];
    const listed = await this.#run(args, '', limits);
    const addresses = listed.kind === 'ended' ? addressesIn(listed.out, isTrusting) : [];
    if (addresses.includes(email.toLowerCase())) return { kind: 'proven', by: `OpenPGP key ${primary}` };
    return { kind: 'unproven', reason: `its key is not one of ${email}` };
  }
}

interface GpgQuestion {
  readonly file: string;
  readonly text: string;
  readonly email: string;
  readonly isTrusting: boolean;
  readonly signal: AbortSignal | undefined;
}

function isArmoured(text: string): boolean {
  return /^-----BEGIN PGP SIGNATURE-----\r?\n[\x20-\x7e\r\n]+\n-----END PGP SIGNATURE-----\s*$/.test(text);
}

/** What stands behind each keyword. */
function statusLines(out: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [, word = '', rest = ''] of out.matchAll(/^\[GNUPG:\] (\w+) ?([^\r\n]*)/gm)) {
    found.set(word, [...(found.get(word) ?? []), rest]);
  }
  return found;
}

/** Of the names of the key that hold: neither revoked nor expired, and trusted where that is asked for. */
function addressesIn(colons: string, isTrusting: boolean): string[] {
  return colons.split('\n').flatMap((line) => {
    const fields = line.split(':');
    const [kind, validity = ''] = fields;
    if (kind !== 'uid' || /^[rei]/.test(validity) || (isTrusting && !/^[fu]/.test(validity))) return [];
    const name = (fields[9] ?? '').replaceAll('\\x3a', ':');
    const [, address = name] = /<([^<>\s]+)>\s*$/.exec(name) ?? [];
    return [address.toLowerCase()];
  });
}
