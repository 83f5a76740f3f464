/** Pieces of the messages about configuration files. */

const LONGEST_QUOTE = 60;

/** A word of the file, harmless and short enough for a message. */
export function quoted(word: string): string {
  const safe = word.replace(/[\p{C}`]/gu, '?');
  return `\`${safe.length > LONGEST_QUOTE ? `${safe.slice(0, LONGEST_QUOTE)}…` : safe}\``;
}

export function anyOf(words: readonly string[]): string {
  return list(
    words.map((word) => `"${word}"`),
    'or',
  );
}

export function list(words: readonly string[], conjunction: 'and' | 'or'): string {
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1)}`;
}
