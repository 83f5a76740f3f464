import type { Confidence, Place, Report } from '../../analysis/finding';
import type { Edit } from '../../analysis/fix';
import type { ItemFacts } from '../../analysis/item-facts';
import { propertyName } from '../../analysis/literal';
import { canonicalName } from '../../analysis/name';
import type { Node } from '../../analysis/node';
import { inProduction, isOtherStage, mayRunInProduction } from '../../analysis/production';
import { withoutElement, withoutStatement } from '../../analysis/removal';
import type { Rule } from '../../analysis/rule';
import { goesOnlyTo } from '../../analysis/uses';
import { constantString, pairOf, resolvedValue } from '../../analysis/value';
import { hostOf, isRemoteHost } from '../../models/hosts';
import {
  IDENTITY_CHECK,
  PROXIES,
  TLS_OPTIONS,
  TLS_PARAMETERS,
  TLS_VARIABLES,
  TLS_WORDS,
} from '../../models/tls-options';
import { tlsSettingsIn } from '../../models/tls-settings';
import { answersNothing, isForLocalHost, isForServer, isInspected, isOptedInto } from '../../models/tls-use';

const OPTIONS = new Map(TLS_OPTIONS.map((option) => [option.name, option]));

/** A place that switches the check off. */
interface Switch {
  readonly at: Place;
  /** What decides, as the message calls it. */
  readonly name: string;
  /** The syntax that stands there. */
  readonly node: Node;
  /** The object literal that the option is in. */
  readonly options?: Node | undefined;
  readonly confidence?: Confidence | undefined;
  readonly edit: () => Edit | undefined;
}

export const tlsVerifyOff: Rule = {
  id: 'transport/tls-verify-off',
  title: 'TLS certificates are not checked',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-295'],
  owasp: ['A07:2025'],
  fixable: true,
  words: TLS_WORDS,

  *check(facts) {
    for (const each of switches(facts)) if (!isMeant(each)) yield reportOf(each);
  },

  *checkText(file) {
    for (const { at, name, keys } of tlsSettingsIn(file)) {
      yield {
        at,
        keys,
        message: `\`${name}\` switches the check of TLS certificates off for the whole program. Remove it, and trust the certificate's authority instead (\`NODE_EXTRA_CA_CERTS\`).`,
      };
    }
  },
};

function* switches(facts: ItemFacts): Generator<Switch> {
  for (const node of facts.nodesOf(['pair', 'shorthand_property_identifier'])) {
    const name = propertyName(node.child('key') ?? node);
    if (name === undefined || !maySwitch(name)) continue;
    const options = node.parent;
    if (options?.kind !== 'object') continue;
    const value = node.kind === 'pair' ? node.child('value') : node;
    const found = value && switchBy(name, value);
    if (found)
      yield { at: node, name, node, options, ...found, edit: () => found.edit() ?? withoutElement(node) };
  }
  for (const node of facts.nodesOf(['assignment_expression', 'augmented_assignment_expression'])) {
    const found = assignedSwitch(node);
    if (found) yield found;
  }
  for (const node of facts.nodesOf(['object_assignment_pattern', 'assignment_pattern'])) {
    const value = node.child('right');
    const key = node.parent?.child('key') ?? node.child('left');
    const name = key && propertyName(key);
    const option = name === undefined ? undefined : OPTIONS.get(name);
    if (option && value && inProduction(value) === option.off)
      yield { at: node, name: option.name, node, edit: () => replacing(value, String(!option.off)) };
  }
  for (const { args } of facts.callsTo(PROXIES)) {
    const options = args[0] && resolvedValue(args[0]);
    const pair = options && pairOf(options, 'secure');
    if (pair && inProduction(pair.value) === false)
      yield {
        at: pair.node,
        name: 'secure',
        node: pair.node,
        options,
        edit: () => withoutElement(pair.node),
      };
  }
  for (const node of facts.nodesOf(['string', 'template_string'])) yield* parameterSwitches(node);
}

