/** How the id of a record comes from a request, and the functions between. */
import { type Flow, flowsInto } from '../analysis/flow/flow';
import type { Node } from '../analysis/node';
import { nameOfFunction } from './auth/guard';
import { FLOW_MODEL } from './flow/model';
import { type Handler, handlerAround } from './handler';

/** What a client sends as an id, if it is one; headers and cookies are set by programs. */
export function clientIdOf(id: Node, sink: Node): Flow | undefined {
  return (flowsInto(id, sink, 'record', FLOW_MODEL) ?? []).find(
    ({ source, path }) =>
      source?.kind === 'request' &&
      !path.some((step) => /^(?:headers?|cookies|signedCookies|get\(\)|header\(\))$/.test(step)),
  );
}

/** The handler that a request comes to, or the server action: then nothing is known of what is before it. */
export function requestHandler(node: Node): Handler | undefined {
  const known = handlerAround(node);
  const fn = known ? undefined : outermostFunction(node);
  return known ?? (fn && { function: fn, name: nameOfFunction(fn), address: '', before: [] });
}

/** The handler, and the helper that some code is in, where that is another function. */
export function functionsAround(node: Node, { function: handler }: Handler): readonly Node[] {
  const helper = handler.contains(node) ? undefined : outermostFunction(node);
  return helper ? [handler, helper] : [handler];
}

function outermostFunction(node: Node): Node | undefined {
  let fn = node.enclosingFunction;
  for (let outer = fn?.enclosingFunction; outer; outer = outer.enclosingFunction) fn = outer;
  return fn;
}
