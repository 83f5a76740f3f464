/** The texts of `--help`. */
import type { Command } from '../command';
import type { OptionSpec } from './parse-arguments';

export const HELP: OptionSpec = { name: 'help', short: 'h', summary: 'say what can be said, and end' };
export const VERSION: OptionSpec = { name: 'version', short: 'v', summary: 'print the version, and end' };

export function generalHelp(commands: readonly Command[]): string {
  return [
    'Countersign finds insecure patterns in the code that AI tools write.',
    'Usage: countersign <command> [options]',
    `Commands:\n${columns(commands.map(({ name, summary }) => [name, summary]))}`,
    `Options:\n${optionLines([HELP, VERSION])}`,
    'Exit codes: 0 clean, 1 findings, 2 wrong use or configuration, 3 internal failure.\n' +
      '`countersign <command> --help` says more of a command.',
  ]
    .join('\n\n')
    .concat('\n');
}

export function commandHelp({ name, summary, usage, options, details }: Command): string {
  return [
    `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`,
    `Usage: countersign ${name} ${usage}`.trimEnd(),
    `Options:\n${optionLines([...options, HELP])}`,
    ...(details === '' ? [] : [details]),
  ]
    .join('\n\n')
    .concat('\n');
}

function optionLines(options: readonly OptionSpec[]): string {
  return columns(
    options.map(({ name, short, value, choices, summary }) => {
      const given = value === undefined ? '' : ` ${choices ? choices.join('|') : value}`;
      return [`${short ? `-${short}, ` : ''}--${name}${given}`, summary];
    }),
  );
}

function columns(rows: readonly (readonly [string, string] | readonly string[])[]): string {
  const width = Math.max(...rows.map(([left = '']) => left.length));
  return rows.map(([left = '', right = '']) => `  ${left.padEnd(width)}  ${right}`).join('\n');
}
