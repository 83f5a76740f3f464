/** Which calls check who somebody is or what they may do. */
import { nameByType } from '../../analysis/declared-type';
import { callAt } from '../../analysis/item-facts';
import type { Node } from '../../analysis/node';
import { rememberedByName, rememberedByNode } from '../../analysis/remembered';
import { wordsOf } from '../../analysis/words';
import { CHECKING, CHECKING_ALONE, FETCHING, IDENTITIES, OTHERWISE, PROOFS } from '../guards';
import { TOKEN_VERIFIERS } from '../jwt';
import { meaningOf } from './guard';

const VERIFIERS: ReadonlySet<string> = new Set(
  TOKEN_VERIFIERS.filter(({ token }) => token !== undefined).map(({ name }) => name),
);
/** Their last words: what a call of a member must be called to be one of them. */
const CALLED: ReadonlySet<string> = new Set(
  [...VERIFIERS].map((name) => name.slice(name.lastIndexOf('.') + 1)),
);

/** The first check in some code; the functions in it belong to it. */
export function checkIn(code: Node): Node | undefined {
  for (const node of code.walk()) if (isCheck(node)) return node;
  return undefined;
}

/** A call that is known to verify, or that is called like a check: `verifyToken(t)`, `tokens.verify(t)`. */
export function isCheck(node: Node): boolean {
  return node.kind === 'call_expression' && isCheckingCall(node);
}

const isCheckingCall = rememberedByNode((node): boolean => {
  const call = callAt(node);
  if (!call) return false;
  const member = call.callee.child('property');
  const called = (member ?? call.callee).text;
  if (!member || CALLED.has(called)) {
    const name = nameByType(call.callee);
    if (name !== undefined && VERIFIERS.has(name)) return true;
  }
  const own = saidBy(called);
  if (own.isNoCheck) return false;
  // Most names say nothing, and then what they are called on need not be looked at.
  const owner = member ? saidBy(call.callee.child('object')?.text ?? '') : saidBy('');
  if (owner.isOtherwise) return false;
  if (own.isSure) return true;
  if (own.isChecking) return own.hasProof || owner.hasProof;
  return own.fetches === 'identity' || owner.hasAuth;
});

/** What a name says of a call that has it, or that is one of its members. */
interface Said {
  readonly isOtherwise: boolean;
  /** Whether what has the name is no check, whatever it is called on. */
  readonly isNoCheck: boolean;
  readonly isSure: boolean;
  readonly isChecking: boolean;
  readonly hasProof: boolean;
  readonly hasAuth: boolean;
  readonly fetches: 'identity' | 'user' | undefined;
}

const saidBy = rememberedByName((name): Said => {
  const words = wordsOf(name);
  const has = (set: ReadonlySet<string>) => words.some((word) => set.has(word));
  const isOtherwise = has(OTHERWISE);
  const isAuth = words.length === 1 && words[0] === 'auth';
  const isSure = isAuth || meaningOf(name) === 'insists' || has(CHECKING_ALONE);
  const isChecking = has(CHECKING);
  const isFetching = FETCHING.has(words[0] ?? '');
  const fetches = !isFetching
    ? undefined
    : has(IDENTITIES)
      ? 'identity'
      : words.includes('user')
        ? 'user'
        : undefined;
  const isNoCheck = isOtherwise || !(isSure || isChecking || fetches);
  const hasAuth = words.includes('auth');
  return { isOtherwise, isNoCheck, isSure, isChecking, hasProof: has(PROOFS), hasAuth, fetches };
});
