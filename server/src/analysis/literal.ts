/** What literals say: the text of strings with their escapes read, and expressions without their wrappers. */
import type { Kind } from './kind';
import type { Node } from './node';

const WRAPPERS: ReadonlySet<Kind> = new Set<Kind>([
  'parenthesized_expression',
  'as_expression',
  'satisfies_expression',
  'non_null_expression',
  'instantiation_expression',
  'type_assertion',
]);

/** What stands around a value without changing it: parentheses, casts, non-null assertions. */
export function isWrapper(node: Node): boolean {
  return WRAPPERS.has(node.kind);
}

/** The expression inside its wrappers. */
export function unwrap(node: Node): Node {
  let inner = node;
  while (WRAPPERS.has(inner.kind)) {
    const parts = inner.parts;
    const next = inner.kind === 'type_assertion' ? parts[parts.length - 1] : parts[0];
    if (!next) break;
    inner = next;
  }
  return inner;
}

/** An expression with its wrappers. */
export function wrapped(node: Node): Node {
  let outer = node;
  for (let { parent } = node; parent && WRAPPERS.has(parent.kind); parent = outer.parent) outer = parent;
  return outer;
}

/** The text that a string literal stands for; undefined for any other node. */
export function stringLiteral(node: Node): string | undefined {
  return node.kind === 'string' ? readEscapes(node.text.slice(1, -1)) : undefined;
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  0: '\0',
};

/** Reads the escapes of a JavaScript string or template. */
export function readEscapes(source: string): string {
  if (!source.includes('\\')) return source;
  return source.replace(
    /\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|[\s\S]))/g,
    (whole, braced?: string, unicode?: string, hex?: string, single?: string) => {
      const code = braced ?? unicode ?? hex;
      if (code !== undefined) {
        const point = Number.parseInt(code, 16);
        return point > 0x10ffff ? whole : String.fromCodePoint(point);
      }
      if (single === undefined || /^[\r\n]/.test(single)) return '';
      return ESCAPES[single] ?? single;
    },
  );
}

/** The name of a property: of a member access, of a pair, of a method; undefined when it is computed. */
export function propertyName(node: Node): string | undefined {
  switch (node.kind) {
    case 'property_identifier':
    case 'identifier':
    case 'shorthand_property_identifier':
    case 'shorthand_property_identifier_pattern':
    case 'number':
      return node.text;
    case 'string':
      return stringLiteral(node);
    case 'computed_property_name': {
      const inner = node.parts[0];
      return inner && stringLiteral(unwrap(inner));
    }
    default:
      return undefined;
  }
}
