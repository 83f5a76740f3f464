/** What conditions make sure of where a value is an address: that it leads to a known host, or stays on this one. */
import { maskOf, NOTHING } from '../../analysis/flow/capability';
import type { Assurance } from '../../analysis/flow/flow-model';
import { type Call, callAt } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { addends, templateParts } from '../../analysis/string-parts';
import { constantString, resolvedValue } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import { boundValueOf } from './origin-of-variable';
import { patternOf } from './strict-pattern';

type IsMeant = (node: Node) => boolean;

const KNOWN: Assurance = { clean: maskOf(['ssrf', 'redirect']) };
const WEAK: Assurance = { clean: NOTHING, isUnknown: true };

export function urlAssurance(test: Node, outcome: boolean, isMeant: IsMeant): Assurance | undefined {
  if (isLocal(test, outcome, isMeant)) return KNOWN;
  if (test.kind === 'binary_expression') return ofComparison(test, outcome, isMeant);
  const call = test.kind === 'call_expression' ? callAt(test) : undefined;
  return call && ofCall(call, outcome, isMeant);
}

function ofCall(call: Call, outcome: boolean, isMeant: IsMeant): Assurance | undefined {
  const { method, args, callee } = call;
  const object = callee.child('object');
  const [argument] = args;
  const words = wordsOf((callee.child('property') ?? callee).text);
  const isAboutHost = args.some((each) => isHostOf(each, isMeant));
  if (!outcome) {
    const isBlocking = words.some((word) =>
      /^(?:private|internal|local|loopback|blocked|reserved|ssrf|forbidden)$/.test(word),
    );
    // With a check for one slash in front of it this is enough.
    if (method === 'startsWith' && object && isMeant(object) && argument && constantString(argument) === '//')
      return WEAK;
    return isBlocking && (isAboutHost || args.some(isMeant)) ? WEAK : undefined;
  }
  if (object && argument && method === 'startsWith' && isMeant(object)) return ofBeginning(argument);
  if (object && argument && method === 'endsWith' && isHostOf(object, isMeant))
    return constantString(argument)?.startsWith('.') ? KNOWN : WEAK;
  if (object && argument && method === 'test' && isMeant(argument)) return ofPattern(object);
  if (object && method === 'some') {
    const body = argument && resolvedValue(argument).child('body');
    let found: Assurance | undefined;
    for (const part of body ? [body, ...body.walk()] : []) {
      const comparison = part.kind === 'binary_expression' && /^===?$/.test(part.operator) ? part : undefined;
      const sides = [comparison?.child('left'), comparison?.child('right')];
      if (sides.some((side) => side && isHostOf(side, isMeant))) return KNOWN;
      const inner = part.kind === 'call_expression' ? callAt(part)?.callee.child('object') : undefined;
      if (inner && (isHostOf(inner, isMeant) || isMeant(inner))) found = WEAK;
    }
    return found;
  }
  if (!isAboutHost) return undefined;
  return /^(?:includes|has|hasOwn|contains)$/.test(method ?? '') ? KNOWN : WEAK;
}

/** `url.hostname === 'api.example.com'`, `url.origin === base.origin` */
function ofComparison(test: Node, outcome: boolean, isMeant: IsMeant): Assurance | undefined {
  const holds = /^===?$/.test(test.operator) ? outcome : /^!==?$/.test(test.operator) ? !outcome : false;
  const [left, right] = [test.child('left'), test.child('right')];
  if (!holds || !left || !right) return undefined;
  return isHostOf(left, isMeant) || isHostOf(right, isMeant) ? KNOWN : undefined;
}

