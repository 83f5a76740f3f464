import { bindingOf } from '../../analysis/flow/binding';
import { type Call, callAt } from '../../analysis/item-facts';
import { wrapped } from '../../analysis/literal';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { usesOf } from '../../analysis/uses';
import { verifiedUserFix } from '../../models/verified-user-fix';

const GETTING: CallTest = { method: new Set(['getSession']) };

export const getsessionServer: Rule = {
  id: 'supabase/getsession-server',
  title: 'A server believes what a cookie says of its user',
  severity: 'error',
  aiSeverity: 'error',
  // The database verifies the token itself; often nothing else is guarded by it.
  confidence: 'medium',
  cwe: ['CWE-345', 'CWE-287'],
  owasp: ['A07:2025', 'A08:2025'],
  fixable: true,

  *check(facts) {
    for (const call of facts.callsOf(GETTING)) {
      if (!isOnServer(call) || isVerifiedAround(call.node)) continue;
      if (decides(call.node)) {
        yield {
          at: call.callee.child('property') ?? call.callee,
          message:
            'Nobody has verified this session: it is what the cookie says. Use `getUser()` or `getClaims()`.',
          fixes: () => verifiedUserFix(call),
        };
      }
    }
  },
};

/** Functions that make a client for a server, of the package that reads the cookies. */
const MAKERS =
  /^(?:@supabase\/ssr\.createServerClient|@supabase\/auth-helpers-\w+(?:\/\w+)?\.create(?:Server|RouteHandler|Middleware|PagesServer)\w*)\(\)\.auth\.getSession$/;
/** A client that the project makes in a file of that name, as the documentation of Supabase has it. */
const OWN =
  /^(?:\.{1,2}|[@~#]\w*)\/(?:[\w.-]+\/)*supabase(?:\/|-)server(?:-client)?(?:\.\w+)*\(\)\.auth\.getSession$/;

function isOnServer({ name }: Call): boolean {
  return name !== undefined && (MAKERS.test(name) || OWN.test(name));
}

/** Whether the same function asks the server of Supabase as well. */
function isVerifiedAround(call: Node): boolean {
  const fn = call.enclosingFunction;
  for (const node of fn?.walk() ?? []) {
    const other = node.kind === 'call_expression' ? callAt(node) : undefined;
    if (other && /^(?:getUser|getClaims)$/.test(other.method ?? '')) return true;
  }
  return false;
}

/** Whether the session is asked for its user, or whether there is one; its token alone is checked where it is sent. */
function decides(call: Node): boolean {
  const node = outermost(call);
  const { parent } = node;
  if (parent?.kind === 'member_expression') return memberDecides(parent, ['data', 'session']);
  const pattern = parent?.kind === 'variable_declarator' ? parent.child('name') : undefined;
  if (!pattern) return false;
  for (const name of [pattern, ...pattern.walk()]) {
    if (name.kind !== 'identifier' && name.kind !== 'shorthand_property_identifier_pattern') continue;
    const { path } = bindingOf(name);
    const rest = ['data', 'session'].slice(path.length);
    if (path.join('.') === ['data', 'session'].slice(0, path.length).join('.') && isUsed(name, rest))
      return true;
  }
  return false;
}

function isUsed(name: Node, rest: readonly string[]): boolean {
  const { file } = name.item;
  const declaration = file.lookUp(name.text, name);
  return declaration !== undefined && usesOf(declaration, file).some((use) => reads(use, rest));
}

/** `.data.session` of a result, and then `decides` of what it was stored in. */
function memberDecides(member: Node, [step, ...rest]: readonly string[]): boolean {
  if (member.child('property')?.text !== step) return false;
  return reads(member, rest);
}

function reads(value: Node, rest: readonly string[]): boolean {
  const node = outermost(value);
  const { parent } = node;
  if (!parent) return false;
  const isObject = parent.kind === 'member_expression' && node.field === 'object';
  if (rest.length > 0) {
    if (isObject) return memberDecides(parent, rest);
    return false;
  }
  if (isObject) return parent.child('property')?.text === 'user';
  const name = parent.kind === 'variable_declarator' ? parent.child('name') : undefined;
  if (name?.kind === 'identifier') return isUsed(name, []);
  if (name?.kind === 'object_pattern') return name.parts.some((part) => part.text.startsWith('user'));
  return (
    node.field === 'condition' ||
    parent.kind === 'if_statement' ||
    (parent.kind === 'unary_expression' && parent.operator === '!') ||
    (parent.kind === 'binary_expression' && /^(?:&&|\|\|)$/.test(parent.operator ?? ''))
  );
}

/** A value with its wrappers, and with what waits for it. */
function outermost(value: Node): Node {
  const node = wrapped(value);
  return node.parent?.kind === 'await_expression' ? outermost(node.parent) : node;
}
