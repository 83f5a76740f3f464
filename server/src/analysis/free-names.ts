/** The names that a file uses and does not declare: globals, or mistakes. */
import { Node } from './node';
import type { SourceFile } from './source-file';

/** All names that no scope of the file declares at the place of their use. */
export function freeNames(file: SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  for (const item of file.items) {
    for (const kind of ['identifier', 'shorthand_property_identifier'] as const) {
      for (const index of item.indicesOf(kind)) {
        const node = new Node(item, index);
        const name = node.text;
        if (!names.has(name) && !file.find(name, item, index) && isUse(node)) names.add(name);
      }
    }
  }
  return names;
}

/** Names in these places are not looked up in a scope. */
function isUse(node: Node): boolean {
  const kind = node.parent?.kind;
  const isExported = kind === 'export_specifier' && node.field === 'name';
  return (
    isExported ||
    (kind !== 'import_specifier' &&
      kind !== 'export_specifier' &&
      kind !== 'namespace_export' &&
      kind !== 'meta_property' &&
      !kind?.startsWith('jsx_'))
  );
}
