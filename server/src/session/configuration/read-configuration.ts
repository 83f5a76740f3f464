/**
 * What a text of `.countersignrc.json` says. It never throws: each key and value that is wrong is a problem with
 * its place and takes its default, and the rest is in force.
 */
import type { Configuration } from './configuration';
import { type ConfigurationProblem, linesOf } from './configuration-problem';
import { parseConfiguration } from './configuration-syntax';
import { GlobReader } from './glob-reader';
import { MOST_PROBLEMS, NodeReader, type Place } from './node-reader';
import { readExtended } from './read-extended';
import { readOverrides } from './read-overrides';
import { readReview } from './read-review';
import { readAi, readProfile, readRules } from './read-rules';
import { readSuppressions } from './read-suppressions';
import { RuleNames } from './rule-names';

/** What a configuration is read against. */
export interface ReadingContext {
  /** Of all rules that there are. */
  readonly ruleIds: ReadonlySet<string>;
  /** `YYYY-MM-DD` */
  readonly today: string;
}

/** The keys at the top. */
export const CONFIGURATION_KEYS = [
  '$schema',
  'ai',
  'extends',
  'ignore',
  'overrides',
  'profile',
  'review',
  'rules',
  'suppress',
] as const;

/** Of keys that people know from other tools. */
const ADVICE: ReadonlyMap<string, string> = new Map([
  ['root', 'The nearest file counts alone, so that it is not needed. Remove it.'],
]);

const EMPTY: Configuration = {
  extended: [],
  profile: undefined,
  ai: undefined,
  customizations: [],
  overrides: [],
  suppressions: [],
  suppressEntries: [],
  ignored: [],
  review: undefined,
  globCharacters: 0,
  problems: [],
};

export function readConfiguration(text: string, { ruleIds, today }: ReadingContext): Configuration {
  const { root, problems } = parseConfiguration(text);
  const reader = new NodeReader();
  const read = root ? readRoot(reader, { node: root, keys: [] }, new RuleNames([...ruleIds]), today) : EMPTY;
  return { ...read, problems: inOrder(text, problems, reader.problems) };
}

/** A configuration that is not read at all, and why. */
export function unreadConfiguration(problem: ConfigurationProblem): Configuration {
  return { ...EMPTY, problems: [problem] };
}

function readRoot(reader: NodeReader, root: Place, names: RuleNames, today: string): Configuration {
  if (root.node.type !== 'object') {
    reader.report(root, () => 'A configuration is an object. Write `{ "profile": "strict" }`.');
    return EMPTY;
  }
  const fields = reader.fieldsOf(root, CONFIGURATION_KEYS, ADVICE);
  const globs = new GlobReader(reader);
  const ifThere = <T>(key: (typeof CONFIGURATION_KEYS)[number], read: (value: Place) => T): T | undefined => {
    const value = fields.get(key);
    return value && read(value);
  };
  const reading = { reader, names, globs };
  const suppressEntries = ifThere('suppress', (value) => readSuppressions(reading, value, today)) ?? [];
  const configuration = {
    extended: ifThere('extends', (value) => readExtended(reader, value)) ?? [],
    profile: ifThere('profile', (value) => readProfile(reader, value)),
    ai: ifThere('ai', (value) => readAi(reader, value)),
    customizations: ifThere('rules', (value) => readRules(reading, value)) ?? [],
    overrides: ifThere('overrides', (value) => readOverrides(reading, value)) ?? [],
    suppressions: suppressEntries.flatMap(({ suppression }) => suppression ?? []),
    suppressEntries,
    ignored: ifThere('ignore', (value) => globs.read(value)) ?? [],
    review: ifThere('review', (value) => readReview(reading, value)),
    problems: [],
  };
  return { ...configuration, globCharacters: globs.characters };
}

/**
 * All problems in the order of the text. Where the syntax of a line is broken nothing else is said of the line,
 * because it may come of that.
 */
function inOrder(
  text: string,
  syntax: readonly ConfigurationProblem[],
  others: readonly ConfigurationProblem[],
): ConfigurationProblem[] {
  const byStart = [...syntax, ...others].sort((a, b) => a.start - b.start);
  const lines = linesOf(
    text,
    byStart.map(({ start }) => start),
  );
  const isSyntax = new Set(syntax);
  const broken = new Map<number, ConfigurationProblem>();
  for (const [i, problem] of byStart.entries()) {
    const line = lines[i] ?? 0;
    if (isSyntax.has(problem) && !broken.has(line)) broken.set(line, problem);
  }
  return byStart
    .filter((problem, i) => (broken.get(lines[i] ?? 0) ?? problem) === problem)
    .slice(0, MOST_PROBLEMS);
}
