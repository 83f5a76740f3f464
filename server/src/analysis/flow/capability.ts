/**
 * What a value can do harm in. A flow carries the capabilities that were taken from its value on the way: what was
 * escaped for HTML is as dangerous in SQL as before.
 */

export const CAPABILITIES = [
  'sql',
  'nosql',
  'shell',
  'code',
  'html',
  'path',
  'ssrf',
  'redirect',
  'regex',
  'log',
  'template',
  'prompt',
  'key',
  'xpath',
  'ldap',
  'xml',
  'format',
  // How much of it there is: the length of a text, a number that something is made as large as.
  'size',
  // Which record is meant by it: numbers and whatever has the form of an id say that as well.
  'record',
  // Whether a number may be below zero where nobody thinks of that.
  'sign',
] as const;

/** A kind of sink, and what a value has to be made harmless for. */
export type Capability = (typeof CAPABILITIES)[number];

/** A set of capabilities, one bit each. */
export type Mask = number;

export const NOTHING: Mask = 0;
export const EVERYTHING: Mask = (1 << CAPABILITIES.length) - 1;

/** What a value is harmless for whose form is known: a number of some range, an id. */
export const OF_FORM: Mask = EVERYTHING & ~(1 << CAPABILITIES.indexOf('record'));

const OF_POSITIVE: Mask = OF_FORM & ~(1 << CAPABILITIES.indexOf('size'));
/** What numbers are harmless for: they are as large and as far below zero as they like. */
export const OF_NUMBERS: Mask = OF_POSITIVE & ~(1 << CAPABILITIES.indexOf('sign'));

/** As rows of tables say it. */
export type Cleans = readonly Capability[] | 'all' | 'all but record' | 'all but size' | 'numbers';

export function maskOf(cleans: Cleans): Mask {
  if (cleans === 'all') return EVERYTHING;
  if (cleans === 'all but record') return OF_FORM;
  if (cleans === 'all but size') return OF_POSITIVE;
  if (cleans === 'numbers') return OF_NUMBERS;
  return cleans.reduce((mask, each) => mask | (1 << CAPABILITIES.indexOf(each)), NOTHING);
}

export function has(mask: Mask, capability: Capability): boolean {
  return (mask & (1 << CAPABILITIES.indexOf(capability))) !== 0;
}
