/** What becomes of somebody when a comparison holds: whether it lets them in. */
import { around, isLogical } from '../../analysis/condition';
import { statementsAfter } from '../../analysis/control-flow';
import { callAt } from '../../analysis/item-facts';
import { FUNCTION_KINDS } from '../../analysis/kind';
import { propertyName, unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { constantBoolean, constantString, resolvedValue } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import { VERDICTS } from '../guards';
import { LOGIN_ADDRESS } from '../refusals';
import { assignsWho, isGrantingCall, valueDecision } from './decision';
import { hasPlainDenial } from './denial';
import { isNext, nameOfFunction } from './guard';

export interface Outcome {
  /**
   * - `opens`: something is done for those who are let in: a login, a token, `next()`, `return true`.
   * - `denies-others`: who fails the comparison is turned away.
   * - `answers`: the comparison is what a function answers, or what a variable holds.
   */
  readonly how: 'opens' | 'denies-others' | 'answers';
  /** The name of the variable, the property or the function that the answer goes to. */
  readonly name: string;
  /** The statement that asks, where the comparison is all of its condition or one of several ways in. */
  readonly statement: Node | undefined;
  /** Whether other conditions have to hold as well. */
  readonly isPart: boolean;
}

/** What comes of a comparison; undefined where it lets nobody in. @param isEqual whether it asks for equality. */
export function outcomeOf(comparison: Node, isEqual: boolean): Outcome | undefined {
  let opens = isEqual;
  let isPart = false;
  let node = comparison;
  for (;;) {
    const { outermost, parent } = around(node);
    if (!parent) return undefined;
    const isNegation = parent.kind === 'unary_expression' && parent.operator === '!';
    if (isNegation) opens = !opens;
    // Behind `a && !b`, and `a || b`, there are other ways; before, other conditions.
    if (isLogical(parent)) {
      isPart ||= (parent.operator === '&&') === opens;
      const right = parent.child('right');
      if (parent.operator === '&&' && right && !right.is(outermost) && !isTest(parent))
        return opens && isOpening(right, undefined)
          ? { how: 'opens', name: '', statement: undefined, isPart }
          : undefined;
    }
    if (!isNegation && !isLogical(parent) && !isDoubleBoolean(parent))
      return askedBy(outermost, parent, opens, isPart);
    node = parent.kind === 'arguments' ? (parent.parent ?? parent) : parent;
  }
}

function isTest(chain: Node): boolean {
  for (let node = chain; ; ) {
    const { outermost, parent } = around(node);
    if (!parent || !(isLogical(parent) || parent.kind === 'unary_expression'))
      return (
        !(parent?.kind === 'expression_statement' || parent?.kind === 'jsx_expression') &&
        outermost !== undefined
      );
    node = parent;
  }
}

function isDoubleBoolean(parent: Node): boolean {
  return parent.kind === 'arguments' && parent.parent?.child('function')?.text === 'Boolean';
}

function askedBy(condition: Node, parent: Node, opens: boolean, isPart: boolean): Outcome | undefined {
  switch (parent.kind) {
    case 'if_statement':
      return ofStatement(parent, opens, isPart);
    case 'ternary_expression': {
      if (!parent.child('condition')?.contains(condition)) return undefined;
      const [yes, no] = [parent.child('consequence'), parent.child('alternative')];
      const [open, closed] = opens ? [yes, no] : [no, yes];
      if (!open || !closed || isClosing(open)) return undefined;
      const how = isOpening(open, closed) ? 'opens' : isClosing(closed) ? 'denies-others' : undefined;
      return how && { how, name: '', statement: undefined, isPart };
    }
    default: {
      const name = opens ? answeredAs(condition, parent) : undefined;
      return name === undefined ? undefined : { how: 'answers', name, statement: undefined, isPart };
    }
  }
}

function ofStatement(statement: Node, opens: boolean, isPart: boolean): Outcome | undefined {
  const yes = statement.child('consequence');
  const no = statement.child('alternative');
  const after = () => statementsAfter(statement) ?? [];
  if (!yes) return undefined;
  const [open, closed] = opens ? [[yes], no ? [no] : after()] : [no ? [no] : after(), [yes]];
  if (!opens && !isLeaving(yes) && !no) return undefined;
  const name = '';
  if (opens && isOpening(yes, undefined)) return { how: 'opens', name, statement, isPart };
  if (open.some(isClosing)) return undefined;
  const [first] = closed;
  const isDenied = opens ? first !== undefined && isClosing(first) : closed.some(isClosing);
  if (isDenied) return { how: 'denies-others', name, statement, isPart };
  if (!opens && no && isOpening(no, undefined)) return { how: 'opens', name, statement, isPart };
  return undefined;
}

/** Whether code does what is done for somebody who is let in. */
function isOpening(code: Node, other: Node | undefined): boolean {
  if (other && constantBoolean(code) === true && constantBoolean(other) === false) return true;
  for (const node of [code, ...code.walk()]) {
    if (node.kind === 'return_statement' && node.parts[0]) {
      if (valueDecision(node.parts[0], 'predicate') === 'grants') return true;
    }
    const who = assignsWho(node);
    if (who && valueDecision(who, 'predicate') !== 'denies') return true;
    if (node.kind === 'call_expression' && isOpeningCall(node)) return true;
    if (node.kind === 'assignment_expression' && constantBoolean(node.child('right') ?? node) === true) {
      if (isVerdict(node.child('left')?.text ?? '')) return true;
    }
  }
  return false;
}

const LETTING_IN = new Set(
  'login signin authenticate authenticated unlock grant sign issue issuetoken generatetoken createtoken createsession startsession'.split(
    ' ',
  ),
);
const KEPT = new Set(
  'auth authenticated authed loggedin admin isadmin authorized unlocked token session user role'.split(' '),
);

function isOpeningCall(node: Node): boolean {
  if (isGrantingCall(node)) return true;
  const call = callAt(node);
  if (!call) return false;
  const method = call.method ?? call.callee.text;
  const words = wordsOf(method);
  const [first, second] = call.args;
  const text = first ? (constantString(first) ?? '') : '';
  if (/^(?:setItem|set|cookie|append)$/.test(method) && second)
    return wordsOf(text).some((word) => KEPT.has(word)) && constantString(second) !== '';
  if (/^(?:push|replace|navigate|redirect)$/.test(method))
    return /^\/\w/.test(text) && !LOGIN_ADDRESS.test(text);
  if (/^(?:json|send)$/.test(method) && first) {
    const isRefused = /status\(\s*[45]\d\d/.test(call.callee.text);
    const body = resolvedValue(first);
    return !isRefused && body.kind === 'object' && valueDecision(body, 'predicate') === 'grants';
  }
  if (words[0] === 'set') return first !== undefined && constantBoolean(first) === true && isVerdict(method);
  const joined = words.join('');
  return (
    words.some((word) => LETTING_IN.has(word)) ||
    LETTING_IN.has(joined) ||
    /^(?:issue|generate|create|start|sign)(?:access|auth|admin)?(?:tokens?|session|jwt)$/.test(joined)
  );
}

/** Whether a name says that somebody is let in: `isAuthenticated`, `setLoggedIn`, `authorized`. */
export function isVerdict(name: string): boolean {
  const words = wordsOf(name.replace(/^.*\./s, ''));
  return (
    words.some(
      (word) =>
        VERDICTS.has(word) || KEPT.has(word) || word === 'match' || word === 'matches' || word === 'correct',
    ) ||
    VERDICTS.has(words.join('')) ||
    /logged.?in|unlocked/i.test(name)
  );
}

/** Whether code turns somebody away. */
function isClosing(code: Node): boolean {
  return (
    isNo(code) ||
    hasPlainDenial(code) ||
    [...code.walkOwn()].some((node) => isRefused(node) || isComplaint(node))
  );
}

function isRefused(node: Node): boolean {
  if (node.kind === 'throw_statement') return true;
  const [value] = node.kind === 'return_statement' ? node.parts : [];
  if (value && !callAt(unwrap(value)) && valueDecision(value, 'predicate') === 'denies') return true;
  if (node.kind !== 'call_expression') return false;
  const callee = callAt(node)?.callee;
  return (
    /\bstatus\(\s*4\d\d/.test(node.text) ||
    (callee?.kind === 'identifier' && isNext(callee.text) && !isGrantingCall(node))
  );
}

/** `return 'Password is too weak'`, `setError('…')`, `alert('wrong')` */
function isComplaint(node: Node): boolean {
  if (node.kind === 'return_statement') {
    const text = node.parts[0] && constantString(node.parts[0]);
    return text !== undefined && /\s/.test(text);
  }
  const callee = node.kind === 'call_expression' ? callAt(node)?.callee : undefined;
  return (
    callee !== undefined &&
    /(?:^|\.)(?:alert|set\w*Err\w*|reject|\w*error|addIssue|warn\w*|fail)$/i.test(callee.text)
  );
}

function isNo(expression: Node): boolean {
  const { kind } = unwrap(expression);
  return kind === 'false' || kind === 'null' || kind === 'undefined';
}

function isLeaving(code: Node): boolean {
  const last = code.kind === 'statement_block' ? code.parts.at(-1) : code;
  return last?.kind === 'return_statement' || last?.kind === 'throw_statement' || isClosing(code);
}

/** The name that the answer of a comparison goes by; undefined where it is no answer. */
function answeredAs(condition: Node, parent: Node): string | undefined {
  switch (parent.kind) {
    case 'return_statement':
      return nameOfFunction(parent.enclosingFunction ?? parent);
    case 'variable_declarator':
      return parent.child('name')?.text ?? '';
    case 'assignment_expression':
      return parent.child('left')?.text.replace(/^.*\./s, '') ?? '';
    case 'pair': {
      const key = parent.child('key');
      return key && propertyName(key);
    }
    case 'arguments':
      return callAt(parent.parent ?? parent)?.callee.text;
    default:
      return FUNCTION_KINDS.has(parent.kind) && condition.field === 'body'
        ? nameOfFunction(parent)
        : undefined;
  }
}
