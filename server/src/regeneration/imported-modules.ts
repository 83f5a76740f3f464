import { stringLiteral } from '../analysis/literal';
import { Node } from '../analysis/node';
import type { SourceFile } from '../analysis/source-file';

/** The modules that a file imports or requires, in the order of the text, each once. */
export function importedModules(file: SourceFile): readonly string[] {
  const found: { readonly name: string; readonly start: number }[] = [];
  const add = (source: Node | undefined) => {
    const name = source && stringLiteral(source);
    // A name that no module has is nobody's to read.
    if (source && name !== undefined && /^[\w@./~#:-]{1,80}$/.test(name))
      found.push({ name, start: source.start });
  };
  for (const item of file.items) {
    for (const index of item.indicesOf('import_statement')) add(new Node(item, index).child('source'));
    for (const index of item.indicesOf('call_expression')) {
      const call = new Node(item, index);
      if (call.child('function')?.text === 'require') add(call.child('arguments')?.parts[0]);
    }
  }
  found.sort((a, b) => a.start - b.start);
  return [...new Set(found.map(({ name }) => name))];
}
