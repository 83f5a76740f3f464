import { canonicalName } from '../../analysis/name';
import type { Node } from '../../analysis/node';
import { wordsOf } from '../../analysis/words';

/** Methods that Passport puts on requests. */
const OF_REQUESTS: ReadonlySet<string> = new Set(['isAuthenticated', 'isUnauthenticated']);

/** Whether a member of a request is a method that asks for the login: `req.isAuthenticated`. */
export function isKnownMethod(member: Node): boolean {
  const object = member.child('object');
  if (!object || !OF_REQUESTS.has(member.child('property')?.text ?? '')) return false;
  const word = wordsOf(object.text).at(-1);
  return (word === 'req' || word === 'request') && canonicalName(object) === undefined;
}
