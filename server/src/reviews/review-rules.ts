/** Policy and owners, as the texts of their files say. */
import { type CodeOwners, NO_CODE_OWNERS, readCodeOwners } from '../session/configuration/code-owners';
import { CONFIGURATION_NAME } from '../session/configuration/configuration-name';
import { linesOf } from '../session/configuration/configuration-problem';
import { readConfiguration } from '../session/configuration/read-configuration';
import { DEFAULT_POLICY, type ReviewPolicy } from '../session/configuration/review-policy';

export interface ReviewRules {
  readonly policy: ReviewPolicy;
  /** Whether it comes from a configuration. */
  readonly hasPolicy: boolean;
  /** What is wrong with it, with its place: then it is not known what is meant. */
  readonly problems: readonly string[];
  readonly owners: CodeOwners;
  /** Where CODEOWNERS is; undefined where there is none. */
  readonly ownersPath: string | undefined;
}

/** What is wrong in these parts of a configuration changes nothing about reviews. */
const OTHER_PARTS = new Set(['extends', 'ignore', 'overrides', 'profile', 'rules', 'suppress', '$schema']);

/**
 * @param texts those of the files; undefined where there is none.
 * @param today as `Host.today`.
 */
export function reviewRules(
  texts: {
    readonly configuration: string | undefined;
    readonly ownersPath: string | undefined;
    readonly owners: string | undefined;
    /** Files that are there, and cannot be read. */
    readonly unread: readonly string[];
  },
  today: string,
): ReviewRules {
  const { configuration: text, owners, ownersPath, unread } = texts;
  const configuration =
    text === undefined ? undefined : readConfiguration(text, { ruleIds: new Set(), today });
  const problems = (configuration?.problems ?? []).filter(
    ({ keys: [first = ''] }) => !OTHER_PARTS.has(first),
  );
  const lines = linesOf(
    text ?? '',
    problems.map(({ start }) => start),
  );
  return {
    policy: configuration?.review ?? DEFAULT_POLICY,
    hasPolicy: configuration?.review !== undefined,
    problems: [
      ...unread.map((path) => `${path} is too large or no file.`),
      ...problems.map(({ message }, i) => `${CONFIGURATION_NAME}, line ${(lines[i] ?? 0) + 1}: ${message}`),
    ],
    owners: owners === undefined ? NO_CODE_OWNERS : readCodeOwners(owners),
    ownersPath,
  };
}
