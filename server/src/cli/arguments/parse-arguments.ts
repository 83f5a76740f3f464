/** Options and paths of a command, read strictly: what means nothing is refused, with what was probably meant. */
import { parseArgs } from 'node:util';

import { nearestName } from '../../session/configuration/nearest-name';
import { UsageError } from '../command';

export interface OptionSpec {
  /** Without dashes. */
  readonly name: string;
  readonly short?: string;
  /** What stands behind it, for the help; undefined for a switch. */
  readonly value?: string;
  /** What may stand behind it; undefined for anything. */
  readonly choices?: readonly string[];
  /** One line, without a full stop. */
  readonly summary: string;
}

export interface ParsedArguments {
  readonly switches: ReadonlySet<string>;
  /** The last value of each option that was given. */
  readonly values: ReadonlyMap<string, string>;
  readonly positionals: readonly string[];
}

/** Of the design, and not built: better said than taken for a slip. */
const PLANNED = new Set(['config']);

/** @throws UsageError */
export function parseArguments(args: readonly string[], specs: readonly OptionSpec[]): ParsedArguments {
  const options = Object.fromEntries(
    specs.map(({ name, short, value }) => [
      name,
      { type: value === undefined ? ('boolean' as const) : ('string' as const), ...(short && { short }) },
    ]),
  );
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  const switches = new Set<string>();
  const values = new Map<string, string>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const spec = specs.find(({ name }) => name === token.name);
    if (!spec) throw unknownOption(token.rawName, specs);
    // In `--output --fix` the second is no file: `--output=--fix` says so where it is meant.
    const isSwallowed = !token.inlineValue && /^-./.test(token.value ?? '');
    if (spec.value === undefined) {
      if (token.value !== undefined) throw new UsageError(`\`--${spec.name}\` takes no value.`);
      switches.add(spec.name);
    } else if (token.value === undefined || token.value === '' || isSwallowed) {
      throw new UsageError(`\`--${spec.name}\` needs a value: ${described(spec)}.`);
    } else {
      values.set(spec.name, checked(spec, token.value));
    }
  }
  return { switches, values, positionals };
}

function checked(spec: OptionSpec, value: string): string {
  if (spec.choices && !spec.choices.includes(value)) {
    const nearest = nearestName(value, spec.choices);
    const advice = nearest ? ` Did you mean \`${nearest}\`?` : '';
    throw new UsageError(`\`--${spec.name}\` cannot be ${quoted(value)}, only ${described(spec)}.${advice}`);
  }
  return value;
}

function unknownOption(written: string, specs: readonly OptionSpec[]): UsageError {
  const name = written.replace(/^-+/, '');
  if (PLANNED.has(name)) return new UsageError(`\`--${name}\` is not there yet.`);
  const nearest = nearestName(
    name,
    specs.map((spec) => spec.name),
  );
  const advice = nearest ? ` Did you mean \`--${nearest}\`?` : ' `--help` lists those that there are.';
  return new UsageError(`There is no option ${quoted(written)}.${advice}`);
}

function described({ choices, value }: OptionSpec): string {
  return choices ? choices.map((choice) => `\`${choice}\``).join(', ') : `${value}`;
}

/** A word of the person, harmless for a terminal. */
export function quoted(word: string): string {
  return `\`${word.replace(/\p{C}/gu, '?')}\``;
}
