/** Bytes that are the same each time: written in the code, or left at zero. */
import { callAt } from '../../analysis/item-facts';
import { wrapped } from '../../analysis/literal';
import { canonicalName } from '../../analysis/name';
import type { Node } from '../../analysis/node';
import { usesOf } from '../../analysis/uses';
import { constantString, resolvedValue } from '../../analysis/value';

const FROM_TEXT: ReadonlySet<string> = new Set([
  ...['buffer.Buffer.from', 'buffer.Buffer', 'globalThis.TextEncoder().encode', 'util.TextEncoder().encode'],
  ...['crypto-js', 'globalThis.CryptoJS'].flatMap((module) =>
    ['Utf8', 'Hex', 'Base64', 'Latin1'].map((encoding) => `${module}.enc.${encoding}.parse`),
  ),
  'crypto-js/enc-hex.parse',
  'crypto-js/enc-utf8.parse',
]);
const ZEROES: ReadonlySet<string> = new Set([
  'buffer.Buffer.alloc',
  'globalThis.Uint8Array',
  'buffer.Buffer',
]);
const OF_LIST: ReadonlySet<string> = new Set([
  ...[
    'globalThis.Uint8Array',
    'globalThis.Uint8Array.from',
    'globalThis.Uint8Array.of',
    'buffer.Buffer.from',
  ],
]);

/** Whether an expression has the same bytes, at least one, each time the program runs. */
export function fixedBytes(expression: Node): boolean {
  const value = resolvedValue(expression);
  const text = value.kind === 'number' ? undefined : constantString(value);
  if (text !== undefined) return text !== '';
  const call = callAt(value);
  const [first] = call?.args ?? [];
  if (!call || !first || call.name === undefined) return false;
  if (FROM_TEXT.has(call.name)) {
    const written = resolvedValue(first).kind === 'number' ? undefined : constantString(first);
    if (written !== undefined) return written !== '';
  }
  const given = resolvedValue(first);
  if (OF_LIST.has(call.name) && given.kind === 'array')
    return given.parts.length > 0 && given.parts.every(({ kind }) => kind === 'number');
  return ZEROES.has(call.name) && given.kind === 'number' && given.text !== '0' && !isFilled(value);
}

const FILLING = /^(?:randomFill|randomFillSync|getRandomValues|copy|set|write.*|fill|read|readSync|blit)$/;

/** Whether something is written into bytes behind the place where they are made. */
function isFilled(made: Node): boolean {
  const { parent } = wrapped(made);
  if (parent?.kind !== 'variable_declarator') return false;
  const name = parent.child('name');
  const { file } = made.item;
  const declaration = name?.kind === 'identifier' ? file.lookUp(name.text, name) : undefined;
  if (!declaration) return true;
  return usesOf(declaration, file).some((use) => {
    const { parent: around, field } = wrapped(use);
    if (around?.kind === 'subscript_expression' && field === 'object')
      return /assignment|update/.test(around.parent?.kind ?? '');
    if (around?.kind === 'member_expression' && field === 'object')
      return FILLING.test(around.child('property')?.text ?? '');
    const callee = around?.kind === 'arguments' ? around.parent?.child('function') : undefined;
    return FILLING.test(
      (callee && canonicalName(callee)?.replace(/^.*\./, '')) ?? callee?.child('property')?.text ?? '',
    );
  });
}
