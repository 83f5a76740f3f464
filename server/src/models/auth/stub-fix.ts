/** Fixes that make a guard refuse everybody, in the way of the framework it is written for. */
import type { Edit, Fix } from '../../analysis/fix';
import { callAt } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { wordsOf } from '../../analysis/words';
import { INSISTING } from '../guards';
import { importsAny } from '../runtime';
import { namesOfParameters } from './guard';
import type { Stub } from './stub';

/** Frameworks whose handlers are given something else than Express gives, under the same names. */
const UNLIKE_EXPRESS: readonly string[] = [
  'restify',
  'polka',
  'connect',
  'koa',
  '@koa/',
  'fastify',
  'hono',
  'h3',
  'next',
];

export function stubFixes({ guard, grants, isTesting }: Stub): Fix[] {
  const [grant, ...others] = grants;
  // Which of several ways should refuse is for the author to say.
  if (!grant || others.length > 0 || isTesting) return [];
  const value = expressionOf(grant);
  const edit = denyingCall(value, grant, guard.function) ?? denyingValue(value, guard.function);
  return edit
    ? [{ title: 'Refuse everybody until the check is written', safety: 'choice', edits: [edit] }]
    : [];
}

function expressionOf(grant: Node): Node {
  const isStatement = grant.kind === 'return_statement' || grant.kind === 'expression_statement';
  return unwrap((isStatement && grant.parts[0]) || grant);
}

function denyingValue(value: Node, fn: Node): Edit | undefined {
  // What is called like `requireAdmin` is not asked for its answer.
  const [first = ''] = wordsOf(fn.child('name')?.text ?? fn.parent?.child('name')?.text ?? '');
  if (INSISTING.has(first)) return undefined;
  const inner = value.kind === 'call_expression' ? callAt(value)?.args[0] : value;
  const said = inner && unwrap(inner);
  return said?.kind === 'true' ? { start: said.start, end: said.end, text: 'false' } : undefined;
}

function denyingCall(value: Node, grant: Node, fn: Node): Edit | undefined {
  const call = callAt(value.kind === 'await_expression' ? unwrap(value.parts[0] ?? value) : value);
  const object = call?.callee.child('object');
  if (call?.name === 'next/server.NextResponse.next' && object) {
    return replacing(value, `${object.text}.json({ error: 'Forbidden' }, { status: 403 })`);
  }
  const [first = '', second = ''] = namesOfParameters(fn);
  if (!call || !/^\w+$/.test(first) || !/^\w+$/.test(second)) return undefined;
  const { file } = fn.item;
  const isRequest = wordsOf(first).some((word) => word === 'req' || word === 'request');
  const isResponse = wordsOf(second).some((word) => word === 'res' || word === 'response');
  if (isRequest && isResponse && !importsAny(file, UNLIKE_EXPRESS))
    return replacing(value, `${second}.sendStatus(403)`);
  if (!importsAny(file, ['hono']) || !/^(?:c|ctx|context)$/.test(first)) return undefined;
  const refusal = `${first}.json({ error: 'Forbidden' }, 403)`;
  if (grant.kind === 'expression_statement')
    return { start: grant.start, end: grant.end, text: `return ${refusal};` };
  return replacing(value, refusal);
}

function replacing({ start, end }: Node, text: string): Edit {
  return { start, end, text };
}
