import type { Report } from '../../analysis/finding';
import type { ItemFacts } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import { functionOf } from '../../analysis/results';
import type { Rule } from '../../analysis/rule';
import { addends, templateParts } from '../../analysis/string-parts';
import { constantString, resolvedValue } from '../../analysis/value';
import { isTypedPasswordName } from '../../models/passwords/plain';
import { REQUESTS_OUT } from '../../models/requests-out';
import { routeAt } from '../../models/web/routes';

/** Whatever the method, what is read from the query stood in the address. */
const GETTING: CallTest = { method: new Set(['get', 'all', 'post', 'put', 'patch', 'use']) };
/** A parameter of an address that is a secret, up to its value. */
const PARAMETER = /[?&](?:pass(?:word|wd|phrase|code)?|pwd|secret|client_secret|ssn|card_?number|cvv|pin)=$/i;

const READ =
  'Addresses are kept by browsers, proxies and logs, and the secret with them. Take it from the body of a `POST`.';
const SENT =
  'Addresses are kept by browsers, proxies and logs, and the secret with them. Send it in the body, or in a header.';

export const secretInQuery: Rule = {
  id: 'web/secret-in-query',
  title: 'A secret is part of an address',
  severity: 'warning',
  aiSeverity: 'warning',
  confidence: 'medium',
  cwe: ['CWE-598'],
  owasp: ['A04:2025'],
  fixable: false,

  *check(facts) {
    for (const call of facts.callsOf(GETTING)) {
      const route = routeAt(call);
      for (const handler of route?.handlers ?? []) {
        const at = readIn(functionOf(handler));
        if (at) yield { at, message: READ };
      }
    }
    yield* sent(facts);
  },
};

/** `req.query.password`, `const { password } = req.query` */
function readIn(fn: Node | undefined): Node | undefined {
  const body = fn?.child('body');
  if (!body || !/\bquery\b/.test(body.text)) return undefined;
  for (const node of body.walk()) {
    if (node.kind === 'member_expression' && isQuery(node.child('object'))) {
      if (isTypedPasswordName(node.child('property')?.text ?? '')) return node;
    } else if (node.kind === 'variable_declarator' && isQuery(node.child('value'))) {
      const pattern = node.child('name');
      const part = pattern?.parts.find((each) => isTypedPasswordName((each.child('key') ?? each).text));
      if (pattern?.kind === 'object_pattern' && part) return part;
    }
  }
  return undefined;
}

function isQuery(given: Node | undefined): boolean {
  const node = given && unwrap(given);
  return node?.kind === 'member_expression' && node.child('property')?.text === 'query';
}

/** `` fetch(`/login?password=${password}`) `` */
function* sent(facts: ItemFacts): Generator<Report> {
  for (const { name, args } of facts.callsTo(REQUESTS_OUT)) {
    const address = args[REQUESTS_OUT.get(name) ?? 0];
    const value = address && resolvedValue(address);
    if (!value || (value.kind !== 'template_string' && value.kind !== 'binary_expression')) continue;
    let before = '';
    for (const part of value.kind === 'template_string' ? templateParts(value) : addends(value)) {
      const text = typeof part === 'string' ? part : constantString(part);
      if (text === undefined && typeof part === 'object' && PARAMETER.test(before)) {
        yield { at: part, message: SENT };
        break;
      }
      before = text ?? '';
    }
  }
}
