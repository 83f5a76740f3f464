/** Which calls make a router of tRPC: by what is made of, or by name where another file makes the maker. */
import type { Call } from '../analysis/item-facts';
import { unwrap } from '../analysis/literal';

const MAKER = /^(?:create(?:TRPC|Trpc)?Router|router|t?rpcRouter|trpc\.router|t\.router)$|\.router$/;
export const MERGER = /(?:^|\.)mergeRouters$/;
const PROCEDURE = /\.(?:query|mutation|subscription)\s*\(/;

export function isProcedureRouter({ callee, args, isNew }: Call): boolean {
  const written = callee.text.slice(0, 80);
  if (isNew || args.length === 0) return false;
  if (MERGER.test(written)) return true;
  const [first] = args;
  const object = first && unwrap(first);
  if (!MAKER.test(written) || object?.kind !== 'object') return false;
  return object.parts.some((part) => {
    const value = part.child('value') ?? part;
    return PROCEDURE.test(value.text) || /Router$/.test(value.text.slice(0, 80));
  });
}
