/** Fixes that refuse where a guard lets somebody pass: as the guard itself refuses elsewhere. */
import type { Edit, Fix } from '../../analysis/fix';
import { atEndOfBlock } from '../../analysis/insertion';
import { stringLiteral } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { meansTheSameAt } from '../../analysis/same-meaning';
import { resolvedValue } from '../../analysis/value';
import { isRefusal } from './decision';
import { type Guard, isNext, namesOfParameters } from './guard';
import type { Opening } from './opening';

/** How a guard refuses: by what it does, by what it returns or by what it throws. */
interface Refusal {
  readonly title: string;
  readonly text: string;
  readonly kind: 'effect' | 'value' | 'throw';
}

/** @param grant the statement, or the body of an arrow, that lets pass; undefined where there is none. */
export function denialFixes(opening: Opening, grant: Node | undefined): Fix[] {
  if (opening.handler.kind === 'finally_clause') return [];
  return refusals(opening, grant).flatMap((refusal) => {
    const edit =
      grant && opening.handler.contains(grant) ? replaced(grant, refusal) : atEnd(opening.handler, refusal);
    return edit ? [{ title: refusal.title, safety: 'choice' as const, edits: [edit] }] : [];
  });
}

function refusals({ guard, handler, statement }: Opening, grant: Node | undefined): Refusal[] {
  const all: Refusal[] = [];
  const usual = usualRefusal(guard, handler, statement);
  if (usual) all.push(usual);
  const value = grant && resolvedValue(grant.kind === 'return_statement' ? (grant.parts[0] ?? grant) : grant);
  if (!usual && value?.kind === 'true') all.push({ title: 'Return `false`', text: 'false', kind: 'value' });
  const error = handler.child('parameter')?.text ?? '';
  if (!/^[\w$]+$/.test(error)) return all;
  const [first = '', second, third] = namesOfParameters(guard.function);
  const next = /socket/i.test(first) ? second : third;
  if (guard.form === 'middleware' && next !== undefined && isNext(next)) {
    all.push({ title: 'Pass the error on', text: `${next}(${error})`, kind: 'effect' });
  } else if (guard.form !== 'predicate' && guard.form !== 'other') {
    all.push({ title: 'Throw the error', text: error, kind: 'throw' });
  }
  return all;
}

/** How the guard refuses elsewhere, where that is always the same but for the wording. */
function usualRefusal(guard: Guard, handler: Node, statement: Node): Refusal | undefined {
  const found = [...guard.function.walk()].filter(
    (node) =>
      isRefusal(node, guard.form) &&
      !handler.contains(node) &&
      // What is thrown there would end in the same handler.
      !(node.kind === 'throw_statement' && statement.contains(node)) &&
      meansTheSameAt(node, handler),
  );
  const [first] = found;
  const value = first?.parts[0];
  const text = usualText(found.flatMap((node) => node.parts.slice(0, 1)));
  if (!first || !value || text === undefined) return undefined;
  const isReturned =
    first.kind === 'return_statement' && guard.form !== 'middleware' && guard.form !== 'hook';
  const kind = first.kind === 'throw_statement' ? 'throw' : isReturned ? 'value' : 'effect';
  return { title: kind === 'value' ? 'Return what refuses elsewhere' : 'Refuse as elsewhere', text, kind };
}

/** The one text of some expressions; those that differ in one string say that instead: `Unauthorized`. */
function usualText(expressions: readonly Node[]): string | undefined {
  const [first] = expressions;
  const shapes = new Set(expressions.map((each) => withStrings(each, () => '')));
  if (!first || shapes.size !== 1) return undefined;
  const strings = expressions.map((each) =>
    [...each.walk()].filter((node) => stringLiteral(node) !== undefined),
  );
  const [own = []] = strings;
  const differing = own.filter((node, i) => strings.some((others) => others[i]?.text !== node.text));
  const vague = own.filter((node) => /\b(?:no|missing|required|provided)\b/i.test(node.text));
  const wrong = new Set([...differing, ...vague].map(({ start }) => start));
  if (wrong.size > 1) return undefined;
  const word = /\b403\b|forbidden/i.test(first.text) ? 'Forbidden' : 'Unauthorized';
  return withStrings(first, (node) =>
    wrong.has(node.start) ? node.text[0] + word + node.text[0] : node.text,
  );
}

function withStrings(expression: Node, textOf: (literal: Node) => string): string {
  let text = '';
  let from = expression.start;
  for (const node of expression.walk()) {
    if (stringLiteral(node) === undefined) continue;
    text += expression.item.file.text.slice(from, node.start) + textOf(node);
    from = node.end;
  }
  return text + expression.item.file.text.slice(from, expression.end);
}

function replaced(grant: Node, { kind, text }: Refusal): Edit | undefined {
  const isStatement = grant.kind === 'expression_statement' || grant.kind === 'return_statement';
  const expression = isStatement ? grant.parts[0] : grant;
  if (!isStatement && kind === 'throw') return undefined;
  if (!expression || kind === 'throw') return { start: grant.start, end: grant.end, text: `throw ${text};` };
  if (kind === 'value' && grant.kind === 'expression_statement') {
    return { start: grant.start, end: grant.end, text: `return ${text};` };
  }
  const needsBrackets = !isStatement && text.startsWith('{');
  return { start: expression.start, end: expression.end, text: needsBrackets ? `(${text})` : text };
}

/** Puts the refusal at the end of a `catch` block. */
function atEnd(handler: Node, { kind, text }: Refusal): Edit | undefined {
  const body = handler.kind === 'catch_clause' ? handler.child('body') : undefined;
  if (!body) return undefined;
  const lines =
    kind === 'throw' ? [`throw ${text};`] : kind === 'value' ? [`return ${text};`] : [`${text};`, 'return;'];
  return atEndOfBlock(body, lines);
}
