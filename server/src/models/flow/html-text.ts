/** The pieces that a text of HTML is put together from, and what is known of it as a whole. */
import { calledFunction } from '../../analysis/flow/trace-call';
import { callAt } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { assignedValues, functionOf, resultsOf } from '../../analysis/results';
import { addends } from '../../analysis/string-parts';
import { constantString, resolvedValue } from '../../analysis/value';
import { DEEPEST_TEXT, partsOfText, piecesOfString, type TextValue } from './composed-text';
import { isRendering } from './rendered';

export interface HtmlText {
  readonly pieces: readonly TextValue[];
  /** Whether it is a string for sure, and no object. */
  readonly isText: boolean;
  /** Whether a tag is written in the code. */
  readonly hasMarkup: boolean;
  /** What it begins with, as far as that is constant. */
  readonly start: string;
}

const MARKUP = /<(?:!doctype|!--|\/?[a-z][\w-]*(?:[\s/>]|$))/i;

export function htmlTextOf(expression: Node): HtmlText {
  const parts = partsOfText(expression, piecesOf);
  const pieces = parts.filter((part) => typeof part !== 'string');
  const [first] = parts.filter((part) => part !== '');
  return {
    pieces,
    isText: isString(expression, DEEPEST_TEXT, { left: MOST_VALUES }),
    hasMarkup: parts.some((part) =>
      typeof part === 'string'
        ? MARKUP.test(part)
        : hasMarkup(part.node, DEEPEST_TEXT, { left: MOST_VALUES }),
    ),
    start: typeof first === 'string' ? first : '',
  };
}

/** A tagged template is whatever its function makes of it. */
function piecesOf(node: Node): ReturnType<typeof piecesOfString> {
  const isTagged = node.kind === 'template_string' && node.parent?.kind === 'call_expression';
  return isTagged ? undefined : (piecesOfString(node) ?? joinedIn(node));
}

/** `['<li>', name, '</li>'].join('')` */
function joinedIn(node: Node): readonly Node[] | undefined {
  const call = node.kind === 'call_expression' ? callAt(node) : undefined;
  const list = call?.method === 'join' ? call.callee.child('object') : undefined;
  return list && unwrap(list).kind === 'array' ? unwrap(list).parts : undefined;
}

/** Functions and methods that answer strings. Source: ECMAScript, Node. */
const STRING_FUNCTIONS =
  /^(?:globalThis\.(?:String|decodeURIComponent|decodeURI|unescape|atob|JSON\.stringify)|util\.(?:format|inspect)|marked(?:\.marked)?(?:\.parse)?|querystring\.unescape)$/;
const STRING_METHODS: ReadonlySet<string> = new Set(
  'toString trim trimStart trimEnd toLowerCase toUpperCase replace replaceAll join substring substr padStart padEnd repeat'.split(
    ' ',
  ),
);

/** So many values are looked at: ways fork with each variable and call. */
const MOST_VALUES = 200;

function isString(expression: Node, depth: number, steps: { left: number }): boolean {
  const node = unwrap(expression);
  if (depth === 0 || steps.left-- <= 0) return false;
  if (constantString(node) !== undefined) return true;
  const some = (nodes: readonly (Node | undefined)[]) =>
    nodes.some((each) => each !== undefined && isString(each, depth - 1, steps));
  switch (node.kind) {
    case 'template_string':
      return true;
    case 'binary_expression':
      return node.operator === '+'
        ? some(addends(node))
        : /^(?:\|\||\?\?|&&)$/.test(node.operator) && some([node.child('left'), node.child('right')]);
    case 'ternary_expression':
      return some([node.child('consequence'), node.child('alternative')]);
    case 'await_expression':
      return some(node.parts);
    case 'call_expression': {
      const call = callAt(node);
      if (!call) return false;
      if (call.name !== undefined && (STRING_FUNCTIONS.test(call.name) || isRendering(node))) return true;
      const fn = calledFunction(call.callee);
      return fn ? some(resultsOf(fn)) : call.method !== undefined && STRING_METHODS.has(call.method);
    }
    case 'identifier':
      return some(valuesOf(node));
    default:
      return false;
  }
}

/** What a variable is given, wherever that is. */
export function valuesOf(identifier: Node): readonly Node[] {
  const { file } = identifier.item;
  const declaration = file.lookUp(identifier.text, identifier);
  return declaration ? assignedValues(declaration, identifier) : [];
}

/** Whether a tag is written in a value: in what is put into a variable, in what a function answers. */
function hasMarkup(expression: Node, depth: number, steps: { left: number }): boolean {
  const node = unwrap(expression);
  if (depth === 0 || steps.left-- <= 0) return false;
  if (node.kind === 'identifier')
    return valuesOf(node).some((value) => !value.is(node) && hasMarkup(value, depth - 1, steps));
  for (const part of node.walk()) {
    if ((part.kind === 'string' || part.kind === 'template_string') && MARKUP.test(part.text)) return true;
    const fn = part.kind === 'call_expression' ? calledFunction(part.child('function') ?? part) : undefined;
    if (fn && resultsOf(fn).some((result) => hasMarkup(result, depth - 1, steps))) return true;
  }
  return false;
}

/**
 * Whether a value that is handed over as it is, is a part of what somebody sent and so a text, not a record that
 * was made of it.
 */
export function isPart(expression: Node): boolean {
  const node = resolvedValue(unwrap(expression));
  switch (node.kind) {
    case 'member_expression':
    case 'subscript_expression': {
      if (WHOLE_PARTS.has((node.child('property') ?? node).text)) return false;
      const object = node.child('object');
      const kind = object && resolvedValue(object).kind;
      return kind !== undefined && !/^(?:object|array|new_expression|this)$/.test(kind);
    }
    case 'identifier': {
      const { file } = node.item;
      const declaration = file.lookUp(node.text, node);
      const declared = declaration && file.nodeOf(declaration);
      const pattern = declared && patternOf(declared);
      const key = declared?.parent?.kind === 'pair_pattern' ? declared.parent.child('key') : declared;
      if (pattern) return !WHOLE_PARTS.has(key?.text ?? '');
      return valuesOf(node).some((value) => !value.is(node) && value.kind !== 'identifier' && isPart(value));
    }
    case 'call_expression': {
      const call = callAt(node);
      return call !== undefined && functionOf(call.callee) === undefined && READERS.has(call.method ?? '');
    }
    case 'binary_expression':
      return /^(?:\|\||\?\?)$/.test(node.operator) && isPart(node.child('left') ?? node);
    default:
      return false;
  }
}

/** Parts of a request that are objects as a whole. */
const WHOLE_PARTS: ReadonlySet<string> = new Set(
  'body query params headers cookies signedCookies file files data input'.split(' '),
);
const READERS: ReadonlySet<string> = new Set('get getAll query param header text'.split(' '));

function patternOf(declared: Node): Node | undefined {
  for (const outer of declared.ancestors()) {
    if (outer.kind === 'object_pattern') return outer;
    if (!/pattern$/.test(outer.kind)) return undefined;
  }
  return undefined;
}
