/**
 * What a text of `.countersignrc.json` says. It never throws: each key and value that is wrong is a problem with
 * its place and takes its default, and the rest is in force.
 */
import type { Node } from 'jsonc-parser';

import { CONFIG_BAD_VALUE, CONFIG_UNKNOWN_KEY } from '../../analysis/engine-rules';
import type { RuleMeta } from '../../analysis/rule';
import {
  CUSTOM_SEVERITIES,
  type Customization,
  matchesRule,
  PROFILES,
  type Selection,
} from '../../analysis/selection';
import { type ConfigurationProblem, linesOf } from './configuration-problem';
import { parseConfiguration } from './configuration-syntax';
import { nearestName } from './nearest-name';

export interface Configuration {
  /** Undefined when none is given. */
  readonly profile: Selection['profile'] | undefined;
  /** In the order of the text. */
  readonly customizations: readonly Customization[];
  /** In the order of the text. */
  readonly problems: readonly ConfigurationProblem[];
}

/** More are not told: the first ones say what is wrong. */
const MOST_PROBLEMS = 100;
const LONGEST_QUOTE = 60;

/** @param ruleIds of all rules that there are. */
export function readConfiguration(text: string, ruleIds: ReadonlySet<string>): Configuration {
  const { root, problems } = parseConfiguration(text);
  const reader = new Reader([...ruleIds]);
  if (root) reader.read(root);
  return {
    profile: reader.profile,
    customizations: reader.customizations,
    problems: inOrder(text, problems, reader.problems),
  };
}

/** Each reads the value of one key at the top. */
const KEYS: ReadonlyMap<string, (reader: Reader, value: Node) => void> = new Map([
  ['$schema', () => {}],
  ['profile', (reader: Reader, value: Node) => reader.readProfile(value)],
  ['rules', (reader: Reader, value: Node) => reader.readRules(value)],
]);

class Reader {
  profile: Selection['profile'] | undefined;
  readonly customizations: Customization[] = [];
  readonly problems: ConfigurationProblem[] = [];
  readonly #ruleIds: readonly string[];

  constructor(ruleIds: readonly string[]) {
    this.#ruleIds = ruleIds;
  }

  read(root: Node): void {
    if (root.type !== 'object') {
      this.#report(
        CONFIG_BAD_VALUE,
        root,
        [],
        () => 'A configuration is an object. Write `{ "profile": "strict" }`.',
      );
      return;
    }
    for (const { key, name, value } of this.#entriesOf(root, [])) {
      const readKey = KEYS.get(name);
      if (readKey) readKey(this, value);
      else this.#report(CONFIG_UNKNOWN_KEY, key, [name], () => unknownKeyMessage(name));
    }
  }

  readProfile(value: Node): void {
    const profile = PROFILES.find((known) => known === value.value);
    if (profile) this.profile = profile;
    else {
      const message = () => `This is no profile, so the default holds. Write ${anyOf(PROFILES)}.`;
      this.#report(CONFIG_BAD_VALUE, value, ['profile'], message);
    }
  }

  readRules(rules: Node): void {
    if (rules.type !== 'object') {
      const message = () => 'This is no object, so no rule is changed. Write `{ "auth/*": "error" }`.';
      this.#report(CONFIG_BAD_VALUE, rules, ['rules'], message);
      return;
    }
    for (const { key, name: rule, value } of this.#entriesOf(rules, ['rules'])) {
      const keys = ['rules', rule];
      const severity = CUSTOM_SEVERITIES.find((known) => known === value.value);
      if (!this.#ruleIds.some((id) => matchesRule(rule, id))) {
        this.#report(CONFIG_UNKNOWN_KEY, key, keys, () => this.#unknownRuleMessage(rule));
      } else if (severity) {
        this.customizations.push({ rule, severity });
      } else {
        const message = () =>
          `This is no severity, so nothing is changed. Write ${anyOf(CUSTOM_SEVERITIES)}.`;
        this.#report(CONFIG_BAD_VALUE, value, keys, message);
      }
    }
  }

  /** The entries of an object, as far as they are whole; of several with one key only the last. */
  #entriesOf(object: Node, outer: readonly string[]): { key: Node; name: string; value: Node }[] {
    const entries = new Map<string, { key: Node; name: string; value: Node }>();
    for (const { children: [key, value] = [] } of object.children ?? []) {
      if (!key || !value) continue;
      const name = String(key.value);
      const earlier = entries.get(name);
      if (earlier) {
        const message = () =>
          `The key ${quoted(name)} is there again below, and the last one counts. Remove one of them.`;
        this.#report(CONFIG_BAD_VALUE, earlier.key, [...outer, name], message);
        entries.delete(name);
      }
      entries.set(name, { key, name, value });
    }
    return [...entries.values()];
  }

  #unknownRuleMessage(rule: string): string {
    if (rule.includes('*')) {
      const groups = [...new Set(this.#ruleIds.map((id) => `\`${id.split('/')[0]}/*\``))].sort();
      return `No rule matches ${quoted(rule)}. The groups of rules are ${list(groups, 'and')}.`;
    }
    const nearest = nearestName(rule, this.#ruleIds);
    const advice = nearest
      ? `Did you mean \`${nearest}\`?`
      : 'Write it as `group/name`, or a pattern such as `auth/*`.';
    return `There is no rule ${quoted(rule)}. ${advice}`;
  }

  #report(rule: RuleMeta, { offset, length }: Node, keys: readonly string[], message: () => string): void {
    if (this.problems.length >= MOST_PROBLEMS) return;
    this.problems.push({ rule, start: offset, end: offset + length, message: message(), keys });
  }
}

function unknownKeyMessage(name: string): string {
  const names = [...KEYS.keys()];
  const nearest = nearestName(name, names);
  const known = names.map((key) => `\`${key}\``);
  return `There is no key ${quoted(name)}. ${nearest ? `Did you mean \`${nearest}\`?` : `The keys are ${list(known, 'and')}.`}`;
}

/** A word of the file, harmless and short enough for a message. */
function quoted(word: string): string {
  const safe = word.replace(/[\p{C}`]/gu, '?');
  return `\`${safe.length > LONGEST_QUOTE ? `${safe.slice(0, LONGEST_QUOTE)}…` : safe}\``;
}

function anyOf(words: readonly string[]): string {
  return list(
    words.map((word) => `"${word}"`),
    'or',
  );
}

function list(words: readonly string[], conjunction: 'and' | 'or'): string {
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1)}`;
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
