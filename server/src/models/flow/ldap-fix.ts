/** Builds a filter with the class that ldapjs has for it. */
import type { Fix } from '../../analysis/fix';
import { importedName } from '../../analysis/imported-name';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { addends, templateParts } from '../../analysis/string-parts';
import { constantString } from '../../analysis/value';

/** Attributes that name one entry: nobody looks for a part of them with a star. Source: RFC 4519, Active Directory. */
const IDENTIFIERS: ReadonlySet<string> = new Set(
  'uid mail samaccountname userprincipalname employeenumber entryuuid objectguid'.split(' '),
);

/** `'(uid=' + name + ')'` becomes `new EqualityFilter({ attribute: 'uid', value: name })`. */
export function filterFix(text: Node, client: string | undefined): Fix[] {
  if (client?.startsWith('ldapjs.') !== true) return [];
  const filter = unwrap(text);
  const parts = (partsOf(filter) ?? []).map((part) =>
    typeof part === 'string' ? part : (constantString(part) ?? part),
  );
  const [before, value, behind, ...more] = parts;
  const attribute = typeof before === 'string' ? /^\(([\w.-]+)=$/.exec(before)?.[1] : undefined;
  if (attribute === undefined || value === undefined || typeof value === 'string') return [];
  if (behind !== ')' || more.length > 0) return [];
  const known = importedName(text, 'ldapjs', 'EqualityFilter');
  if (!known || known.edits.some((edit) => edit.text.includes('node:'))) return [];
  const made = `new ${known.text}({ attribute: '${attribute}', value: String(${value.text}) })`;
  const { start, end } = filter;
  return [
    {
      title: 'Build it with `EqualityFilter`',
      safety: IDENTIFIERS.has(attribute.toLowerCase()) ? 'safe' : 'unsafe',
      edits: [...known.edits, { start, end, text: made }],
    },
  ];
}

function partsOf(filter: Node): readonly (string | Node)[] | undefined {
  if (filter.kind === 'template_string') return templateParts(filter);
  return filter.kind === 'binary_expression' && filter.operator === '+' ? addends(filter) : undefined;
}
