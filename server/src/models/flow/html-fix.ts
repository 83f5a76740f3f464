/** Escapes values in HTML with what the file has for it already. */
import type { Fix } from '../../analysis/fix';
import { canonicalName } from '../../analysis/name';
import { Node } from '../../analysis/node';
import { meansTheSameAt } from '../../analysis/same-meaning';

/** What escapes text for HTML, by the name of what is imported: what is called, seen from there. */
const ESCAPING: Readonly<Record<string, string>> = {
  'escape-html': '',
  he: '.encode',
  'he.encode': '',
  'he.escape': '',
  'html-escaper.escape': '',
  'html-entities.encode': '',
  'lodash.escape': '',
  'lodash/escape': '',
  lodash: '.escape',
  validator: '.escape',
};

/** Wraps each value in the function that the file has imported; which packages could be imported is not known. */
export function escapingFix(values: readonly Node[]): Fix[] {
  const [first] = values;
  if (!first) return [];
  const called = escapingFunction(first);
  if (!called) return [];
  return [
    {
      title: `Escape it with \`${called}\``,
      safety: 'choice',
      edits: values.map((value) => ({
        start: value.start,
        end: value.end,
        text: `${called}(${called.startsWith('validator') ? `String(${value.text})` : value.text})`,
      })),
    },
  ];
}

function escapingFunction(at: Node): string | undefined {
  const { file } = at.item;
  for (const item of file.items) {
    for (const kind of [
      'import_clause',
      'import_specifier',
      'namespace_import',
      'variable_declarator',
    ] as const) {
      for (const index of item.indicesOf(kind)) {
        const name = importedNameIn(new Node(item, index));
        const called = name && ESCAPING[canonicalName(name) ?? ''];
        if (called !== undefined && name && meansTheSameAt(name, at)) return `${name.text}${called}`;
      }
    }
  }
  return undefined;
}

function importedNameIn(place: Node): Node | undefined {
  if (place.kind === 'import_specifier') return place.child('alias') ?? place.child('name');
  return place.childOf('identifier');
}
