/** Which calls check who somebody is or what they may do. */
import { nameByType } from '../../analysis/declared-type';
import { callAt } from '../../analysis/item-facts';
import type { Node } from '../../analysis/node';
import { rememberedByNode } from '../../analysis/remembered';
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
  if (!member || CALLED.has(member.text)) {
    const name = nameByType(call.callee);
    if (name !== undefined && VERIFIERS.has(name)) return true;
  }
  const words = wordsOf((member ?? call.callee).text);
  const owner = member ? wordsOf(call.callee.child('object')?.text ?? '') : [];
  if ([...words, ...owner].some((word) => OTHERWISE.has(word))) return false;
  const has = (set: ReadonlySet<string>, among = words) => among.some((word) => set.has(word));
  if (meaningOf((member ?? call.callee).text) === 'insists' || has(CHECKING_ALONE)) return true;
  const isAbout = has(PROOFS) || has(PROOFS, owner);
  if (has(CHECKING)) return isAbout;
  if (words.length === 1 && words[0] === 'auth') return true;
  return (
    FETCHING.has(words[0] ?? '') && (has(IDENTITIES) || (words.includes('user') && owner.includes('auth')))
  );
});
