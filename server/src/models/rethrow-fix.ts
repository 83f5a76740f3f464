/** Fixes that let an error through which a handler drops. */
import type { Edit, Fix } from '../analysis/fix';
import { atEndOfBlock } from '../analysis/insertion';
import { FUNCTION_KINDS } from '../analysis/kind';
import { unwrap } from '../analysis/literal';
import type { Node } from '../analysis/node';
import { isNext, namesOfParameters } from './auth/guard';
import type { DroppedError } from './dropped-error';

export function letThrough(drop: DroppedError): Fix[] {
  return drop.callback ? ofPromise(drop, drop.callback) : ofClause(drop);
}

function ofClause({ clause, body }: DroppedError): Fix[] {
  const error = body && errorOf(clause, body);
  if (!body || !error) return [];
  const fixes: Fix[] = [];
  const fix = (title: string, text: string) => {
    const end = leavingWith(body, text);
    fixes.push({ title, safety: 'choice', edits: [...error.edits, end] });
  };
  fix('Rethrow the error', `throw ${error.name};`);
  const next = nextAround(clause);
  if (next !== undefined) fix(`Pass the error to \`${next}\``, `return ${next}(${error.name});`);
  return fixes;
}

/** The name of the error in a `catch` clause, which may have to be written there first. */
function errorOf(
  clause: Node,
  body: Node,
): { readonly name: string; readonly edits: readonly Edit[] } | undefined {
  const parameter = clause.child('parameter');
  if (parameter) return parameter.kind === 'identifier' ? { name: parameter.text, edits: [] } : undefined;
  const name = freeNameIn(body);
  return name === undefined
    ? undefined
    : { name, edits: [{ start: body.start, end: body.start, text: `(${name}) ` }] };
}

function freeNameIn(body: Node): string | undefined {
  const used = new Set([...body.walk()].filter(({ kind }) => kind === 'identifier').map(({ text }) => text));
  return ['error', 'err', 'cause'].find((name) => !used.has(name));
}

/** Puts a statement that leaves at the end of a block, in the place of a `return` there. */
function leavingWith(body: Node, text: string): Edit {
  const last = body.parts.at(-1);
  if (last?.kind === 'return_statement') return { start: last.start, end: last.end, text };
  return atEndOfBlock(body, [text]);
}

/** The `next` of the handler that a node is in. */
function nextAround(node: Node): string | undefined {
  const fn = node.enclosingFunction;
  const names = fn ? namesOfParameters(fn) : [];
  const last = names.at(-1);
  return names.length >= 3 && last !== undefined && isNext(last) ? last : undefined;
}

function ofPromise(
  { clause, callback: written, body, isLogged, statement }: DroppedError,
  callback: Node,
): Fix[] {
  const isWaitedFor = isHandedOn(clause);
  const next = nextAround(clause);
  const fixes: Fix[] = [];
  const edit = isWaitedFor ? throughCallback(clause, callback, isLogged) : undefined;
  if (edit) fixes.push({ title: 'Let the error through', safety: 'choice', edits: [edit] });
  const isPlain = !isWaitedFor && statement.kind === 'expression_statement' && statement.parts[0]?.is(clause);
  if (isPlain && statement.enclosingFunction?.hasKeyword('async') && edit === undefined) {
    const through = throughCallback(clause, callback, isLogged);
    const awaited = { start: clause.start, end: clause.start, text: 'await ' };
    if (through)
      fixes.push({
        title: 'Wait for it and let the error through',
        safety: 'choice',
        edits: [awaited, through],
      });
  }
  if (next !== undefined && (written === undefined || !isLogged))
    fixes.push({
      title: `Pass the error to \`${next}\``,
      safety: 'choice',
      edits: [{ start: callback.start, end: callback.end, text: next }],
    });
  void body;
  return fixes;
}

/** Whether somebody waits for a promise: it is awaited or returned. */
function isHandedOn(clause: Node): boolean {
  for (const outer of clause.ancestors()) {
    if (
      outer.kind === 'await_expression' ||
      outer.kind === 'return_statement' ||
      outer.kind === 'arrow_function'
    )
      return true;
    if (outer.kind === 'expression_statement' || FUNCTION_KINDS.has(outer.kind)) return false;
  }
  return false;
}

/** Takes the handler away, or throws at its end where it writes to the log. */
function throughCallback(clause: Node, callback: Node, isLogged: boolean): Edit | undefined {
  const callee = clause.child('function');
  const object = callee?.child('object');
  if (!object || !callee) return undefined;
  if (!isLogged) {
    if (callee.child('property')?.text === 'catch') return { start: object.end, end: clause.end, text: '' };
    const [first] = clause.child('arguments')?.parts ?? [];
    return first && { start: first.end, end: callback.end, text: '' };
  }
  const body = callback.child('body');
  const [parameter] = callback.child('parameters')?.parts ?? [callback.child('parameter')];
  if (!body) {
    const text = `(error) => { ${callback.text}(error); throw error; }`;
    return { start: callback.start, end: callback.end, text };
  }
  const error = parameter && (parameter.child('pattern') ?? parameter);
  if (error?.kind !== 'identifier') return undefined;
  if (body.kind === 'statement_block') return leavingWith(body, `throw ${error.text};`);
  return { start: body.start, end: body.end, text: `{ ${unwrap(body).text}; throw ${error.text}; }` };
}
