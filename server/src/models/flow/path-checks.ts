/** What conditions make sure of where a value is a path: that it stays in a folder. */
import { maskOf, NOTHING } from '../../analysis/flow/capability';
import type { Assurance } from '../../analysis/flow/flow-model';
import { type Call, callAt } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import { canonicalName } from '../../analysis/name';
import type { Node } from '../../analysis/node';
import { addends, templateParts } from '../../analysis/string-parts';
import { constantString, resolvedValue } from '../../analysis/value';
import { madeOf } from './origin-of-variable';
import { patternOf } from './strict-pattern';

type IsMeant = (node: Node) => boolean;

const STAYS: Assurance = { clean: maskOf(['path']) };
const WEAK: Assurance = { clean: NOTHING, isUnknown: true };

/** Functions whose results have no `..` left in them, or as few as can be. */
const RESOLVING =
  /^(?:path\.(?:posix\.|win32\.)?(?:resolve|join|normalize)|fs(?:-extra)?\.(?:promises\.)?realpath(?:Sync)?(?:\.native)?|fs\/promises\.realpath)$/;
const RELATIVE = /^path\.(?:posix\.|win32\.)?relative$/;

export function pathAssurance(test: Node, outcome: boolean, isMeant: IsMeant): Assurance | undefined {
  if (test.kind === 'binary_expression') return ofComparison(test, outcome, isMeant);
  const call = test.kind === 'call_expression' ? callAt(test) : undefined;
  if (!call) return undefined;
  const { name, method, args } = call;
  if (name === 'is-path-inside' || name === 'path-is-inside')
    return outcome && args[0] && isMeant(args[0]) ? STAYS : undefined;
  const object = call.callee.child('object');
  const [argument] = args;
  if (!object || !argument) return undefined;
  if (method === 'startsWith') return ofBeginning(object, argument, outcome, isMeant);
  if (outcome) return undefined;
  if (method === 'includes' && isMeant(object)) return withoutSign(constantString(argument));
  if (method === 'test' && isMeant(argument)) return withoutPattern(object);
  if (method === 'match' && isMeant(object)) return withoutPattern(argument);
  return undefined;
}

function ofBeginning(object: Node, folder: Node, outcome: boolean, isMeant: IsMeant): Assurance | undefined {
  const made = callBehind(object);
  if (!outcome) {
    // `path.relative(root, full).startsWith('..')`
    const isRelative =
      made && RELATIVE.test(made.name ?? '') && made.args.some((each) => holds(each, isMeant));
    return isRelative && /^\.\./.test(constantString(folder) ?? '') ? STAYS : undefined;
  }
  const isResolved = made !== undefined && RESOLVING.test(made.name ?? '');
  const isAbout = isMeant(object) || (isResolved && made.args.some((each) => holds(each, isMeant)));
  if (!isAbout || constantString(folder) === '/') return undefined;
  return isResolved && endsWithSeparator(folder) ? STAYS : WEAK;
}

/** `path.basename(x) === x`, `x.indexOf('..') === -1` */
function ofComparison(test: Node, outcome: boolean, isMeant: IsMeant): Assurance | undefined {
  const sides = [test.child('left'), test.child('right')];
  const [left, right] = sides;
  if (!left || !right) return undefined;
  const { operator } = test;
  const isEqual = /^===?$/.test(operator) ? outcome : /^!==?$/.test(operator) ? !outcome : undefined;
  const call = callIn(left);
  const object = call?.callee.child('object');
  if (call?.method === 'indexOf' && object && call.args[0]) {
    const isAbsent = right.text === '-1' ? isEqual : undefined;
    const sign = `${operator}${right.text}`;
    const isFound = /^(?:>-1|>=0)$/.test(sign) ? outcome : sign === '<0' ? !outcome : undefined;
    if (isMeant(object) && (isAbsent === true || isFound === false))
      return withoutSign(constantString(call.args[0]));
    // `full.indexOf(root) === 0`
    if (isEqual && right.text === '0') return ofBeginning(object, call.args[0], true, isMeant);
    return undefined;
  }
  if (!isEqual) return undefined;
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const made = callBehind(one);
    if (!made) continue;
    // `full === root`, `path.relative(root, full) === ''`
    if (RESOLVING.test(made.name ?? '') && isMeant(one)) return STAYS;
    const isRelative = RELATIVE.test(made.name ?? '') && made.args.some((each) => holds(each, isMeant));
    if (isRelative && constantString(other) === '') return STAYS;
    const isOfMeant = made.args[0] !== undefined && isMeant(made.args[0]);
    if (/^path\.(?:\w+\.)?basename$/.test(made.name ?? '') && isOfMeant && isMeant(other)) return STAYS;
    // `path.dirname(full) === root`
    if (/^path\.(?:\w+\.)?dirname$/.test(made.name ?? '') && isOfMeant) return STAYS;
  }
  return undefined;
}

/** What is sure of a text without a sign: nothing leads out of a folder without a slash. */
function withoutSign(sign: string | undefined): Assurance | undefined {
  if (sign === '/') return STAYS;
  return sign === '..' || sign === '../' || sign === '\\' ? WEAK : undefined;
}

function withoutPattern(expression: Node): Assurance | undefined {
  const pattern = patternOf(expression);
  if (!pattern) return undefined;
  if (/^(?:\[[^\]^]*\/[^\]]*\]|\\?\/)$/.test(pattern.source)) return STAYS;
  return pattern.source.includes('\\.\\.') || pattern.source.includes('.') ? WEAK : undefined;
}

/** `root + path.sep`, `${root}/`, or a constant of the file that is one of these. */
function endsWithSeparator(folder: Node, depth = 4): boolean {
  const node = resolvedValue(folder);
  if (depth === 0) return false;
  const constant = constantString(node);
  if (constant !== undefined) return /[/\\]$/.test(constant);
  if (canonicalName(node) === 'path.sep') return true;
  const parts =
    node.kind === 'template_string'
      ? templateParts(node)
      : node.kind === 'binary_expression' && node.operator === '+'
        ? addends(node)
        : [];
  const last = parts.at(-1);
  if (last === undefined) return false;
  return typeof last === 'string' ? /[/\\]$/.test(last) : endsWithSeparator(last, depth - 1);
}

function callIn(expression: Node): Call | undefined {
  const node = unwrap(expression);
  return node.kind === 'call_expression' ? callAt(node) : undefined;
}

/** The call that an expression is, or that the variable was made by which it is. */
function callBehind(expression: Node): Call | undefined {
  const made = madeOf(expression);
  return made.path.length === 0 ? callIn(made.node) : undefined;
}

/** Whether an argument is what is meant, or is put together from it. */
function holds(argument: Node, isMeant: IsMeant): boolean {
  const node = unwrap(argument);
  if (isMeant(node)) return true;
  if (node.kind === 'template_string')
    return templateParts(node).some((part) => typeof part !== 'string' && isMeant(part));
  if (node.kind === 'binary_expression') return addends(node).some((part) => isMeant(part));
  const call = callIn(node);
  return call !== undefined && RESOLVING.test(call.name ?? '') && call.args.some((each) => isMeant(each));
}
