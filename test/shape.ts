import { Node } from '../server/src/analysis/node';
import type { SourceFile } from '../server/src/analysis/source-file';

/** Every node of a file as a line: place (0-based UTF-16 offsets), kind, field and operator. */
export function shapeOf(file: SourceFile): string[] {
  return [...new Node(file.root, 0).walk()].map(
    (node) => `${node.start}-${node.end} ${node.kind} ${node.field} ${node.operator}`,
  );
}
