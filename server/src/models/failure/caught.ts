/** Where a failure arrives: in `catch` clauses, and in the callbacks that a rejected promise goes to. */

import type { ItemFacts } from '../../analysis/item-facts';
import { FUNCTION_KINDS } from '../../analysis/kind';
import { canonicalName } from '../../analysis/name';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import { resolvedValue } from '../../analysis/value';

const HANDLING: CallTest = { method: new Set(['catch', 'then']) };

export interface Caught {
  /** The `catch` clause, or the callback. */
  readonly handler: Node;
  /** What runs then: a block, or the expression of an arrow. */
  readonly body: Node;
  /** The name of the error; `''` where it is not taken, or taken apart. */
  readonly error: string;
  /** What has failed: the block of the `try`, or the promise. */
  readonly tried: Node;
}

export function* caughtIn(facts: ItemFacts): Generator<Caught> {
  for (const statement of facts.nodes('try_statement')) {
    const [tried, handler] = [statement.child('body'), statement.child('handler')];
    const body = handler?.child('body');
    if (!tried || !handler || !body) continue;
    yield { handler, body, error: nameOf(handler.child('parameter')), tried };
  }
  for (const { callee, args, method } of facts.callsOf(HANDLING)) {
    const callback = method === 'catch' ? args[0] : method === 'then' ? args[1] : undefined;
    const tried = callback && callee.child('object');
    if (!callback || !tried) continue;
    const handler = resolvedValue(callback);
    const body = FUNCTION_KINDS.has(handler.kind) ? handler.child('body') : undefined;
    // A default of a schema is no failure.
    if (!body || canonicalName(callee)?.startsWith('zod.')) continue;
    const first = handler.child('parameter') ?? handler.child('parameters')?.parts[0];
    yield { handler, body, error: nameOf(first?.child('pattern') ?? first), tried };
  }
}

function nameOf(parameter: Node | undefined): string {
  return parameter?.kind === 'identifier' ? parameter.text : '';
}
