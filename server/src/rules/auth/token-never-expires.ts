import type { Confidence, Report } from '../../analysis/finding';
import type { Fix } from '../../analysis/fix';
import type { Call } from '../../analysis/item-facts';
import { unwrap, wrapped } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { isTestPath } from '../../analysis/test-path';
import { constantString, type Property, pairOf, resolvedValue } from '../../analysis/value';
import { namesAbove } from '../../models/crypto/purpose';

const ENDLESS =
  'Whoever gets hold of this token is let in for ever. Give it an `expiresIn`, such as an hour, and renew it with another one.';
/** In days. */
const LONG = 180;

export const tokenNeverExpires: Rule = {
  id: 'auth/token-never-expires',
  title: 'A token is valid for ever, or for very long',
  severity: 'warning',
  aiSeverity: 'warning',
  confidence: 'medium',
  cwe: ['CWE-613'],
  owasp: ['A07:2025'],
  fixable: true,

  *check(facts) {
    for (const call of facts.callsTo(SIGNERS)) {
      const report = call.args.length > 1 ? reportOf(call) : undefined;
      if (report) yield { ...report, confidence: certainty(call.node) };
    }
    for (const { node, args, callee } of facts.callsTo(BUILDERS)) {
      const claims = args[0] && resolvedValue(args[0]);
      const methods = chainBehind(node);
      if (!methods.includes('sign') || methods.includes('setExpirationTime')) continue;
      if (claims && (claims.kind !== 'object' || isOpen(claims) || pairOf(claims, 'exp'))) continue;
      yield {
        at: callee,
        message: ENDLESS.replace('an `expiresIn`', 'a `setExpirationTime`'),
        confidence: certainty(node),
      };
    }
    for (const { args } of facts.callsTo(MODULES)) {
      const options = args[0] && resolvedValue(args[0]);
      const given = options && pairOf(options, 'signOptions');
      const signing = given && resolvedValue(given.value);
      if (options?.kind !== 'object' || !pairOf(options, 'secret') || isOpen(options)) continue;
      if (!signing) yield { at: args[0] as Node, message: ENDLESS };
      else if (signing.kind === 'object') {
        const report = reportOfOptions(signing);
        if (report) yield report;
      }
    }
  },
};

/** Source: the READMEs of jsonwebtoken 9, @nestjs/jwt 11. */
const SIGNERS: ReadonlySet<string> = new Set(['jsonwebtoken.sign']);
const BUILDERS: ReadonlySet<string> = new Set(['jose.SignJWT']);
const MODULES: ReadonlySet<string> = new Set(['@nestjs/jwt.JwtModule.register']);

function certainty(node: Node): Confidence {
  return isTestPath(node.item.file.path) ? 'low' : 'medium';
}

function reportOf({ callee, args, node }: Call): Report | undefined {
  const [payload, , given] = args;
  const claims = payload && resolvedValue(payload);
  const options = given && resolvedValue(given);
  // A function may be the options' place, too: then they are left out.
  if (options && options.kind !== 'object') {
    if (!/function|arrow/.test(options.kind)) return undefined;
  } else if (options) {
    const pair = pairOf(options, 'expiresIn');
    if (pair) return reportOfLong(pair);
    if (isOpen(options)) return undefined;
  }
  if (claims?.kind !== 'object' || isOpen(claims) || pairOf(claims, 'exp')) return undefined;
  // A signed message that another server checks at once, and a token for one use.
  if ([...namesAbove(node)].some((name) => /mock|fake|fixture|webhook|state/i.test(name))) return undefined;
  return { at: callee, message: ENDLESS, fixes: () => ending(args) };
}

/** Not safe: who has such a token has to log in again after it. */
function ending(args: readonly Node[]): Fix[] {
  const title = 'End it after an hour';
  const options = args[2] && unwrap(args[2]);
  const [first] = options?.kind === 'object' ? options.parts : [];
  if (first) {
    const edits = [{ start: first.start, end: first.start, text: "expiresIn: '1h', " }];
    return [{ title, safety: 'unsafe', edits }];
  }
  const key = args.length === 2 ? args[1] : undefined;
  const edits = key && [{ start: key.end, end: key.end, text: ", { expiresIn: '1h' }" }];
  return edits ? [{ title, safety: 'unsafe', edits }] : [];
}

function reportOfLong({ node, value }: Property): Report | undefined {
  if (!isLong(value)) return undefined;
  return {
    at: node,
    message: longMessage(value),
    fixes: () => {
      const { start, end } = unwrap(value);
      return [{ title: 'End it after an hour', safety: 'unsafe', edits: [{ start, end, text: "'1h'" }] }];
    },
  };
}

function reportOfOptions(options: Node): Report | undefined {
  const pair = pairOf(options, 'expiresIn');
  if (pair) return reportOfLong(pair);
  return isOpen(options) ? undefined : { at: options, message: ENDLESS };
}

/** The methods that are called one behind the other: `new SignJWT(…).setIssuedAt().sign(…)`. */
function chainBehind(made: Node): readonly string[] {
  const methods: string[] = [];
  for (let node = wrapped(made); node.parent?.kind === 'member_expression' && node.field === 'object'; ) {
    const call = node.parent.parent;
    methods.push(node.parent.child('property')?.text ?? '');
    if (call?.kind !== 'call_expression') break;
    node = wrapped(call);
  }
  return methods;
}

/** Whether a spread may bring the rest along. */
function isOpen(object: Node): boolean {
  return object.parts.some(({ kind }) => kind === 'spread_element');
}

function longMessage(value: Node): string {
  return `Whoever gets hold of this token is let in for ${constantString(value) ?? resolvedValue(value).text}. Make it an hour, and renew it with another one.`;
}

/** In days: `365d`, `1y`, `9999 days`; a number is of seconds. */
function isLong(value: Node): boolean {
  const resolved = resolvedValue(value);
  if (resolved.kind === 'number') return Number(resolved.text.replace(/_/g, '')) / 86_400 >= LONG;
  const [, amount = '0', unit = ''] =
    /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)/i.exec(constantString(value) ?? '') ?? [];
  const days = /^y/i.test(unit)
    ? 365
    : /^mo/i.test(unit)
      ? 30
      : /^w/i.test(unit)
        ? 7
        : /^d/i.test(unit)
          ? 1
          : 0;
  return Number(amount) * days >= LONG;
}
