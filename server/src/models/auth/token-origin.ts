/** Which tokens need no check where they are read: made here, sent by the provider, or verified beside. */
import { nameByType } from '../../analysis/declared-type';
import { callAt } from '../../analysis/item-facts';
import type { Node } from '../../analysis/node';
import { pairOf, resolvedValue } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import { SIGNATURE_CHECKS, TOKEN_SIGNERS } from '../jwt';
import { isCheck } from './check';

/** Whether the code around a place where a token is read verifies it, or has it from whom it can be trusted. */
export function isTrustworthy(token: Node, reader: Node): boolean {
  return isMadeHere(token) || isFromProvider(token) || isVerifiedBeside(token, reader);
}

function isMadeHere(token: Node): boolean {
  const value = resolvedValue(token);
  const made = value.kind === 'await_expression' ? (value.parts[0] ?? value) : value;
  const call = callAt(made);
  return call !== undefined && TOKEN_SIGNERS.has(`${nameByType(call.callee)}()`);
}

/** What a request brings is not from the provider, whatever it is called. */
const REQUEST = /\b\w*(?:req|request|ctx|context|event|body|query|params|headers|cookies|input)\b/i;

/** `tokens.id_token`: the answer of a token endpoint, which came over TLS from whom it names. */
function isFromProvider(token: Node): boolean {
  const value = resolvedValue(token);
  const words = wordsOf((value.child('property') ?? value).text);
  const isNamed = words.includes('token') && /^(?:id|access|refresh)$/.test(words.at(-2) ?? '');
  return isNamed && value.kind === 'member_expression' && !REQUEST.test(rootOf(value).text);
}

/** The text that a chain of members begins with, looked up where it is a variable. */
function rootOf(member: Node): Node {
  let node = member;
  while (node.kind === 'member_expression') node = resolvedValue(node.child('object') ?? node);
  return node;
}

/** Whether the same function verifies the token, or checks a signature by hand. */
function isVerifiedBeside(token: Node, reader: Node): boolean {
  const own = functionAround(token, reader);
  if (!own) return false;
  const text = resolvedValue(token).text;
  const fallsBackFrom = fallenBackFrom(reader);
  for (const node of own.walk()) {
    if (node.is(reader) || fallsBackFrom?.contains(node)) continue;
    const call = callAt(node);
    if (!call || call.node.contains(reader)) continue;
    if (call.name !== undefined && SIGNATURE_CHECKS.has(call.name)) return true;
    if (isCheck(node) && call.args.some((arg) => holds(resolvedValue(arg), text))) return true;
  }
  return false;
}

/** The function that the token is a variable of, else the one that reads it. */
function functionAround(token: Node, reader: Node): Node | undefined {
  const { file } = token.item;
  const [variable] = [...token.walk()].filter((node) => node.kind === 'identifier');
  const declaration = variable && file.lookUp(variable.text, variable);
  return (declaration && file.nodeOf(declaration).enclosingFunction) ?? reader.enclosingFunction;
}

/** The `try` block behind whose failure a node stands: what is verified there was found wrong. */
function fallenBackFrom(node: Node): Node | undefined {
  for (const outer of node.ancestors()) if (outer.kind === 'catch_clause') return outer.parent?.child('body');
  return undefined;
}

function holds(value: Node, text: string): boolean {
  if (value.kind !== 'object') return value.text === text;
  const inside = pairOf(value, 'token') ?? pairOf(value, 'jwt') ?? pairOf(value, 'idToken');
  return inside !== undefined && resolvedValue(inside.value).text === text;
}
