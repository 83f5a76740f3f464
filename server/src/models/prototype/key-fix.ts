/** Refuses the keys that lead to prototypes, where the key has got its value. */
import type { Fix } from '../../analysis/fix';
import { FUNCTION_KINDS, type Kind } from '../../analysis/kind';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import type { DeepWrite } from './deep-writes';

export function keyFixes({ step }: DeepWrite): readonly Fix[] {
  const key = unwrap(step.child('index') as Node);
  const place = key.kind === 'identifier' ? placeOf(key, step) : undefined;
  if (!place) return [];
  const { at, before, leave } = place;
  const test = ['__proto__', 'constructor', 'prototype']
    .map((name) => `${key.text} === '${name}'`)
    .join(' || ');
  const statement = `if (${test}) ${leave}`;
  const space = spaceBefore(before ?? at);
  const edit = before
    ? { start: before.start, end: before.start, text: statement + space }
    : { start: at.end, end: at.end, text: space + statement };
  // An honest object may have a property of one of these names.
  const isSkipping = /^(?:continue|return)/.test(leave);
  return [{ title: isSkipping ? 'Skip these keys' : 'Refuse these keys', safety: 'unsafe', edits: [edit] }];
}

interface Place {
  /** The statement behind which the key has its value. */
  readonly at: Node;
  /** The statement before which it has. */
  readonly before?: Node;
  readonly leave: string;
}

const REFUSE = "throw new Error('This key is not allowed');";

function placeOf(key: Node, step: Node): Place | undefined {
  const { file } = key.item;
  const declaration = file.lookUp(key.text, key);
  const declared = declaration && file.nodeOf(declaration);
  if (!declared) return undefined;
  const loop = [...declared.ancestors()].find(({ kind }) => kind === 'for_in_statement');
  const body = loop?.child('left')?.contains(declared) ? loop.child('body') : undefined;
  if (body) return atStart(body, step, enumerates(loop as Node) ? 'continue;' : REFUSE);
  const fn = declared.enclosingFunction;
  if (fn?.child('parameters')?.contains(declared)) {
    const isCallback =
      fn.parent?.kind === 'arguments' && /\.forEach$/.test(fn.parent.parent?.child('function')?.text ?? '');
    const own = fn.child('body');
    if (!isCallback || own?.kind !== 'statement_block') return undefined;
    const list = fn.parent?.parent?.child('function')?.child('object')?.text ?? '';
    return atStart(own, step, /^Object\.(?:keys|getOwnPropertyNames)\(/.test(list) ? 'return;' : REFUSE);
  }
  const statement = declared.parent?.kind === 'variable_declarator' ? declared.parent.parent : undefined;
  const value = declared.parent?.child('value');
  if (!statement || !value || file.isAssigned(key.text) || statement.parent?.kind !== 'statement_block')
    return undefined;
  return statement.parent.contains(step) ? { at: statement, leave: REFUSE } : undefined;
}

function atStart(body: Node, step: Node, leave: string): Place | undefined {
  const first = body.kind === 'statement_block' ? body.parts[0] : undefined;
  return first && body.contains(step) && isReached(body, step)
    ? { at: first, before: first, leave }
    : undefined;
}

/** Whether nothing but the body is left by `continue` and `return`. */
function isReached(body: Node, step: Node): boolean {
  for (const outer of step.ancestors()) {
    if (outer.is(body)) return true;
    if (FUNCTION_KINDS.has(outer.kind) && !LENIENT.has(outer.kind)) return false;
  }
  return false;
}

const LENIENT: ReadonlySet<Kind> = new Set<Kind>(['arrow_function', 'function_expression']);

/** Whether a loop goes through the keys of an object, so that leaving one out is harmless. */
function enumerates(loop: Node): boolean {
  const [left, right] = [loop.child('left'), loop.child('right')];
  const text = left && right ? loop.item.file.slice(left.end, right.start) : '';
  return /\bin\b/.test(text) || /^Object\.(?:keys|getOwnPropertyNames)\(/.test(right?.text ?? '');
}

function spaceBefore(statement: Node): string {
  const { text } = statement.item.file;
  const line = text.slice(text.lastIndexOf('\n', statement.start - 1) + 1, statement.start);
  if (line.trim() !== '') return ' ';
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  return newline + line;
}
