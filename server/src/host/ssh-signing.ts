/** SSH signatures: `ssh-keygen -Y`, of OpenSSH 8.1 and newer. */
import { join } from 'node:path';
import {
  type SigningKey,
  type SignResult,
  SSH_NAMESPACE,
  type VerifyRequest,
  type VerifyResult,
} from './signing';
import { type RunProgram, type WithFolder, wordsOfFailure } from './signing-program';

/** The person may have to type a passphrase. */
const MOST_TO_SIGN = 120_000;
const MOST_TO_VERIFY = 10_000;
const PUBLIC_KEY = /^(?:key::)?((?:ssh|ecdsa|sk-ssh|sk-ecdsa)-[\w@.-]+ [A-Za-z0-9+/=]+(?: [^\n\r]*)?)$/;

export class SshSigning {
  readonly #run: RunProgram;
  readonly #withFolder: WithFolder;
  readonly #home: string;

  constructor(run: RunProgram, withFolder: WithFolder, home: string) {
    this.#run = run;
    this.#withFolder = withFolder;
    this.#home = home;
  }

  async sign(
    text: string,
    { key }: SigningKey,
    _email: string,
    signal: AbortSignal | undefined,
  ): Promise<SignResult> {
    if (key === undefined || key === '') {
      return { kind: 'failed', reason: 'the settings of git name no key; set user.signingKey' };
    }
    return this.#withFolder(async (folder) => {
      const [, written] = PUBLIC_KEY.exec(key) ?? [];
      const file = written === undefined ? this.#pathOf(key) : folder.write('key.pub', `${written}\n`);
      if (file === undefined) {
        return { kind: 'failed', reason: 'user.signingKey is neither an absolute path nor a public key' };
      }
      const args = ['-Y', 'sign', '-q', '-n', SSH_NAMESPACE, '-f', file];
      if (written !== undefined) args.push('-U');
      const result = await this.#run(args, text, { mostMilliseconds: MOST_TO_SIGN, signal });
      if (result.kind === 'ended' && result.code === 0 && isArmoured(result.out)) {
        return { kind: 'signed', signature: { kind: 'ssh', text: result.out.replaceAll('\r', '') } };
      }
      const advice = result.kind === 'ended' ? '; if the key has a passphrase, add it to the agent' : '';
      return { kind: 'failed', reason: wordsOfFailure('ssh', result) + advice };
    });
  }

  async verify(
    { text, signature, email, keys, time }: VerifyRequest,
    signal: AbortSignal | undefined,
  ): Promise<VerifyResult> {
    if (!isArmoured(signature.text)) return { kind: 'refuted', reason: 'its signature is none' };
    // It stands where options do.
    if (!/^[^\s,*?!"-][^\s,*?!"]*$/.test(email)) {
      return { kind: 'unproven', reason: 'its address cannot be looked up among those that may sign' };
    }
    return this.#withFolder(async (folder) => {
      const limits = { mostMilliseconds: MOST_TO_VERIFY, signal };
      const file = folder.write('signature', signature.text);
      const whole = await this.#run(
        ['-Y', 'check-novalidate', '-n', SSH_NAMESPACE, '-s', file],
        text,
        limits,
      );
      if (whole.kind !== 'ended') return { kind: 'unproven', reason: wordsOfFailure('ssh', whole) };
      if (whole.code !== 0) return { kind: 'refuted', reason: 'its signature is not one of what it says' };
      for (const [index, signers] of keys.allowedSigners.entries()) {
        const allowed = folder.write(`allowed-${index}`, signers);
        const result = await this.#run(
          [
            ...['-Y', 'verify', '-n', SSH_NAMESPACE, '-f', allowed, '-I', email, '-s', file],
            ...['-O', `verify-time=${stampOf(time)}`],
          ],
          text,
          limits,
        );
        if (result.kind !== 'ended') return { kind: 'unproven', reason: wordsOfFailure('ssh', result) };
        if (result.code === 0) return { kind: 'proven', by: fingerprintIn(result.out) };
      }
      const reason =
        keys.allowedSigners.length === 0
          ? 'no list of allowed signers is known'
          : `no list of allowed signers names this key for ${email}`;
      return { kind: 'unproven', reason };
    });
  }

  /** Git takes a path as seen from where it runs; here only one that means the same everywhere. */
  #pathOf(key: string): string | undefined {
    if (key.startsWith('~/')) return join(this.#home, key.slice(2));
    return /^(?:\/|[A-Za-z]:[\\/])/.test(key) ? key : undefined;
  }
}

function isArmoured(text: string): boolean {
  return /^-----BEGIN SSH SIGNATURE-----\r?\n[A-Za-z0-9+/=\r\n]+-----END SSH SIGNATURE-----\s*$/.test(text);
}

/** `Good "countersign" signature for ann@example.org with ED25519 key SHA256:…` */
function fingerprintIn(out: string): string {
  const [, kind, print] = /with (\S+) key (SHA256:[A-Za-z0-9+/=]+)/.exec(out) ?? [];
  return print === undefined ? 'an SSH key' : `${kind} key ${print}`;
}

/** In the time zone of the machine, as OpenSSH before 9.1 reads it in any case. */
function stampOf(time: number): string {
  const date = new Date(time);
  const pad = (value: number, digits = 2) => String(value).padStart(digits, '0');
  const day = `${pad(date.getFullYear(), 4)}${pad(date.getMonth() + 1)}${pad(date.getDate())}`;
  return `${day}${pad(date.getHours())}${pad(date.getMinutes())}${pad(date.getSeconds())}`;
}
