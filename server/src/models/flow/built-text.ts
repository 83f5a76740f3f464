/** Whether a text has something that is written in the code, besides what others decide on. */

import { bindingOf } from '../../analysis/flow/binding';
import { calledFunction } from '../../analysis/flow/trace-call';
import { writesTo } from '../../analysis/flow/writes';
import { callAt } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { resultsOf } from '../../analysis/results';
import { addends, templateParts } from '../../analysis/string-parts';
import { constantString } from '../../analysis/value';

/** So many variables and functions are gone through. */
const DEEPEST = 5;

export function isBuilt(text: Node, depth = DEEPEST): boolean {
  const node = unwrap(text);
  if (depth === 0) return false;
  const inner = (each: Node | undefined) => each !== undefined && (isWord(each) || isBuilt(each, depth - 1));
  switch (node.kind) {
    case 'template_string':
      return templateParts(node).some((part) =>
        typeof part === 'string' ? /[a-z]/i.test(part) : inner(part),
      );
    case 'binary_expression':
      if (node.operator === '+') return addends(node).some(inner);
      return isBuiltOr([node.child('left'), node.child('right')], depth);
    case 'ternary_expression':
      return isBuiltOr([node.child('consequence'), node.child('alternative')], depth);
    case 'array':
      return node.parts.some(inner);
    case 'identifier':
      return isVariableBuilt(node, depth);
    case 'call_expression':
      return isAnswerBuilt(node, depth);
    default:
      return false;
  }
}

function isBuiltOr(branches: readonly (Node | undefined)[], depth: number): boolean {
  return branches.some((each) => each && isBuilt(each, depth - 1));
}

function isWord(node: Node): boolean {
  return /[a-z]/i.test(constantString(node) ?? '');
}

/** `var command = 'df'; command += path`, `args.push('--title')` */
function isVariableBuilt(use: Node, depth: number): boolean {
  const { file } = use.item;
  const declaration = file.lookUp(use.text, use);
  const declared = declaration && file.nodeOf(declaration);
  if (!declaration || !declared) return false;
  const binding = bindingOf(declared);
  const initial = binding.how === 'value' && binding.path.length === 0 ? binding.value : undefined;
  const writes = writesTo(declared, declaration);
  const isAdded = writes.some(({ replaces }) => !replaces);
  if (initial && (isBuilt(initial, depth - 1) || (isAdded && isWord(initial)))) return true;
  return writes.some(({ value, replaces }) => isBuilt(value, depth - 1) || (!replaces && isWord(value)));
}

/** `util.format('df %s', path)`, `[program, path].join(' ')`, and functions of the file. */
function isAnswerBuilt(node: Node, depth: number): boolean {
  const call = callAt(node);
  if (!call) return false;
  const object = call.callee.child('object');
  if (call.name === 'util.format') return call.args[0] !== undefined && isWord(call.args[0]);
  if (/^(?:join|concat|trim|replace|replaceAll)$/.test(call.method ?? '') && object) {
    return isBuilt(object, depth - 1) || (call.method === 'concat' && call.args.some(isWord));
  }
  const fn = calledFunction(call.callee);
  return fn !== undefined && isBuiltOr(resultsOf(fn), depth);
}
