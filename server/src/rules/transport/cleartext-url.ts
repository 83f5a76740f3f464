import type { Confidence, Report } from '../../analysis/finding';
import { callAt, type ItemFacts } from '../../analysis/item-facts';
import { propertyName } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { mayRunInProduction } from '../../analysis/production';
import type { Rule } from '../../analysis/rule';
import { stringParts } from '../../analysis/string-parts';
import { goesOnlyTo, usesOf } from '../../analysis/uses';
import { constantString, pairOf, resolvedValue } from '../../analysis/value';
import { hostOf, isRemoteHost, isServedEncrypted } from '../../models/hosts';
import { plainConnections } from '../../models/plain-connections';
import {
  CLIENT_MAKERS,
  isPrivateHost,
  NAMES_ONLY,
  REQUESTS_OUT,
  SERVICE_ADDRESS,
} from '../../models/requests-out';

/** Schemes without encryption, and the same with it. */
const ENCRYPTED: Readonly<Record<string, string>> = {
  'http:': 'https:',
  'ws:': 'wss:',
  'ftp:': 'ftps:',
  'mqtt:': 'mqtts:',
  'amqp:': 'amqps:',
  'ldap:': 'ldaps:',
  'redis:': 'rediss:',
  'smtp:': 'smtps:',
};

export const cleartextUrl: Rule = {
  id: 'transport/cleartext-url',
  title: 'Data goes to another machine without encryption',
  severity: 'info',
  aiSeverity: 'warning',
  confidence: 'high',
  cwe: ['CWE-319'],
  owasp: ['A04:2025'],
  fixable: true,

  *check(facts) {
    for (const { name, args } of facts.callsTo(REQUESTS_OUT)) {
      const first = args[REQUESTS_OUT.get(name) ?? 0];
      const options = first && resolvedValue(first);
      if (!first || !options) continue;
      const address = options.kind === 'object' ? optionOf(options, /^ur[il]$/) : first;
      if (address) yield* reports(address, 'high');
    }
    for (const { args, node } of facts.callsTo(PLAIN_REQUESTS)) {
      const options = args[0] && resolvedValue(args[0]);
      const pair = options && (pairOf(options, 'hostname') ?? pairOf(options, 'host'));
      const host = pair && hostOf(constantString(pair.value) ?? '');
      if (!pair || !host || !isRemoteHost(host) || isPrivateHost(host) || !mayRunInProduction(node)) continue;
      const message = `What is sent to \`${host}\` can be read and changed on its way. Use the module \`https\`.`;
      yield { at: pair.node, message, confidence: 'medium' };
    }
    for (const { args } of facts.callsTo(CLIENT_MAKERS)) {
      const options = args[0] && resolvedValue(args[0]);
      const address = options?.kind === 'object' ? optionOf(options, /^(?:baseURL|prefixUrl)$/) : undefined;
      if (address) yield* reports(address, 'high');
    }
    yield* settings(facts);
    yield* elements(facts);
    for (const { at, message } of plainConnections(facts)) yield { at, message, confidence: 'medium' };
  },
};

const PLAIN_REQUESTS: ReadonlySet<string> = new Set(['http.request', 'http.get']);

function optionOf(options: Node, name: RegExp): Node | undefined {
  for (const each of ['url', 'uri', 'baseURL', 'prefixUrl']) {
    const pair = name.test(each) ? pairOf(options, each) : undefined;
    if (pair) return pair.value;
  }
  return undefined;
}

/** Settings that are written as literals; what is made with a client is told there. */
function* settings(facts: ItemFacts): Generator<Report> {
  for (const node of facts.nodesOf(['pair', 'variable_declarator', 'assignment_expression'])) {
    const key =
      node.child('key') ?? node.child('name') ?? node.child('left')?.child('property') ?? node.child('left');
    const name = key && propertyName(key);
    if (name === undefined || !isServiceAddress(name)) continue;
    const value = node.child('value') ?? node.child('right');
    const literal = value && resolvedValue(value);
    if (!value || literal?.kind !== 'string' || isTold(node, value, literal)) continue;
    yield* reports(value, 'medium');
  }
}

function isServiceAddress(name: string): boolean {
  return SERVICE_ADDRESS.test(name.replace(/^(?:the|default)_?/i, ''));
}

