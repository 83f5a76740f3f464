/** The handler of requests that some code is in: its name, its address, and what a request passes before it. */
import { callAt } from '../analysis/item-facts';
import { indicesOfMember, MEMBERS } from '../analysis/item-keys';
import { Node } from '../analysis/node';
import { rememberedByNode } from '../analysis/remembered';
import { argumentHolding } from '../analysis/results';
import type { SourceFile } from '../analysis/source-file';
import { constantString, resolvedValue } from '../analysis/value';
import { namesAccess } from './auth/access-decision';
import { hasPlainDenial } from './auth/denial';
import { nameOfFunction, namesOfParameters } from './auth/guard';
import { ROUTE_METHODS } from './guard-places';
import { isRequestName } from './request-names';

export interface Handler {
  readonly function: Node;
  readonly name: string;
  /** Where it is registered in the file; `''` where that is not known. */
  readonly address: string;
  /** What stands before it where it is registered: middleware, options, decorators. */
  readonly before: readonly Node[];
}

/** What handlers of some frameworks are given instead of the whole request. */
const PARTS: ReadonlySet<string> = new Set(['body', 'params', 'query']);
/** So many functions around some code are looked at. */
const MOST_AROUND = 8;

/** The innermost function around some code that is given a request; undefined where there is none. */
export function handlerAround(node: Node): Handler | undefined {
  let fn = node.enclosingFunction;
  for (let steps = MOST_AROUND; fn && steps > 0; steps--, fn = fn.enclosingFunction) {
    const handler = handlerAt(fn);
    if (handler) return handler;
  }
  return undefined;
}

const handlerAt = rememberedByNode((fn: Node): Handler | undefined => {
  const { address, before } = registrationOf(fn);
  const isRegistered = address !== undefined;
  const takesRequest = namesOfParameters(fn).some((name) => isRequestName(name, PARTS));
  const decorators = decoratorsOf(fn);
  const isRouteName = /^(?:GET|POST|PUT|PATCH|DELETE)$/.test(fn.child('name')?.text ?? '');
  if (!isRegistered && !takesRequest && decorators.length === 0 && !isRouteName) return undefined;
  return {
    function: fn,
    name: nameOfFunction(fn),
    address: address ?? '',
    before: [...before, ...decorators],
  };
});

function registrationOf(fn: Node): { readonly address?: string; readonly before: readonly Node[] } {
  let argument = argumentHolding(fn);
  for (let steps = 3; argument && steps > 0; steps--) {
    const list: Node | undefined = argument.parent;
    const call = list?.kind === 'arguments' && list.parent ? callAt(list.parent) : undefined;
    if (!call || !list) break;
    if (ROUTE_METHODS.has(call.method ?? '')) {
      const own: Node = argument;
      const [first] = call.args;
      const address = (first && constantString(first)) ?? routeOf(call.callee) ?? '';
      return { address, before: list.parts.filter((part) => part.end <= own.start && !part.is(first)) };
    }
    // `wrap(async (req, res) => …)`
    argument = list.parent;
  }
  return { before: [] };
}

/** `router.route('/x').post(…)` */
function routeOf(callee: Node): string | undefined {
  for (let node = callee.child('object'), steps = 5; node && steps > 0; steps--) {
    const call = callAt(node);
    if (call?.method === 'route' && call.args[0]) return constantString(call.args[0]);
    node = call?.callee.child('object');
  }
  return undefined;
}

/** Those of a method and of its class. */
function decoratorsOf(fn: Node): readonly Node[] {
  if (fn.kind !== 'method_definition') return [];
  const found: Node[] = [];
  for (let before = fn.previous; before?.kind === 'decorator'; before = before.previous) found.push(before);
  const holder = fn.parent?.parent;
  for (const part of [...(holder?.children ?? []), ...(holder?.parent?.children ?? [])])
    if (part.kind === 'decorator') found.push(part);
  return found;
}

