/** Amounts of money that a client decides on, where they are charged or written to an order. */

import { type Flow, flowsInto } from '../analysis/flow/flow';
import { type Call, callAt, type ItemFacts } from '../analysis/item-facts';
import { FUNCTION_KINDS } from '../analysis/kind';
import { propertyName, unwrap } from '../analysis/literal';
import type { CallTest } from '../analysis/needs';
import type { Node } from '../analysis/node';
import { functionOf, resultsOf } from '../analysis/results';
import { constantString, resolvedValue } from '../analysis/value';
import { wordsOf } from '../analysis/words';
import { dataWrite, MAY_STORE } from './data-writes';
import { FLOW_MODEL } from './flow/model';
import { handlerAround, isForPrivileged, isValidatedIn } from './handler';
import { chainOf } from './untrusted';

export interface ClientAmount {
  readonly at: Node;
  readonly flow: Flow;
  readonly name: string;
}

/** Sources: the documentation of Stripe, Razorpay, PayPal and Mollie. */
const CHARGING =
  /(?:^|\.)(?:paymentIntents|charges|checkout\.sessions|invoiceItems|prices)\.create$|(?:razorpay|rzp|instance)\w*(?:\(\))?\.orders\.create$|\bmollie\w*(?:\(\))?\.payments\.create$/i;
/** Properties of a charge that say how much. */
const CHARGED: ReadonlySet<string> = new Set(
  'amount unit_amount unitAmount unit_amount_decimal value total price'.split(' '),
);
const AMOUNTS: ReadonlySet<string> = new Set(
  'price amount total subtotal discount cost totalprice totalamount unitprice grandtotal'.split(' '),
);
/** What is bought and paid. */
const BOUGHT = /order|payment|purchase|booking|checkout|transaction|subscription|reservation|sale/i;
/** Amounts that people choose. */
const CHOSEN =
  /donat|\btip|top_?-?up|wallet|deposit|withdraw|transfer|refund|\bbid|budget|expense|quote|invoice|payout|fund|contribut|gift|income/i;

const WRITING: ReadonlySet<string> = new Set(['create', 'insert', 'save', 'insertOne']);
const MAY_CHARGE: CallTest = { ...MAY_STORE, method: WRITING };

export function* clientAmounts(facts: ItemFacts): Generator<ClientAmount> {
  for (const call of facts.callsOf(MAY_CHARGE)) {
    if (!call.isNew && !WRITING.has(call.method ?? '')) continue;
    const values = isCharge(call) ? chargedIn(call) : writtenIn(call);
    for (const value of values) {
      const found = amountIn(value, call);
      if (!found) continue;
      yield found;
      break;
    }
  }
}

function isCharge({ method, callee }: Call): boolean {
  if (method !== 'create') return false;
  const [root, ...path] = chainOf(callee);
  return CHARGING.test([root?.text.slice(-40) ?? '', ...path].join('.'));
}

function chargedIn(call: Call): readonly Node[] {
  const [argument] = call.args;
  const object = argument && resolvedValue(argument);
  if (!object) return [];
  const values: Node[] = [];
  const open = [object];
  for (let left = 12, next = open.pop(); next && left > 0; left--, next = open.pop()) {
    for (const node of next.walk()) {
      // `items.map(toLine)`
      const call = node.kind === 'call_expression' ? callAt(node) : undefined;
      const given =
        call?.method === 'map' && call.args[0]?.kind === 'identifier' ? functionOf(call.args[0]) : undefined;
      if (given) open.push(given);
      if (node.kind !== 'pair' && node.kind !== 'shorthand_property_identifier') continue;
      const isShort = node.kind === 'shorthand_property_identifier';
      const key = isShort ? node : node.child('key');
      const value = isShort ? node : node.child('value');
      const name = (key && propertyName(key)) ?? '';
      if (!value) continue;
      if (CHARGED.has(name)) values.push(value);
      else if (name === 'line_items' && unwrap(value).kind === 'identifier') {
        const made = resolvedValue(value);
        if (!made.is(value) && !made.is(next)) open.push(made);
      }
    }
  }
  return values;
}

