/** What chains of a Supabase client do to records: `client.from('orders').delete().eq('id', id)`. Source: supabase-js 2. */
import { type Call, callAt } from '../analysis/item-facts';
import { unwrap } from '../analysis/literal';
import type { Node } from '../analysis/node';
import { constantString, resolvedValue } from '../analysis/value';
import { type RecordAccess, wholeChain } from './record-access';
import { isIdOf } from './record-ids';

const DOES: Readonly<Record<string, RecordAccess['does']>> = {
  select: 'reads',
  update: 'changes',
  delete: 'deletes',
};
/** Those that say how much of the answer is wanted, not of whom. */
const SHAPING =
  /^(?:from|schema|select|update|delete|single|maybeSingle|limit|order|range|throwOnError|returns|then|csv|abortSignal)$/;

/** @param call the one of `from`. */
export function supabaseAccess(call: Call): RecordAccess | undefined {
  const [table] = call.args;
  const entity = table && constantString(table);
  if (call.method !== 'from' || entity === undefined) return undefined;
  const ids: Node[] = [];
  let does: RecordAccess['does'] | undefined;
  for (const { method = '', args } of callsIn(wholeChain(call.node))) {
    if (Object.hasOwn(DOES, method) && (does === undefined || method !== 'select')) does = DOES[method];
    if (SHAPING.test(method)) continue;
    const [column, value] = args;
    const name = column && constantString(column);
    if (method !== 'eq' || name === undefined || !value) return undefined;
    if (/^(?:string|number|true|false|null)$/.test(resolvedValue(value).kind)) {
      if (/public|published|visible|status|active/i.test(name)) return undefined;
    } else if (isIdOf(name, entity)) ids.push(value);
    else return undefined;
  }
  const [first] = ids;
  return does && first ? { call, entity, does, ids, filter: first, isById: false } : undefined;
}

function callsIn(chain: Node): readonly Call[] {
  const calls: Call[] = [];
  for (let call = callAt(chain), steps = 20; call && steps > 0; steps--) {
    calls.unshift(call);
    const object = call.callee.child('object');
    call = object && callAt(unwrap(object));
  }
  // In front of `from` stands the function that makes the client.
  const from = calls.findIndex(({ method }) => method === 'from');
  return calls.slice(from);
}
