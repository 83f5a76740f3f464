/** What a handler calls the request, or what holds it. */
import { wordsOf } from '../analysis/words';

const REQUESTS: ReadonlySet<string> = new Set('req request ctx context c event'.split(' '));

/**
 * Whether the last word of a name is one for a request: `req`, `ctx`, `lambdaEvent`.
 *
 * @param others words that are meant as well.
 */
export function isRequestName(name: string, others?: ReadonlySet<string>): boolean {
  const word = wordsOf(name).at(-1) ?? '';
  return REQUESTS.has(word) || others?.has(word) === true;
}