function writtenIn(call: Call): readonly Node[] {
  const write = dataWrite(call);
  if (!write || !BOUGHT.test(write.entity)) return [];
  return write.data.flatMap((data) => {
    const object = resolvedValue(data);
    if (object.kind !== 'object') return [];
    return object.parts.flatMap((part) => {
      const isShort = part.kind === 'shorthand_property_identifier';
      const key = isShort ? part : part.child('key');
      const value = isShort ? part : part.child('value');
      return value && isAmount((key && propertyName(key)) ?? '') ? [value] : [];
    });
  });
}

/** Whether a name says how much is paid. */
export function isAmount(name: string): boolean {
  const words = wordsOf(name);
  return AMOUNTS.has(words.at(-1) ?? '') || AMOUNTS.has(words.join(''));
}

function amountIn(value: Node, call: Call): ClientAmount | undefined {
  for (const leaf of operands(value, 6)) {
    const flow = flowsInto(leaf, call.node, 'sql', FLOW_MODEL)?.find(
      ({ source, path, isChecked }) =>
        source?.kind === 'request' &&
        !isChecked &&
        isAmount(path.filter((step) => step !== '*').at(-1) ?? ''),
    );
    const handler = flow && handlerAround(flow.from);
    if (!flow || !handler) continue;
    const about = `${handler.name} ${handler.address} ${call.node.item.file.path}`;
    if (CHOSEN.test(about) || isForPrivileged(call.node, handler)) continue;
    if (isCompared(handler.function, leaf) || isValidatedIn(handler, leaf, call.node)) continue;
    return { at: value, flow, name: flow.path.filter((step) => step !== '*').at(-1) ?? '' };
  }
  return undefined;
}

/** What an amount is calculated from. */
function operands(value: Node, depth: number): readonly Node[] {
  const node = resolvedValue(value);
  if (depth === 0) return [];
  const inner = (each: Node | undefined) => (each ? operands(each, depth - 1) : []);
  switch (node.kind) {
    case 'binary_expression':
      return [...inner(node.child('left')), ...inner(node.child('right'))];
    case 'unary_expression':
      return inner(node.child('argument'));
    case 'await_expression':
      return inner(node.parts[0]);
    case 'call_expression': {
      const call = callAt(node);
      if (
        call?.name &&
        /^globalThis\.(?:Number|parseFloat|parseInt|String|Math\.\w+|Number\.parse\w+)$/.test(call.name)
      )
        return call.args.flatMap(inner);
      if (call?.method === 'toFixed' || call?.method === 'toString')
        return inner(call.callee.child('object'));
      const fn = call?.method === 'reduce' && call.args[0] ? functionOf(call.args[0]) : undefined;
      return fn ? resultsOf(fn).flatMap(inner) : [node];
    }
    default:
      return [node];
  }
}

/** Whether the amount is held against another that is no constant. */
function isCompared(fn: Node, leaf: Node): boolean {
  const name = leaf.text;
  for (const node of fn.walk()) {
    if (node.kind !== 'binary_expression' || !/^(?:[!=]==?|[<>]=?)$/.test(node.operator)) continue;
    const [left, right] = [node.child('left'), node.child('right')];
    if (!left || !right) continue;
    const [a, b] = [unwrap(left), unwrap(right)];
    const other = mentions(a, name) ? b : mentions(b, name) ? a : undefined;
    if (
      other &&
      constantString(other) === undefined &&
      !/^(?:null|undefined|number|unary_expression)$/.test(other.kind)
    )
      return true;
  }
  return false;
}

function mentions(code: Node, name: string): boolean {
  return code.text === name || (!FUNCTION_KINDS.has(code.kind) && code.text.includes(name));
}
