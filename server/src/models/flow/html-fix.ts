/** Escapes values in HTML with what the file has for it already. */
import { addedFunction } from '../../analysis/added-function';
import type { Edit, Fix, FixSafety } from '../../analysis/fix';
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
  const called = first && escapingFunction(first);
  if (!called) return [];
  const isText = called.startsWith('validator');
  const title = `Escape it with \`${called}\``;
  return [{ title, safety: 'choice', edits: wrappedIn(called, values, isText) }];
}

const OWN = 'escapeHtml';

/** Wraps each value in a function of the file's own, where it has imported none. */
export function ownEscapingFix(values: readonly Node[], safety: FixSafety): Fix[] {
  const [first] = values;
  if (!first || escapingFunction(first)) return [];
  const body = `return String(value).replace(/[&<>"']/g, (sign) => \`&#\${sign.charCodeAt(0)};\`);`;
  const added = addedFunction(first, OWN, ['value'], [body]);
  return added ? [{ title: 'Escape it', safety, edits: [...added, ...wrappedIn(OWN, values, false)] }] : [];
}

function wrappedIn(called: string, values: readonly Node[], isText: boolean): Edit[] {
  return values.map(({ start, end, text }) => ({
    start,
    end,
    text: `${called}(${isText ? `String(${text})` : text})`,
  }));
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
