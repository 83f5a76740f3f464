/** Regular expressions that let through only texts without signs that mean something to a shell or a database. */
import { type Mask, maskOf, OF_FORM } from '../../analysis/flow/capability';
import type { Node } from '../../analysis/node';
import { resolvedValue } from '../../analysis/value';

interface Pattern {
  readonly source: string;
  readonly flags: string;
}

/** Longer patterns (UTF-16 units) are not judged. */
const LONGEST = 500;

/** The pattern that an expression is: `/^\d+$/`, or a constant that holds one. */
export function patternOf(expression: Node | undefined): Pattern | undefined {
  const node = expression && resolvedValue(expression);
  const isShort = node !== undefined && node.end - node.start <= LONGEST;
  const match = isShort && node.kind === 'regex' ? /^\/([\s\S]*)\/([a-z]*)$/.exec(node.text) : undefined;
  return match ? { source: match[1] as string, flags: match[2] as string } : undefined;
}

/** Signs that end a word, a string or a command somewhere. `-`, `.`, `/`, `:`, `@`, `,`, `+` and blanks do not. */
const SPEAKING = /['"`;|&$<>(){}*?!#^~%=]/;

/** Whether a text that the whole pattern matches is harmless: anchored, and each sign in it is named. */
export function isStrict(pattern: Pattern): boolean {
  return isAnchored(pattern) && isHarmless(pattern.source.slice(1, -1));
}

/**
 * What a text that a strict pattern matches is harmless for: with `/` and `.` it may lead out of a folder, with `.`
 * alone it may name any host.
 */
export function harmlessFor({ source }: Pattern): Mask {
  const hasDot = /\\\.|\[[^\]]*\./.test(source);
  const hasSlash = source.includes('/');
  const open = [
    ...(hasDot && hasSlash ? (['path', 'redirect'] as const) : []),
    ...(hasDot ? (['ssrf'] as const) : []),
    ...(/[*+]|\{\d+,\}/.test(source) ? (['size'] as const) : []),
  ];
  return OF_FORM & ~maskOf(open);
}

/** Whether it speaks of the whole text; `^a|b$` is anchored on one side each. */
export function isAnchored({ source, flags }: Pattern): boolean {
  if (flags.includes('m') || !source.startsWith('^') || !source.endsWith('$') || source.endsWith('\\$'))
    return false;
  return isGrouped(source.slice(1, -1));
}

/** Whether what a pattern takes away is all that could do harm: `/[^\w-]/g`. */
export function isStripping({ source, flags }: Pattern): boolean {
  if (!flags.includes('g')) return false;
  if (/^\\[WD]\+?$/.test(source)) return true;
  const negated = /^\[\^((?:[^\]\\]|\\.)*)\][+*]?$/.exec(source);
  return negated !== null && isHarmless(`[${negated[1]}]`);
}

function isGrouped(inner: string): boolean {
  let depth = 0;
  let inClass = false;
  for (let i = 0; i < inner.length; i++) {
    const sign = inner[i];
    if (sign === '\\') i++;
    else if (inClass) inClass = sign !== ']';
    else if (sign === '[') inClass = true;
    else if (sign === '(') depth++;
    else if (sign === ')') depth--;
    else if (sign === '|' && depth === 0) return false;
  }
  return true;
}

function isHarmless(inner: string): boolean {
  const escapes = inner.match(/\\[\s\S]/g) ?? [];
  if (escapes.some((each) => /^\\[DWSBnrvp]$/.test(each) || SPEAKING.test(each[1] as string))) return false;
  const plain = inner.replace(/\\[\s\S]/g, '');
  const classes = plain.match(/\[[^\]]*\]/g) ?? [];
  if (classes.some((each) => each[1] === '^' || SPEAKING.test(each.slice(1, -1)))) return false;
  // Outside of classes these are signs of the pattern; a dot stands for any sign.
  const outside = plain.replace(/\[[^\]]*\]/g, '').replace(/\(\?[:!=]|\{\d+,?\d*\}|[()*?+|]/g, '');
  return !outside.includes('.') && !SPEAKING.test(outside);
}

/** Signs that numbers are reckoned with; no letters, quotes, brackets or back-ticks, so that no name can be written. */
const ARITHMETIC = /^(?:\\d|\\s|\\[-+*/.()%^,]|0-9|[-+*/.()%,\d ])+$/;

/** Whether all that a pattern leaves is arithmetic: `/^[\d+*() -]+$/` matched, or `/[^\d+*() -]/g` taken away. */
export function isArithmetic({ source, flags }: Pattern): boolean {
  const only = /^\^\[((?:[^\]\\]|\\.)*)\][+*]\$$/.exec(source) ?? undefined;
  const others = flags.includes('g') ? /^\[\^((?:[^\]\\]|\\.)*)\][+*]?$/.exec(source) : undefined;
  const signs = (only ?? others)?.[1];
  return signs !== undefined && ARITHMETIC.test(signs);
}
