/**
 * Whose signatures count. **Invariant:** keys come from the base revision or from a person's own settings, never from
 * the settings of a repository or from what is under review.
 */
import { pathToFileURL } from 'node:url';
import type { Git } from '../host/git';
import type { Host } from '../host/host';
import type { TrustedKeys } from '../host/signing';
import { decode } from '../origin/lines/decode';
import { type GitObject, readObjects } from '../origin/repository/objects';
import type { Repository } from '../origin/repository/repository';
import type { Person } from './person';

/** From the root of the repository. */
export const ALLOWED_SIGNERS = '.countersign/allowed_signers';
export const PUBLIC_KEYS = '.countersign/public_keys.asc';

export const LONGEST_KEYS = 1_000_000;

/** @param texts the project's lists of keys at the base revision. */
export function trustedKeys(
  host: Host,
  { allowedSigners }: Pick<Person, 'allowedSigners'>,
  texts: { readonly signers: string | undefined; readonly publicKeys: string | undefined },
): TrustedKeys {
  const own = allowedSigners === undefined ? undefined : host.readFile(pathToFileURL(allowedSigners).href);
  const ownText = own && 'text' in own ? own.text : undefined;
  return {
    allowedSigners: [texts.signers, ownText].filter((list) => list !== undefined),
    publicKeys: texts.publicKeys === undefined ? [] : [texts.publicKeys],
    hasKeyring: true,
  };
}

/** Those that count where nobody has listed the files of the base. @param base undefined where there is none. */
export async function readTrustedKeys(
  { git, host }: { readonly git: Git; readonly host: Host },
  repository: Repository,
  base: string | undefined,
  person: Pick<Person, 'allowedSigners'>,
): Promise<TrustedKeys> {
  const nameOf = (path: string) => `${base}:${path}`;
  const objects =
    base === undefined
      ? new Map<string, GitObject>()
      : await readObjects(git, {
          ...{ repository, names: [ALLOWED_SIGNERS, PUBLIC_KEYS].map(nameOf), type: 'blob' },
          ...{ mostBytes: LONGEST_KEYS, mostBytesInAll: 2 * LONGEST_KEYS },
        });
  const textOf = (path: string): string | undefined => {
    const bytes = 'kind' in objects ? undefined : objects.get(nameOf(path))?.bytes;
    return bytes && decode(bytes);
  };
  return trustedKeys(host, person, { signers: textOf(ALLOWED_SIGNERS), publicKeys: textOf(PUBLIC_KEYS) });
}
