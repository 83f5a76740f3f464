/** Route handlers, API routes, server actions and middleware of Next.js, which stand in files of certain names. */
import { callAt } from '../analysis/item-facts';
import { FUNCTION_KINDS } from '../analysis/kind';
import { stringLiteral, unwrap } from '../analysis/literal';
import { Node } from '../analysis/node';
import { constantString, pairOf, resolvedValue } from '../analysis/value';
import type { NextMiddlewareFacts, Part, PathText, RouteEntry, RouteFacts } from './facts';
import { nextPlace } from './next-place';
import type { References } from './references';

const VERBS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

interface Next {
  readonly nextRoutes: readonly RouteEntry[];
  readonly nextMiddleware: NextMiddlewareFacts | undefined;
}

export function nextIn(references: References, exports: RouteFacts['exports']): Next {
  const place = nextPlace(references.file.path);
  const values = () => exportedValues(references);
  const actions = actionsIn(references);
  if (place?.kind === 'route') {
    const routes = values().flatMap(({ name, value }) =>
      VERBS.includes(name) ? [routeOf(name, { text: place.path }, value, references)] : [],
    );
    return { nextRoutes: [...routes, ...actions], nextMiddleware: undefined };
  }
  if (place?.kind === 'api') {
    const handler = values().find(({ name }) => name === 'default' || name === '=');
    const routes = handler ? [routeOf('ALL', { text: place.path }, handler.value, references)] : [];
    return { nextRoutes: [...routes, ...actions], nextMiddleware: undefined };
  }
  const isMiddleware = place?.kind === 'middleware';
  return {
    nextRoutes: actions,
    nextMiddleware: isMiddleware ? middlewareIn(references, exports) : undefined,
  };
}

/** `withAuth(handler)` stands before the handler that it is given. */
function routeOf(method: string, path: PathText, value: Node, references: References): RouteEntry {
  const { start, end } = value;
  const methods = [method];
  const guards: Part[] = [];
  let handler = resolvedValue(value);
  for (let steps = 4; steps > 0; steps--) {
    const call = callAt(unwrap(handler));
    const inner = call?.args.findLast((arg) => isFunction(arg));
    if (!call || !inner) break;
    guards.push(references.part(call.callee));
    handler = resolvedValue(inner);
  }
  return { do: 'route', methods, path, guards, handler: references.part(handler), start, end };
}

function isFunction(arg: Node): boolean {
  const node = resolvedValue(arg);
  if (FUNCTION_KINDS.has(node.kind) || node.kind === 'identifier') return true;
  return callAt(node)?.args.some(isFunction) === true;
}

interface Exported {
  readonly name: string;
  readonly value: Node;
}

function exportedValues({ file }: References): readonly Exported[] {
  return new Node(file.root, 0).parts.flatMap((statement): readonly Exported[] => {
    if (statement.kind === 'expression_statement') {
      const [left, right] = [statement.parts[0]?.child('left'), statement.parts[0]?.child('right')];
      return left?.text === 'module.exports' && right ? [{ name: 'default', value: right }] : [];
    }
    if (statement.kind !== 'export_statement' || statement.child('source')) return [];
    const declaration = statement.child('declaration');
    const value = statement.child('value') ?? declaration;
    if (statement.hasKeyword('default')) return value ? [{ name: 'default', value }] : [];
    const listed = (statement.childOf('export_clause')?.parts ?? []).flatMap((specifier) => {
      const name = specifier.child('name');
      return name ? [{ name: (specifier.child('alias') ?? name).text, value: name }] : [];
    });
    const name = declaration?.child('name');
    if (declaration && name) return [...listed, { name: name.text, value: declaration }];
    const bound = (declaration?.parts ?? []).flatMap((declarator) => {
      const [target, given] = [declarator.child('name'), declarator.child('value')];
      if (!target || !given) return [];
      if (target.kind === 'identifier') return [{ name: target.text, value: given }];
      // `export const { GET, POST } = handlers;`
      return target.parts.map((part) => ({ name: (part.child('value') ?? part).text, value: part }));
    });
    return [...listed, ...bound];
  });
}

/** Exported functions of a file that begins with `'use server'`, and functions that do. */
function actionsIn(references: References): readonly RouteEntry[] {
  const { file } = references;
  if (!file.says(/['"]use server['"]/)) return [];
  const [first] = new Node(file.root, 0).parts.filter(
    ({ kind }) => kind !== 'comment' && kind !== 'hash_bang_line',
  );
  const isWhole = first !== undefined && isDirective(first);
  const exported = isWhole ? exportedValues(references) : [];
  const written = isWhole ? [] : functionsWithDirective(references);
  return [...exported, ...written].flatMap(({ name, value }) => {
    const node = resolvedValue(value);
    const isAction = FUNCTION_KINDS.has(node.kind) || callAt(node) !== undefined;
    return isAction ? [routeOf('ACTION', { text: name === '' ? 'action' : name }, value, references)] : [];
  });
}

function isDirective(statement: Node): boolean {
  const [inner] = statement.kind === 'expression_statement' ? statement.parts : [];
  return inner !== undefined && stringLiteral(inner) === 'use server';
}

function functionsWithDirective({ file }: References): readonly Exported[] {
  const found: Exported[] = [];
  for (const node of new Node(file.root, 0).walk()) {
    if (!FUNCTION_KINDS.has(node.kind)) continue;
    const [first] = node.child('body')?.parts ?? [];
    if (!first || !isDirective(first)) continue;
    const declarator = node.parent?.kind === 'variable_declarator' ? node.parent : undefined;
    found.push({ name: (node.child('name') ?? declarator?.child('name'))?.text ?? '', value: node });
  }
  return found;
}

function middlewareIn(
  references: References,
  exports: RouteFacts['exports'],
): NextMiddlewareFacts | undefined {
  const values = exportedValues(references);
  const own = values.find(({ name }) => /^(?:middleware|proxy|default)$/.test(name));
  const ref = exports['middleware'] ?? exports['proxy'] ?? exports['default'];
  if (!own && !ref) return undefined;
  const program = new Node(references.file.root, 0);
  const { start, end } = own?.value ?? program;
  const guard: Part = own
    ? references.part(own.value)
    : { start, end, name: 'middleware', ref: ref ?? { is: 'unknown' } };
  const named: Part = {
    ...guard,
    name: own && FUNCTION_KINDS.has(resolvedValue(own.value).kind) ? 'middleware' : guard.name,
  };
  return { matchers: matchersIn(values), guard: named, start, end };
}

/** `export const config = { matcher: ['/dashboard/:path*'] }` */
function matchersIn(values: readonly Exported[]): readonly string[] | undefined {
  const config = values.find(({ name }) => name === 'config');
  const matcher = config && pairOf(resolvedValue(config.value), 'matcher')?.value;
  if (!matcher) return undefined;
  const value = resolvedValue(matcher);
  const all = value.kind === 'array' ? value.parts : [value];
  const texts = all.map((each) => {
    const inner = resolvedValue(each);
    return constantString(inner.kind === 'object' ? (pairOf(inner, 'source')?.value ?? inner) : each);
  });
  return texts.every((text): text is string => text !== undefined) ? texts : [];
}
