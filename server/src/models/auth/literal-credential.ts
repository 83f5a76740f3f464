/** Comparisons of what somebody shows with what is written in the code, by which they are let in. */

import { around, type Comparison, comparisonOf, operandsOf, wholeCondition } from '../../analysis/condition';
import type { Confidence } from '../../analysis/finding';
import { type Call, callAt, type ItemFacts } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import { mayRunInProduction } from '../../analysis/production';
import { usesOf } from '../../analysis/uses';
import { constantString, propertyOf, resolvedValue } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import { isAddressOfSomebody, isCodeText, isCredentialText, isMadeUpCredential } from '../credential-names';
import { PRETENDING } from '../guards';
import { guardAround, nameOfFunction } from './guard';
import { isVerdict, type Outcome, outcomeOf } from './outcome';
import { isInTest } from './replaced';
import { type ShownValue, shownValue } from './shown';

const COMPARING: CallTest = {
  method: new Set(['includes', 'has']),
  to: new Set(['crypto.timingSafeEqual']),
};

export interface LiteralCredential {
  /** The comparison. */
  readonly node: Node;
  /** What is compared with. */
  readonly literal: Node;
  readonly value: ShownValue;
  readonly outcome: Outcome;
  readonly isEqual: boolean;
  readonly confidence: Confidence;
}

interface Candidate {
  readonly node: Node;
  readonly subject: Node;
  readonly literal: Node;
  readonly texts: readonly string[];
  readonly isEqual: boolean;
}

export function* literalCredentials(facts: ItemFacts): Generator<LiteralCredential> {
  for (const candidate of candidates(facts)) {
    const found = credentialIn(candidate);
    if (found) yield found;
  }
}

function* candidates(facts: ItemFacts): Generator<Candidate> {
  for (const node of facts.nodes('binary_expression')) {
    const comparison = comparisonOf(node);
    const found = comparison && sidesOf(comparison);
    if (found) yield found;
  }
  for (const call of facts.callsOf(COMPARING)) {
    const { method } = call;
    const [first, second] = call.args;
    if (method === 'includes' || method === 'has') {
      const object = call.callee.child('object');
      const texts = object && textsOf(object);
      if (object && first && texts)
        yield { node: call.node, subject: first, literal: object, texts, isEqual: true };
    } else if (first && second) {
      const [a, b] = [inBuffer(first), inBuffer(second)];
      const left = constantString(a);
      const text = left ?? constantString(b);
      if (text === undefined) continue;
      const [subject, literal] = left === undefined ? [a, b] : [b, a];
      yield { node: call.node, subject, literal, texts: [text], isEqual: true };
    }
  }
}

/** `Buffer.from(x)` */
function inBuffer(expression: Node): Node {
  const value = resolvedValue(expression);
  const call = callAt(value);
  return call?.name === 'globalThis.Buffer.from' || call?.name === 'buffer.Buffer.from'
    ? (call.args[0] ?? value)
    : value;
}

function sidesOf({ node, left, right, isEqual }: Comparison): Candidate | undefined {
  const text = constantString(right);
  if (text !== undefined) return { node, subject: left, literal: right, texts: [text], isEqual };
  const other = constantString(left);
  if (other !== undefined) return { node, subject: right, literal: left, texts: [other], isEqual };
  return listed(node, left, right, isEqual) ?? listed(node, right, left, isEqual);
}

/** `USERS.find((user) => user.password === password)` where the users are written in the code. */
function listed(node: Node, own: Node, subject: Node, isEqual: boolean): Candidate | undefined {
  const member = unwrap(own);
  const object = member.kind === 'member_expression' ? member.child('object') : undefined;
  const property = member.child('property')?.text;
  if (object?.kind !== 'identifier' || property === undefined) return undefined;
  const { file } = object.item;
  const declaration = file.lookUp(object.text, object);
  const callback = declaration && file.nodeOf(declaration).enclosingFunction;
  const first = callback && (callback.child('parameter') ?? callback.child('parameters')?.parts[0]);
  if (!declaration || !first?.contains(file.nodeOf(declaration))) return undefined;
  const call = callback && searchWith(callback);
  if (!call) return undefined;
  const source = call.callee.child('object');
  const list = source && resolvedValue(source);
  const texts = (list?.kind === 'array' ? list.parts : []).flatMap((part) => {
    const value = propertyOf(resolvedValue(part), property);
    return (value && constantString(value)) ?? [];
  });
  return texts.length > 0 ? { node, subject, literal: member, texts, isEqual } : undefined;
}

/** The texts of a list or a set of nothing else. */
function textsOf(expression: Node): readonly string[] | undefined {
  const value = resolvedValue(expression);
  const call = value.kind === 'new_expression' ? callAt(value) : undefined;
  const list = call?.name === 'globalThis.Set' && call.args[0] ? resolvedValue(call.args[0]) : value;
  if (list.kind !== 'array' || list.parts.length === 0) return undefined;
  const texts = list.parts.map((part) => constantString(part));
  return texts.every((text) => text !== undefined) ? (texts as string[]) : undefined;
}

