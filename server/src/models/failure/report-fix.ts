/** Fixes that let a failure be seen: it is passed on, answered with an error, or said. */
import type { Edit, Fix } from '../../analysis/fix';
import { FUNCTION_KINDS } from '../../analysis/kind';
import type { Node } from '../../analysis/node';
import { isNext, namesOfParameters } from '../auth/guard';
import type { Answer } from './answer';
import type { Caught } from './caught';
import { claimingPair } from './claim';
import type { Gloss } from './gloss';

const BODY = `{ error: 'Internal server error' }`;

export function reportFixes(gloss: Gloss): readonly Fix[] {
  const { answer } = gloss;
  // Express 4 hears nothing of what an asynchronous handler throws.
  const throws = answer && answer.form !== 'maker' && answer.form !== 'hono' && answer.form !== 'koa';
  return [
    saysNo(gloss),
    answer && errorAnswer(answer),
    passedOn(gloss),
    throws ? undefined : thrown(gloss),
  ].flatMap((fix) => fix ?? []);
}

/** `{ ok: true }`, where there is nothing else to be said, becomes `{ ok: false }`. */
function saysNo({ at, answer }: Gloss): Fix | undefined {
  const pair = !answer && at.kind === 'object' && at.parts.length === 1 ? claimingPair(at) : undefined;
  const value = pair?.child('value');
  if (value?.kind !== 'true') return undefined;
  return choice('Report the failure', { start: value.start, end: value.end, text: 'false' });
}

function errorAnswer({ node, by, form }: Answer): Fix | undefined {
  const callee = node.child('function')?.text;
  const text = {
    express: `${by}.status(500).json(${BODY})`,
    fastify: `${by}.code(500).send(${BODY})`,
    hono: `${by}.json(${BODY}, 500)`,
    koa: undefined,
    helper: `${callee}(${by}, 500, ${BODY})`,
    maker: `${by}.json(${BODY}, { status: 500 })`,
    lambda: `{ statusCode: 500, body: JSON.stringify(${BODY}) }`,
  }[form];
  if (text === undefined || (form === 'maker' && !/(?:^|\.)(?:Next)?Response$/.test(by))) return undefined;
  return choice('Answer with an error', { start: node.start, end: node.end, text });
}

/** `next(error)` */
function passedOn({ answer, caught }: Gloss): Fix | undefined {
  const fn = answer?.form === 'express' ? caught.handler.enclosingFunction : undefined;
  const next = fn && namesOfParameters(fn).find(isNext);
  const name = next && errorName(caught);
  if (!answer || !name) return undefined;
  const { start, end } = answer.node;
  return choice('Pass the error on', ...name.edits, { start, end, text: `${next}(${name.name})` });
}

function thrown({ at, caught }: Gloss): Fix | undefined {
  const statement = at.enclosing(new Set(['return_statement', 'expression_statement', ...FUNCTION_KINDS]));
  const name = errorName(caught);
  if (!statement || !name) return undefined;
  const isBody = statement.is(caught.handler);
  const place = isBody ? caught.body : statement;
  // What a component shows is not mended by an error that nobody catches.
  if (/^set[A-Z]/.test(statement.text) && !isBody) return undefined;
  if (!caught.body.contains(place)) return undefined;
  const text = isBody ? `{ throw ${name.name}; }` : `throw ${name.name};`;
  return choice('Throw the error', ...name.edits, { start: place.start, end: place.end, text });
}

/** The name of the error, and the edits that take it where the handler does not. */
function errorName({ handler, body, error }: Caught): { name: string; edits: readonly Edit[] } | undefined {
  if (error !== '') return { name: error, edits: [] };
  if (isUsed('error', body)) return undefined;
  if (handler.kind === 'catch_clause') {
    if (handler.child('parameter')) return undefined;
    return { name: 'error', edits: [{ start: body.start, end: body.start, text: '(error) ' }] };
  }
  const parameters = handler.child('parameters');
  if (!parameters || parameters.parts.length > 0) return undefined;
  return { name: 'error', edits: [{ start: parameters.start, end: parameters.end, text: '(error)' }] };
}

function isUsed(name: string, code: Node): boolean {
  return [...code.walk()].some((node) => node.kind === 'identifier' && node.text === name);
}

function choice(title: string, ...edits: readonly Edit[]): Fix {
  return { title, safety: 'choice', edits };
}
