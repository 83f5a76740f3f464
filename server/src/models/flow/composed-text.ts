/** Texts that are put together from pieces, through the variables that they are in on the way. */
import { bindingOf } from '../../analysis/flow/binding';
import type { Hop } from '../../analysis/flow/origin';
import { writesTo } from '../../analysis/flow/writes';
import { callAt } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { addends, templateParts } from '../../analysis/string-parts';
import { constantString } from '../../analysis/value';

/** A value in a text, as far as it is not constant. */
export interface TextValue {
  readonly node: Node;
  /** The variables that the text was in before it came to the sink. */
  readonly hops: readonly Hop[];
}

/** What an expression puts together, in order; undefined for one that is a value of its own. */
export type PiecesOf = (node: Node) => readonly (string | Node)[] | undefined;

/** More parts are not told apart. */
export const MOST_PARTS = 100;
/** So deep are expressions and variables inside of each other looked into. */
export const DEEPEST_TEXT = 8;

/**
 * The parts of a text in order: what is constant as text, what is not as the value.
 *
 * @param grows whether a variable that a text is added to stands for all that was, in the order of the code.
 */
export function partsOfText(
  expression: Node,
  piecesOf: PiecesOf,
  grows = false,
): readonly (string | TextValue)[] {
  const parts: (string | TextValue)[] = [];
  const collect = (part: Node, hops: readonly Hop[], depth: number): void => {
    const node = unwrap(part);
    const constant = constantString(node);
    if (constant !== undefined) {
      parts.push(constant);
      return;
    }
    const inner = depth > 0 && parts.length < MOST_PARTS ? piecesOf(node) : undefined;
    for (const each of inner ?? []) {
      if (typeof each === 'string') parts.push(each);
      else collect(each, hops, depth - 1);
    }
    if (inner) return;
    const bound = depth > 0 ? boundText(node, piecesOf) : undefined;
    const grown = !bound && grows && depth > 0 ? grownText(node) : undefined;
    if (bound) collect(bound.value, [bound.hop, ...hops], depth - 1);
    else if (grown) for (const { value, hop } of grown) collect(value, [hop, ...hops], depth - 1);
    else parts.push({ node, hops });
  };
  collect(expression, [], DEEPEST_TEXT);
  return parts;
}

/** Templates and sums. */
export function piecesWritten(node: Node): ReturnType<PiecesOf> {
  if (node.kind === 'template_string') return templateParts(node);
  return node.kind === 'binary_expression' && node.operator === '+' ? addends(node) : undefined;
}

/** Templates and sums, and what is joined by `concat` or trimmed. What is only trimmed is a value. */
export function piecesOfString(node: Node): ReturnType<PiecesOf> {
  const call = node.kind === 'call_expression' ? callAt(node) : undefined;
  const object = call?.callee.child('object');
  if (call?.method === 'concat' && object && unwrap(object).kind !== 'array') return [object, ...call.args];
  if (call?.method === 'trim' && object) return piecesOfString(unwrap(object));
  return piecesWritten(node);
}

/** The text of a variable that is written once, with what is put together. */
function boundText(node: Node, piecesOf: PiecesOf): { readonly value: Node; readonly hop: Hop } | undefined {
  const variable = variableAt(node);
  const [only, ...others] = variable?.values ?? [];
  const value = only && unwrap(only);
  if (!variable || !value || others.length > 0 || !piecesOf(value)) return undefined;
  return { value, hop: { node: variable.declared, how: 'stored', name: node.text } };
}

/** `let text = 'a'; if (b) text += c; text = text + d;`: each piece, whether or not a branch leaves it out. */
function grownText(use: Node): readonly { readonly value: Node; readonly hop: Hop }[] | undefined {
  const { file } = use.item;
  const declaration = use.kind === 'identifier' ? file.lookUp(use.text, use) : undefined;
  const declared = declaration && file.nodeOf(declaration);
  const binding = declared?.enclosingFunction ? bindingOf(declared) : undefined;
  if (!declaration || !declared || binding?.how !== 'value' || !binding.value || binding.path.length > 0)
    return undefined;
  const hop = (node: Node): Hop => ({ node, how: 'stored', name: use.text });
  const pieces = [{ value: binding.value, hop: hop(declared) }];
  const writes = writesTo(declared, declaration).filter(({ node }) => node.start < use.start);
  if (writes.length === 0 || writes.length > MOST_ADDED) return undefined;
  for (const write of writes) {
    const added = write.path.length > 0 ? undefined : addedBy(write.node, use.text);
    if (!added || !declared.enclosingFunction?.is(write.node.enclosingFunction ?? use)) return undefined;
    for (const value of added) pieces.push({ value, hop: hop(write.node) });
  }
  return pieces;
}

/** More pieces than anybody writes by hand. */
const MOST_ADDED = 20;

/** What `text += a`, `text = text + a + b` add behind it. */
function addedBy(write: Node, name: string): readonly Node[] | undefined {
  const value = write.child('right');
  if (!value) return undefined;
  if (write.kind === 'augmented_assignment_expression') return write.operator === '+=' ? [value] : undefined;
  const [first, ...rest] = addends(unwrap(value));
  return first?.kind === 'identifier' && first.text === name && rest.length > 0 ? rest : undefined;
}

/** A variable and all that is written to it; undefined for parameters, and for what functions assign again. */
export function variableAt(
  use: Node,
): { readonly declared: Node; readonly values: readonly Node[] } | undefined {
  if (use.kind !== 'identifier' && use.kind !== 'shorthand_property_identifier') return undefined;
  const { file } = use.item;
  const declaration = file.lookUp(use.text, use);
  const declared = declaration && file.nodeOf(declaration);
  const binding = declared && bindingOf(declared);
  if (!declaration || !declared || binding?.how !== 'value' || binding.path.length > 0) return undefined;
  const isOfFunction = declared.enclosingFunction !== undefined;
  if (!isOfFunction && file.isAssigned(declaration.name)) return undefined;
  const writes = isOfFunction ? writesTo(declared, declaration) : [];
  return {
    declared,
    values: [...(binding.value ? [binding.value] : []), ...writes.map(({ value }) => value)],
  };
}
