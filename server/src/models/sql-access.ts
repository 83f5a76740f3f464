/** SQL that reaches records by an id alone: which values are the id. */
import type { Call } from '../analysis/item-facts';
import { callAt } from '../analysis/item-facts';
import { unwrap } from '../analysis/literal';
import type { Node } from '../analysis/node';
import { addends, templateParts } from '../analysis/string-parts';
import { constantString, propertyOf, resolvedValue } from '../analysis/value';
import type { RecordAccess } from './record-access';
import { isIdOf } from './record-ids';

/** Longer texts (UTF-16 units) are not read. */
const LONGEST = 2_000;
/** One condition; several stand for keys of the client's own choice, or of somebody else. */
const SELECTED =
  /^\s*(select|update|delete)\b([\s\S]*?)\bwhere\s+(?:[\w"`]+\.)?["`]?(\w+)["`]?\s*=\s*(\?|\$\d+|[:@$]\w+|'?\0'?)(?:::\w+)?\s*(?:limit\s+1\s*|returning\s+[\w*,\s]+)?;?\s*$/i;
const TABLE = /(?:\bfrom|^\s*update)\s+["`[]?(?:\w+["`\]]?\.["`[]?)?(\w+)/i;

const DOES: Readonly<Record<string, RecordAccess['does']>> = {
  select: 'reads',
  update: 'changes',
  delete: 'deletes',
};

/** @param isTagged whether it is a template that a function reads: sql`SELECT …`. */
export function sqlAccess(call: Call, isTagged: boolean): RecordAccess | undefined {
  const prepared = isTagged ? undefined : preparedBefore(call);
  const template = isTagged ? call.node.child('arguments') : (prepared ?? call.args[0]);
  if (!template) return undefined;
  const written = textOf(template);
  const match = written && SELECTED.exec(written.text);
  if (!written || !match) return undefined;
  const [, verb = '', head = '', column = '', holder = ''] = match;
  const entity = TABLE.exec(written.text)?.[1];
  if (entity === undefined || !isIdOf(column, entity) || /\b(?:count|exists)\s*\(/i.test(head))
    return undefined;
  const values = prepared ? call.args : call.args.slice(1);
  const id = holder.includes('\0')
    ? written.values.at(-1)
    : boundValue(values, holder, (written.text.match(/\?/g)?.length ?? 1) - 1);
  const does = DOES[verb.toLowerCase()];
  return id && does && { call, entity, does, ids: [id], filter: template, isById: false };
}

/** `db.prepare('SELECT …').get(id)` */
function preparedBefore({ callee, method }: Call): Node | undefined {
  if (!/^(?:get|all|run|each|iterate|execute)$/.test(method ?? '')) return undefined;
  const object = callee.child('object');
  const statement = object && callAt(resolvedValue(object));
  return statement?.method === 'prepare' || (statement?.method === 'query' && statement.args.length === 1)
    ? statement.args[0]
    : undefined;
}

/** What stands for a value is a zero character. */
function textOf(expression: Node): { readonly text: string; readonly values: readonly Node[] } | undefined {
  const constant = constantString(expression);
  const node = resolvedValue(expression);
  if (constant !== undefined) return constant.length > LONGEST ? undefined : { text: constant, values: [] };
  if (node.end - node.start > LONGEST) return undefined;
  const parts =
    node.kind === 'template_string'
      ? templateParts(node)
      : node.kind === 'binary_expression' && node.operator === '+'
        ? addends(node)
        : undefined;
  if (!parts) return undefined;
  const values: Node[] = [];
  let text = '';
  for (const part of parts) {
    const known = typeof part === 'string' ? part : constantString(part);
    if (known === undefined) values.push(part as Node);
    text += known ?? '\0';
  }
  return { text, values };
}

function boundValue(values: readonly Node[], holder: string, place: number): Node | undefined {
  const [first] = values;
  const list = first && resolvedValue(first);
  const named = /^[:@$]([a-z]\w*)$/i.exec(holder)?.[1];
  if (named !== undefined) return list?.kind === 'object' ? propertyOf(list, named) : undefined;
  const numbered = /^\$(\d+)$/.exec(holder)?.[1];
  const index = numbered === undefined ? place : Number(numbered) - 1;
  if (list?.kind === 'array') return list.parts[index] && unwrap(list.parts[index]);
  const value = values[index];
  return value && !/function|arrow/.test(value.kind) ? value : undefined;
}
