/** Binds the values of an SQL text as parameters. */
import type { Edit, Fix } from '../../analysis/fix';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { usesOf } from '../../analysis/uses';
import { constantString } from '../../analysis/value';
import { boundText } from './bound-sql';
import type { SqlSink } from './sql-sinks';

/**
 * A text with values becomes one with places for them, and the values go into an array behind it. Only where the driver
 * is known, the text is written as one template or sum, and values stand wherever something is put in.
 */
export function sqlFixes(sink: SqlSink): Fix[] {
  const { known, call, parts, text } = sink;
  const template = textOf(text);
  const direct = template?.is(unwrap(text)) === true;
  if (!template || parts.pieces.some(({ position }) => position !== 'quoted' && position !== 'value'))
    return [];
  const method = call.method ?? '';
  if (/^\$(?:query|execute)RawUnsafe$/.test(method))
    return direct && template.kind === 'template_string' ? taggedFix(sink, template) : [];
  const sign = known?.placeholder ?? known?.statement;
  const argument = call.args[known?.text ?? 0];
  if (!sign || !argument?.contains(text) || unwrap(argument).kind === 'object') return [];
  // What is between double quotes is a name for most databases.
  const isMysql = /^mysql/.test(call.name ?? '');
  const bound = boundText(template, sign, { quotes: isMysql ? `'"` : "'", readsObjects: isMysql });
  if (!bound) return [];
  const values = known?.placeholder
    ? behind(call.args, argument, bound.values)
    : toStatement(call.node, bound.values);
  if (!values) return [];
  return [{ title: 'Bind the values as parameters', safety: 'safe', edits: [...bound.edits, values] }];
}

/** The template or sum that a text is, or that the variable holds which is used for nothing else. */
function textOf(text: Node): Node | undefined {
  const node = unwrap(text);
  if (isWritten(node)) return node;
  if (node.kind !== 'identifier') return undefined;
  const { file } = node.item;
  const declaration = file.lookUp(node.text, node);
  const declarator = declaration && file.nodeOf(declaration).parent;
  const value = declarator?.kind === 'variable_declarator' ? declarator.child('value') : undefined;
  const isOnly = declaration && !file.isAssigned(node.text) && usesOf(declaration, file).length === 1;
  return isOnly && value && isWritten(value) ? value : undefined;
}

function isWritten(node: Node): boolean {
  return node.kind === 'template_string' || (node.kind === 'binary_expression' && node.operator === '+');
}

/** Puts the values behind the text, in front of a callback; not where there are values already. */
function behind(args: readonly Node[], text: Node, values: readonly string[]): Edit | undefined {
  const next = args[args.indexOf(text) + 1];
  if (next && !/^(?:arrow_function|function_expression)$/.test(next.kind)) return undefined;
  return { start: text.end, end: text.end, text: `, [${values.join(', ')}]` };
}

/** `db.prepare(text).get()` takes the values. */
function toStatement(call: Node, values: readonly string[]): Edit | undefined {
  const member =
    call.parent?.kind === 'member_expression' && call.field === 'object' ? call.parent : undefined;
  const outer = member?.field === 'function' ? member.parent : undefined;
  const list = outer?.child('arguments');
  const isRun = /^(?:get|all|run|iterate)$/.test(member?.child('property')?.text ?? '');
  if (!list || !isRun || list.parts.length > 0) return undefined;
  return { start: list.start + 1, end: list.end - 1, text: values.join(', ') };
}

/** Prisma: the same as a tagged template binds all that is put in. */
function taggedFix({ call, parts }: SqlSink, template: Node): Fix[] {
  const property = call.callee.child('property');
  if (!property || call.args.length !== 1 || parts.pieces.length === 0) return [];
  const list = call.node.child('arguments');
  const { text } = template.item.file;
  if (
    !list ||
    (/'[^']*\$\{[^}]*\}[^']+'|'[^']+\$\{[^}]*\}[^']*'/.test(template.text.slice(1, -1)) &&
      !/'\$\{[^}]*\}'/.test(template.text))
  )
    return [];
  const edits: Edit[] = [
    { start: property.start, end: property.end, text: property.text.replace('Unsafe', '') },
    { start: list.start, end: template.start, text: '' },
    { start: template.end, end: list.end, text: '' },
  ];
  for (const part of template.children) {
    if (part.kind !== 'template_substitution') continue;
    // The constant name of a table cannot be bound.
    if (part.parts[0] && constantString(part.parts[0]) !== undefined) return [];
    const [before, after] = [text[part.start - 1], text[part.end]];
    if ((before === "'") !== (after === "'")) return [];
    if (before !== "'") continue;
    edits.push(
      { start: part.start - 1, end: part.start, text: '' },
      { start: part.end, end: part.end + 1, text: '' },
    );
  }
  // Prisma tells the database the types of values, which may differ from those of the columns.
  return [{ title: 'Bind the values with a tagged template', safety: 'unsafe', edits }];
}
