/**
 * The same string in memory of its own. What is cut out of a text keeps all of the text, and after an edit that would
 * be one that nobody needs any more.
 */
export function cutOut(piece: string): string {
  return ` ${piece}`.slice(1);
}
