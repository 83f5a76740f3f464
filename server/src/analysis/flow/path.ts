/** Ways into a value: the properties that lead from a variable to what is meant. */
import { propertyName, stringLiteral, unwrap } from '../literal';
import type { Node } from '../node';

/** `['query', 'id']` of `req.query.id`; a method that is called has `()` behind it. */
export type Path = readonly string[];

/** Any element or property: what an index that is not constant leads to. */
export const ELEMENT = '*';

/** Longer ways are cut off, which makes them mean more. */
const LONGEST = 6;

export const WHOLE: Path = [];

export function longer(step: string, path: Path): Path {
  return [step, ...path].slice(0, LONGEST);
}

export function joined(first: Path, second: Path): Path {
  return first.length === 0 ? second : [...first, ...second].slice(0, LONGEST);
}

/** How what was written relates to what is asked for. */
export interface Match {
  /** What is asked for within the value that was written. */
  readonly rest: Path;
  /** Whether nothing else of what is asked for is left. */
  readonly isAll: boolean;
}

/** Undefined where what was written is not a part of what is asked for, nor the other way round. */
export function matchOf(asked: Path, written: Path): Match | undefined {
  const common = Math.min(asked.length, written.length);
  let isExact = true;
  for (let i = 0; i < common; i++) {
    const [a, w] = [asked[i] as string, written[i] as string];
    if (a === w && a !== ELEMENT) continue;
    // `router.push(x)` is a method of its own where `router.pathname` is read: a list has no such property.
    if ((!isAny(a) && !isAny(w)) || (isIndex(w) && isName(a))) return undefined;
    isExact = false;
  }
  if (written.length > asked.length) return { rest: WHOLE, isAll: false };
  return { rest: asked.slice(written.length), isAll: isExact };
}

const READERS: ReadonlySet<string> = new Set([ELEMENT, 'get()', 'getAll()', 'at()', 'values()', 'entries()']);

function isAny(step: string): boolean {
  return READERS.has(step) || isIndex(step);
}

function isIndex(step: string): boolean {
  return /^\d+$/.test(step);
}

function isName(step: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(step);
}

/** A variable, or `this`, and the way from it. */
export interface Reference {
  readonly root: Node;
  readonly path: Path;
}

/** What an expression refers to; undefined where it is no chain of members. */
export function referenceOf(expression: Node): Reference | undefined {
  const path: string[] = [];
  let node = unwrap(expression);
  for (;;) {
    if (node.kind === 'identifier' || node.kind === 'this' || node.kind === 'shorthand_property_identifier')
      return { root: node, path };
    const object = node.child('object');
    const step = object && stepOf(node);
    if (step === undefined) return undefined;
    path.unshift(step);
    node = unwrap(object as Node);
  }
}

/** The name behind the object in `a.b`, `a['b']`, `a[i]`. */
export function stepOf(access: Node): string | undefined {
  if (access.kind === 'member_expression') {
    const property = access.child('property');
    return property && (propertyName(property) ?? property.text);
  }
  if (access.kind !== 'subscript_expression') return undefined;
  const index = access.child('index');
  const inner = index && unwrap(index);
  if (!inner) return undefined;
  if (inner.kind === 'number') return inner.text;
  return stringLiteral(inner) ?? ELEMENT;
}
