/** Which tokens need no check where they are read: made here, sent by the provider, or verified beside. */
import { nameByType } from '../../analysis/declared-type';
import { callAt } from '../../analysis/item-facts';
import type { Node } from '../../analysis/node';
import { argumentHolding } from '../../analysis/results';
import { constantString, initializerOf, pairOf, resolvedValue } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import { SIGNATURE_CHECKS, TOKEN_SIGNERS } from '../jwt';
import { isCheck } from './check';

/** Whether the code around a place where a token is read verifies it, or has it from whom it can be trusted. */
export function isTrustworthy(token: Node, reader: Node): boolean {
  return (
    isMadeHere(token) || isFromProvider(token) || isVerifiedBeside(token, reader) || isBehindPassport(reader)
  );
}

/** `passport.authenticate('jwt', (err, user) => { … })`, which has verified what the callback reads again. */
function isBehindPassport(reader: Node): boolean {
  for (let fn = reader.enclosingFunction; fn; fn = fn.enclosingFunction) {
    const list = argumentHolding(fn)?.parent;
    const call = list?.kind === 'arguments' && list.parent ? callAt(list.parent) : undefined;
    const strategy =
      call?.method === 'authenticate' || call?.name === 'passport.authenticate' ? call.args[0] : undefined;
    if (strategy && /jwt/i.test(constantString(strategy) ?? '')) return true;
  }
  return false;
}

function isMadeHere(token: Node): boolean {
  const value = resolvedValue(token);
  const made = value.kind === 'await_expression' ? (value.parts[0] ?? value) : value;
  const call = callAt(made);
  return call !== undefined && TOKEN_SIGNERS.has(`${nameByType(call.callee)}()`);
}

/** What a request brings is not from the provider, whatever it is called. */
const REQUEST =
  /\b\w*(?:req|request|ctx|context|event|socket|handshake|message|data|body|query|headers|cookies|input|formData)\b/i;

/** `tokens.id_token`: the answer of a token endpoint, which came over TLS from whom it names. */
function isFromProvider(token: Node): boolean {
  const value = resolvedValue(token);
  if (!isProvidersByName(value)) return false;
  if (value.kind === 'member_expression') return !REQUEST.test(rootOf(value).text);
  const { file } = value.item;
  const declaration = file.lookUp(value.text, value);
  const bound = declaration && initializerOf(declaration, file.nodeOf(declaration));
  return bound !== undefined && !REQUEST.test(bound.value.text);
}

function isProvidersByName(token: Node): boolean {
  const words = wordsOf((token.child('property') ?? token).text);
  return words.includes('token') && words.some((word) => /^(?:id|access|refresh)$/.test(word));
}

/** Whether a token is a parameter like `idToken`, which a provider may have sent or a client. */
export function mayBeFromProvider(token: Node): boolean {
  const value = resolvedValue(token);
  const { file } = value.item;
  const declaration = value.kind === 'identifier' ? file.lookUp(value.text, value) : undefined;
  const isBound = declaration && initializerOf(declaration, file.nodeOf(declaration));
  return (
    declaration !== undefined && !isBound && wordsOf(value.text).includes('id') && isProvidersByName(value)
  );
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
    if (!call) continue;
    if (call.name !== undefined && SIGNATURE_CHECKS.has(call.name)) return true;
    // A function of one's own that is called like that compares signatures.
    if (/constant_?time|timing_?safe/i.test(call.callee.text.slice(-40))) return true;
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
