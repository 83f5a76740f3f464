/** Which checks of a value decide that a place is reached: guards before an early exit, branches, conditions. */
import type { Declaration } from '../declarations';
import { type Call, callAt } from '../item-facts';
import type { Kind } from '../kind';
import { unwrap } from '../literal';
import type { Node } from '../node';
import { rememberedByNode } from '../remembered';
import { constantString } from '../value';
import { EVERYTHING, type Mask, NOTHING } from './capability';
import type { Assurance, FlowModel, IsMeant } from './flow-model';
import { occurrencesOf } from './occurrences';
import { leaves } from './order';
import { type Path, referenceOf } from './path';
import { writesTo } from './writes';

/** A condition that a variable stands in, and what it decides. */
interface Condition {
  /** Where the variable stands. */
  readonly at: number;
  readonly test: Node;
  readonly holder: Node;
}

/** What is sure of a value at a place. */
export interface Checked {
  readonly clean: Mask;
  /** Whether something was checked of which nobody can tell what for. */
  readonly isUnknown: boolean;
}

export const UNCHECKED: Checked = { clean: NOTHING, isUnknown: false };

/**
 * What was checked of a variable, or of a property of it, before a place is reached, if it was not written since.
 *
 * @param since a place before which checks do not count: that of the last write.
 */
export function checkedAt(
  use: Node,
  path: Path,
  declared: Node,
  declaration: Declaration,
  model: FlowModel,
  since = -1,
): Checked {
  let clean = NOTHING;
  let isUnknown = false;
  const { file } = use.item;
  const key = file.declarationKey(declaration);
  const wayFrom = (node: Node): Path | undefined => {
    const reference = referenceOf(plain(node));
    if (!reference || reference.root.kind === 'this' || reference.path.length > path.length) return undefined;
    if (!reference.path.every((step, i) => step === path[i])) return undefined;
    const { root } = reference;
    const isOfVariable =
      root.text === declaration.name && file.declarationKey(file.lookUp(root.text, root)) === key;
    return isOfVariable ? path.slice(reference.path.length) : undefined;
  };
  const isMeant: IsMeant = Object.assign((node: Node) => wayFrom(node)?.length === 0, { wayFrom });
  const take = (assurance: Assurance | undefined) => {
    if (!assurance) return;
    clean |= assurance.clean;
    isUnknown ||= assurance.isUnknown === true;
  };
  for (const { at, test, holder } of conditionsOn(declared, declaration)) {
    if (at < since || at >= use.end) continue;
    if (holder.kind === 'switch_statement' && isMeant(unwrap(test)) && isInCase(holder, use))
      clean = EVERYTHING;
    const outcome = outcomeAt(holder, use, (branch) => isReplacedIn(branch, declared, declaration, path));
    if (outcome !== undefined) take(model.assured(test, outcome, isMeant));
  }
  for (const statement of assertionsOn(declared, declaration, model)) {
    if (statement.node.start < since || statement.node.end > use.start) continue;
    if (isBehind(statement.node, use)) take(model.asserted(statement.call, isMeant));
  }
  return { clean, isUnknown };
}

const CONVERTING: ReadonlySet<string> = new Set(
  'toLowerCase toUpperCase trim toString trimStart trimEnd normalize'.split(' '),
);

/** A value without what is done to it for the comparison: `String(x).toLowerCase()` checks `x`. */
function plain(expression: Node): Node {
  let node = unwrap(expression);
  for (;;) {
    if (node.kind === 'await_expression') {
      const inner = node.parts[0];
      if (!inner) return node;
      node = unwrap(inner);
      continue;
    }
    const call = node.kind === 'call_expression' ? callAt(node) : undefined;
    if (!call) return node;
    const object = call.callee.child('object');
    if (object && CONVERTING.has(call.method ?? '')) node = unwrap(object);
    else if (call.name === 'globalThis.String' && call.args[0]) node = unwrap(call.args[0]);
    else return node;
  }
}

const PARTS_OF_CONDITIONS: ReadonlySet<Kind> = new Set<Kind>([
  'binary_expression',
  'unary_expression',
  'parenthesized_expression',
  'as_expression',
  'satisfies_expression',
  'non_null_expression',
  'await_expression',
  'call_expression',
  'new_expression',
  'arguments',
  'member_expression',
  'subscript_expression',
  'template_string',
  'template_substitution',
  'array',
  'expression_statement',
  'arrow_function',
]);

const conditionsOn = rememberedByNode((declared: Node, declaration: Declaration) =>
  occurrencesOf(declared, declaration).flatMap((each) => conditionsOver(each)),
);

const assertionsOn = rememberedByNode((declared: Node, declaration: Declaration, model: FlowModel) =>
  occurrencesOf(declared, declaration).flatMap((each) => {
    const statement = statementOver(each);
    return statement && model.mayAssert(statement.call) ? [statement] : [];
  }),
);

const conditionsOver = rememberedByNode((occurrence: Node) => conditionsAround(occurrence, MOST_VARIABLES));

/** So many variables are followed from what is checked to the condition: `url`, then its host, then whether it is known. */
const MOST_VARIABLES = 3;

