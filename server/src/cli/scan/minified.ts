/** Lines longer than this are not written by hand. */
const LONG_LINE = 1_000;
/** Shorter texts are checked whatever they look like: it costs nothing. */
const SHORTEST = 10_000;

/** Whether most of a code's text stands in very long lines: made by a bundler, not written. */
export function looksMinified(text: string): boolean {
  if (text.length < SHORTEST) return false;
  let inLongLines = 0;
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start);
    const next = end < 0 ? text.length : end + 1;
    if (next - start > LONG_LINE) inLongLines += next - start;
    start = next;
  }
  return inLongLines > text.length / 2;
}
