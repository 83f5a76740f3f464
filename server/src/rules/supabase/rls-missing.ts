import type { Confidence } from '../../analysis/finding';
import type { Fix } from '../../analysis/fix';
import type { Rule, TextReport } from '../../analysis/rule';
import { namesPrivateRecords } from '../../models/private-records';
import {
  openDefiners,
  type Policy,
  policiesIn,
  type Table,
  type TableSecurity,
  tableSecurity,
} from '../../models/sql/row-security';
import { statementsIn } from '../../models/sql/statements';

export const rlsMissing: Rule = {
  id: 'supabase/rls-missing',
  title: 'A table is open to everybody who has the public key',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-862', 'CWE-284'],
  owasp: ['A01:2025'],
  fixable: true,

  *checkText({ path, text }) {
    if (!path.endsWith('.sql') || !isOfSupabase(path, text)) return;
    const statements = statementsIn(text);
    const policies = policiesIn(statements);
    for (const policy of policies) {
      const report = reportOf(policy);
      if (report) yield report;
    }
    yield* tableReports(tableSecurity(statements), policies);
    for (const { at, name, settingAt } of openDefiners(statements)) {
      yield {
        at,
        keys: [name],
        message: `\`${name}\` runs with its owner's rights, and looks names up where its caller says. Set \`search_path\`.`,
        severity: 'warning',
        confidence: 'medium',
        fixes: () => [
          insertion('Look names up in `public`', settingAt, ' set search_path = public', 'unsafe'),
        ],
      };
    }
  },
};

/** By its folder, or by what only a database of Supabase has. */
function isOfSupabase(path: string, text: string): boolean {
  return (
    /(?:^|\/)supabase\//.test(path) || /\bauth\s*\.\s*(?:uid|jwt|role)\s*\(|\bauth\s*\.\s*users\b/i.test(text)
  );
}

function* tableReports(tables: TableSecurity, policies: readonly Policy[]): Generator<TextReport> {
  const { created, enabled, dropped, disabled, isDynamic } = tables;
  const isOpen = ({ key }: Table) => !enabled.has(key) && !dropped.has(key) && key.startsWith('public.');
  for (const table of disabled.filter(isOpen)) {
    yield {
      at: table.at,
      keys: [table.key, 'disabled'],
      message: `\`${table.shown}\` is open to everybody who has the public key without row level security. Keep it enabled, and write policies.`,
    };
  }
  if (isDynamic) return;
  for (const table of created.filter(isOpen)) {
    // Who enables it for others in the same file, or writes policies for it, has forgotten this one.
    const isForgotten = enabled.size > 0 || policies.some((policy) => policy.table.key === table.key);
    yield {
      at: table.at,
      keys: [table.key],
      message: `\`${table.shown}\` is open to everybody who has the public key. Enable row level security, and write policies.`,
      // Alone, a later file may do it.
      confidence: isForgotten ? 'medium' : 'low',
      fixes: () => [
        insertion(
          'Enable row level security',
          table.end,
          `\n\nalter table ${table.shown} enable row level security;`,
          'unsafe',
        ),
      ],
    };
  }
}

function reportOf(policy: Policy): TextReport | undefined {
  const { table, command, roles, using, check, name, roleAt } = policy;
  if (table.key.startsWith('pg_') || roles.some((role) => SERVERS.has(role))) return undefined;
  const said = metadataIn(policy);
  const keys = [table.key, name];
  if (said) {
    return {
      at: said,
      keys,
      message: 'Users write `user_metadata` by themselves. Keep rights in `app_metadata` or in a table.',
      confidence: 'high',
    };
  }
  const open = command === 'insert' ? check : using?.isTrue ? using : command === 'all' ? check : using;
  const guards = command === 'update' || command === 'all' ? [using, check] : [open];
  if (!open?.isTrue || guards.some((each) => each && !each.isTrue)) return undefined;
  const confidence = confidenceOf(policy);
  if (!confidence) return undefined;
  const who = roles.includes('authenticated') ? 'Whoever signs up' : 'Everybody with the public key';
  return {
    at: open,
    keys,
    message: `${who} may ${DOES[command]} \`${table.shown}\`. Compare the owner with \`auth.uid()\`.`,
    confidence,
    fixes: () =>
      roles.length === 0 && /service[ _-]?role/i.test(name)
        ? [insertion('Let in `service_role` alone', roleAt, ' to service_role', 'unsafe')]
        : [],
  };
}

const DOES: Readonly<Record<Policy['command'], string>> = {
  all: 'read and write every row of',
  select: 'read every row of',
  insert: 'add rows to',
  update: 'change every row of',
  delete: 'delete every row of',
};

/** Roles that no client has. */
const SERVERS: ReadonlySet<string> = new Set(
  'service_role postgres supabase_admin supabase_auth_admin'.split(' '),
);
/** What everybody is meant to hand in. */
const HANDED_IN =
  /contact|newsletter|waitlist|wait_list|subscri|lead|feedback|event|analytic|log|submission|inquir|enquir|visit|view|report|signup|application|request|rsvp|click|metric|track/i;

function confidenceOf({ command, roles, table, name }: Policy): Confidence | undefined {
  const isSignedIn = roles.length > 0 && roles.every((role) => role === 'authenticated');
  if (command === 'select') {
    const isPrivate = namesPrivateRecords(table.shown.split('.').at(-1) as string);
    return isPrivate && !isSignedIn && !table.key.startsWith('storage.') ? 'medium' : undefined;
  }
  if (command === 'insert') {
    return isSignedIn || HANDED_IN.test(`${name} ${table.shown}`) ? 'low' : 'medium';
  }
  return isSignedIn ? 'medium' : 'high';
}

/** `auth.jwt() -> 'user_metadata'`, `raw_user_meta_data` of a token. */
function metadataIn({ using, check }: Policy) {
  for (const condition of [using, check]) {
    const found = condition?.tokens.find(({ kind, text }) => kind === 'text' && text === 'user_metadata');
    if (found) return found;
  }
  return undefined;
}

function insertion(title: string, at: number, text: string, safety: Fix['safety']): Fix {
  return { title, safety, edits: [{ start: at, end: at, text }] };
}
