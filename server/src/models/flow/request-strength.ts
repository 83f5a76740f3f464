/** How easily a stranger writes a part of a request that somebody else's browser sends. */
import { callAt } from '../../analysis/item-facts';
import { FUNCTION_KINDS } from '../../analysis/kind';
import { canonicalName } from '../../analysis/name';
import type { Node } from '../../analysis/node';
import { argumentHolding } from '../../analysis/results';
import { resolvedValue } from '../../analysis/value';

/** A link cannot set these, or browsers encode `<` in them. Source: URL Standard, percent-encode sets; Fetch. */
const WEAK_PARTS =
  /(?:^|[.\s{(])(?:headers?|rawHeaders|cookies|signedCookies|url|originalUrl|path|hostname|host|ip|referer|referrer|userAgent)\b|\.(?:get|header)\(/;
/** What takes an address apart, decoded. */
const DECODING =
  /^(?:url\.parse|url\.URL|globalThis\.URL|globalThis\.URLSearchParams|globalThis\.decodeURI(?:Component)?|querystring\.(?:parse|unescape)|qs\.parse)$/;

/** Whether a link to the page alone does not bring markup through this part of a request. */
export function isWeak(from: Node, value: Node): boolean {
  const text = from.text.slice(0, 120);
  if (!WEAK_PARTS.test(text) || /\b(?:query|params|body|searchParams)\b/.test(text)) return false;
  if (/(?:^|\.)(?:path|pathname|url|href|uri)$/i.test(value.text)) return true;
  for (const outer of from.ancestors()) {
    const call = callAt(outer);
    if (call) return !DECODING.test(call.name ?? '');
    if (/statement|declarator|declaration/.test(outer.kind)) return true;
  }
  return true;
}

/** `body('name').escape()` before the handler: express-validator writes the escaped text back into the request. */
export function isEscapedBefore(from: Node): boolean {
  for (const outer of from.ancestors()) {
    if (!FUNCTION_KINDS.has(outer.kind)) continue;
    const argument = argumentHolding(outer);
    const before = argument?.parent?.parts.filter((each) => each.end <= argument.start) ?? [];
    if (before.some((each) => isEscaping(each, 3))) return true;
  }
  return false;
}

function isEscaping(rule: Node, depth: number): boolean {
  const node = resolvedValue(rule);
  if (node.kind === 'array') return depth > 0 && node.parts.some((part) => isEscaping(part, depth - 1));
  return /^express-validator\..*\.escape\(\)/.test(canonicalName(node) ?? '');
}
