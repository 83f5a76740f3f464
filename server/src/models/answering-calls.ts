/** Calls that send something to the client. */
import type { Call } from '../analysis/item-facts';
import { namesLike } from '../analysis/name-tests';
import type { CallTest } from '../analysis/needs';
import { isResponseName } from './auth/denial';

const ANSWERING = /^(?:json|send|jsonp)$/;
const MAKERS: ReadonlySet<string> = new Set(['next/server.NextResponse.json', 'globalThis.Response.json']);

/** What calls are called of which `isAnswer` says yes. */
export const MAY_ANSWER: CallTest = { method: namesLike(ANSWERING) };

/** `res.status(200).json(…)`, `NextResponse.json(…)` */
export function isAnswer({ method, callee, name }: Call): boolean {
  if (method === undefined || !ANSWERING.test(method)) return false;
  if (name !== undefined && MAKERS.has(name)) return true;
  return isOfResponse(callee);
}

/** As `isAnswer`, with pages: `res.render('order', { order })`. */
export function sends(call: Call): boolean {
  const { method, callee, name, isNew } = call;
  if (isNew) return name === 'globalThis.Response' || name === 'next/server.NextResponse';
  if (method !== undefined && /^(?:render|end|html|response|text|write)$/.test(method))
    return isOfResponse(callee);
  return isAnswer(call);
}

function isOfResponse(callee: Call['callee']): boolean {
  let root = callee.child('object');
  for (
    let inner = root?.child('function')?.child('object');
    inner;
    inner = root?.child('function')?.child('object')
  )
    root = inner;
  return root !== undefined && (isResponseName(root) || root.text === 'h');
}
