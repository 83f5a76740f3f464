/** What the base revision says of reviews: policy, owners and keys. A branch cannot change them for itself. */
import { pathToFileURL } from 'node:url';
import type { Git } from '../host/git';
import type { Host } from '../host/host';
import type { TrustedKeys } from '../host/signing';
import type { Repository } from '../origin/repository/repository';
import {
  CODE_OWNERS_PLACES,
  type CodeOwners,
  LONGEST_CODE_OWNERS,
  NO_CODE_OWNERS,
  readCodeOwners,
} from '../session/configuration/code-owners';
import { CONFIGURATION_NAME } from '../session/configuration/configuration-name';
import { linesOf } from '../session/configuration/configuration-problem';
import { readConfiguration } from '../session/configuration/read-configuration';
import { DEFAULT_POLICY, type ReviewPolicy } from '../session/configuration/review-policy';
import type { Person } from './person';
import { readTexts, type Tree } from './tree';

/** Whose signatures count, from the root of the repository. */
export const ALLOWED_SIGNERS = '.countersign/allowed_signers';
export const PUBLIC_KEYS = '.countersign/public_keys.asc';

const LONGEST_CONFIGURATION = 1_000_000;
const LONGEST_KEYS = 1_000_000;
/** What is wrong in these parts of a configuration changes nothing about reviews. */
const OTHER_PARTS = new Set(['extends', 'ignore', 'overrides', 'profile', 'rules', 'suppress', '$schema']);

export interface BaseRules {
  readonly policy: ReviewPolicy;
  /** Whether it comes from a configuration. */
  readonly hasPolicy: boolean;
  /** What is wrong with it, with its place: then it is not known what is meant. */
  readonly problems: readonly string[];
  readonly owners: CodeOwners;
  /** Where CODEOWNERS is; undefined where there is none. */
  readonly ownersPath: string | undefined;
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
  const text = await read(CONFIGURATION_NAME, LONGEST_CONFIGURATION);
  const configuration =
    text === undefined ? undefined : readConfiguration(text, { ruleIds: new Set(), today: host.today() });
  const problems = (configuration?.problems ?? []).filter(
    ({ keys: [first = ''] }) => !OTHER_PARTS.has(first),
  );
  const lines = linesOf(
    text ?? '',
    problems.map(({ start }) => start),
  );
  const unread = [
    ...(tree.has(CONFIGURATION_NAME) && text === undefined ? [CONFIGURATION_NAME] : []),
    ...(ownersPath !== undefined && owners === undefined ? [ownersPath] : []),
  ];
  const [signers, publicKeys] = [
    await read(ALLOWED_SIGNERS, LONGEST_KEYS),
    await read(PUBLIC_KEYS, LONGEST_KEYS),
  ];
  const own = person.allowedSigners === undefined ? undefined : ownFile(host, person.allowedSigners);
  return {
    policy: configuration?.review ?? DEFAULT_POLICY,
    hasPolicy: configuration?.review !== undefined,
    problems: [
      ...unread.map((path) => `${path} is too large or no file.`),
      ...problems.map(({ message }, i) => `${CONFIGURATION_NAME}, line ${(lines[i] ?? 0) + 1}: ${message}`),
    ],
    owners: owners === undefined ? NO_CODE_OWNERS : readCodeOwners(owners),
    ownersPath,
    keys: {
      allowedSigners: [signers, own].filter((list) => list !== undefined),
      publicKeys: publicKeys === undefined ? [] : [publicKeys],
      hasKeyring: true,
    },
  };
}

function ownFile(host: Host, path: string): string | undefined {
  const file = host.readFile(pathToFileURL(path).href);
  return file && 'text' in file ? file.text : undefined;
}
