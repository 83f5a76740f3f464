/** Which expressions hold what somebody outside wrote: a request, an address, a store in the browser. */
import { canonicalName } from '../analysis/name';
import type { Node } from '../analysis/node';
import { resolvedValue } from '../analysis/value';
import { wordsOf } from '../analysis/words';
import { NAMED_SOURCES } from './flow/source-names';
import { isRequestName } from './request-names';

/** What begins like this, by canonical name, a visitor or an attacker's link decides on. Source of the further: HTML. */
const SOURCES: readonly string[] = [
  ...NAMED_SOURCES.flatMap(({ name, kind }) => (kind === 'page' || kind === 'request' ? [name] : [])),
  'globalThis.URLSearchParams().get',
  'globalThis.FormData().get',
];

const PARTS_OF_REQUESTS: ReadonlySet<string> = new Set(
  'body rawBody query params headers header get cookies url originalUrl file files req request json text formData queryStringParameters pathParameters'.split(
    ' ',
  ),
);

/** Whether an expression reads what a request, an address or the browser's storage holds. */
export function isUntrusted(expression: Node): boolean {
  const node = resolvedValue(expression);
  const inner = node.kind === 'await_expression' ? node.parts[0] : undefined;
  if (inner) return isUntrusted(inner);
  const name = canonicalName(node);
  if (name !== undefined) return SOURCES.some((source) => isBelow(name, source));
  const [root, ...path] = chainOf(node);
  if (!root || path.length === 0) return false;
  if (root.kind !== 'identifier') return isUntrusted(root);
  if (isBound(root)) return !resolvedValue(root).is(root) && isUntrusted(resolvedValue(root));
  if (isRequestName(root.text)) return PARTS_OF_REQUESTS.has(path[0] ?? '');
  // What pages of Next.js are given.
  return /searchParams$/i.test(root.text) || path[0] === 'searchParams';
}

function isBelow(name: string, source: string): boolean {
  if (!name.startsWith(source)) return false;
  const next = name.charAt(source.length);
  return next === '' || next === '.' || next === '(';
}

/** The variable at the beginning of a chain of members and calls, and the names behind it. */
export function chainOf(expression: Node): readonly [Node | undefined, ...string[]] {
  const path: string[] = [];
  let node: Node | undefined = expression;
  for (;;) {
    if (node?.kind === 'member_expression' || node?.kind === 'subscript_expression') {
      path.unshift((node.child('property') ?? node.child('index'))?.text ?? '');
      node = node.child('object');
    } else if (node?.kind === 'call_expression') node = node.child('function');
    else if (node?.kind === 'non_null_expression' || node?.kind === 'parenthesized_expression')
      node = node.parts[0];
    else break;
  }
  return [node, ...path];
}

function isBound(identifier: Node): boolean {
  const { file } = identifier.item;
  const declaration = file.lookUp(identifier.text, identifier);
  return declaration !== undefined && file.nodeOf(declaration).parent?.kind === 'variable_declarator';
}

/** What users write for others to read. */
const USERS_WRITE: ReadonlySet<string> = new Set(
  'comment comments review reviews reply replies feedback bio testimonial guestbook chat tweet ticket submission inquiry rating'.split(
    ' ',
  ),
);

/** Whether names say that users write this for others: `review.body`, `comment.html`. */
export function isWrittenByUsers(expression: Node): boolean {
  const [root, ...path] = chainOf(resolvedValue(expression));
  const owners = [root?.kind === 'identifier' ? root.text : '', ...path].slice(0, -1);
  return owners.some((name) => USERS_WRITE.has(wordsOf(name).at(-1) ?? ''));
}
