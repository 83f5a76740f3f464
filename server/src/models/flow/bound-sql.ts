/** An SQL text with places for its values. */
import type { Edit } from '../../analysis/fix';
import { callAt } from '../../analysis/item-facts';
import type { Node } from '../../analysis/node';
import { addends } from '../../analysis/string-parts';
import { constantString, resolvedValue } from '../../analysis/value';

export interface SqlDialect {
  /** What texts of SQL stand between. */
  readonly quotes: string;
  /** Whether an object as a value is written as conditions of its own; a text that was put in was none. */
  readonly readsObjects: boolean;
}

export interface Bound {
  readonly edits: readonly Edit[];
  /** Expressions, in the order of their places. */
  readonly values: readonly string[];
}

/**
 * `'${x}'` and `${x}` become `$1`, `'%${x}%'` a value with the signs around it.
 *
 * @param text a template, or a sum of texts and values.
 * @param quotes what texts of SQL stand between.
 */
export function boundText(
  text: Node,
  sign: '$1' | '?',
  { quotes, readsObjects }: SqlDialect,
): Bound | undefined {
  const parts = partsOf(text);
  const bound = parts && placed(parts, sign, quotes, readsObjects);
  if (!bound || bound.values.length === 0) return undefined;
  const literal = text.kind === 'template_string' ? `\`${bound.text}\`` : quoted(bound.text, text);
  if (literal === undefined) return undefined;
  return { edits: [{ start: text.start, end: text.end, text: literal }], values: bound.values };
}

/** The pieces of a text; undefined where one is written with escapes. */
function partsOf(text: Node): readonly (string | Node)[] | undefined {
  if (text.kind !== 'template_string') {
    const parts = addends(text);
    const isOdd = (part: Node) =>
      part.kind === 'string' ? part.text.includes('\\') : constantString(part) !== undefined;
    return parts.some(isOdd)
      ? undefined
      : parts.map((part) => (part.kind === 'string' ? (constantString(part) ?? part) : part));
  }
  if (text.text.includes('\\')) return undefined;
  const parts: (string | Node)[] = [];
  const { text: all } = text.item.file;
  let from = text.start + 1;
  for (const child of text.children) {
    if (child.kind !== 'template_substitution') continue;
    const [value] = child.parts;
    if (!value) return undefined;
    // What is constant is part of the text: the name of a table.
    const isPart = constantString(value) !== undefined && !/['"`]/.test(value.text);
    parts.push(all.slice(from, child.start), isPart ? child.text : value);
    from = child.end;
  }
  return [...parts, all.slice(from, text.end - 1)];
}

interface Placed {
  readonly text: string;
  readonly values: readonly string[];
}

function placed(
  parts: readonly (string | Node)[],
  sign: '$1' | '?',
  quotes: string,
  readsObjects: boolean,
): Placed | undefined {
  let text = '';
  const values: string[] = [];
  let open: { readonly quote: string; readonly before: string; readonly value: string } | undefined;
  for (const part of parts) {
    if (typeof part !== 'string') {
      const quote = openQuote(text);
      if (open || /[`]/.test(part.text) || (quote && !quotes.includes(quote.sign))) return undefined;
      // A list is many values, and a text with commas would be one.
      if (!quote && (/\bin\s*\(\s*$/i.test(text) || /\.(?:join|map)\(/.test(part.text))) return undefined;
      const place = sign === '?' ? '?' : `$${values.length + 1}`;
      const before = quote ? text.slice(quote.at + 1) : '';
      const value = readsObjects && !isPlain(part) ? `String(${part.text})` : part.text;
      if (quote) open = { quote: quote.sign, before, value };
      else values.push(value);
      text = (quote ? text.slice(0, quote.at) : text) + place;
      // Only signs of `LIKE` may stand around it within the quotes.
      if (!/^[%_]*$/.test(before)) return undefined;
      continue;
    }
    if (!open) {
      text += part;
      continue;
    }
    const end = part.indexOf(open.quote);
    const behind = part.slice(0, Math.max(0, end));
    if (end < 0 || !/^[%_]*$/.test(behind)) return undefined;
    values.push(
      open.before + behind === ''
        ? open.value
        : `\`${open.before}\${${open.value.replace(/^String\((.*)\)$/s, '$1')}}${behind}\``,
    );
    text += part.slice(end + 1);
    open = undefined;
  }
  return open ? undefined : { text, values };
}

/** The quote that a text has opened and not closed. */
function openQuote(text: string): { readonly sign: string; readonly at: number } | undefined {
  let open: { readonly sign: string; readonly at: number } | undefined;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] as string;
    if (open) open = sign === open.sign ? undefined : open;
    else if (sign === "'" || sign === '"') open = { sign, at };
  }
  return open;
}

/** As a literal in the quotes of the first part, or in others where the text has these. */
function quoted(text: string, sum: Node): string | undefined {
  const first = addends(sum).find(({ kind }) => kind === 'string')?.text[0] ?? "'";
  const quote = [first, '"', "'"].find((sign) => !text.includes(sign));
  return quote === undefined || /[\n\r\\]/.test(text) ? undefined : quote + text + quote;
}

const TEXT_METHODS =
  /^(?:toString|trim|toLowerCase|toUpperCase|toISOString|replace|slice|substring|toFixed)$/;

/** Whether a value is a text or a number for sure. */
function isPlain(expression: Node): boolean {
  const node = resolvedValue(expression);
  if (/^(?:string|template_string|number)$/.test(node.kind)) return true;
  const call = node.kind === 'call_expression' ? callAt(node) : undefined;
  if (call)
    return (
      /^globalThis\.(?:String|Number|parseInt)$/.test(call.name ?? '') || TEXT_METHODS.test(call.method ?? '')
    );
  if (node.kind === 'member_expression') return /\.(?:params|headers)\b/.test(node.text);
  const declaration = node.kind === 'identifier' ? node.item.file.lookUp(node.text, node) : undefined;
  const declared = declaration && node.item.file.nodeOf(declaration).parent;
  return (
    declared?.kind === 'required_parameter' &&
    /^:\s*(?:string|number)$/.test(declared.child('type')?.text ?? '')
  );
}
