import type { Report } from '../../analysis/finding';
import type { Fix } from '../../analysis/fix';
import type { Call } from '../../analysis/item-facts';
import { canonicalName } from '../../analysis/name';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { resolvedValue } from '../../analysis/value';
import { usesActor } from '../../models/actor';
import { stepsOf } from '../../models/flow/flow-report';
import { isForPrivileged } from '../../models/handler';
import { asksForOwner, belongingOf } from '../../models/ownership';
import { namesPrivateRecords } from '../../models/private-records';
import type { RecordAccess } from '../../models/record-access';
import { clientIdOf, functionsAround, requestHandler } from '../../models/record-request';
import { useOfRecord } from '../../models/record-use';
import { runtimeOf } from '../../models/runtime';
import { isServiceClient, MAKERS, makesServiceClient } from '../../models/service-role';
import { supabaseAccess } from '../../models/supabase-access';

const MAY_MISUSE: CallTest = {
  method: new Set(['from', 'deleteUser', 'updateUserById', 'createClient', 'createServerClient']),
  to: MAKERS,
};

export const serviceRoleMisuse: Rule = {
  id: 'supabase/service-role-misuse',
  title: 'A client that no policy holds back answers requests of users, or is in client code',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-269', 'CWE-639', 'CWE-862', 'CWE-522'],
  owasp: ['A01:2025', 'A06:2025'],
  fixable: true,

  *check(facts) {
    for (const call of facts.callsOf(MAY_MISUSE)) {
      const { method } = call;
      if (method === 'from') yield* ofQuery(call);
      else if (method === 'deleteUser' || method === 'updateUserById') yield* ofUsers(call);
      else yield* ofClient(call);
    }
  },
};

const CLIENT = /^\s*(?:\/\/[^\n]*\n|\/\*[^*]*\*\/|\s)*['"]use client['"]/;

/** What is made for a browser. */
function* ofClient(call: Call): Generator<Report> {
  const [, key] = call.args;
  const { file } = call.node.item;
  if (!key || !makesServiceClient(call) || runtimeOf(file) !== 'client') return;
  const value = resolvedValue(key);
  // A bundler leaves these out; without a directive the file may be of a server after all.
  const isOfServer = /^(?:globalThis\.)?(?:process|Deno)\.env\b/.test(
    canonicalName(value.child('function') ?? value) ?? '',
  );
  if (isOfServer && !file.ofWholeFile('is of a client', () => CLIENT.test(file.text.slice(0, 2_000)))) return;
  yield {
    at: key,
    message:
      'Whoever opens the page gets the service-role key, which ignores row-level security. Use the anon key here.',
  };
}

const DONE: Readonly<Record<string, string>> = { sent: 'read', changed: 'change', deleted: 'delete' };

function* ofQuery(call: Call): Generator<Report> {
  const client = call.callee.child('object');
  const access = client && supabaseAccess(call);
  if (!access || !isServiceClient(client)) return;
  const use = useOfRecord(access);
  const isPrivate = belongingOf(access.entity) === 'private' || namesPrivateRecords(access.entity);
  if (!use || (use === 'sent' && !isPrivate)) return;
  yield* reportsOf(call.node, access, `${DONE[use]} any row of \`${access.entity}\``, () =>
    ownerFixes(access),
  );
}

/** `client.auth.admin.deleteUser(id)` */
function* ofUsers(call: Call): Generator<Report> {
  const admin = call.callee.child('object');
  const auth = admin?.child('object');
  const client = auth?.child('object');
  const [id] = call.args;
  if (
    admin?.child('property')?.text !== 'admin' ||
    auth?.child('property')?.text !== 'auth' ||
    !client ||
    !id ||
    !isServiceClient(client)
  )
    return;
  const does = call.method === 'deleteUser' ? 'deletes' : 'changes';
  const access: RecordAccess = { call, entity: 'user', does, ids: [id], filter: id, isById: true };
  yield* reportsOf(
    call.node,
    access,
    does === 'deletes' ? 'delete any account' : 'change any account',
    () => [],
  );
}

function* reportsOf(
  node: Node,
  access: RecordAccess,
  what: string,
  fixes: () => readonly Fix[],
): Generator<Report> {
  const flows = access.ids.map((id) => clientIdOf(id, node));
  const [flow] = flows;
  const [at] = access.ids;
  const { file } = node.item;
  if (!flow || !at || flows.includes(undefined) || OWN_CALLERS.test(file.path)) return;
  const handler = requestHandler(flow.from);
  if (!handler || isForPrivileged(node, handler)) return;
  const around = functionsAround(node, handler);
  if (around.some((fn) => asksForOwner(fn, access) || PROVEN.test(fn.text))) return;
  const who =
    usesActor(handler.function) || handler.before.length > 0 ? 'Whoever is signed in' : 'Whoever calls this';
  yield {
    at,
    message: `${who} can ${what} by its id, since the service role ignores row-level security. Use the user's own client, or ask whose it is.`,
    confidence: 'medium',
    related: stepsOf(flow, [], at),
    fixes,
  };
}

/** Who calls these is no user. */
const OWN_CALLERS = /webhook|cron|\bjobs?\b|worker|script|seed|migrat|admin|stripe/i;
/** A secret between servers, or a signature. */
const PROVEN = /CRON_SECRET|WEBHOOK|webhook|signature|timingSafeEqual|constructEvent|x-api-key|internal/i;

/** As another query of the file has it: `.eq('user_id', user.id)`. */
function ownerFixes({ call, ids }: RecordAccess): readonly Fix[] {
  const { file } = call.node.item;
  const own =
    /\.eq\(\s*(['"](?:user|owner|author|customer|account|profile|created_by)_?\w*['"])\s*,\s*((\w+)(?:\.\w+)*)\s*\)/;
  const [text, , , root = ''] = own.exec(file.text) ?? [];
  const condition = ids[0]?.parent?.parent;
  const declaration = text === undefined ? undefined : file.lookUp(root, call.node);
  if (text === undefined || !declaration || condition?.kind !== 'call_expression') return [];
  if (file.nodeOf(declaration).start > call.node.start) return [];
  const edits = [{ start: condition.end, end: condition.end, text }];
  return [{ title: 'Ask for the owner as well', safety: 'choice', edits }];
}
