/** Conditions under which a file stops: it throws, ends the process or returns. */
import { Node } from './node';
import { isExit } from './production';
import type { SourceFile } from './source-file';

/**
 * Whether a file stops on a condition that mentions something: `if (!process.env.KEY) throw …`, or a list of
 * names that is checked in a loop. Looks at the whole file.
 *
 * @param isMeant asked for each part of the conditions, and for the elements of arrays.
 */
export function stopsOver(file: SourceFile, isMeant: (part: Node) => boolean): boolean {
  const items = [...file.items];
  for (const item of items) file.reads?.noteItem(item);
  const stopping = items
    .flatMap((item) => item.indicesOf('if_statement').map((index) => new Node(item, index)))
    .filter((statement) => isExit(statement.child('consequence')));
  for (const statement of stopping) {
    const condition = statement.child('condition');
    if (condition && [...condition.walk()].some(isMeant)) return true;
  }
  if (stopping.length === 0 && items.every((item) => item.indicesOf('throw_statement').length === 0))
    return false;
  return items.some((item) =>
    item.indicesOf('array').some((index) => new Node(item, index).parts.some(isMeant)),
  );
}
