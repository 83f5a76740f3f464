/**
 * What a value can do harm in. A flow carries the capabilities that were taken from its value on the way: what was
 * escaped for HTML is as dangerous in SQL as before.
 */

const CAPABILITIES = [
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
] as const;

/** A kind of sink, and what a value has to be made harmless for. */
export type Capability = (typeof CAPABILITIES)[number];

/** A set of capabilities, one bit each. */
export type Mask = number;

export const NOTHING: Mask = 0;
export const EVERYTHING: Mask = (1 << CAPABILITIES.length) - 1;

/** As rows of tables say it. */
export type Cleans = readonly Capability[] | 'all';

export function maskOf(cleans: Cleans): Mask {
  if (cleans === 'all') return EVERYTHING;
  return cleans.reduce((mask, each) => mask | (1 << CAPABILITIES.indexOf(each)), NOTHING);
}

export function has(mask: Mask, capability: Capability): boolean {
  return (mask & (1 << CAPABILITIES.indexOf(capability))) !== 0;
}
