#!/usr/bin/env node
/**
 * Entry point of the command line: finds the command and runs it. Nothing that takes time to load is imported
 * here; commands import what they do when they are run.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { repository, version } from '../../../package.json';
import { nearestName } from '../session/configuration/nearest-name';
import { commandHelp, generalHelp, HELP, VERSION } from './arguments/help';
import { parseArguments, quoted } from './arguments/parse-arguments';
import { type Command, type Environment, EXIT, UsageError } from './command';
import { hook } from './hook';
import { lsp } from './lsp';
import { origin } from './origin';
import { StreamSink } from './output/stream-sink';
import { routes } from './routes';
import { rules } from './rules';
import { scan } from './scan';
import { verify } from './verify';

const COMMANDS: readonly Command[] = [scan, origin, verify, routes, rules, hook, lsp];

/** Of the design, and not built: better said than taken for a slip. */
const PLANNED = new Set(['sbom']);

async function main(args: readonly string[], environment: Environment): Promise<number | undefined> {
  const [first, ...rest] = args;
  if (first === undefined) {
    await environment.err.write(generalHelp(COMMANDS));
    return EXIT.wrongUse;
  }
  if (first === 'help') return main(rest[0] === undefined ? ['--help'] : [rest[0], '--help'], environment);
  if (first.startsWith('-')) {
    const { switches } = parseArguments(args, [HELP, VERSION]);
    const isVersion = switches.has('version');
    await environment.out.write(isVersion ? `${environment.version}\n` : generalHelp(COMMANDS));
    return EXIT.clean;
  }
  const command = COMMANDS.find(({ name }) => name === first);
  if (!command) throw unknownCommand(first);
  const given = parseArguments(rest, [...command.options, HELP]);
  if (!given.switches.has('help')) return command.run(given, environment);
  await environment.out.write(commandHelp(command));
  return EXIT.clean;
}

function unknownCommand(written: string): UsageError {
  if (PLANNED.has(written)) return new UsageError(`The command \`${written}\` is not there yet.`);
  const names = COMMANDS.map(({ name }) => name);
  const nearest = nearestName(written, names);
  const isPath = existsSync(resolve(written));
  const advice = nearest
    ? `Did you mean \`${nearest}\`?`
    : isPath
      ? `To check it, write \`countersign scan ${written}\`.`
      : `There are ${names.map((name) => `\`${name}\``).join(', ')}.`;
  return new UsageError(`There is no command ${quoted(written)}. ${advice}`);
}

function fail(code: number, message: string): void {
  process.stderr.write(message.endsWith('\n') ? message : `${message}\n`);
  process.exitCode = code;
}

const out = new StreamSink(process.stdout);
const err = new StreamSink(process.stderr);
// Whoever reads along may go away at any time: `countersign scan | head` is no failure of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || error.code === 'EOF') process.exit(EXIT.brokenPipe);
    fail(EXIT.internalFailure, `The output cannot be written: ${error.message}`);
    process.exit();
  });
}
main(process.argv.slice(2), {
  folder: __dirname,
  version,
  homepage: repository.url.replace(/\.git$/, ''),
  workingFolder: process.cwd(),
  out,
  err,
  hasColours: (process.env['NO_COLOR'] ?? '') === '' && process.env['TERM'] !== 'dumb',
}).then(
  (code) => {
    if (code !== undefined) process.exitCode = code;
  },
  (error) => {
    if (error instanceof Error && error.name === 'UsageError') fail(EXIT.wrongUse, error.message);
    else fail(EXIT.internalFailure, `Countersign failed. ${error instanceof Error ? error.stack : error}`);
  },
);
