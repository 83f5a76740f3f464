/** Fixes that draw what was predictable from Node's generator for secrets. */
import type { Fix } from '../../analysis/fix';
import { importedName } from '../../analysis/imported-name';
import { callAt } from '../../analysis/item-facts';
import { unwrap, wrapped } from '../../analysis/literal';
import { canonicalName } from '../../analysis/name';
import type { Node } from '../../analysis/node';
import { addends } from '../../analysis/string-parts';
import { constantString, resolvedValue } from '../../analysis/value';
import type { Runtime } from '../runtime';
import { PREDICTABLE } from './sources';

const NAMES: ReadonlySet<string> = new Set(PREDICTABLE.map(({ name }) => name));

/** Browsers have no such module, so there is nothing to offer for their code. */
export function randomFixes(source: Node, runtime: Runtime): Fix[] {
  if (runtime === 'client') return [];
  return [...integerFix(source, runtime), ...textFix(source), ...versionFix(source)];
}

interface Range {
  readonly node: Node;
  /** The arguments of `randomInt`. */
  readonly bounds: string;
  /** Whether these are whole numbers for sure, of which there may be more than none. */
  readonly isSure: boolean;
}

/** A number between 100000 and 999999, rounded down, becomes `randomInt(100000, 1000000)`, drawn alike. */
function integerFix(source: Node, runtime: Runtime): Fix[] {
  const range = rangeAround(source);
  const known = range && importedName(source, 'crypto', 'randomInt');
  if (!range || !known) return [];
  const { start, end } = range.node;
  const edits = [...known.edits, { start, end, text: `${known.text}(${range.bounds})` }];
  return [
    {
      title: 'Draw it with `randomInt`',
      safety: range.isSure && runtime === 'server' ? 'safe' : 'choice',
      edits,
    },
  ];
}

function rangeAround(source: Node): Range | undefined {
  if (canonicalName(source.child('function') ?? source) !== 'globalThis.Math.random') return undefined;
  const product = outer(source);
  const factors = product?.operator === '*' ? [product.child('left'), product.child('right')] : [];
  const factor = factors.find((each) => each && !each.contains(source));
  if (!product || !factor) return undefined;
  const sum = outer(product);
  const isSum = sum?.kind === 'binary_expression' && sum.operator === '+';
  const whole = rounded(isSum ? sum : product);
  if (!whole) return undefined;
  if (!isSum) return { node: whole, bounds: written(factor), isSure: isWhole(factor) };
  const least = [sum.child('left'), sum.child('right')].find((each) => each && !each.contains(source));
  const bounds = least && boundsOf(least, factor);
  return least && bounds !== undefined
    ? { node: whole, bounds, isSure: isWhole(least) && isWhole(factor) }
    : undefined;
}

/** The expression around, without parentheses. */
function outer(node: Node): Node | undefined {
  const { parent } = wrapped(node);
  return parent?.kind === 'binary_expression' ? parent : undefined;
}

/** What rounds an expression down: `Math.floor(…)`, `Math.trunc(…)`, `… | 0`, `~~(…)`. */
function rounded(value: Node): Node | undefined {
  const { parent } = wrapped(value);
  if (parent?.kind === 'arguments' && parent.parent) {
    const name = callAt(parent.parent)?.name;
    return name === 'globalThis.Math.floor' || name === 'globalThis.Math.trunc' ? parent.parent : undefined;
  }
  if (parent?.kind === 'binary_expression' && parent.operator === '|' && parent.child('right')?.text === '0')
    return parent;
  const isTwice =
    parent?.kind === 'unary_expression' && parent.operator === '~' && parent.parent?.operator === '~';
  return isTwice ? parent.parent : undefined;
}

/** `min, max + 1` for `(max - min + 1)` and `min`; the sum of two numbers. */
function boundsOf(least: Node, factor: Node): string | undefined {
  const [from, count] = [numberOf(least), numberOf(factor)];
  if (from !== undefined && count !== undefined) return `${least.text}, ${from + count}`;
  const text = unwrap(factor).text;
  const match = /^([\w$.]+)\s*-\s*([\w$.]+)(?:\s*\+\s*1)?$/.exec(text);
  if (!match || match[2] !== least.text) return undefined;
  return `${least.text}, ${match[1]}${/\+\s*1$/.test(text) ? ' + 1' : ''}`;
}