const PRIVILEGED =
  /admin|super_?user|restrict_?to|authori[sz]e_?(?:roles?|permissions?|\()|(?:has|require|check|verify|allow|allowed)_?(?:any_?)?(?:roles?|permissions?|abilit)|\broles?\s*\(|\bpermissions?\.|\bpermit|\bcan\(|staff|manager|owner|rbac|acl\b|internal|api_?key/i;

/** Whether only people with more rights than others come to some code, as far as names and checks in the file tell. */
export function isForPrivileged(node: Node, handler: Handler): boolean {
  if (/admin|seed|migrat|import|backfill/i.test(`${handler.name} ${handler.address} ${node.item.file.path}`))
    return true;
  if (/\badmins?\b/i.test(commentsBefore(handler.function))) return true;
  if (handler.before.some((each) => PRIVILEGED.test(resolvedValue(each).text.slice(0, 300)))) return true;
  if (PRIVILEGED.test(registeredBefore(node.item.file))) return true;
  return isCheckedBefore(node, handler.function);
}

/** The comments before the statement or member that a function is in. */
function commentsBefore(fn: Node): string {
  let statement = fn;
  for (
    let outer = fn.parent;
    outer && !/^(?:program|class_body|statement_block)$/.test(outer.kind);
    outer = outer.parent
  )
    statement = outer;
  let text = '';
  for (let each = statement.previous; each?.kind === 'comment'; each = each.previous) text += each.text;
  return text;
}

/** The middleware that the file puts before all its routes, as text. */
export function registeredBefore(file: SourceFile): string {
  return file.ofWholeFile('registered before', () =>
    ['use', 'addHook']
      .flatMap((name) => callsOfMember(file, name))
      .flatMap((text) => /^\w+\((?!\s*['"`][^'"`]*admin)[^;\n]{0,200}/.exec(text)?.[0] ?? [])
      .join('\n'),
  );
}

/** The texts of calls of a member, from its name on. */
function callsOfMember(file: SourceFile, name: string): readonly string[] {
  return file.itemsWith(MEMBERS, name).flatMap((item) =>
    indicesOfMember(item, name).flatMap((index) => {
      const member = new Node(item, index);
      const call = member.parent?.field === 'function' ? member.parent.parent : undefined;
      return call?.kind === 'call_expression' ? [call.text.slice(member.start - call.start)] : [];
    }),
  );
}

/** `if (req.user.role !== 'admin') return res.sendStatus(403);`, `assertAdmin(user)` before it. */
function isCheckedBefore(node: Node, fn: Node): boolean {
  for (const each of fn.child('body')?.walkOwn() ?? []) {
    if (each.start >= node.start) break;
    if (each.kind === 'if_statement') {
      const [condition, body] = [each.child('condition'), each.child('consequence')];
      if (condition && body && namesAccess(condition) && (hasPlainDenial(body) || body.contains(node)))
        return true;
    } else if (each.kind === 'call_expression' && PRIVILEGED.test(each.child('function')?.text ?? ''))
      return true;
  }
  return false;
}

/** Whether something before the handler looks at what the request holds, by its name. */
export function isValidatedBefore({ before }: Handler): boolean {
  return before.some((each) =>
    /valid|schema|celebrate|sanitiz|joi\b|\bzod/i.test(resolvedValue(each).text.slice(0, 300)),
  );
}

/** Whether a value of a request is held against something before some code, by the name of the function: `validate(req.body)`. */
export function isValidatedIn({ function: fn }: Handler, value: Node, before: Node): boolean {
  const asked = resolvedValue(value).text;
  for (const node of fn.child('body')?.walk() ?? []) {
    if (node.kind !== 'call_expression' || (fn.contains(before) && node.end > before.start)) continue;
    const call = callAt(node);
    if (!call || !/valid|pars|check|verif|schema|assert|sanitiz|safe/i.test(call.callee.text.slice(-60)))
      continue;
    // `JSON.parse` and `parseInt` look at nothing.
    if (!call.name?.startsWith('globalThis.') && call.args.some((each) => resolvedValue(each).text === asked))
      return true;
  }
  return false;
}
