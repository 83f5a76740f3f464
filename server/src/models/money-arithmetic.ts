/** Where numbers are added to or taken from what counts: balances, stock, totals. */
import type { Call, ItemFacts } from '../analysis/item-facts';
import { propertyName, unwrap } from '../analysis/literal';
import type { Node } from '../analysis/node';
import { constantString, resolvedValue } from '../analysis/value';
import { wordsOf } from '../analysis/words';
import { dataWritesIn } from './data-writes';
import { SQL_METHODS } from './flow/sql-clients';

export interface Arithmetic {
  /** The number that is added, taken away or multiplied by. */
  readonly amount: Node;
  readonly at: Node;
  /** What it changes, as named there; undefined where it makes a new amount. */
  readonly of: string | undefined;
  /** Whether what it changes is kept, and worth something. */
  readonly isKept: boolean;
}

/** What is kept of somebody. */
const KEPT: ReadonlySet<string> = new Set(
  'balance balances credit credits wallet fund funds coins points stock inventory saldo'.split(' '),
);
const TOTALS: ReadonlySet<string> = new Set('total subtotal amount price cost sum'.split(' '));
const PRICES: ReadonlySet<string> = new Set('price cost fee rate amount fare'.split(' '));
/** Numbers that may well be below zero. */
const SIGNED = /delta|chang|adjust|diff|correct|offset|bonus|temp/i;

export function* arithmeticIn(facts: ItemFacts): Generator<Arithmetic> {
  for (const node of facts.nodes('augmented_assignment_expression')) {
    const [left, right] = [node.child('left'), node.child('right')];
    if (!left || !right || !/^[-+*]=$/.test(node.operator)) continue;
    const of = lastName(left);
    if (counts(of)) yield { amount: right, at: node, of, isKept: isKept(of) };
  }
  for (const node of facts.nodes('assignment_expression')) {
    const [left, right] = [node.child('left'), node.child('right')];
    const of = left ? lastName(left) : '';
    const amount = left && right && counts(of) ? addedTo(left, unwrap(right)) : undefined;
    if (amount) yield { amount, at: node, of, isKept: isKept(of) };
  }
  for (const node of facts.nodes('binary_expression')) {
    if (node.operator !== '*') continue;
    const [left, right] = [node.child('left'), node.child('right')];
    if (!left || !right) continue;
    if (isPrice(left)) yield { amount: right, at: node, of: undefined, isKept: false };
    else if (isPrice(right)) yield { amount: left, at: node, of: undefined, isKept: false };
  }
  for (const { call, write } of facts.once(dataWritesIn))
    for (const data of write.data) yield* inWrite(call, resolvedValue(data));
  for (const call of facts.calls) yield* inCall(call);
}

/** `balance - amount`, `Number(balance) + amount` for `balance`. */
function addedTo(left: Node, sum: Node): Node | undefined {
  if (sum.kind !== 'binary_expression' || !/^[-+]$/.test(sum.operator)) return undefined;
  const [first, second] = [sum.child('left'), sum.child('right')];
  const name = lastName(left);
  if (first && lastNameInside(first) === name) return second;
  return second && sum.operator === '+' && lastNameInside(second) === name ? first : undefined;
}

/** `{ $inc: { balance: -amount } }`, `{ balance: { decrement: amount } }` */
function* inWrite(call: Call, data: Node): Generator<Arithmetic> {
  if (data.kind !== 'object') return;
  for (const part of data.parts) {
    const key = part.child('key');
    const name = (key && propertyName(key)) ?? '';
    const value = part.child('value');
    const inner = value && resolvedValue(value);
    if (inner?.kind === 'object' && name === '$inc') {
      for (const { of, amount } of pairsIn(inner))
        if (counts(of)) yield { amount, at: call.node, of, isKept: isKept(of) };
    } else if (inner?.kind === 'object' && counts(name)) {
      for (const { of, amount } of pairsIn(inner))
        if (of === 'increment' || of === 'decrement')
          yield { amount, at: call.node, of: name, isKept: isKept(name) };
    } else if (inner && counts(name)) {
      const amount = addedTo(key ?? part, inner);
      if (amount) yield { amount, at: call.node, of: name, isKept: isKept(name) };
    }
  }
}

function* pairsIn(object: Node): Generator<{ of: string; amount: Node }> {
  for (const part of object.parts) {
    const key = part.child('key');
    const amount = part.kind === 'shorthand_property_identifier' ? part : part.child('value');
    const name = key ? propertyName(key) : part.text;
    // `-amount` is of the size of `amount`, and above zero where that is below.
    const made = amount && resolvedValue(amount);
    const isNegated = made?.kind === 'unary_expression' && made.operator === '-';
    const plain = isNegated ? made.child('argument') : amount;
    if (plain && name !== undefined) yield { of: name.split('.').at(-1) ?? name, amount: plain };
  }
}

/** A column that is set to itself and a bound value more, or less. */
const CHANGED = /\b(\w+)\s*=\s*(?:\w+\.)?\1\s*[-+]\s*(?:\?|\$(\d))/gi;

/** `account.decrement('balance', { by: amount })`, `UPDATE accounts SET balance = balance - ?` */
function* inCall({ node, method, args }: Call): Generator<Arithmetic> {
  const [first, second] = args;
  if (!first || !second || method === undefined) return;
  if (method === 'increment' || method === 'decrement') {
    const of = constantString(first) ?? '';
    const by = resolvedValue(second);
    const amount = by.kind === 'object' ? [...pairsIn(by)].find((each) => each.of === 'by')?.amount : second;
    if (amount && counts(of)) yield { amount, at: node, of, isKept: isKept(of) };
    return;
  }
  if (!SQL_METHODS.has(method)) return;
  const text = constantString(first);
  if (text === undefined || !/^\s*update\b/i.test(text)) return;
  const values = resolvedValue(second);
  for (const match of text.matchAll(CHANGED)) {
    const [whole, of = '', place] = match;
    const before = text.slice(0, match.index + whole.length).split('?').length - 2;
    const amount =
      values.kind === 'array' ? values.parts[place === undefined ? before : Number(place) - 1] : undefined;
    if (amount && counts(of)) yield { amount, at: node, of, isKept: isKept(of) };
  }
}

function isPrice(expression: Node): boolean {
  return PRICES.has(wordsOf(lastName(expression)).at(-1) ?? '');
}

function counts(name: string): boolean {
  return isKept(name) || (TOTALS.has(wordsOf(name).at(-1) ?? '') && !SIGNED.test(name));
}

function isKept(name: string): boolean {
  return wordsOf(name).some((word) => KEPT.has(word)) && !SIGNED.test(name);
}

/** Whether a number of this name may well be below zero. */
export function mayBeNegative(name: string): boolean {
  return SIGNED.test(name);
}

function lastName(expression: Node): string {
  const node = unwrap(expression);
  if (node.kind === 'subscript_expression') return lastName(node.child('object') ?? node.parts[0] ?? node);
  return /identifier$/.test(node.kind) ? node.text : (node.child('property')?.text ?? '');
}

/** The name in `Number(account.balance)` too. */
function lastNameInside(expression: Node): string {
  const node = unwrap(expression);
  const argument = node.kind === 'call_expression' ? node.child('arguments')?.parts[0] : undefined;
  return lastName(argument ?? node);
}
