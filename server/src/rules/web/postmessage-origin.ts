import type { Report } from '../../analysis/finding';
import type { ItemFacts } from '../../analysis/item-facts';
import { canonicalName } from '../../analysis/name';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import { functionOf } from '../../analysis/results';
import type { Rule } from '../../analysis/rule';
import { constantString, pairOf, resolvedValue } from '../../analysis/value';
import { namesIn } from '../../models/crypto/purpose';
import { isPageOfEditor, isSecretMessage, isWorkerFile, SENDS_ON } from '../../models/messages';

const POSTING: CallTest = {
  method: new Set(['postMessage']),
  to: new Set(['globalThis.postMessage']),
};
const LISTENING: ReadonlySet<string> = new Set(['globalThis.addEventListener', 'globalThis.attachEvent']);

const ANY = "Whatever page is in the other window gets this message. Say its origin instead of `'*'`.";
const UNCHECKED =
  'Any page can send this message. Compare `origin` with those that may before the data is used.';

export const postmessageOrigin: Rule = {
  id: 'web/postmessage-origin',
  title: 'A message goes to any page, or comes from any',
  severity: 'warning',
  aiSeverity: 'warning',
  confidence: 'high',
  cwe: ['CWE-346', 'CWE-940'],
  owasp: ['A07:2025'],
  fixable: false,

  *check(facts) {
    yield* sent(facts);
    yield* received(facts);
  },
};

const OWN = /^_{0,2}(?:globalThis|self|window|global|root)$/;

function* sent(facts: ItemFacts): Generator<Report> {
  for (const { callee, args } of facts.callsOf(POSTING)) {
    const [data, target] = args;
    if (!data || !target) continue;
    const options = resolvedValue(target);
    const at = options.kind === 'object' ? pairOf(options, 'targetOrigin')?.value : target;
    if (!at || constantString(at) !== '*' || isConstant(data)) continue;
    const object = callee.child('object');
    // A window's own messages to itself reach nobody else.
    if (!object || OWN.test(object.text) || isPageOfEditor(facts.file)) continue;
    yield { at, message: ANY, confidence: isSecretMessage(data) ? 'high' : 'medium' };
  }
}

/** Whether a message says nothing but what stands in the code. */
function isConstant(data: Node): boolean {
  const value = resolvedValue(data);
  if (value.kind === 'object')
    return value.parts.every((part) => {
      const inner = part.kind === 'pair' ? part.child('value') : undefined;
      return inner !== undefined && isConstant(inner);
    });
  if (/^(?:true|false|null|number|undefined)$/.test(value.kind)) return true;
  return constantString(value) !== undefined;
}

function* received(facts: ItemFacts): Generator<Report> {
  for (const { method, callee, args } of facts.callsTo(LISTENING)) {
    if (!args[0] || !args[1] || !/^(?:on)?message$/.test(constantString(args[0]) ?? '')) continue;
    if (method === undefined || callee.child('object')?.text !== 'window') {
      if (isWorkerFile(facts.file)) continue;
    }
    const report = reportOf(args[1], args[0]);
    if (report) yield report;
  }
  for (const node of facts.nodes('assignment_expression')) {
    const [left, right] = [node.child('left'), node.child('right')];
    if (!left || !right || left.child('property')?.text !== 'onmessage') continue;
    if (left.child('object')?.text !== 'window') continue;
    if (canonicalName(left) !== 'globalThis.onmessage') continue;
    const report = reportOf(right, left);
    if (report) yield report;
  }
}

/** Words by which a listener shows that it looks at who sent the message. */
const LOOKS =
  /^(?:origin|source|isTrusted|ports|senderFrame|checkOrigin|isAllowedOrigin|verifyOrigin|allowedOrigins?|trustedOrigins?)$/;

function reportOf(given: Node, at: Node): Report | undefined {
  const listener = functionOf(given);
  if (!listener || isPageOfEditor(at.item.file)) return undefined;
  const [event] =
    listener.child('parameters')?.parts ??
    (listener.child('parameter') ? [listener.child('parameter') as Node] : []);
  const body = listener.child('body');
  if (!event || !body) return undefined;
  const names = new Set(namesIn(event));
  let hasData = /\bdata\b/.test(event.text);
  for (const node of body.walk()) {
    const { kind } = node;
    if (
      kind !== 'property_identifier' &&
      kind !== 'identifier' &&
      kind !== 'shorthand_property_identifier_pattern'
    )
      continue;
    const { text } = node;
    if (LOOKS.test(text) || /origin/i.test(text)) return undefined;
    if (text === 'data' && !isCompared(node)) hasData = true;
    // The whole event goes to a function that may look.
    if (
      kind === 'identifier' &&
      names.has(text) &&
      node.parent?.kind === 'arguments' &&
      event.kind !== 'object_pattern' &&
      text !== 'data'
    )
      return undefined;
  }
  if (!hasData || /\borigin\b/.test(event.text)) return undefined;
  const isUsed = [...body.walk()].some((node) => SENDS_ON.test(textOf(node)));
  return { at, message: UNCHECKED, confidence: isUsed ? 'high' : 'medium' };
}

/** `event.data === 'close'`: whoever sends it can only have done what is written here. */
function isCompared(data: Node): boolean {
  const whole = data.parent?.kind === 'member_expression' && data.field === 'property' ? data.parent : data;
  const { parent } = whole;
  const other = parent?.child(whole.field === 'left' ? 'right' : 'left');
  return (
    parent !== undefined && /^[!=]==?$/.test(parent.operator) && other !== undefined && isConstant(other)
  );
}

/** The name of what is called or assigned to. */
function textOf(node: Node): string {
  if (node.kind === 'call_expression') {
    const callee = node.child('function');
    return (callee?.child('property') ?? callee)?.text.slice(0, 40) ?? '';
  }
  if (node.kind === 'assignment_expression') return node.child('left')?.child('property')?.text ?? '';
  return '';
}
