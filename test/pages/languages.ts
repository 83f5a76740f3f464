// The languages an example can be written in, by the first word of its fence.

/** How a block of one language is named and marked. */
export interface Language {
  /** Opens a mark line; the columns it covers cannot be marked. */
  readonly sign: '//' | '#';
  /** The file's name where the fence has no `file=`. */
  readonly fileName: string;
}

/** The languages by their word in the fence. */
export const LANGUAGES: ReadonlyMap<string, Language> = new Map<string, Language>([
  ['ts', { sign: '//', fileName: 'example.ts' }],
  ['tsx', { sign: '//', fileName: 'example.tsx' }],
  ['mts', { sign: '//', fileName: 'example.mts' }],
  ['cts', { sign: '//', fileName: 'example.cts' }],
  ['js', { sign: '//', fileName: 'example.js' }],
  ['jsx', { sign: '//', fileName: 'example.jsx' }],
  ['mjs', { sign: '//', fileName: 'example.mjs' }],
  ['cjs', { sign: '//', fileName: 'example.cjs' }],
  ['json', { sign: '//', fileName: 'example.json' }],
  ['jsonc', { sign: '//', fileName: 'example.jsonc' }],
  ['md', { sign: '//', fileName: 'example.md' }],
  ['yaml', { sign: '#', fileName: 'example.yaml' }],
  ['toml', { sign: '#', fileName: 'example.toml' }],
  ['ini', { sign: '#', fileName: '.npmrc' }],
  ['env', { sign: '#', fileName: '.env' }],
  ['dockerfile', { sign: '#', fileName: 'Dockerfile' }],
  ['text', { sign: '#', fileName: 'example.txt' }],
]);
