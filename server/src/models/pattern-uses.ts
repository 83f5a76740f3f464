/** What a regular expression is applied to, wherever it is kept in between. */
import { type Call, callAt } from '../analysis/item-facts';
import { wrapped } from '../analysis/literal';
import type { Node } from '../analysis/node';
import { usesOf } from '../analysis/uses';

export interface PatternUse {
  /** The call that applies it. */
  readonly call: Call;
  readonly subject: Node;
}

export interface PatternUses {
  readonly uses: readonly PatternUse[];
  /** Whether it goes where it cannot be followed: it is exported, handed on, an element of a list. */
  readonly isLost: boolean;
  /** The call that it is handed to, when this is all that happens to it. */
  readonly handedTo: Call | undefined;
}

const OF_TEXTS: ReadonlySet<string> = new Set([
  'match',
  'matchAll',
  'replace',
  'replaceAll',
  'search',
  'split',
]);
/** A variable that is used more often is not followed further. */
const MOST_USES = 40;
const NO_USES: PatternUses = { uses: [], isLost: false, handedTo: undefined };
const LOST: PatternUses = { uses: [], isLost: true, handedTo: undefined };

export function usesOfPattern(pattern: Node, depth = 2): PatternUses {
  const node = wrapped(pattern);
  const { parent } = node;
  if (!parent) return LOST;
  if (parent.kind === 'member_expression' && node.field === 'object') return ofMethod(parent);
  if (parent.kind === 'arguments') return asArgument(parent, node);
  if (parent.kind === 'variable_declarator') {
    const name = parent.child('name');
    return name?.kind === 'identifier' && depth > 0 ? ofVariable(name, depth) : LOST;
  }
  if (parent.kind === 'assignment_expression' && node.field === 'right') {
    const left = parent.child('left');
    return left?.kind === 'identifier' && depth > 0 ? ofVariable(left, depth) : LOST;
  }
  return parent.kind === 'expression_statement' ? NO_USES : LOST;
}

function ofMethod(member: Node): PatternUses {
  const method = member.child('property')?.text ?? '';
  const call = member.field === 'function' && member.parent ? callAt(member.parent) : undefined;
  const [subject] = call?.args ?? [];
  if (call && subject && (method === 'test' || method === 'exec'))
    return { uses: [{ call, subject }], isLost: false, handedTo: undefined };
  return /^(?:lastIndex|flags|global|toString|test|exec)$/.test(method) ? NO_USES : LOST;
}

function asArgument(list: Node, node: Node): PatternUses {
  const call = list.parent && callAt(list.parent);
  if (!call) return LOST;
  const subject = call.callee.child('object');
  const isFirst = call.args[0]?.is(node) === true;
  if (isFirst && subject && OF_TEXTS.has(call.method ?? ''))
    return { uses: [{ call, subject }], isLost: false, handedTo: undefined };
  return { uses: [], isLost: true, handedTo: call };
}

function ofVariable(name: Node, depth: number): PatternUses {
  const { file } = name.item;
  const declaration = file.lookUp(name.text, name);
  if (!declaration) return LOST;
  const uses = usesOf(declaration, file);
  if (uses.length > MOST_USES) return LOST;
  const found = uses
    .filter((use) => !(use.field === 'left' && use.parent?.kind === 'assignment_expression'))
    .map((use) => usesOfPattern(use, depth - 1));
  return {
    uses: found.flatMap((each) => each.uses),
    isLost: found.some((each) => each.isLost),
    handedTo: undefined,
  };
}
