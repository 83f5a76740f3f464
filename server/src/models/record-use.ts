/** What becomes of a record that was read: whether the client gets it, or it is changed or deleted. */
import { bindingOf } from '../analysis/flow/binding';
import { type Call, callAt } from '../analysis/item-facts';
import { FUNCTION_KINDS, type Kind } from '../analysis/kind';
import { unwrap } from '../analysis/literal';
import type { Node } from '../analysis/node';
import { functionOf } from '../analysis/results';
import { usesOf } from '../analysis/uses';
import { wordsOf } from '../analysis/words';
import { sends } from './answering-calls';
import { type RecordAccess, wholeChain } from './record-access';

export type RecordUse = 'sent' | 'changed' | 'deleted';

/** So many variables are followed one behind the other, and so many uses of one. */
const DEEPEST = 4;
const MOST_USES = 30;

export function useOfRecord({ call, does }: RecordAccess): RecordUse | undefined {
  if (does !== 'reads') return does === 'changes' ? 'changed' : 'deleted';
  const chain = wholeChain(call.node);
  const given = call.args.length > 1 ? call.args.at(-1) : undefined;
  const last = given && unwrap(given);
  const isCallback = /^(?:cb|callback|done|next|resolve)$/.test(
    wordsOf(last?.text.slice(0, 40) ?? '').at(-1) ?? '',
  );
  if (last?.kind === 'identifier' && isCallback && boundAt(last)?.how === 'parameter') return 'sent';
  const uses = [useOf(chain, DEEPEST), ...callbacksOf(chain).map((each) => ofCallback(each, DEEPEST))];
  return strongest(uses);
}

function strongest(uses: readonly (RecordUse | undefined)[]): RecordUse | undefined {
  return (['deleted', 'changed', 'sent'] as const).find((use) => uses.includes(use));
}

/** The functions that a chain of calls hands what it answers to. */
function callbacksOf(chain: Node): readonly Node[] {
  const found: Node[] = [];
  for (let call = callAt(chain), steps = 12; call && steps > 0; steps--) {
    const isGiving = !/^(?:find|filter|catch|finally)$/.test(call.method ?? '');
    for (const argument of call.args) {
      const fn = isGiving && FUNCTION_KINDS.has(unwrap(argument).kind) ? functionOf(argument) : undefined;
      if (fn) found.push(fn);
    }
    const object = call.callee.child('object');
    call = object && callAt(unwrap(object));
  }
  return found;
}

/** `(order) => …`, `(error, order) => …` */
function ofCallback(fn: Node, depth: number): RecordUse | undefined {
  const single = fn.child('parameter');
  const parameters = single ? [single] : (fn.child('parameters')?.parts ?? []);
  const given = parameters.length > 1 ? parameters[1] : parameters[0];
  const pattern = given && (given.child('pattern') ?? given);
  return pattern && ofPattern(pattern, depth);
}

function ofPattern(pattern: Node, depth: number): RecordUse | undefined {
  const names = pattern.kind === 'identifier' ? [pattern] : [...pattern.walk()].filter(isBound);
  return strongest(names.slice(0, 8).map((name) => ofVariable(name, depth)));
}

function isBound({ kind }: Node): boolean {
  return kind === 'identifier' || kind === 'shorthand_property_identifier_pattern';
}

function ofVariable(name: Node, depth: number): RecordUse | undefined {
  const { file } = name.item;
  const declaration = file.lookUp(name.text, name);
  if (!declaration || depth === 0) return undefined;
  return strongest(
    usesOf(declaration, file)
      .slice(0, MOST_USES)
      .map((use) => (use.start > name.start ? useOf(use, depth - 1) : undefined)),
  );
}

const PASSING: ReadonlySet<Kind> = new Set<Kind>([
  'parenthesized_expression',
  'as_expression',
  'satisfies_expression',
  'non_null_expression',
  'await_expression',
  'spread_element',
  'array',
  'object',
  'pair',
  'ternary_expression',
  'template_substitution',
  'template_string',
]);
/** Methods of records. Sources: Mongoose 8, Sequelize 6, the Firestore client. */
const CHANGING = /^(?:update|updateOne|set|increment|decrement|\$set)$/;
const DELETING = /^(?:remove|deleteOne|destroy|delete|\$remove|softRemove)$/;
const SAME =
  /^(?:toObject|toJSON|lean|exec|populate|data|map|stringify|String|get|then|first|at|sendFile|download)$/;

/** Upwards from a place where the record is. */
function useOf(place: Node, depth: number): RecordUse | undefined {
  let node = place;
  for (let steps = 20; steps > 0; steps--) {
    const { parent } = node;
    if (!parent) return undefined;
    switch (parent.kind) {
      case 'binary_expression':
        if (!/^(?:\|\||\?\?|&&|\+)$/.test(parent.operator)) return undefined;
        break;
      case 'member_expression':
      case 'subscript_expression': {
        if (node.field !== 'object') return undefined;
        const changed = ofMember(parent);
        if (changed) return changed;
        // What a method of it answers is something else, mostly.
        const call = parent.field === 'function' ? parent.parent : undefined;
        if (call && !SAME.test(parent.child('property')?.text ?? '')) return undefined;
        node = call ?? parent;
        continue;
      }
      case 'arguments': {
        const call = parent.parent && callAt(parent.parent);
        if (!call) return undefined;
        if (sends(call) || isHandedBack(call)) return 'sent';
        const own = call.method ?? call.callee.text;
        const isFirst = call.args[0]?.is(node) === true;
        if (isFirst && (own === 'assign' || own === 'merge')) return 'changed';
        if (isFirst && /^(?:remove|softRemove|delete)$/.test(own)) return 'deleted';
        if (!SAME.test(own)) return undefined;
        node = call.node;
        continue;
      }
      case 'variable_declarator': {
        const name = parent.child('name');
        return name && node.field === 'value' ? ofPattern(name, depth) : undefined;
      }
      case 'assignment_expression':
        return ofAssignment(parent, node, depth);
      case 'return_statement':
        return 'sent';
      default:
        if (FUNCTION_KINDS.has(parent.kind)) return node.field === 'body' ? 'sent' : undefined;
        if (!PASSING.has(parent.kind) || node.field === 'condition') return undefined;
    }
    node = parent;
  }
  return undefined;
}

/** `resolve(order)`, `done(null, order)` of a parameter, or the function that a query was given whole: the caller has it then. */
function isHandedBack({ callee }: Call): boolean {
  return callee.kind === 'identifier' && boundAt(callee)?.how === 'parameter';
}

function boundAt(identifier: Node) {
  const { file } = identifier.item;
  const declaration = file.lookUp(identifier.text, identifier);
  return declaration && bindingOf(file.nodeOf(declaration));
}

/** `order.status = …`, `order.update(…)`; a counter that goes up and is saved is no change of the owner's. */
function ofMember(member: Node): RecordUse | undefined {
  const { parent } = member;
  if (parent?.kind === 'assignment_expression' && member.field === 'left') return 'changed';
  const method = member.field === 'function' ? (member.child('property')?.text ?? '') : '';
  return CHANGING.test(method) ? 'changed' : DELETING.test(method) ? 'deleted' : undefined;
}

/** `ctx.body = order`, `order = await …` */
function ofAssignment(assignment: Node, value: Node, depth: number): RecordUse | undefined {
  const left = assignment.child('left');
  if (!left || value.field !== 'right') return undefined;
  if (left.kind === 'member_expression') return left.child('property')?.text === 'body' ? 'sent' : undefined;
  return isBound(left) && bindingOf(left).how !== 'other' ? ofVariable(left, depth) : undefined;
}