/** Whether a property of this name switches anything, whatever its value. */
function maySwitch(name: string): boolean {
  return OPTIONS.has(name) || TLS_VARIABLES.has(name) || name === 'ssl' || name === IDENTITY_CHECK;
}

/** What a property of this name and value switches off. */
function switchBy(name: string, value: Node): Pick<Switch, 'confidence' | 'edit'> | undefined {
  const option = OPTIONS.get(name);
  if (option) {
    if (inProduction(value) !== option.off) return undefined;
    const { confidence, instead } = option;
    return { confidence, edit: () => (instead === undefined ? undefined : replacing(value, instead)) };
  }
  const text = TLS_VARIABLES.has(name) || name === 'ssl' ? constantString(value) : undefined;
  if (text !== undefined && TLS_VARIABLES.get(name)?.test(text)) return { edit: () => undefined };
  if (name === 'ssl' && text === 'no-verify') return { edit: () => replacing(value, 'true') };
  if (name !== IDENTITY_CHECK) return undefined;
  const object = value.parent?.kind === 'pair' ? value.parent.parent : value.parent;
  // With a CA of one's own the certificate is checked; only its name is not.
  const isIdentity = !(object && pairOf(object, 'ca')) && answersNothing(value);
  return isIdentity ? { edit: () => undefined } : undefined;
}

/** `process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'`, `options.rejectUnauthorized = false` */
function assignedSwitch(node: Node): Switch | undefined {
  const [left, value] = [node.child('left'), node.child('right')];
  const property = left?.child('property') ?? left?.child('index');
  const name = property && propertyName(property);
  if (name === undefined || !maySwitch(name)) return undefined;
  const object = left?.child('object');
  if (!left || !value || !object) return undefined;
  if (TLS_VARIABLES.has(name) && canonicalName(object) !== 'process.env') return undefined;
  const found = switchBy(name, value);
  const statement = node.parent?.kind === 'expression_statement' ? node.parent : undefined;
  const edit = () => found?.edit() ?? (statement && withoutStatement(statement));
  return found && { at: node, name, node, options: resolvedValue(object), ...found, edit };
}

/** `postgres://…?sslmode=no-verify` */
function* parameterSwitches(node: Node): Generator<Switch> {
  const { text } = node;
  if (!text.includes('=') || /localhost|127\.0\.0\.1|\[::1\]/.test(text)) return;
  for (const { pattern, instead, isPlain } of TLS_PARAMETERS) {
    const match = pattern.exec(text);
    if (!match || (isPlain && !isRemoteHost(hostOf(text.slice(1))))) continue;
    const [found] = match;
    const start = match.index;
    const edit = { start: node.start + start, end: node.start + start + found.length, text: instead };
    yield { at: { in: node, start, end: start + found.length }, name: found, node, edit: () => edit };
  }
}

/** Whether the check is off for a reason that can be seen, or where it does not matter. */
function isMeant({ node, options }: Switch): boolean {
  if (!mayRunInProduction(node) || isOptedInto(node) || isInspected(node)) return true;
  if (!options) return false;
  return isForLocalHost(options) || isForServer(options) || goesOnlyTo(options, isOtherStage);
}

function reportOf({ at, name, confidence = 'high', edit }: Switch): Report {
  return {
    at,
    message: `This \`${name}\` ${effectOf(name)}`,
    confidence,
    fixes: () => {
      const change = edit();
      // Not safe: a server with a certificate that nobody vouches for is refused from here on.
      return change ? [{ title: 'Check certificates', safety: 'unsafe', edits: [change] }] : [];
    },
  };
}

function effectOf(name: string): string {
  if (name === IDENTITY_CHECK) return "accepts the certificate of any other host. Leave it to Node's own.";
  if (/=disable$/i.test(name)) return 'sends everything unencrypted. Use `sslmode=verify-full`.';
  if (TLS_VARIABLES.has(name))
    return 'makes the whole process accept any certificate. Name a private CA in `NODE_EXTRA_CA_CERTS` instead.';
  return 'makes the connection accept any certificate. Name a private CA in `ca` instead.';
}

function replacing({ start, end }: Node, text: string): Edit {
  return { start, end, text };
}
