/** Clients of Supabase that are made with the key of the service role, which no policy holds back. */
import { type Call, callAt } from '../analysis/item-facts';
import { unwrap } from '../analysis/literal';
import { canonicalName } from '../analysis/name';
import type { Node } from '../analysis/node';
import { functionOf, resultsOf } from '../analysis/results';
import { constantString, resolvedValue } from '../analysis/value';

/** What makes clients. */
export const MAKERS: ReadonlySet<string> = new Set([
  '@supabase/supabase-js.createClient',
  '@supabase/ssr.createServerClient',
  'https://esm.sh/@supabase/supabase-js@2.createClient',
]);
/** Addresses of the same package, as edge functions import it. */
const FROM_ADDRESS = /^(?:https?:\/\/|npm:|jsr:).*supabase-js(?:@[\w.-]+)?(?:\/[\w.-]+)*\.createClient$/;
/** Names of keys. Source: the documentation of Supabase. */
const KEY = /service_?role|supabase_service_?key|supabase_secret|sb_secret_|service_?key/i;
/** Names under which other files hand such a client over. */
const NAME =
  /(?:supabase|sb|db)_?(?:admin|service(?:_?role)?)|(?:admin|service(?:_?role)?)_?(?:supabase|client|db)/i;

/** Whether a call makes such a client. */
export function makesServiceClient(call: Call): boolean {
  const name = call.name ?? '';
  if (!MAKERS.has(name) && !FROM_ADDRESS.test(name)) return false;
  const [, key] = call.args;
  if (!key) return false;
  const value = resolvedValue(key);
  // `Deno.env.get('SUPABASE_SERVICE_ROLE_KEY')`
  const [read] = callAt(value)?.args ?? [];
  return [key.text, value.text, (read && constantString(read)) ?? ''].some((text) =>
    KEY.test(text.slice(0, 200)),
  );
}

/** Whether a client is one: made in the file, by a function of it, or by another file that says so in its name. */
export function isServiceClient(client: Node, depth = 4): boolean {
  const node = withoutAwait(unwrap(client));
  if (depth === 0) return false;
  const value = withoutAwait(resolvedValue(node));
  const call = callAt(value);
  if (call) {
    if (makesServiceClient(call)) return true;
    const fn = functionOf(call.callee);
    if (fn) return resultsOf(fn).some((result) => isServiceClient(result, depth - 1));
  }
  const name = canonicalName(call ? call.callee : node);
  // What another file exports, of which only the name is known.
  return (
    name !== undefined && /^[.@~#$]*\//.test(name) && NAME.test(name.slice(-60)) && /supabase|sb/i.test(name)
  );
}

function withoutAwait(node: Node): Node {
  const inner = node.kind === 'await_expression' ? node.parts[0] : undefined;
  return inner ? unwrap(inner) : node;
}
