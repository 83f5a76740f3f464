/** Routes whose rules are express-validator's, which only take notes: somebody has to ask for the result. */
import { callAt } from '../analysis/item-facts';
import { FUNCTION_KINDS } from '../analysis/kind';
import { canonicalName } from '../analysis/name';
import type { Node } from '../analysis/node';
import { resolvedValue } from '../analysis/value';

/** Source: express-validator 7. */
const CHAIN = /^express-validator\.(?:body|check|cookie|header|param|query|checkSchema)\(\)/;

/** Of which a file with such a route has one. */
export const CHAIN_WORDS: readonly string[] = ['express-validator'];

/** The first rule of a route with a handler of its own, where neither asks for the result. */
export function unaskedChain(args: readonly Node[]): Node | undefined {
  const last = args.length > 1 ? args.at(-1) : undefined;
  const handler = last && functionOf(last);
  if (!handler) return undefined;
  const between = args.slice(0, -1).flatMap(elements);
  const [path, ...others] = between;
  const chains = path && isChain(path) ? between : others;
  const [first] = chains;
  // Any other middleware may ask.
  if (!first || !chains.every(isChain) || mayAsk(handler)) return undefined;
  return first;
}

/** A function of this file: as written, in a variable or declared. */
function functionOf(arg: Node): Node | undefined {
  const value = resolvedValue(arg);
  if (FUNCTION_KINDS.has(value.kind)) return value;
  const { file } = arg.item;
  const declaration = value.kind === 'identifier' ? file.lookUp(value.text, value) : undefined;
  const holder = declaration && file.nodeOf(declaration).parent;
  return holder?.kind === 'function_declaration' ? holder : undefined;
}

function elements(arg: Node): readonly Node[] {
  const value = resolvedValue(arg);
  return value.kind === 'array' ? value.parts.flatMap(elements) : [arg];
}

function isChain(node: Node): boolean {
  return CHAIN.test(canonicalName(node) ?? '');
}

/** Whether a handler asks, or hands the request to something that may. */
function mayAsk(handler: Node): boolean {
  const [request] = (handler.child('parameters') ?? handler).parts;
  const name = (request?.child('pattern') ?? request)?.text;
  for (const node of handler.child('body')?.walk() ?? []) {
    if (node.kind === 'identifier' && node.text === name && node.field !== 'object') return true;
  }
  return [...handler.walk()].some(
    (node) => node.kind === 'call_expression' && /^express-validator\./.test(callAt(node)?.name ?? ''),
  );
}