function credentialIn(candidate: Candidate): LiteralCredential | undefined {
  const { node, subject, literal, texts, isEqual } = candidate;
  if (!texts.every(mayFit) || constantString(subject) !== undefined) return undefined;
  const value = shownValue(subject);
  if (!value || !texts.every((text) => fits(text, value, node))) return undefined;
  const outcome = outcomeOf(node, isEqual) ?? outcomeOfSearch(node, isEqual);
  if (!outcome || isInTest(node) || isDouble(node)) return undefined;
  const confidence = confidenceOf(candidate, value, outcome);
  return confidence && { node, literal, value, outcome, isEqual, confidence };
}

/** What a search over users finds is somebody who is let in. */
function outcomeOfSearch(node: Node, isEqual: boolean): Outcome | undefined {
  const callback = node.enclosingFunction;
  return isEqual && callback && searchWith(callback)
    ? { how: 'answers', name: '', statement: undefined, isPart: false }
    : undefined;
}

/** The call that looks through a list with a function: `users.find((user) => …)`. */
function searchWith(callback: Node): Call | undefined {
  const { outermost, parent } = around(callback);
  const name = parent?.kind === 'variable_declarator' ? parent.child('name') : undefined;
  const declaration = name && name.item.file.lookUp(name.text, name);
  const [place, ...others] = declaration ? usesOf(declaration, name.item.file) : [outermost];
  const list = place && others.length === 0 ? around(place).parent : undefined;
  const call = list?.kind === 'arguments' && list.parent ? callAt(list.parent) : undefined;
  const method = call?.method ?? '';
  return /^(?:find|some|filter|findIndex)$/.test(method) ? call : undefined;
}

/** Asked first: most texts are told from credentials by themselves. */
function mayFit(text: string): boolean {
  return isCredentialText(text) || isCodeText(text) || isAddressOfSomebody(text);
}

function fits(text: string, { shown }: ShownValue, node: Node): boolean {
  switch (shown) {
    case 'code':
      return isCredentialText(text) && /^(?=.*\d)[\da-z]{4,10}$/i.test(text);
    case 'likely-code':
      return isCodeText(text) && isAboutCodes(node);
    case 'account':
      return isAddressOfSomebody(text);
    case 'likely-secret':
      return (
        isCredentialText(text) && /[-_ \d]|test|admin|secret|master/i.test(text) && !/^\d{1,3}$/.test(text)
      );
    default:
      return isCredentialText(text) && !/^\d{1,3}$/.test(text);
  }
}

/** Whether a function, or one around it, is called like those that look at codes. */
function isAboutCodes(node: Node): boolean {
  for (let fn = node.enclosingFunction; fn; fn = fn.enclosingFunction) {
    if (/otp|mfa|2fa|totp|verif|login|signin|pin\b|auth|factor/i.test(nameOfFunction(fn))) return true;
  }
  return false;
}

/** Whether a name around some code says that it is a double. */
function isDouble(node: Node): boolean {
  for (let fn = node.enclosingFunction; fn; fn = fn.enclosingFunction) {
    if (wordsOf(nameOfFunction(fn)).some((word) => DOUBLES.has(word) && PRETENDING.has(word))) return true;
  }
  return false;
}

const DOUBLES = new Set('mock mocked fake stub dummy double spy'.split(' '));

function confidenceOf(
  { node, texts, literal }: Candidate,
  { shown, isFromOutside }: ShownValue,
  outcome: Outcome,
): Confidence | undefined {
  if (shown === 'account') return ofAccount(node, outcome);
  // `user === 'admin' && matches(user, password)`: who it is, beside what proves it.
  if (texts.every((text) => ACCOUNTS.test(text)) && asksMore(node)) return undefined;
  const guard = guardAround(node);
  const isGuard = guard?.says === 'insists' || guard?.says === 'checks' || guard?.form === 'middleware';
  const isSure = mayRunInProduction(node);
  if (shown === 'likely-secret') {
    if (!isFromOutside && !isGuard) return undefined;
    if (!texts.every(isMadeUpCredential) || outcome.how === 'answers') return 'medium';
    return isSure ? 'high' : 'medium';
  }
  if (outcome.how !== 'answers') return isSure ? 'high' : 'medium';
  if (unwrap(literal).kind === 'member_expression' || isGuard || isVerdict(outcome.name)) return 'high';
  return isFromOutside ? 'medium' : undefined;
}

const ACCOUNTS = /^(?:admin|administrator|root|user|guest|superuser|sysadmin)$/i;

/** Whether the condition around has another check that all have to pass. */
function asksMore(node: Node): boolean {
  return operandsOf(wholeCondition(node), '&&').some(
    (each) =>
      !each.contains(node) &&
      [...each.walk()].some(({ kind }) => kind === 'call_expression' || kind === 'binary_expression'),
  );
}

/** Somebody who passes by the address alone; where a password is asked for as well, that decides. */
function ofAccount(node: Node, outcome: Outcome): Confidence | undefined {
  const guard = guardAround(node);
  const isGuard = guard?.says === 'insists' || guard?.says === 'checks';
  if (asksMore(node)) return undefined;
  if (outcome.how === 'answers') {
    const isRight = /admin|owner|super|root|staff|allowed|authorized/i.test(outcome.name);
    return isGuard || isRight ? 'high' : undefined;
  }
  return isGuard && outcome.how === 'opens' ? 'high' : 'medium';
}
