/** What the base revision says of reviews: policy, owners and keys. A branch cannot change them for itself. */
import type { Git } from '../host/git';
import type { Host } from '../host/host';
import type { TrustedKeys } from '../host/signing';
import type { Repository } from '../origin/repository/repository';
import { CODE_OWNERS_PLACES, LONGEST_CODE_OWNERS } from '../session/configuration/code-owners';
import { CONFIGURATION_NAME } from '../session/configuration/configuration-name';
import type { Person } from './person';
import { type ReviewRules, reviewRules } from './review-rules';
import { readTexts, type Tree } from './tree';
import { ALLOWED_SIGNERS, LONGEST_KEYS, PUBLIC_KEYS, trustedKeys } from './trusted-keys';

const LONGEST_CONFIGURATION = 1_000_000;

export interface BaseRules extends ReviewRules {
  readonly keys: TrustedKeys;
}

/** @throws Unanswered */
export async function readBaseRules(
  { git, host }: { readonly git: Git; readonly host: Host },
  repository: Repository,
  tree: Tree,
  person: Person,
): Promise<BaseRules> {
  const read = async (path: string, mostBytes: number) =>
    (await readTexts(git, repository, tree, [path], mostBytes)).get(path);
  const ownersPath = CODE_OWNERS_PLACES.find((path) => tree.get(path)?.isFile);
  const owners = ownersPath === undefined ? undefined : await read(ownersPath, LONGEST_CODE_OWNERS);
  const configuration = await read(CONFIGURATION_NAME, LONGEST_CONFIGURATION);
  const unread = [
    ...(tree.has(CONFIGURATION_NAME) && configuration === undefined ? [CONFIGURATION_NAME] : []),
    ...(ownersPath !== undefined && owners === undefined ? [ownersPath] : []),
  ];
  const signers = await read(ALLOWED_SIGNERS, LONGEST_KEYS);
  const publicKeys = await read(PUBLIC_KEYS, LONGEST_KEYS);
  return {
    ...reviewRules({ configuration, ownersPath, owners, unread }, host.today()),
    keys: trustedKeys(host, person, { signers, publicKeys }),
  };
}
