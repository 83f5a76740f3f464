/** Names of addresses and hosts, and of functions that decide on them. */
import { callAt } from '../analysis/item-facts';
import { propertyName, unwrap } from '../analysis/literal';
import type { Node } from '../analysis/node';
import { resolvedValue } from '../analysis/value';
import { wordsOf } from '../analysis/words';
import { namesAbove } from './crypto/purpose';

const ADDRESS =
  /^(?:url|urls|uri|href|host|hostname|origin|referer|referrer|domain|redirect|redirecturl|redirecturi|returnto|returnurl|link|website|site|endpoint|authority|netloc|baseurl|callback|src)$/;

/** Whether an expression is an address, a host or an origin, by its name or as a part of a parsed one. */
export function isAddress(expression: Node): boolean {
  let node = unwrap(expression);
  // `url.toLowerCase().trim()`
  for (let call = callAt(node); call; call = callAt(node)) {
    const object = call.callee.child('object');
    if (
      !object ||
      !/^(?:toLowerCase|toString|trim|toLowerString|toUpperCase|get|header|replace)$/.test(call.method ?? '')
    )
      break;
    if (/^(?:get|header)$/.test(call.method ?? ''))
      return /^(?:origin|referr?er|host)$/i.test(call.args[0]?.text.slice(1, -1) ?? '');
    node = object;
  }
  const own =
    node.kind === 'member_expression'
      ? node.child('property')
      : node.kind === 'subscript_expression'
        ? node.child('index')
        : node;
  const name = own && propertyName(own);
  if (name !== undefined && wordsOf(name).some((word) => ADDRESS.test(word))) return true;
  const value = resolvedValue(node);
  const property =
    value.kind === 'member_expression' && !value.is(node) ? value.child('property')?.text : undefined;
  return property !== undefined && /^(?:host|hostname|origin|href|referrer|url)$/.test(property);
}

const DECIDING =
  /^(?:allow|allowed|allows|trusted|trust|valid|validate|validates|safe|check|verify|whitelist|whitelisted|allowlist|permitted|authorized|same|guard|sanitize|sanitise|internal|our|own|legit|approved|supported|protect|secure|accept)$/;
const TAKES_EFFECT =
  /\b(?:redirect|fetch|axios|request|next|throw|forbidden|reject|callback|cb|postMessage|open|navigate|loadURL|openExternal)\b\s*\(|\bthrow\b|return (?:true|false)\b|\b40[013]\b|location\s*(?:\.href)?\s*=/;

/** Whether somebody is let in or kept out by a check: so its function is called, or so it goes on. */
export function decidesOnTrust(check: Node): boolean {
  for (const name of namesAbove(check)) if (wordsOf(name).some((word) => DECIDING.test(word))) return true;
  for (const outer of check.ancestors()) {
    if (outer.kind === 'if_statement') return TAKES_EFFECT.test(outer.text.slice(0, 600));
    if (outer.kind === 'statement_block') return false;
  }
  return false;
}
