/**
 * Which functions guard something: by their own name, or by being middleware. Guards are an application's
 * own functions, so names are all there is to go by.
 */
import { FUNCTION_KINDS, type Kind } from '../../analysis/kind';
import { propertyName } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { rememberedByName, rememberedByNode } from '../../analysis/remembered';
import { constantString } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import {
  ALLOWED,
  CAN,
  CHECKING,
  HAS,
  INSISTING,
  IS,
  IS_VALID,
  MENTIONING,
  OPTIONAL,
  OTHERWISE,
  PROOFS,
} from '../guards';

export interface Guard {
  readonly function: Node;
  /**
   * How it lets somebody pass: by calling the next handler, by returning (a hook of Fastify), or by what it
   * returns. Of others only what a framework reads as a yes is known.
   */
  readonly form: 'middleware' | 'hook' | 'predicate' | 'other';
  /** What its name says: who is not allowed stays out, something is checked, it has to do with logins. */
  readonly says: 'insists' | 'checks' | 'mentions' | 'nothing';
}

/** The guard that a node is in; undefined where there is none, or where it is optional by name or comment. */
export function guardAround(node: Node): Guard | undefined {
  const own = node.enclosingFunction;
  for (let fn = own; fn; fn = fn.enclosingFunction) {
    const guard = guardAt(fn);
    if (guard && (fn.is(own) || guard.form === 'middleware')) return guard;
    // A callback belongs to the function that it is written in.
    if (fn.parent?.kind !== 'arguments' && fn.parent?.kind !== 'variable_declarator') return undefined;
  }
  return undefined;
}

/** What a function guards; undefined where it is optional by name or comment. */
export const guardAt = rememberedByNode((fn): Guard | undefined => {
  const says = meaningOf(nameOfFunction(fn));
  if (says === 'optional' || isDocumentedOptional(fn)) return undefined;
  const parameters = namesOfParameters(fn);
  if (parameters.some(isNext)) return { function: fn, form: 'middleware', says };
  if (isHook(parameters)) return { function: fn, form: 'hook', says };
  const form = says === 'insists' || says === 'checks' ? 'predicate' : 'other';
  return { function: fn, form, says };
});

/** Whether a parameter of this name stands for the next handler. */
export const isNext = rememberedByName((name) =>
  wordsOf(name).some((word) => word === 'next' || word === 'done'),
);

function isHook([request = '', reply = '', ...rest]: readonly string[]): boolean {
  if (rest.length > 0 || !wordsOf(reply).includes('reply')) return false;
  return wordsOf(request).some((word) => word === 'req' || word === 'request');
}

/** The names of a function's parameters; those of the members where one is taken apart. */
export function namesOfParameters(fn: Node): readonly string[] {
  const single = fn.child('parameter');
  if (single) return [single.text];
  return (fn.child('parameters')?.parts ?? []).flatMap((parameter) => {
    const pattern = parameter.child('pattern') ?? parameter;
    if (pattern.kind !== 'object_pattern') return [pattern.text];
    return pattern.parts.map((part) => (part.child('key') ?? part).text);
  });
}

/** What the name of a function says about its being a guard. */
export const meaningOf = rememberedByName((name): Guard['says'] | 'optional' => {
  const words = wordsOf(name.replace(/api[-_ ]?key/gi, (key) => `${key[0]}pikey`));
  const [first = ''] = words;
  const has = (set: ReadonlySet<string>, from = 0) => words.slice(from).some((word) => set.has(word));
  if (has(OTHERWISE) && !INSISTING.has(first)) return 'nothing';
  if (INSISTING.has(first) || words.includes('guard') || words.includes('only')) {
    return words.length === 1 || first === 'restrict' || has(PROOFS) || has(IS) ? 'insists' : 'nothing';
  }
  if (first === 'is' && (has(IS) || (words.includes('valid') && has(IS_VALID)))) return 'insists';
  if (first === 'is' && has(ALLOWED) && (ALLOWED.has(words[1] ?? '') || has(PROOFS))) return 'insists';
  if (first === 'has' && has(HAS)) return 'insists';
  if ((first === 'can' || first === 'may') && CAN.has(words[1] ?? '')) return 'insists';
  if (has(OPTIONAL)) return 'optional';
  if (CHECKING.has(first) && (has(PROOFS, 1) || /^auth/.test(first))) return 'checks';
  if (first === 'with' && has(MENTIONING) && !words.includes('session')) return 'checks';
  return has(MENTIONING) ? 'mentions' : 'nothing';
});

/** So far from a function its name is looked for. */
const MOST_AROUND = 40;

/**
 * The name that a function is known by: its own, or of the variable, property or registration that it goes
 * to. What a factory returns, `requireRole('admin')`, goes by the name of the factory.
 */
export function nameOfFunction(fn: Node): string {
  const own = fn.child('name');
  if (own) return propertyName(own) ?? own.text;
  let steps = 0;
  for (let node = fn, outer = fn.parent; outer && steps < MOST_AROUND; node = outer, outer = outer.parent) {
    steps++;
    switch (outer.kind) {
      case 'variable_declarator':
      case 'public_field_definition':
        return outer.child('name')?.text ?? '';
      case 'pair':
        return outer.child('key')?.text ?? '';
      case 'assignment_expression':
        return (outer.child('left')?.child('property') ?? outer.child('left'))?.text ?? '';
      case 'arguments': {
        // `app.decorate('authenticate', async (request, reply) => …)`
        const [first] = outer.parts;
        const name = first?.is(node) ? undefined : first && constantString(first);
        if (name !== undefined) return name;
        break;
      }
      case 'call_expression':
      case 'return_statement':
      case 'parenthesized_expression':
      case 'as_expression':
      case 'satisfies_expression':
        break;
      case 'statement_block':
        if (node.kind !== 'return_statement') return '';
        break;
      default: {
        if (!FUNCTION_KINDS.has(outer.kind)) return '';
        const name = outer.child('name');
        if (name) return propertyName(name) ?? name.text;
      }
    }
  }
  return '';
}

const DOCUMENTED_OPTIONAL =
  /\boptional|best[- ]effort|\bguests?\b|anonymous|if (?:there is|any|present|logged)/i;

/** Whether the comment before a function says that it goes on without a login. */
function isDocumentedOptional(fn: Node): boolean {
  return DOCUMENTED_OPTIONAL.test(commentBefore(fn));
}

const HOLDING_STATEMENTS: ReadonlySet<Kind> = new Set<Kind>([
  'program',
  'statement_block',
  'class_body',
  'arguments',
]);

/** The text of the comment before the statement or member that a function is in; `''` for none. */
export function commentBefore(fn: Node): string {
  let statement = fn;
  while (statement.parent && !HOLDING_STATEMENTS.has(statement.parent.kind)) {
    statement = statement.parent;
  }
  const before = statement.previous;
  return before?.kind === 'comment' ? before.text : '';
}
