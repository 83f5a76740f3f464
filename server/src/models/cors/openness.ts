/** Which websites a setting for CORS lets in, where these are more than somebody listed. */
import type { Confidence } from '../../analysis/finding';
import { FUNCTION_KINDS } from '../../analysis/kind';
import type { Node } from '../../analysis/node';
import { inProduction } from '../../analysis/production';
import { functionOf, resultsOf } from '../../analysis/results';
import { constantBoolean, constantString, resolvedValue } from '../../analysis/value';
import { checksIn, patternSource, weakPattern } from './origin-check';
import { isRequestOrigin } from './request-origin';

export interface Openness {
  /**
   * - `reflects`: answers every origin with its own name, which browsers also take with credentials.
   * - `any`: answers `*`, which they take without.
   * - `weak`: a check that look-alikes pass.
   * - `null`: the origin of sandboxed frames.
   */
  readonly kind: 'reflects' | 'any' | 'weak' | 'null';
  readonly at: Node;
  /** Less than high where it depends on a setting. */
  readonly confidence: Confidence;
  /** The argument of a weak check. */
  readonly pattern?: Node | undefined;
}

/** What a value of `origin` lets in; undefined for a list, or where it is not known. */
export function opennessOf(origin: Node, confidence: Confidence = 'high'): Openness | undefined {
  const value = resolvedValue(origin);
  if (constantBoolean(value) === true) return { kind: 'reflects', at: origin, confidence };
  const text = constantString(value);
  if (text === '*') return { kind: 'any', at: origin, confidence };
  if (text === 'null') return { kind: 'null', at: origin, confidence };
  if (isRequestOrigin(value)) return { kind: 'reflects', at: origin, confidence };
  const source = patternSource(value);
  if (source !== undefined) {
    const weak = weakPattern(source);
    return weak && { kind: 'weak', at: origin, confidence: weak, pattern: value };
  }
  if (value.kind === 'array') return first(value.parts.map((part) => ofElement(part)));
  if (value.kind === 'ternary_expression') return ofChoice(value, confidence);
  if (value.kind === 'binary_expression' && /^(?:\|\||\?\?)$/.test(value.operator)) {
    const [left, right] = [value.child('left'), value.child('right')];
    if (left && isRequestOrigin(left)) return { kind: 'reflects', at: origin, confidence };
    return right && opennessOf(right, 'medium');
  }
  const fn = functionOf(value);
  return fn && ofFunction(fn, confidence);
}

function first(found: readonly (Openness | undefined)[]): Openness | undefined {
  return found.find((each) => each !== undefined);
}

/** In a list `*` means nothing. */
function ofElement(element: Node): Openness | undefined {
  const value = resolvedValue(element);
  const isMeant = patternSource(value) !== undefined || constantString(value) === 'null';
  return isMeant ? opennessOf(element) : undefined;
}

function ofChoice(choice: Node, confidence: Confidence): Openness | undefined {
  const condition = choice.child('condition');
  const [full, empty] = [choice.child('consequence'), choice.child('alternative')];
  const known = condition && inProduction(condition);
  const branches = known === undefined ? [full, empty] : [known ? full : empty];
  const lesser = known === undefined ? 'medium' : confidence;
  return first(branches.map((branch) => branch && opennessOf(branch, lesser)));
}

/** `(origin, callback) => callback(null, true)`, `(origin) => origin` */
function ofFunction(fn: Node, confidence: Confidence): Openness | undefined {
  const [parameter, callback] = parametersOf(fn);
  const isOrigin = (node: Node) =>
    isRequestOrigin(node) || (parameter !== undefined && refersTo(node, parameter));
  const checks = checksIn(fn, isOrigin);
  const answers = callback ? answersTo(callback, fn) : resultsOf(fn);
  const isOpen = answers.length > 0 && answers.every((answer) => answer && isEverybody(answer, isOrigin));
  const opened: Openness = { kind: 'reflects', at: answers.at(-1) ?? fn, confidence };
  // With a yes on both sides the check decides nothing.
  if (isOpen && callback && answers.length > 1 && asksForOthers(fn)) return opened;
  if (checks.length > 0) {
    if (checks.some(({ weak }) => weak === undefined)) return undefined;
    const [check] = checks;
    return (
      check && { kind: 'weak', at: check.node, confidence: check.weak ?? 'high', pattern: check.pattern }
    );
  }
  // Who leaves early, or answers an error elsewhere, may have checked something.
  const isPlain = ![...fn.walk()].some((node) => node.kind === 'throw_statement' || asksOthers(node, fn));
  return isOpen && isPlain ? opened : undefined;
}

/** Whether a yes stands in an `else`, or behind all conditions. */
function asksForOthers(fn: Node): boolean {
  const last = fn.child('body')?.parts.at(-1);
  return [...fn.walk()].some((node) => node.kind === 'else_clause') || last?.kind !== 'if_statement';
}

/** A condition on something else than whether there is an origin. */
function asksOthers(node: Node, fn: Node): boolean {
  const condition = node.kind === 'if_statement' ? node.child('condition') : undefined;
  const [parameter] = parametersOf(fn);
  if (!condition || !parameter) return condition !== undefined;
  return !/^\(?\s*!?\s*[\w$]+\s*\)?$/.test(condition.text);
}

function isEverybody(answer: Node, isOrigin: (node: Node) => boolean): boolean {
  const value = resolvedValue(answer);
  if (constantBoolean(value) === true || constantString(value) === '*' || isOrigin(answer) || isOrigin(value))
    return true;
  const [left, right] = [value.child('left'), value.child('right')];
  if (value.kind !== 'binary_expression' || !left || !right) return false;
  return /^(?:\|\||\?\?)$/.test(value.operator) && isEverybody(left, isOrigin);
}

function parametersOf(fn: Node): readonly Node[] {
  const single = fn.child('parameter');
  const all = single
    ? [single]
    : (fn.child('parameters')?.parts ?? []).map((each) => each.child('pattern') ?? each);
  return all.filter((each) => each.kind === 'identifier');
}

/** What the callback is given behind the error; undefined for an error alone. */
function answersTo(callback: Node, fn: Node): readonly (Node | undefined)[] {
  return [...fn.walk()].flatMap((node) => {
    const callee = node.kind === 'call_expression' ? node.child('function') : undefined;
    if (!callee || !refersTo(callee, callback)) return [];
    const [error, answer] = node.child('arguments')?.parts ?? [];
    return error && /^(?:null|undefined)$/.test(resolvedValue(error).text) ? [answer] : [undefined];
  });
}

function refersTo(node: Node, parameter: Node): boolean {
  if (node.kind !== 'identifier' || node.text !== parameter.text) return false;
  const { file } = node.item;
  const declaration = file.lookUp(node.text, node);
  return declaration !== undefined && file.nodeOf(declaration).is(parameter);
}

/** Whether code around decides who is answered with this origin; the weakest check where all are weak. */
export function checkAround(node: Node, isOrigin: (node: Node) => boolean): Openness | 'checked' | undefined {
  let outer: Node | undefined = node.enclosing(FUNCTION_KINDS);
  for (; outer; outer = outer.enclosing(FUNCTION_KINDS)) {
    const checks = checksIn(outer, isOrigin);
    const [check] = checks;
    if (!check) continue;
    if (checks.some(({ weak }) => weak === undefined)) return 'checked';
    return { kind: 'weak', at: check.node, confidence: check.weak ?? 'high', pattern: check.pattern };
  }
  return undefined;
}