/** Whether it is told where the literal stands, or as an option of a client. */
function isTold(node: Node, value: Node, literal: Node): boolean {
  const declared =
    literal.parent?.kind === 'variable_declarator' ? literal.parent.child('name')?.text : undefined;
  if (!value.contains(literal) && declared !== undefined && isServiceAddress(declared)) return true;
  if (goesOnlyTo(value, (holder) => CLIENT_MAKERS.has(callAt(holder)?.name ?? ''))) return true;
  // What a variable holds is told where it is asked.
  const name = node.kind === 'variable_declarator' ? node.child('name') : undefined;
  const { file } = node.item;
  const declaration = name?.kind === 'identifier' ? file.lookUp(name.text, name) : undefined;
  return declaration !== undefined && usesOf(declaration, file).length > 0;
}

/** Scripts and frames of a page, and where its forms go. */
function* elements(facts: ItemFacts): Generator<Report> {
  for (const node of facts.nodes('jsx_attribute')) {
    const [name, value] = node.parts;
    const tag = node.parent?.child('name')?.text ?? '';
    const isMeant =
      name?.text === 'action' ? tag === 'form' : name?.text === 'src' && /^(?:script|iframe)$/i.test(tag);
    const inner = value?.kind === 'jsx_expression' ? value.parts[0] : value;
    if (isMeant && inner) yield* reports(inner, 'high');
  }
  for (const node of facts.nodes('assignment_expression')) {
    const [left, right] = [node.child('left'), node.child('right')];
    if (left?.child('property')?.text !== 'src' || !right) continue;
    const element = left.child('object');
    if (
      element &&
      (/script|frame/i.test(element.text.slice(0, 60)) || isMadeAs(element, /^(?:script|iframe)$/i))
    )
      yield* reports(right, 'high');
  }
}

/** Whether a variable holds an element that is made here. */
function isMadeAs(element: Node, tag: RegExp): boolean {
  const made = element.kind === 'identifier' ? callAt(resolvedValue(element)) : undefined;
  return (
    made?.method === 'createElement' &&
    made.args[0] !== undefined &&
    tag.test(constantString(made.args[0]) ?? '')
  );
}

function* reports(address: Node, confidence: Confidence): Generator<Report> {
  const [begin, literal] = beginningOf(address);
  const scheme = /^(?:http|ws|ftp|mqtt|amqp|ldap|redis|smtp):(?=\/\/[\w[])/i.exec(begin)?.[0].toLowerCase();
  if (scheme === undefined || !mayRunInProduction(address)) return;
  const host = hostOf(begin);
  if (host === '' || !isRemoteHost(host) || isPrivateHost(host) || NAMES_ONLY.test(host)) return;
  const instead = ENCRYPTED[scheme] ?? 'https:';
  yield {
    at: address,
    message: `What is sent to \`${host}\` can be read and changed on its way. Use \`${instead}//\`.`,
    confidence,
    fixes: () => {
      const start = literal.start + 1;
      const end = start + scheme.length;
      const isThere = literal.item.file.text.slice(start, end).toLowerCase() === scheme;
      if (!isThere) return [];
      // Who else is on the other side may not offer it, or be asked by what only speaks without encryption.
      const isOffered = isServedEncrypted(begin) && address.contains(literal) && takesBoth(address);
      const edits = [{ start, end, text: instead }];
      return [{ title: `Use \`${instead}//\``, safety: isOffered ? 'safe' : 'unsafe', edits }];
    },
  };
}

/** Whether what asks an address takes one with encryption as well, other than Node's module for those without. */
function takesBoth(address: Node): boolean {
  const call = address.parent?.parent;
  const name = call && callAt(call)?.name;
  return name !== undefined && REQUESTS_OUT.has(name) && !PLAIN_REQUESTS.has(name);
}

/** The constant text that an address begins with, and the literal that it stands in. */
function beginningOf(address: Node): readonly [string, Node] {
  const value = resolvedValue(address);
  const whole = value.kind === 'number' ? '' : constantString(value);
  if (whole !== undefined && value.kind === 'string') return [whole, value];
  const [first, ...rest] = stringParts(value);
  if (first === undefined) return ['', value];
  if (typeof first === 'string')
    return [first + (typeof rest[0] === 'object' ? (constantString(rest[0]) ?? '') : ''), value];
  const inner = resolvedValue(first);
  return inner.is(value) ? ['', value] : beginningOf(inner);
}
