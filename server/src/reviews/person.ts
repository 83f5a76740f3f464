/** What a person's settings of git say of them: who they are, with which key they sign, whose keys they trust. */
import type { Git } from '../host/git';
import type { SigningKey } from '../host/signing';
import type { Repository } from '../origin/repository/repository';
import { cleanText } from '../origin/stranger-text';
import type { Reviewer } from '../signoffs/record';

export interface Person {
  /** Undefined where git does not know who the person is. */
  readonly reviewer: Reviewer | undefined;
  /** Undefined where the settings name none that we can sign with. */
  readonly key: SigningKey | undefined;
  /** Path of a list of allowed signers; absolute. */
  readonly allowedSigners: string | undefined;
}

interface Setting {
  readonly scope: string;
  /** In lower case. */
  readonly name: string;
  readonly value: string;
}

/** A repository that came from somebody else may bring settings of its own. */
const OF_PERSON: ReadonlySet<string> = new Set(['command', 'global', 'system']);

/**
 * Name and address may be set for one repository. **Invariant:** keys come from the settings of the person or of the
 * machine, never from those of a repository. Never rejects.
 */
export async function readPerson(git: Git, repository: Repository, signal?: AbortSignal): Promise<Person> {
  const ask = (...args: readonly string[]) => settings(git, repository, args, signal);
  const all = await ask('--get-regexp', '^(user|gpg)\\.');
  const lists = await ask('--type=path', '--get-regexp', '^gpg\\.ssh\\.allowedsignersfile$');
  const last = (list: readonly Setting[], name: string, isOwn: boolean) =>
    list.findLast((each) => each.name === name && (!isOwn || OF_PERSON.has(each.scope)))?.value;
  const name = cleanText(last(all, 'user.name', false));
  const email = last(all, 'user.email', false)?.trim();
  const format = last(all, 'gpg.format', true) ?? 'openpgp';
  const key = last(all, 'user.signingkey', true);
  const signers = last(lists, 'gpg.ssh.allowedsignersfile', true);
  return {
    reviewer: name !== undefined && email !== undefined && email !== '' ? { name, email } : undefined,
    key: format === 'ssh' || format === 'openpgp' ? { kind: format, key } : undefined,
    allowedSigners: signers !== undefined && /^(?:\/|[A-Za-z]:[\\/])/.test(signers) ? signers : undefined,
  };
}

async function settings(
  git: Git,
  repository: Repository,
  args: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Setting[]> {
  const result = await git.run(['config', '--null', '--show-scope', '--includes', ...args], {
    folder: repository.root,
    mostBytes: 1_000_000,
    mostMilliseconds: 10_000,
    signal,
  });
  // Nothing found is exit code 1.
  if (result.kind !== 'done') return [];
  const parts = result.output.toString('utf8').split('\0');
  const found: Setting[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [scope = '', entry = ''] = [parts[at], parts[at + 1]];
    const end = entry.indexOf('\n');
    if (end >= 0) found.push({ scope, name: entry.slice(0, end), value: entry.slice(end + 1) });
  }
  return found;
}
