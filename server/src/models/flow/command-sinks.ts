/** Which calls hand a text to a shell. */
import type { Call } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { constantBoolean, constantString, propertyOf, resolvedValue } from '../../analysis/value';
import { importsAny } from '../runtime';
import { COMMAND_FLAGS, COMMANDS, type CommandRow, SHELLS } from './commands';

export interface CommandSink {
  readonly call: Call;
  /** What the shell reads: the command, or each argument of it. */
  readonly texts: readonly Node[];
  readonly row: CommandRow;
  /** Why a shell reads it, where the call does not say so by itself; `none` does, but the program itself is a value. */
  readonly shell: 'always' | 'option' | 'program' | 'none';
}

export const COMMANDS_BY_NAME: ReadonlyMap<string, CommandRow> = new Map(
  COMMANDS.flatMap((row) => row.names.split(' ').map((name) => [name, row] as const)),
);

export function commandSinkOf(call: Call & { readonly name: string }): CommandSink | undefined {
  const row = COMMANDS_BY_NAME.get(call.name);
  const first = row && call.args[row.text];
  if (!row || !first || first.kind === 'spread_element') return undefined;
  if (row.needsImport !== undefined && !importsAny(call.node.item.file, [row.needsImport])) return undefined;
  // A tag of execa or zx quotes what is put in.
  if (call.node.child('arguments')?.kind === 'template_string') return undefined;
  if (!row.needsShell) return isDynamic(first) ? { call, texts: [first], row, shell: 'always' } : undefined;
  const list = call.args[row.text + 1];
  const values = list && resolvedValue(list);
  const program = constantString(first);
  if (program !== undefined && SHELLS.test(program) && values?.kind === 'array') {
    const command = behindFlag(values);
    return command && isDynamic(command) ? { call, texts: [command], row, shell: 'program' } : undefined;
  }
  if (!hasShell(call)) {
    return isDynamic(first) && !call.isNew ? { call, texts: [first], row, shell: 'none' } : undefined;
  }
  const isList = list !== undefined && values?.kind !== 'object' && !/function/.test(values?.kind ?? '');
  const texts = [first, ...(isList ? [list as Node] : [])].filter(isDynamic);
  return texts.length > 0 ? { call, texts, row, shell: 'option' } : undefined;
}

function isDynamic(node: Node): boolean {
  return constantString(node) === undefined;
}

/** `['-c', command]` */
function behindFlag(list: Node): Node | undefined {
  const { parts } = list;
  const flag = parts.findIndex((part) => COMMAND_FLAGS.has(constantString(part) ?? ''));
  return flag < 0 ? undefined : parts[flag + 1];
}

/** `{ shell: true }`, `{ shell: '/bin/bash' }` */
function hasShell({ args }: Call): boolean {
  return args.slice(1).some((argument) => {
    const object = resolvedValue(unwrap(argument));
    const value = object.kind === 'object' ? propertyOf(object, 'shell') : undefined;
    if (!value) return false;
    const text = constantString(value);
    return constantBoolean(value) === true || (text !== undefined && text !== '');
  });
}
