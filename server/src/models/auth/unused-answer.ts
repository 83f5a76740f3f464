/** Answers of checks that nobody looks at: `verifySignature(body);` of a function that says yes or no. */
import { calledFunction } from '../../analysis/flow/trace-call';
import { type Call, callAt, type ItemFacts } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { isPromise } from '../../analysis/promise';
import { resultsOf } from '../../analysis/results';
import { wordsOf } from '../../analysis/words';
import { isConsoleCall } from '../output';
import { isCheck } from './check';
import { denialAt, withoutAwait } from './denial';

export interface UnusedAnswer {
  readonly call: Node;
  readonly name: string;
  readonly statement: Node;
  /** Whether it is about who may do what, and not about the form of a value. */
  readonly isAboutAccess: boolean;
  readonly isPromise: boolean;
}

/**
 * Checks of libraries that say yes or no and throw for neither, by how many arguments they have without a callback.
 * Sources: Node's documentation, bcrypt, argon2, otplib 12, speakeasy 2, tweetnacl 1, password-hash 1, tsscmp 1.
 */
const ANSWERING: ReadonlyMap<string, number> = new Map([
  ['bcrypt.compare', 2],
  ['bcrypt.compareSync', 2],
  ['bcryptjs.compare', 2],
  ['bcryptjs.compareSync', 2],
  ['bcrypt-nodejs.compareSync', 2],
  ['argon2.verify', 2],
  ['@node-rs/argon2.verify', 2],
  ['@node-rs/bcrypt.compare', 2],
  ['password-hash.verify', 2],
  ['crypto.timingSafeEqual', 2],
  ['crypto.verify', 4],
  ['tsscmp', 2],
  ['safe-compare', 2],
  ['otplib.authenticator.check', 2],
  ['otplib.authenticator.verify', 1],
  ['otplib.totp.check', 2],
  ['speakeasy.totp.verify', 1],
  ['speakeasy.hotp.verify', 1],
  ['tweetnacl.sign.detached.verify', 3],
]);
const ASKING: ReadonlySet<string> = new Set(
  'is has can may check verify validate authorize valid matches'.split(' '),
);

export function* unusedAnswers(facts: ItemFacts): Generator<UnusedAnswer> {
  for (const statement of facts.nodes('expression_statement')) {
    const [first] = statement.parts;
    const inner = first && withoutAwait(first);
    const call = inner?.kind === 'call_expression' ? callAt(inner) : undefined;
    if (!inner || !call) continue;
    const found = ofCall(inner, call);
    if (found) yield { ...found, call: inner, statement };
  }
}

function ofCall(node: Node, call: Call): Omit<UnusedAnswer, 'call' | 'statement'> | undefined {
  const name = (call.callee.child('property') ?? call.callee).text;
  if (call.name !== undefined) {
    if (ANSWERING.get(call.name) !== call.args.length) return undefined;
    return { name, isAboutAccess: true, isPromise: isPromise(node) };
  }
  const isAboutAccess = isCheck(node);
  if (!isAboutAccess && !ASKING.has(wordsOf(name)[0] ?? '')) return undefined;
  const fn = calledFunction(call.callee);
  if (!fn || !onlyAnswers(fn, isAboutAccess)) return undefined;
  return { name, isAboutAccess, isPromise: fn.hasKeyword('async') };
}

/** Whether a function does nothing but say yes or no: it throws nothing and turns nobody away itself. */
function onlyAnswers(fn: Node, isAboutAccess: boolean): boolean {
  const body = fn.child('body');
  if (!body || fn.kind.startsWith('generator')) return false;
  const results = resultsOf(fn);
  const kinds = results.map((result) => saysYesOrNo(unwrap(result), 6));
  if (kinds.length === 0 || kinds.includes(undefined)) return isAboutAccess && saysNoOnly(body);
  for (const node of body.walkOwn()) {
    if (/^(?:throw_statement|await_expression|yield_expression)$/.test(node.kind)) {
      if (node.kind !== 'await_expression' || !isAboutAccess) return false;
    }
    if (node.kind === 'return_statement' && node.parts.length === 0) return false;
    // What a function does beside answering may be what it is called for.
    if (node.kind === 'expression_statement' && (denialAt(node) || !isHarmless(node, isAboutAccess)))
      return false;
  }
  return true;
}

/** Of a check of somebody one plain `false` is enough, whatever else it answers. */
function saysNoOnly(body: Node): boolean {
  let saysNo = false;
  for (const node of body.walkOwn()) {
    if (node.kind === 'throw_statement' || (node.kind === 'expression_statement' && denialAt(node)))
      return false;
    if (node.kind !== 'return_statement') continue;
    const [value] = node.parts;
    if (!value) return false;
    saysNo ||= unwrap(value).kind === 'false';
  }
  return saysNo;
}

function isHarmless(statement: Node, isAboutAccess: boolean): boolean {
  const [first] = statement.parts;
  const node = first && withoutAwait(first);
  if (!node) return true;
  const call = node.kind === 'call_expression' ? callAt(node) : undefined;
  return isAboutAccess ? node.kind !== 'assignment_expression' : call !== undefined && isConsoleCall(node);
}

const PREDICATES =
  /^(?:includes|some|every|has|test|startsWith|endsWith|hasOwnProperty|isArray|isInteger|isFinite|equals)$/;

/** Whether an expression is a yes or no by its form. */
function saysYesOrNo(node: Node, depth: number): true | undefined {
  const inner = unwrap(node.kind === 'await_expression' ? (node.parts[0] ?? node) : node);
  if (depth === 0) return undefined;
  switch (inner.kind) {
    case 'true':
    case 'false':
      return true;
    case 'unary_expression':
      return inner.operator === '!' ? true : undefined;
    case 'binary_expression': {
      if (/^(?:[!=]==?|[<>]=?|in|instanceof)$/.test(inner.operator)) return true;
      const right = inner.child('right');
      // `user && user.id === id`
      return /^(?:&&|\|\|)$/.test(inner.operator) && right
        ? saysYesOrNo(unwrap(right), depth - 1)
        : undefined;
    }
    case 'call_expression': {
      const call = callAt(inner);
      if (call?.name === 'globalThis.Boolean' || PREDICATES.test(call?.method ?? '')) return true;
      return call?.name !== undefined && ANSWERING.get(call.name) === call.args.length ? true : undefined;
    }
    default:
      return undefined;
  }
}
