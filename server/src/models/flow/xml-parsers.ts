/** Parsers of XML that read what the document names: files, addresses, entities made of entities. */
import type { Call } from '../../analysis/item-facts';
import { canonicalName } from '../../analysis/name';
import type { Node } from '../../analysis/node';
import { constantBoolean, constantString, pairOf, resolvedValue } from '../../analysis/value';

interface ParserRow {
  readonly modules: string;
  readonly functions: string;
  /** Options that make it read what the document names, when they are true. */
  readonly options?: string;
  /** Members of the package that do so when they are among the options: `ParseOption.XML_PARSE_NOENT`. */
  readonly flags?: RegExp;
  /** It replaces entities as it is, however many there are. */
  readonly isByDefault?: true;
}

/** Sources: the documentation of libxmljs 0.19 and 1, libxmljs2 0.37, libxml2-wasm 0.5, libxml.js, node-expat 2, xml2json 0.12. */
const ROWS: readonly ParserRow[] = [
  {
    modules: 'libxmljs libxmljs2 libxmljs-dom libxmljs-mt',
    functions: 'parseXml parseXmlString parseXmlAsync Document.fromXml parseHtml parseHtmlString',
    options: 'noent replaceEntities dtdload dtdvalid',
  },
  {
    modules: 'libxml2-wasm',
    functions: 'XmlDocument.fromString XmlDocument.fromBuffer',
    flags: /^libxml2-wasm\.ParseOption\.XML_PARSE_(?:NOENT|DTDLOAD|DTDVALID|XINCLUDE)$/,
  },
  { modules: 'xml2json', functions: 'toJson', isByDefault: true },
  {
    modules: 'node-expat.Parser() node-expat.createParser()',
    functions: 'parse write end',
    isByDefault: true,
  },
];

export const XML_PARSERS: ReadonlyMap<string, ParserRow> = new Map(
  ROWS.flatMap((row) =>
    row.modules
      .split(' ')
      .flatMap((module) => row.functions.split(' ').map((name) => [`${module}.${name}`, row] as const)),
  ),
);

export interface XmlSink {
  readonly data: Node;
  /** What makes the parser read what the document names; none where it replaces entities as it is. */
  readonly option?: { readonly node: Node; readonly name: string };
  /** The values of all such options, to turn them off. */
  readonly values: readonly Node[];
}

export function xmlSinkOf(call: Call & { readonly name: string }): XmlSink | undefined {
  const row = XML_PARSERS.get(call.name);
  const [data, ...others] = call.args;
  if (!row || !data || constantString(data) !== undefined) return undefined;
  if (row.isByDefault) return { data, values: [] };
  for (const other of others) {
    const given = resolvedValue(other);
    const names = given.kind === 'object' ? (row.options?.split(' ') ?? []) : [];
    const on = names.flatMap((name) => {
      const pair = pairOf(given, name);
      return pair && isTrue(pair.value) ? [{ ...pair, name }] : [];
    });
    if (on[0]) return { data, option: on[0], values: on.map(({ value }) => value) };
    const flag = row.flags && flagIn(other, row.flags);
    if (flag)
      return { data, option: { node: flag, name: flag.child('property')?.text ?? flag.text }, values: [] };
  }
  return undefined;
}

function isTrue(value: Node): boolean {
  const node = resolvedValue(value);
  return constantBoolean(value) === true || (node.kind === 'number' && node.text !== '0');
}

function flagIn(options: Node, flags: RegExp): Node | undefined {
  const given = resolvedValue(options);
  const value = given.kind === 'object' ? pairOf(given, 'option')?.value : given;
  for (const node of value ? resolvedValue(value).walk() : []) {
    if (node.kind === 'member_expression' && flags.test(canonicalName(node) ?? '')) return node;
  }
  return undefined;
}