function numberOf(node: Node): number | undefined {
  const text = unwrap(node).text.replace(/_/g, '');
  return /^\d{1,14}$/.test(text) ? Number(text) : undefined;
}

function written(factor: Node): string {
  return factor.kind === 'parenthesized_expression' ? unwrap(factor).text : factor.text;
}

function isWhole(node: Node): boolean {
  const value = resolvedValue(node);
  const isLength = value.kind === 'member_expression' && value.child('property')?.text === 'length';
  return isLength || numberOf(value) !== undefined || /^\d+ \*\* \d+$/.test(value.text);
}

/** What is made into a text with `toString(36)`, also several of these in one text, becomes 16 random bytes. */
function textFix(source: Node): Fix[] {
  const span = textAround(source);
  const known = span && importedName(source, 'crypto', 'randomBytes');
  if (!span || !known) return [];
  const { start, end, isTemplate } = span;
  const bytes = `${known.text}(16).toString('hex')`;
  const edits = [...known.edits, { start, end, text: isTemplate ? `\${${bytes}}` : bytes }];
  return [{ title: 'Make it of 16 random bytes', safety: 'choice', edits }];
}

interface TextSpan {
  readonly start: number;
  readonly end: number;
  readonly isTemplate: boolean;
}

function textAround(source: Node): TextSpan | undefined {
  const text = methodsOf(source);
  const { parent } = text;
  if (parent?.kind === 'template_substitution' && parent.parent) {
    const places = parent.parent.parts.filter((part) => part.kind === 'template_substitution');
    if (!places.every((place) => place.parts[0] && isPredictable(place.parts[0]))) return undefined;
    const [first, last] = [places[0], places.at(-1)];
    return first && last && { start: first.start, end: last.end, isTemplate: true };
  }
  let sum = text;
  while (sum.parent?.kind === 'binary_expression' && sum.parent.operator === '+') sum = sum.parent;
  const parts = addends(sum).filter((part) => constantString(part) === undefined);
  const isText = addends(sum).some(
    (part) => part.child('function') !== undefined && methodsOf(part).is(part) && isStringly(part),
  );
  if (!isText && !addends(sum).some((part) => part.kind === 'string')) return undefined;
  if (!parts.every(isPredictable)) return undefined;
  const [first, last] = [parts[0], parts.at(-1)];
  return first && last && { start: first.start, end: last.end, isTemplate: false };
}

function isStringly(part: Node): boolean {
  return /toString\(|String\(|\.join\(/.test(part.text);
}

/** The call with all methods that are called on its answer. */
function methodsOf(source: Node): Node {
  let node = source;
  while (node.parent?.kind === 'member_expression' && node.field === 'object') {
    const call = node.parent.parent;
    if (call?.kind !== 'call_expression' || node.parent.field !== 'function') break;
    node = call;
  }
  return node;
}

const CONVERSIONS = /^globalThis\.(?:String|Number|Math\.\w+)$/;

/** Whether an expression is a predictable source with nothing but methods and conversions around. */
function isPredictable(expression: Node): boolean {
  let node = unwrap(expression);
  for (let steps = 8; steps > 0; steps--) {
    const call = callAt(node);
    if (!call) return false;
    if (call.name !== undefined && NAMES.has(call.name)) return true;
    const object = call.callee.child('object');
    const inner = CONVERSIONS.test(call.name ?? '') ? call.args[0] : object;
    if (!inner) return false;
    node = unwrap(inner);
  }
  return false;
}

/** `uuidv1()` becomes `randomUUID()`: of the same form. */
function versionFix(source: Node): Fix[] {
  const name = canonicalName(source.child('function') ?? source) ?? '';
  const known = /^uuid[./]v[16]$/.test(name) ? importedName(source, 'crypto', 'randomUUID') : undefined;
  if (!known) return [];
  const { start, end } = source;
  return [
    {
      title: 'Use `randomUUID`',
      safety: 'unsafe',
      edits: [...known.edits, { start, end, text: `${known.text}()` }],
    },
  ];
}
