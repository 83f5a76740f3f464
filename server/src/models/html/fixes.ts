/** Fixes for HTML that React is given: cleaned with what the file has, or shown as text. */
import type { Fix } from '../../analysis/fix';
import { canonicalName } from '../../analysis/name';
import { Node } from '../../analysis/node';
import { meansTheSameAt } from '../../analysis/same-meaning';
import { resolvedValue } from '../../analysis/value';
import type { ElementAround } from './element';

/** Sanitisers by the name of their module: what is called, seen from the module. */
const SANITIZERS: Readonly<Record<string, string>> = {
  dompurify: '.sanitize',
  'isomorphic-dompurify': '.sanitize',
  'sanitize-html': '',
};

/** Ways to make it harmless, those that keep the markup first. */
export function htmlFixes(html: Node, element: ElementAround): Fix[] {
  return [...sanitisingFix(html), ...textFix(html, element)];
}

/** Wraps the HTML in the sanitiser that the file has imported; which packages could be imported is not known. */
export function sanitisingFix(html: Node): Fix[] {
  const { file } = html.item;
  for (const item of file.items) {
    for (const kind of ['import_clause', 'namespace_import', 'variable_declarator'] as const) {
      for (const index of item.indicesOf(kind)) {
        const place = new Node(item, index);
        const name = place.childOf('identifier');
        const sanitizer = name && SANITIZERS[canonicalName(name) ?? ''];
        if (sanitizer === undefined || !name || !meansTheSameAt(name, html)) continue;
        const key = html.kind === 'shorthand_property_identifier' ? `${html.text}: ` : '';
        const text = `${key}${name.text}${sanitizer}(${html.text})`;
        const title = `Sanitise it with \`${name.text}\``;
        return [{ title, safety: 'choice', edits: [{ start: html.start, end: html.end, text }] }];
      }
    }
  }
  return [];
}

/** `<p dangerouslySetInnerHTML={{ __html: note }} />` becomes `<p>{note}</p>`. */
function textFix(html: Node, { attribute, tag }: ElementAround): Fix[] {
  const { parent } = attribute ?? {};
  const isHere = attribute?.contains(html) && parent && tag;
  const kind = html.kind;
  if (!attribute || !isHere || (kind !== 'identifier' && kind !== 'member_expression') || mayBeMarkup(html))
    return [];
  const removed = withoutAttribute(attribute);
  const name = tag.child('name')?.text;
  if (name === undefined) return [];
  const title = 'Render it as text';
  const { text } = tag.item.file;
  if (tag.kind === 'jsx_self_closing_element') {
    const close = /\s*\/>$/.exec(text.slice(tag.start, tag.end));
    if (!close) return [];
    const start = tag.end - close[0].length;
    // The blank before the attribute and the one before the slash are one edit where they touch.
    const edits =
      removed.end >= start
        ? [{ start: removed.start, end: tag.end, text: `>{${html.text}}</${name}>` }]
        : [removed, { start, end: tag.end, text: `>{${html.text}}</${name}>` }];
    return [{ title, safety: 'choice', edits }];
  }
  const whole = tag.parent;
  const isEmpty = whole?.kind === 'jsx_element' && whole.parts.length === 2;
  if (!isEmpty) return [];
  return [
    { title, safety: 'choice', edits: [removed, { start: tag.end, end: tag.end, text: `{${html.text}}` }] },
  ];
}

function withoutAttribute(attribute: Node): { start: number; end: number; text: string } {
  const { text } = attribute.item.file;
  const before = /\s*$/.exec(text.slice(0, attribute.start))?.[0].length ?? 0;
  return { start: attribute.start - before, end: attribute.end, text: '' };
}

function mayBeMarkup(html: Node): boolean {
  return resolvedValue(html).kind === 'template_string';
}

/** JSON means the same with `<` escaped, and ends no element then. */
export function jsonFix(call: Node): Fix {
  const edit = { start: call.end, end: call.end, text: ".replace(/</g, '\\\\u003c')" };
  return { title: 'Escape `<` in the JSON', safety: 'safe', edits: [edit] };
}
