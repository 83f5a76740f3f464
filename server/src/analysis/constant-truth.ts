/** Values that are always true, or false, where only their truth counts: `if (isAdmin = true)`, `if (isAdmin)` of a function. */

import { memberOfClass } from './class-member';
import { testedIn, wholeCondition } from './condition';
import { always, type ConstantCondition, conditionFix, insertion, replacement } from './constant-condition';
import { callAt, type ItemFacts } from './item-facts';
import { FUNCTION_KINDS } from './kind';
import { unwrap } from './literal';
import { constantTruth } from './literal-truth';
import type { Node } from './node';
import { functionOf } from './promise';
import { expressionKey } from './same-expression';
import { resolvedValue } from './value';

/** @param isMethod whether a member is known to be a method, by its name and its object's. */
export function* constantTruths(
  facts: ItemFacts,
  isMethod: (member: Node) => boolean,
): Generator<ConstantCondition> {
  for (const node of testedIn(facts)) {
    switch (node.kind) {
      case 'assignment_expression':
        yield* assigned(node);
        break;
      case 'array':
        yield { at: node, condition: node, message: LIST };
        break;
      case 'call_expression':
        yield* ofCall(node);
        break;
      case 'member_expression':
        yield* uncalledMember(node, isMethod);
        break;
      case 'identifier':
        yield* uncalledFunction(node);
        break;
    }
  }
  for (const node of facts.nodes('array')) if (node.parts.length === 0) yield* emptyList(node);
}

const LIST = 'A list is always true, even when it is empty. Look at its length, or use `includes`.';

/** `if (isAdmin = true)` */
function* assigned(node: Node): Generator<ConstantCondition> {
  const [left, right] = [node.child('left'), node.child('right')];
  const truth = right && constantTruth(right);
  const isValue = left?.kind === 'identifier' || left?.kind === 'member_expression';
  if (!left || !right || truth === undefined || !isValue) return;
  const message = `This assigns instead of comparing, so the condition is ${always(truth)}. Compare with \`===\`.`;
  const between = node.item.file.slice(left.end, right.start);
  const at = left.end + between.indexOf('=');
  const fix = () => conditionFix('Compare instead', [{ start: at, end: at + 1, text: '===' }]);
  yield { at: node, condition: node, message, fix };
}

/** `[].includes(role)` */
function* emptyList(node: Node): Generator<ConstantCondition> {
  const member = node.parent?.kind === 'member_expression' ? node.parent : undefined;
  const call = member?.parent?.kind === 'call_expression' ? member.parent : undefined;
  const name = member?.child('property')?.text ?? '';
  if (!call || !/^(?:includes|some|every)$/.test(name)) return;
  const message = `Nothing is in an empty list, so this condition is ${always(name === 'every')}. List what is meant.`;
  yield { at: call, condition: call, message };
}

/** Calls whose answer is true whether they find something or not, and what answers it instead. */
const INSTEAD: Readonly<Record<string, string>> = { indexOf: 'includes', findIndex: 'some', filter: 'some' };

/** `if (roles.indexOf(role))`, `if (roles.filter((role) => …))` */
function* ofCall(node: Node): Generator<ConstantCondition> {
  const property = callAt(node)?.callee.child('property');
  const instead = property && Object.hasOwn(INSTEAD, property.text) ? INSTEAD[property.text] : undefined;
  const [first, ...rest] = callAt(node)?.args ?? [];
  if (!property || !instead || !first || rest.length > 0) return;
  const isList = property.text === 'filter';
  if (property.text !== 'indexOf' && !FUNCTION_KINDS.has(resolvedValue(first).kind)) return;
  const message = isList
    ? '`filter` answers a list, which is always true, even when it is empty. Use `some`.'
    : `\`${property.text}\` answers -1 for what is missing, which is true. Use \`${instead}\`.`;
  yield {
    at: node,
    condition: node,
    message,
    fix: () => conditionFix(`Use \`${instead}\``, [replacement(property, instead)]),
  };
}

/** `if (isAdmin)` of a function of this file */
function* uncalledFunction(node: Node): Generator<ConstantCondition> {
  const fn = functionOf(node);
  if (fn && !isCalledNearby(node)) yield uncalled(node, fn);
}

/** `if (req.isAuthenticated)`, `if (this.isAdmin)` of a method, `if (['admin'].includes)` */
function* uncalledMember(node: Node, isMethod: (member: Node) => boolean): Generator<ConstantCondition> {
  const [object, property] = [node.child('object'), node.child('property')];
  if (!object || !property) return;
  const owner = unwrap(object);
  if (/^(?:includes|some|has)$/.test(property.text) && resolvedValue(owner).kind === 'array') {
    yield uncalled(node, undefined);
  } else if (owner.kind === 'this') {
    const method = methodOf(node, property.text);
    if (method && !isCalledNearby(node)) yield uncalled(node, method);
  } else if (isMethod(node) && !isCalledNearby(node)) {
    // Other middleware may put a plain yes or no there.
    const fix = () => conditionFix('Call it', [insertion(node.end, '()')]);
    yield { ...uncalled(node, undefined), confidence: 'medium', fix };
  }
}

function uncalled(node: Node, fn: Node | undefined): ConstantCondition {
  const name = (node.child('property') ?? node).text;
  const isSimple = fn && (fn.child('parameters')?.parts.length ?? 1) === 0 && !fn.hasKeyword('async');
  const fix = () => (isSimple ? conditionFix('Call it', [insertion(node.end, '()')]) : undefined);
  const message = `\`${name}\` is a function that is not called here, so the condition is always true. Call it.`;
  return { at: node, condition: node, message, fix };
}

function methodOf(node: Node, name: string): Node | undefined {
  const method = memberOfClass(name, node)?.parent;
  if (method?.kind !== 'method_definition') return undefined;
  return /^(?:\w+ )*[gs]et /.test(method.text.slice(0, 60)) ? undefined : method;
}

/** Whether a condition only asks for the function to be there, and what stands behind it calls it. */
function isCalledNearby(node: Node): boolean {
  const key = expressionKey(node);
  const whole = wholeCondition(node);
  const asking = whole.parent ?? whole;
  for (const inner of asking.walk()) {
    const callee = inner.kind === 'call_expression' ? inner.child('function') : undefined;
    if (callee && (key === undefined || expressionKey(callee) === key)) return true;
  }
  return false;
}
