import type { Report } from '../../analysis/finding';
import type { ItemFacts } from '../../analysis/item-facts';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { stringParts } from '../../analysis/string-parts';
import { constantString, resolvedValue } from '../../analysis/value';

const CHMODS: ReadonlySet<string> = new Set(
  ['fs', 'fs/promises', 'fs.promises', 'fs-extra', 'graceful-fs'].flatMap((module) =>
    ['chmod', 'chmodSync', 'lchmod', 'lchmodSync', 'fchmod', 'fchmodSync'].map((name) => `${module}.${name}`),
  ),
);
const COMMANDS: ReadonlySet<string> = new Set([
  'child_process.exec',
  'child_process.execSync',
  'shelljs.exec',
  'execa.command',
]);
const IN_COMMAND = /\bchmod\s+(?:-\w+\s+)*(?:0?[0-7]?[0-7][0-7][2367]|[ugoa]*[oa]\+\w*w)\b/;
/** May be written to by everybody. Source: chmod(2), `S_IWOTH`. */
const OTHERS_WRITE = 0o002;

export const permissiveMode: Rule = {
  id: 'file/permissive-mode',
  title: 'Everybody on the machine may change a file',
  severity: 'warning',
  aiSeverity: 'warning',
  confidence: 'high',
  cwe: ['CWE-732'],
  owasp: ['A01:2025'],
  fixable: true,

  *check(facts) {
    for (const { args } of facts.callsTo(CHMODS)) {
      const [, given] = args;
      const value = given && resolvedValue(given);
      const mode = value && modeOf(value);
      if (given && value && mode !== undefined && (mode & OTHERS_WRITE) !== 0)
        yield reportOf(given, value, mode);
    }
    for (const { args, name } of facts.callsTo(UMASK)) {
      if (name && args[0] && modeOf(resolvedValue(args[0])) === 0)
        yield {
          at: args[0],
          message: 'Files that are made from here on may be changed by everybody. Use `0o022` or `0o077`.',
          confidence: 'medium',
        };
    }
    yield* commands(facts);
  },
};

const UMASK: ReadonlySet<string> = new Set(['process.umask']);

function modeOf(value: Node): number | undefined {
  const text = value.kind === 'number' ? value.text.replace(/_/g, '') : constantString(value);
  if (text === undefined) return undefined;
  if (value.kind !== 'number')
    return /^0?o?[0-7]{3,4}$/.test(text) ? Number.parseInt(text.replace(/^0?o/, ''), 8) : undefined;
  return /^0\d/.test(text) ? Number.parseInt(text, 8) : Number(text);
}

function reportOf(given: Node, value: Node, mode: number): Report {
  const octal = (bits: number) => `0o${bits.toString(8).padStart(3, '0')}`;
  // What may be run may still be run by its owner and group.
  const instead = (mode & 0o111) === 0 ? 0o600 : 0o755;
  return {
    at: given,
    message: `With \`${octal(mode)}\` every program on the machine may change this. Use \`${octal(instead)}\`.`,
    fixes: () =>
      value.kind === 'number'
        ? [
            {
              title: `Use \`${octal(instead)}\``,
              safety: 'unsafe',
              edits: [{ start: value.start, end: value.end, text: octal(instead) }],
            },
          ]
        : [],
  };
}

function* commands(facts: ItemFacts): Generator<Report> {
  for (const { args } of facts.callsTo(COMMANDS)) {
    const [command] = args;
    const text =
      command &&
      stringParts(resolvedValue(command))
        .map((part) => (typeof part === 'string' ? part : (constantString(part) ?? '')))
        .join('');
    if (command && text !== undefined && IN_COMMAND.test(text))
      yield {
        at: command,
        message: 'With this mode every program on the machine may change the file. Use `755` or `600`.',
        confidence: 'medium',
      };
  }
}
