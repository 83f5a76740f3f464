/** Asks the server of Supabase for the user where a session is read for nothing else. */
import type { Edit, Fix } from '../analysis/fix';
import type { Call } from '../analysis/item-facts';
import type { Node } from '../analysis/node';
import { usesOf } from '../analysis/uses';

/**
 * `{ data: { session } } = await x.getSession()` becomes `{ data: { user } } = await x.getUser()`, and `session.user`
 * becomes `user`; so does `session` where only its being there is asked. None where anything else is read.
 */
export function verifiedUserFix({ callee, node, args }: Call): Fix[] {
  const method = callee.child('property');
  const bound = boundSession(node);
  if (!method || !bound || args.length > 0) return [];
  const { file } = node.item;
  const declaration = file.lookUp(bound.name.text, bound.name);
  if (!declaration || file.isAssigned(declaration.name)) return [];
  const uses = usesOf(declaration, file);
  const name = ['user', 'verifiedUser'].find((each) =>
    [bound.name, ...uses].every((place) => !file.lookUp(each, place)),
  );
  if (name === undefined) return [];
  const edits: Edit[] = [
    { start: method.start, end: method.end, text: 'getUser' },
    ...bound.edits(name === 'user' ? name : `user: ${name}`, name),
  ];
  for (const use of uses) {
    const edit = editOf(use, name);
    if (!edit) return [];
    edits.push(edit);
  }
  return [{ title: 'Ask the server with `getUser()`', safety: 'safe', edits }];
}

interface BoundSession {
  readonly name: Node;
  /** @param part as a part of a pattern. */
  readonly edits: (part: string, name: string) => readonly Edit[];
}

/** The variable with the session. Where the error is looked at as well, nobody being there would be one. */
function boundSession(call: Node): BoundSession | undefined {
  let node = call;
  while (node.parent && /^(?:await|parenthesized)_expression$/.test(node.parent.kind)) node = node.parent;
  if (node.is(call)) return undefined;
  const data = node.parent?.kind === 'member_expression' ? node.parent : undefined;
  const session = data?.parent?.kind === 'member_expression' ? data.parent : undefined;
  const declarator = (session ?? node).parent;
  const name = declarator?.kind === 'variable_declarator' ? declarator.child('name') : undefined;
  const last = session?.child('property');
  if (name?.kind === 'identifier' && last?.text === 'session' && data?.child('property')?.text === 'data') {
    const edits = (_: string, to: string) => [replaced(name, to), replaced(last, 'user')];
    return { name, edits };
  }
  if (data || name?.kind !== 'object_pattern' || name.parts.length !== 1) return undefined;
  const inner = name.parts[0]?.child('key')?.text === 'data' ? name.parts[0].child('value') : undefined;
  const [only] = inner?.kind === 'object_pattern' && inner.parts.length === 1 ? inner.parts : [];
  if (only?.kind !== 'shorthand_property_identifier_pattern' || only.text !== 'session') return undefined;
  return { name: only, edits: (part) => [replaced(only, part)] };
}

function replaced({ start, end }: Node, text: string): Edit {
  return { start, end, text };
}

function editOf(use: Node, name: string): Edit | undefined {
  let node = use;
  let sure = '';
  if (node.parent?.kind === 'non_null_expression') {
    node = node.parent;
    sure = '!';
  }
  const { parent } = node;
  if (!parent) return undefined;
  if (parent.kind === 'member_expression' && node.field === 'object') {
    if (parent.child('property')?.text !== 'user') return undefined;
    const isOptional = /^\s*\?\./.test(use.item.file.text.slice(node.end));
    const rest = use.item.file.text.slice(parent.end);
    // `session?.user.id` is nothing where there is no session.
    const isRead = parent.parent?.kind === 'member_expression' && parent.field === 'object';
    if (isOptional && isRead && !rest.startsWith('?.'))
      return rest.startsWith('.') ? replaced(parent, `${name}?`) : undefined;
    return isOptional && /^\s*[[(]/.test(rest) ? undefined : replaced(parent, name + sure);
  }
  let asked = node;
  while (asked.parent?.kind === 'parenthesized_expression') asked = asked.parent;
  const asking = asked.parent;
  const isAsked =
    asked.field === 'condition' ||
    asking?.kind === 'if_statement' ||
    (asking?.kind === 'unary_expression' && asking.operator === '!') ||
    (asking?.kind === 'binary_expression' && /^(?:&&|\|\|)$/.test(asking.operator) && asked.field === 'left');
  // What `&&` answers may be handed on; `session && session.user` is the user either way.
  const isAnswer = asking?.kind === 'binary_expression' && asking.operator === '||' && !isDecision(asking);
  return isAsked && !isAnswer ? replaced(node, name) : undefined;
}

function isDecision(expression: Node): boolean {
  let node = expression;
  while (node.parent?.kind === 'parenthesized_expression' || node.parent?.kind === 'binary_expression')
    node = node.parent;
  return node.field === 'condition' || node.parent?.kind === 'if_statement';
}
