/**
 * Where a text holds what looks like a credential, so that it is not copied elsewhere. Generous on purpose: a
 * value that is hidden without need costs less than one that is told.
 */
import type { Finding } from '../analysis/finding';
import type { Kind } from '../analysis/kind';
import { propertyName, stringLiteral } from '../analysis/literal';
import { Node } from '../analysis/node';
import type { SourceFile } from '../analysis/source-file';
import { type Span, touches } from '../analysis/span';
import { TextFile } from '../analysis/text-file';
import { isNoSecretValue, isSecretName } from '../models/secret-names';

export const MASK = '<masked>';

/** The insides of literals, and other stretches, that are to be masked; in order, none within another. */
export function credentialSpans(file: SourceFile | TextFile, finding: Finding): Span[] {
  const spans = spansByShape(file.text);
  if (file instanceof TextFile) return disjoint([...spans, ...spansInText(file, finding)]);
  for (const literal of literalsOf(file)) {
    const inside = { start: literal.start + 1, end: literal.end - 1 };
    if (inside.end > inside.start && isCredential(literal, finding)) spans.push(inside);
  }
  return disjoint(spans);
}

/** Masks what has the shape of a credential in a text that is no code of ours to parse, such as a message. */
export function maskedByShape(text: string): string {
  return masked(text, disjoint(spansByShape(text)));
}

/** Lines stay lines, so that their numbers hold. */
export function masked(text: string, spans: readonly Span[]): string {
  let result = '';
  let from = 0;
  for (const { start, end } of spans) {
    result += text.slice(from, start) + MASK + text.slice(start, end).replace(/[^\n]+/g, '');
    from = end;
  }
  return result + text.slice(from);
}

const SHAPES: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z ]*-----|$)/g,
  /\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g,
  /\b(?:AKIA|ASIA)[A-Z\d]{16}\b/g,
  /\b(?:gh[pousr]_|github_pat_|glpat-|npm_|hf_|dop_v1_|shp(?:at|ss|pa|ca)_|xox[abeprs]-|whsec_|AIza)[\w-]{10,}/g,
  /\b(?:sk|rk|pk)[-_](?:[\w-]{16,})/g,
  /\bSG\.[\w-]{16,}\.[\w-]{16,}/g,
  /\b(?:Bearer|Basic)\s+[\w+/=.~-]{12,}/g,
];
/** The password of an address. */
const USER_INFO = /\b[a-z][a-z\d+.-]*:\/\/[^\s/:@'"`]*:([^\s/@'"`]+)@/gi;

function spansByShape(text: string): Span[] {
  const spans: Span[] = [];
  for (const shape of SHAPES)
    for (const { index, 0: found } of text.matchAll(shape))
      spans.push({ start: index, end: index + found.length });
  for (const { index, 0: found, 1: password = '' } of text.matchAll(USER_INFO)) {
    const end = index + found.length - 1;
    // `${…}` is code that reads the password from elsewhere.
    if (!password.includes('${')) spans.push({ start: end - password.length, end });
  }
  return spans;
}

/** Values of settings, and whatever a rule for secrets found. */
function* spansInText(file: TextFile, finding: Finding): Generator<Span> {
  if (finding.ruleId.startsWith('secrets/')) yield { start: finding.start, end: finding.end };
  for (const { path, value, text } of file.entries) {
    const name = path.findLast((key) => !/^\d+$/.test(key)) ?? '';
    const isSecret = isSecretLike(name) && text !== '' && !isNoSecretValue(text, name);
    if (isSecret || isRandom(text)) yield value;
  }
}

function* literalsOf(file: SourceFile): Generator<Node> {
  for (const item of file.items) {
    for (const kind of ['string', 'template_string'] as const)
      for (const index of item.indicesOf(kind)) yield new Node(item, index);
  }
}

function isCredential(literal: Node, finding: Finding): boolean {
  if (finding.ruleId.startsWith('secrets/')) {
    const covers = (place: Span) => place.end > place.start && touches(place, literal);
    if (covers(finding) || finding.related.some(covers)) return true;
  }
  if (literal.childOf('template_substitution')) return false;
  const value = literal.text.slice(1, -1);
  if (isRandom(value)) return true;
  const name = nameFor(literal);
  return name !== undefined && isSecretLike(name) && value !== '' && !isNoSecretValue(value, name);
}

/** Keys and digests: long, without blanks, and of all kinds of characters. */
function isRandom(value: string): boolean {
  if (/^[\da-f]{32,}$/i.test(value)) return /\d/.test(value) && /[a-f]/i.test(value);
  if (!/^[\w+/=.~-]{24,}$/.test(value) || !/\d/.test(value) || !/[a-z]/.test(value)) return false;
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  let entropy = 0;
  for (const count of counts.values()) entropy -= (count / value.length) * Math.log2(count / value.length);
  return entropy >= 4;
}

const HEADER = /^(?:proxy-)?authorization$|^(?:set-)?cookie$|api-?key$/i;

function isSecretLike(name: string): boolean {
  return isSecretName(name) || HEADER.test(name);
}

const THROUGH: ReadonlySet<Kind> = new Set<Kind>([
  ...(['parenthesized_expression', 'as_expression', 'satisfies_expression', 'non_null_expression'] as const),
  ...(['ternary_expression', 'binary_expression', 'array', 'jsx_expression'] as const),
]);
/** Functions that hand a secret on in another form. */
const CONVERTING = /(?:^|\.)(?:from|encode|createSecretKey|atob|btoa)$/;
/** Functions whose second argument is a key. */
const KEYED = /(?:^|\.)(?:sign|verify|createHmac|createCipheriv|createDecipheriv|auth)$/;

/** The name that a literal is given: of the variable, the property, the header, or what it is compared with. */
function nameFor(literal: Node): string | undefined {
  let node = literal;
  for (const outer of literal.ancestors()) {
    if (outer.kind === 'binary_expression' && /^[=!]==?$/.test(outer.operator)) {
      const other = node.field === 'left' ? outer.child('right') : outer.child('left');
      return other && lastName(other);
    }
    if (outer.kind === 'arguments') {
      const callee = outer.parent?.child('function') ?? outer.parent?.child('constructor');
      const named = callee?.text ?? '';
      if (!CONVERTING.test(named)) return nameByCall(node, outer, named);
    } else if (outer.kind !== 'call_expression' && !THROUGH.has(outer.kind)) {
      return nameIn(outer, node);
    }
    node = outer;
  }
  return undefined;
}

function nameByCall(argument: Node, list: Node, callee: string): string | undefined {
  const [first, second] = list.parts;
  if (!second?.is(argument)) return undefined;
  return KEYED.test(callee) ? 'secret' : first && stringLiteral(first);
}

function nameIn(outer: Node, value: Node): string | undefined {
  if (value.field === 'key' || value.field === 'index') return undefined;
  const named = outer.child('name') ?? outer.child('key') ?? outer.child('left') ?? outer.child('pattern');
  const target = named ?? (outer.kind === 'jsx_attribute' ? outer.parts[0] : undefined);
  return target && !target.is(value) ? lastName(target) : undefined;
}

function lastName(node: Node): string | undefined {
  const index = node.child('index');
  return (index && stringLiteral(index)) ?? propertyName(node.child('property') ?? node);
}

function disjoint(spans: readonly Span[]): Span[] {
  const kept: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1);
    if (!last || span.start >= last.end) kept.push(span);
    else if (span.end > last.end) kept[kept.length - 1] = { start: last.start, end: span.end };
  }
  return kept;
}
