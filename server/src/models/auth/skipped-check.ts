/** Checks of rights that are only made where somebody is logged in, while what they protect runs for everybody. */
import { isLogical } from '../../analysis/condition';
import { runsAfter } from '../../analysis/control-flow';
import { callAt } from '../../analysis/item-facts';
import { FUNCTION_KINDS } from '../../analysis/kind';
import { propertyName, unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { isExit } from '../../analysis/production';
import { resolvedValue } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import { type Handler, handlerAround, registeredBefore } from '../handler';
import { type Denial, denialAt } from './denial';
import { meaningOf } from './guard';

export interface SkippedCheck {
  /** The condition that asks whether there is somebody. */
  readonly asked: Node;
  readonly denial: Denial;
  /** What runs without anybody. */
  readonly work: Node;
  /** Whether nothing before the function can have made sure of a login. */
  readonly isSure: boolean;
}

const SOMEBODY: ReadonlySet<string> = new Set(
  'user session account member principal me viewer actor identity claims auth caller requester'.split(' '),
);
/** Verbs of what must not be done for anybody. */
const CHANGING: ReadonlySet<string> = new Set(
  (
    'delete remove destroy update save create insert write unlink publish approve reject transfer refund cancel ' +
    'archive rename upsert set send charge disable enable revoke grant reset'
  ).split(' '),
);
const GUARDING = /auth|login|logged|session|jwt|token|passport|protect|require|guard|user|secure|verify/i;

/** The check that an `if` makes only for somebody who is logged in. */
export function skippedCheck(statement: Node): SkippedCheck | undefined {
  const condition = statement.child('condition');
  const body = statement.child('consequence');
  if (!condition || !body || statement.child('alternative')) return undefined;
  const asked = askedSomebody(unwrap(condition));
  if (!asked) return undefined;
  const denial = asked.isWhole
    ? deniedUnderCondition(body, asked.node)
    : asked.refuses
      ? deniedIn(body)
      : undefined;
  if (!denial || isElsewhereAsked(statement, asked.node)) return undefined;
  const work = changeAfter(statement);
  const handler = work && handlerAround(statement);
  if (!work || !handler || mayBeGuarded(handler, asked.node)) return undefined;
  const isFound = FUNCTION_KINDS.has(handler.function.kind) && isFetchedHere(asked.node);
  return { asked: asked.node, denial, work, isSure: isFound || handler.address !== '' };
}

interface Asked {
  readonly node: Node;
  /** Whether nothing else is asked. */
  readonly isWhole: boolean;
  /** Whether the rest asks whether somebody is another: `user && user.id !== post.ownerId`. */
  readonly refuses: boolean;
}

function askedSomebody(condition: Node): Asked | undefined {
  if (isSomebody(condition)) return { node: condition, isWhole: true, refuses: false };
  if (!isLogical(condition) || condition.operator !== '&&') return undefined;
  const [left, right] = [condition.child('left'), condition.child('right')];
  const node = left && unwrap(left);
  if (!node || !right || !isSomebody(node)) return undefined;
  const refuses = refusesOthers(unwrap(right), node);
  return { node, isWhole: false, refuses };
}

/** `user`, `req.user`, `session?.user`; of what else is true or false nobody can tell. */
function isSomebody(node: Node): boolean {
  if (node.kind !== 'identifier' && node.kind !== 'member_expression') return false;
  const named = node.kind === 'identifier' ? node : node.child('property');
  const name = (named && propertyName(named)) ?? named?.text ?? '';
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  if (last === 'id') return words.length > 1 && SOMEBODY.has(words.at(-2) ?? '');
  return SOMEBODY.has(last) && words.length <= 2;
}

/** Whether a condition asks for somebody's being another, or for a right that they lack. */
function refusesOthers(condition: Node, somebody: Node): boolean {
  const isOther =
    /^!==?$/.test(condition.operator) ||
    (condition.kind === 'unary_expression' && condition.operator === '!');
  if (isLogical(condition))
    return [condition.child('left'), condition.child('right')].some(
      (side) => side !== undefined && refusesOthers(unwrap(side), somebody),
    );
  return (
    isOther &&
    condition.text.replace(/\?/g, '').includes(somebody.text.replace(/\?/g, '')) &&
    OF_RIGHTS.test(condition.text)
  );
}

const OF_RIGHTS = /\bid\b|I[dD]\b|_id\b|owner|author|role|admin|createdBy|permission|\bcan[A-Z]|\bhas[A-Z]/;

/** A denial in a block that stands under a further condition; none where the block is left at its end. */
function deniedUnderCondition(body: Node, somebody: Node): Denial | undefined {
  if (isExit(body)) return undefined;
  for (const each of body.walkOwn()) {
    const condition = each.kind === 'if_statement' ? each.child('condition') : undefined;
    const inner =
      condition && refusesOthers(unwrap(condition), somebody) ? each.child('consequence') : undefined;
    const denial = inner && deniedIn(inner);
    if (denial) return denial;
  }
  return undefined;
}

function deniedIn(body: Node): Denial | undefined {
  for (const each of body.walkOwn()) {
    const denial = denialAt(each);
    if (denial?.isPlain) return denial;
  }
  return undefined;
}

/** Whether the function refuses, or asks again, where nobody is there: `if (!user) return …`. */
function isElsewhereAsked(statement: Node, asked: Node): boolean {
  const fn = statement.enclosingFunction;
  const own = asked.text.replace(/\?/g, '');
  const root = own.split('.')[0] ?? own;
  for (const each of fn?.child('body')?.walkOwn() ?? []) {
    if (each.is(statement)) continue;
    if (each.kind !== 'if_statement' && each.kind !== 'unary_expression') continue;
    const text =
      (each.kind === 'if_statement' ? each.child('condition') : each)?.text.replace(/\?/g, '') ?? '';
    const negated = new RegExp(
      `!\\s*\\(?${escaped(own)}|!\\s*\\(?${escaped(root)}(?![\\w.])|${escaped(own)}\\s*===?\\s*(?:null|undefined)`,
    );
    if (negated.test(text)) return true;
  }
  return false;
}

function escaped(text: string): string {
  return text.replace(/[$.()[\]'"*+^|{}\\]/g, '\\$&');
}

/** Responses, logs and the like. */
function isBeside(owner: Node): boolean {
  let root = unwrap(owner);
  for (
    let inner = root.child('function') ?? root.child('object');
    inner;
    inner = root.child('function') ?? root.child('object')
  )
    root = unwrap(inner);
  const word = wordsOf(root.text.slice(0, 40)).at(-1) ?? '';
  return /^(?:res|response|reply|ctx|c|console|logger|log|cookies?|headers?)$/.test(word);
}

function changeAfter(statement: Node): Node | undefined {
  for (const next of runsAfter(statement)) {
    for (const each of next.walkOwn()) {
      const call = callAt(each);
      const name = call && (call.method ?? call.callee.text);
      const [verb = ''] = wordsOf(name?.slice(-40) ?? '');
      const owner = call?.callee.child('object');
      if (call && CHANGING.has(verb) && !(owner && isBeside(owner))) return each;
    }
  }
  return undefined;
}

/** Whether something before the handler may turn away whoever is not logged in. */
function mayBeGuarded({ before, function: fn }: Handler, asked: Node): boolean {
  if (
    before.some(
      (each) =>
        GUARDING.test(resolvedValue(each).text.slice(0, 200)) || GUARDING.test(each.text.slice(0, 200)),
    )
  )
    return true;
  if (GUARDING.test(registeredBefore(asked.item.file))) return true;
  const { file } = fn.item;
  const declaration = asked.kind === 'identifier' ? file.lookUp(asked.text, asked) : undefined;
  const value = declaration && file.nodeOf(declaration).parent?.child('value');
  const made = value && callAt(value.kind === 'await_expression' ? (value.parts[0] ?? value) : value);
  const name = made && (made.method ?? made.callee.text);
  return name !== undefined && meaningOf(name) === 'insists';
}

/** `const user = await getUser(req)` in the handler, so that nobody else knows of it. */
function isFetchedHere(asked: Node): boolean {
  let root = asked;
  for (let inner = root.child('object'); inner; inner = root.child('object')) root = unwrap(inner);
  const { file } = asked.item;
  const declaration = root.kind === 'identifier' ? file.lookUp(root.text, root) : undefined;
  const value = declaration && file.nodeOf(declaration).parent?.child('value');
  const inner = value && (value.kind === 'await_expression' ? (value.parts[0] ?? value) : value);
  return inner?.kind === 'call_expression';
}