function conditionsAround(occurrence: Node, variables: number): readonly Condition[] {
  const found: Condition[] = [];
  for (let node = occurrence, { parent } = node; parent; node = parent, parent = node.parent) {
    if (node.field === 'condition' || (parent.kind === 'switch_statement' && node.field === 'value')) {
      found.push({ at: occurrence.start, test: node, holder: parent });
      break;
    }
    if (parent.kind === 'binary_expression' && node.field === 'left' && /^(?:&&|\|\|)$/.test(parent.operator))
      found.push({ at: occurrence.start, test: node, holder: parent });
    const isStored =
      parent.kind === 'variable_declarator' ||
      (parent.kind === 'assignment_expression' && node.field === 'right');
    if (variables > 0 && isStored) found.push(...conditionsOfVariable(parent, variables - 1));
    if (!PARTS_OF_CONDITIONS.has(parent.kind)) break;
  }
  return found;
}

/** `const isAllowed = list.includes(x); if (!isAllowed) …`, `const { host } = new URL(x); if (host !== 'a.org') …` */
function conditionsOfVariable(holder: Node, variables: number): readonly Condition[] {
  const target = holder.child('name') ?? holder.child('left');
  const names =
    target?.kind === 'object_pattern' ? target.parts.flatMap((part) => nameIn(part) ?? []) : [target];
  return names.flatMap((name) => {
    if (!name || !/^(?:identifier|shorthand_property_identifier_pattern)$/.test(name.kind)) return [];
    const { file } = name.item;
    const declaration = file.lookUp(name.text, name);
    const declared = declaration && file.nodeOf(declaration);
    if (!declaration || !declared) return [];
    const isOnly =
      holder.kind === 'variable_declarator'
        ? declared.is(name) && (holder.parent?.hasKeyword('const') || !file.isAssigned(name.text))
        : writesTo(declared, declaration).length === 1;
    const uses = isOnly ? occurrencesOf(declared, declaration) : undefined;
    return (uses ?? []).flatMap((use) => {
      const isTested = use.start > holder.end && use.parent?.kind !== 'variable_declarator';
      return isTested || variables > 0 ? conditionsAround(use, variables) : [];
    });
  });
}

function nameIn(part: Node): Node | undefined {
  return part.kind === 'pair_pattern' ? part.child('value') : part;
}

/** What a condition has come to where a place is reached; undefined where either may be. */
function outcomeAt(holder: Node, use: Node, replaces: (branch: Node) => boolean): boolean | undefined {
  if (holder.kind === 'binary_expression') {
    const right = holder.child('right');
    return right?.contains(use) ? holder.operator === '&&' : undefined;
  }
  if (holder.kind === 'switch_statement') return undefined;
  const yes = holder.child('consequence') ?? holder.child('body');
  const no = holder.child('alternative');
  if (yes?.contains(use)) return holder.kind === 'do_statement' ? undefined : true;
  if (no?.contains(use)) return false;
  if (holder.kind !== 'if_statement' || use.start < holder.end) return undefined;
  if (!isBehind(holder, use)) return undefined;
  const ends = (branch: Node) => leaves(branch, true) || replaces(branch);
  if (yes && ends(yes)) return false;
  return no && ends(no) ? true : undefined;
}

/** Whether a place stands behind `case 'a':`. */
function isInCase(holder: Node, use: Node): boolean {
  const branch = holder.child('body')?.parts.find((part) => part.contains(use));
  const value = branch?.kind === 'switch_case' ? branch.child('value') : undefined;
  return value !== undefined && constantString(value) !== undefined;
}

/** Whether a place is reached through the end of a statement only: it stands behind it in the same block. */
function isBehind(statement: Node, use: Node): boolean {
  let { parent } = statement;
  // What a `try` was left by without an error has been run.
  while (parent?.kind === 'statement_block' && !parent.contains(use)) {
    const outer: Node | undefined = parent.parent;
    if (outer?.kind !== 'try_statement' || parent.field !== 'body') return false;
    const handler = outer.child('handler');
    if (handler && (handler.contains(use) || !leaves(handler, true))) return false;
    parent = outer.parent;
  }
  return parent !== undefined && parent.kind !== 'else_clause' && parent.contains(use);
}

/** `if (!allowed.includes(x)) x = 'id';` */
function isReplacedIn(branch: Node, declared: Node, declaration: Declaration, path: Path): boolean {
  return writesTo(declared, declaration).some(
    (write) =>
      write.replaces &&
      branch.contains(write.node) &&
      write.path.length <= path.length &&
      write.path.every((step, i) => step === path[i]),
  );
}

/** The call statement that a value is an argument of: `assertId(id);`, `await schema.validate(id);` */
function statementOver(occurrence: Node): { readonly node: Node; readonly call: Call } | undefined {
  let call: Node | undefined;
  for (let node = occurrence.parent; node; node = node.parent) {
    if (node.kind === 'call_expression') call = node;
    else if (node.kind === 'expression_statement') {
      const asserting = call && callAt(call);
      return asserting && { node, call: asserting };
    } else if (!PARTS_OF_CONDITIONS.has(node.kind)) return undefined;
  }
  return undefined;
}
