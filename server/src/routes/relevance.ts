/** Which functions may have to do with routes: the others of a file are not looked into. */
import { FUNCTION_KINDS } from '../analysis/kind';
import { unwrap } from '../analysis/literal';
import { canonicalName } from '../analysis/name';
import type { Node } from '../analysis/node';
import { rememberedByName } from '../analysis/remembered';
import { meaningOf, nameOfFunction, namesOfParameters } from '../models/auth/guard';
import { GUARD_DECORATORS } from '../models/guard-places';
import { isRequestName } from '../models/request-names';
import { doneByLibrary, PUBLIC_DECORATOR } from '../models/route-guards';

const TELLING = /router|routes|app$|plugin|procedure|middleware|controller|guard|auth|handler/i;
const WRITING = /^(?:create|update|delete|remove|insert|save|upsert|destroy)[A-Z]/;
/** What functions that register routes or guards are handed first. */
const HANDED: ReadonlySet<string> = new Set(
  'app router server fastify instance err error next passport express opts socket'.split(' '),
);

/** By the name that a function, a class or a value goes by. */
export const isTellingName = rememberedByName(
  (name) =>
    TELLING.test(name) ||
    WRITING.test(name) ||
    PUBLIC_DECORATOR.test(name) ||
    GUARD_DECORATORS.test(name) ||
    /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/.test(name) ||
    meaningOf(name) !== 'nothing',
);

/** @param name under which it is known where it has none of its own. */
export function isRelevantFunction(fn: Node, name: string): boolean {
  if (isTellingName(nameOfFunction(fn) || name)) return true;
  const parameters = namesOfParameters(fn);
  if (parameters.length > 0 && parameters.length <= 6 && isRequestName(parameters[0] ?? '', HANDED))
    return true;
  const inner = madeBy(fn);
  if (inner?.kind === 'call_expression') return doneByLibrary(canonicalName(inner) ?? '') !== undefined;
  return inner !== undefined && isRequestName(namesOfParameters(inner)[0] ?? '', HANDED);
}

/** The function that a factory answers, or the call that makes it: `() => (req, res, next) => …` */
function madeBy(fn: Node): Node | undefined {
  const body = fn.child('body');
  const last = body?.kind === 'statement_block' ? body.parts.at(-1) : undefined;
  const value = last?.kind === 'return_statement' ? last.parts[0] : body;
  const inner = value && unwrap(value);
  return inner && (FUNCTION_KINDS.has(inner.kind) || inner.kind === 'call_expression') ? inner : undefined;
}
