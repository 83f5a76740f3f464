/** What a text is that is run as code: constant, a string for sure, out of the package's own files. */
import { canonicalName } from '../analysis/name';
import type { Node } from '../analysis/node';
import { functionOf } from '../analysis/results';
import { addends, stringParts } from '../analysis/string-parts';
import { constantString, resolvedValue } from '../analysis/value';

/** Modules that read the package's own files, as loaders do. */
const FILE_READERS: ReadonlySet<string> = new Set([
  'fs.readFileSync()',
  'fs/promises.readFile()',
  'fs.promises.readFile()',
]);

export function isDynamic(code: Node): boolean {
  if (constantString(code) !== undefined) return false;
  const value = resolvedValue(code);
  if (value.kind === 'ternary_expression') {
    return [value.child('consequence'), value.child('alternative')].some((side) => side && isDynamic(side));
  }
  if (value.kind === 'regex' || value.kind === 'number' || value.kind.startsWith('function')) return false;
  const name = canonicalName(value);
  return name === undefined || !FILE_READERS.has(name);
}

/** What is constant, or a function that is written here. */
export function isPlain(code: Node): boolean {
  return constantString(code) !== undefined || functionOf(code) !== undefined;
}

/** Whether a value is a string for sure; sums of sums in variables are followed a few times. */
export function isString(code: Node, steps = 4): boolean {
  const value = resolvedValue(code);
  if (value.kind === 'template_string') return true;
  const pieces = steps > 0 ? addends(value) : [];
  return pieces.length > 1 && pieces.some((piece) => isText(piece) || isString(piece, steps - 1));
}

function isText(node: Node): boolean {
  const { kind } = resolvedValue(node);
  return kind === 'string' || kind === 'template_string';
}

/** What stands in parentheses: `'(' + text + ')'`. */
export function parenthesised(code: Node): Node | undefined {
  const parts = stringParts(code);
  const [open, inner, close] = parts;
  const isPair = parts.length === 3 && constantPiece(open) === '(' && constantPiece(close) === ')';
  return isPair && typeof inner === 'object' ? inner : undefined;
}

/** A piece that is constant. */
export function constantPiece(part: string | Node | undefined): string | undefined {
  return typeof part === 'object' ? constantString(part) : part;
}
