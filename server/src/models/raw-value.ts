/** What is validated by a call that throws, and whether the code goes on with it as it came. */
import type { Edit } from '../analysis/fix';
import type { Call } from '../analysis/item-facts';
import type { Kind } from '../analysis/kind';
import { wrapped } from '../analysis/literal';
import type { Node } from '../analysis/node';
import { withoutStatement } from '../analysis/removal';
import { meansTheSameAt } from '../analysis/same-meaning';
import { resolvedValue } from '../analysis/value';
import { isShowing } from './output';

const STATEMENT: ReadonlySet<Kind> = new Set<Kind>(['expression_statement']);

/**
 * A place behind a statement where a value goes on whole as it came: to a function, into an object or a
 * variable. Reading single members of it is no such place: the schema has seen these.
 *
 * @param raw `body`, `req.body`
 */
export function rawUseBehind(statement: Node, raw: Node): Node | undefined {
  const block = statement.enclosingFunction?.child('body');
  const path = pathOf(raw);
  if (!block || !path) return undefined;
  const alike = [...block.walk()].filter(
    (node) => node.start > statement.end && isReference(node) && isSamePath(pathOf(node), path),
  );
  // What is assigned to is another value from there on.
  if (alike.some((node) => node.field === 'left' && node.parent?.kind === 'assignment_expression'))
    return undefined;
  return alike.find(goesOnWhole);
}

/**
 * Edits after which the value of that name is what the schema makes of it; undefined where none are plain.
 *
 * @param call the validation, which stands alone in its statement.
 * @param method its last name, as it is to be called.
 */
export function keepParsed(call: Call, raw: Node, method: string): readonly Edit[] | undefined {
  const { node, callee } = call;
  const statement = node.enclosing(STATEMENT);
  const name = callee.child('property') ?? callee;
  if (!statement) return undefined;
  const declarator = raw.kind === 'identifier' ? declaratorOf(raw) : undefined;
  if (declarator?.parent?.hasKeyword('const')) return toDeclaration(declarator, statement, call, method);
  // In Express 5 `req.query` cannot be assigned to.
  const isAssignable = declarator !== undefined || raw.child('property')?.text === 'body';
  if (!isAssignable) return undefined;
  return [
    { start: statement.start, end: statement.start, text: `${raw.text} = ` },
    { start: name.start, end: name.end, text: method },
  ];
}

/** `const body = schema.parse(await request.json());` in place of a statement behind it. */
function toDeclaration(
  declarator: Node,
  statement: Node,
  call: Call,
  method: string,
): readonly Edit[] | undefined {
  const { callee, args } = call;
  const value = declarator.child('value');
  const removal = withoutStatement(statement);
  const [before] = statement.parent?.parts.filter((part) => part.end <= statement.start).slice(-1) ?? [];
  const isBehind = before !== undefined && before.is(declarator.parent);
  if (!value || !removal || !isBehind || args.length !== 1 || !meansTheSameAt(callee, declarator))
    return undefined;
  const owner = callee.child('object');
  const wait = statement.parts[0]?.kind === 'await_expression' ? 'await ' : '';
  const head = `${wait}${owner ? `${owner.text}.` : ''}${method}(`;
  return [
    { start: value.start, end: value.start, text: head },
    { start: value.end, end: value.end, text: ')' },
    removal,
  ];
}

function declaratorOf(identifier: Node): Node | undefined {
  const { file } = identifier.item;
  const declaration = file.lookUp(identifier.text, identifier);
  const holder = declaration && file.nodeOf(declaration).parent;
  return holder?.kind === 'variable_declarator' ? holder : undefined;
}

function isReference({ kind, field }: Node): boolean {
  const isRead = kind === 'identifier' || kind === 'shorthand_property_identifier';
  return (isRead || kind === 'member_expression') && field !== 'function';
}

/** `req.body` for it and for a variable that holds it. */
function pathOf(node: Node): Node | undefined {
  const value = resolvedValue(node);
  if (isPath(value)) return value;
  return isPath(node) ? node : undefined;
}

function isSamePath(some: Node | undefined, other: Node): boolean {
  return some !== undefined && some.text === other.text && declarationKeyOf(some) === declarationKeyOf(other);
}

function isPath(node: Node): boolean {
  if (node.kind === 'identifier' || node.kind === 'shorthand_property_identifier') return true;
  const object = node.kind === 'member_expression' ? node.child('object') : undefined;
  return object !== undefined && (object.kind === 'this' || isPath(object));
}

function declarationKeyOf(path: Node): string {
  let root = path;
  for (let inner = root.child('object'); inner; inner = root.child('object')) root = inner;
  const { file } = root.item;
  return file.declarationKey(file.lookUp(root.text, root));
}

function goesOnWhole(value: Node): boolean {
  const holder = wrapped(value).parent;
  switch (holder?.kind) {
    case 'return_statement':
      return true;
    case 'spread_element':
      return holder.parent?.kind === 'object';
    case 'arguments': {
      const call = holder.parent;
      return call !== undefined && !isShowing(call) && !isReading(call);
    }
    case 'pair':
    case 'object':
      return !isShown(holder);
    default:
      return false;
  }
}

/** Whether an object is part of what is shown: `logger.info({ body })`. */
function isShown(object: Node): boolean {
  for (const outer of object.ancestors()) {
    if (outer.kind === 'call_expression' || outer.kind === 'new_expression') return isShowing(outer);
    if (outer.kind.endsWith('_statement')) return false;
  }
  return false;
}

/** `Object.keys(body)` and the other schemas' own calls take nothing over. */
function isReading(call: Node): boolean {
  const callee = call.child('function')?.text ?? '';
  return /^(?:Object\.(?:keys|values|entries)|String|Boolean|Array\.isArray|JSON\.stringify)$|[pP]arse(?:Async)?$|[vV]alidat\w*$/.test(
    callee,
  );
}