/** `x.startsWith('https://example.com/')`, with the slash that ends the host. */
function ofBeginning(beginning: Node): Assurance | undefined {
  const text = constantString(beginning);
  if (text !== undefined) {
    if (/^(?:[a-z][a-z\d+.-]*:)?\/\/[^/]+\//i.test(text) || /^\/[^/\\]/.test(text)) return KNOWN;
    return /^https?:\/\/./.test(text) ? WEAK : undefined;
  }
  const node = resolvedValue(beginning);
  const last = (node.kind === 'template_string' ? templateParts(node) : addends(node)).at(-1);
  const end = typeof last === 'string' ? last : last && constantString(last);
  return end?.endsWith('/') ? KNOWN : WEAK;
}

/** `/^https:\/\/cdn\.example\.com\//`, `/^\/(?!\/)/` */
function ofPattern(expression: Node): Assurance | undefined {
  const source = patternOf(expression)?.source.replace(/\\\//g, '/');
  if (source === undefined) return undefined;
  if (/^\^https\??:\/\/(?:[\w-]|\\\.)+\//.test(source)) return KNOWN;
  return /^\^\/(?:\(\?![^)]*\/|\[\^[^\]]*\/|\[(?!\^)|[\w(]|\\w|\$)/.test(source) ? KNOWN : undefined;
}

/** `x.startsWith('/') && !x.startsWith('//')`, in whichever order and however it is negated. */
function isLocal(test: Node, outcome: boolean, isMeant: IsMeant): boolean {
  if (test.kind !== 'binary_expression' || test.operator !== (outcome ? '&&' : '||')) return false;
  let isPath = false;
  let isHost = true;
  const look = (part: Node | undefined, wanted: boolean): void => {
    const node = part && unwrap(part);
    if (!node) return;
    if (node.kind === 'unary_expression' && node.operator === '!') {
      look(node.child('argument'), !wanted);
      return;
    }
    if (node.kind === 'binary_expression' && node.operator === (wanted ? '&&' : '||')) {
      look(node.child('left'), wanted);
      look(node.child('right'), wanted);
      return;
    }
    const call = node.kind === 'call_expression' ? callAt(node) : undefined;
    const object = call?.callee.child('object');
    const text = call?.args[0] && constantString(call.args[0]);
    if (!object || !isMeant(object)) return;
    if (call?.method === 'startsWith' && wanted && text !== undefined && /^\/(?!\/)/.test(text))
      isPath = true;
    if (/^(?:startsWith|includes)$/.test(call?.method ?? '') && !wanted && text === '//') isHost = false;
  };
  look(test, outcome);
  return isPath && !isHost;
}

const HOST = /^(?:hostname|host|origin)$/;

/** Whether an expression is the host of what is meant: `new URL(x).hostname`, or a variable with it. */
function isHostOf(expression: Node, isMeant: IsMeant): boolean {
  let node = unwrap(expression);
  let isHost = false;
  for (let steps = 10; steps > 0; steps--) {
    if (isHost && isMeant(node)) return true;
    if (node.kind === 'member_expression') {
      isHost ||= HOST.test(node.child('property')?.text ?? '');
      node = unwrap(node.child('object') ?? node);
      continue;
    }
    const call = /^(?:call|new)_expression$/.test(node.kind) ? callAt(node) : undefined;
    if (call) {
      if (/^(?:globalThis\.URL|url\.URL|url\.parse)$/.test(call.name ?? ''))
        return isHost && call.args[0] !== undefined && isIn(call.args[0], isMeant);
      // `hostname.toLowerCase()`, `hostname.replace(/^www\./, '')`
      const object = call.callee.child('object');
      if (!object) return false;
      node = unwrap(object);
      continue;
    }
    const bound = boundValueOf(node);
    if (!bound) return false;
    isHost ||= bound.path.some((step) => HOST.test(step));
    node = unwrap(bound.node);
  }
  return false;
}

function isIn(argument: Node, isMeant: IsMeant): boolean {
  if (isMeant(argument)) return true;
  const node = unwrap(argument);
  const call = node.kind === 'call_expression' ? callAt(node) : undefined;
  return call?.args.some((each) => isMeant(each)) === true;
}
