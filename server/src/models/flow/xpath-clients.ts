/** What evaluates XPath. */

import type { Call } from '../../analysis/item-facts';
import type { Kind } from '../../analysis/kind';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import { constantString, resolvedValue } from '../../analysis/value';
import { isHandedOver } from './sql-sinks';

/**
 * By canonical name, with the place of the expression among the arguments. Sources: the documentation of xpath 0.0.34,
 * xpath.js 1, fontoxpath 3, libxmljs 1, libxmljs2 0.37, and DOM.
 */
export const XPATH: ReadonlyMap<string, number> = new Map([
  ...at(0, 'xpath', 'select select1 selectWithResolver evaluate parse useNamespaces()'),
  ...at(0, 'fontoxpath', 'evaluateXPath evaluateXPathToNodes evaluateXPathToFirstNode evaluateXPathToString'),
  ...at(0, 'fontoxpath', 'evaluateXPathToBoolean evaluateXPathToNumber evaluateXPathToStrings'),
  ...at(0, 'globalThis.document', 'evaluate createExpression'),
  ...['libxmljs', 'libxmljs2'].flatMap((module) =>
    ['parseXml', 'parseXmlString', 'parseHtml', 'parseHtmlString', 'parseXmlAsync'].flatMap((parse) => [
      ...at(0, `${module}.${parse}()`, 'find get'),
      ...at(0, `${module}.${parse}().root()`, 'find get'),
    ]),
  ),
  ['xpath.js', 1],
]);

function at(index: number, module: string, names: string): (readonly [string, number])[] {
  return names.split(' ').map((name) => [`${module}.${name}`, index] as const);
}

/** Methods that take an expression in libraries that cannot be told here. */
const METHODS: ReadonlySet<string> = new Set(
  'select select1 evaluate find get selectNodes selectSingleNode $x xpath'.split(' '),
);
/** What calls are called of which `expressionOf` or `mayEvaluate` says anything. */
export const MAY_BE_XPATH: CallTest = { to: XPATH, method: METHODS };
/** An expression with a condition, up to where a value is put in: `//user[name='`. */
const EXPRESSION = /^\.?\/{1,2}[\w*@:.-]+[^\n]*\[[^\]\n]*=\s*["']?$/;

export function expressionOf(call: Call): Node | undefined {
  const index = call.name === undefined ? undefined : XPATH.get(call.name);
  if (index !== undefined) {
    const expression = call.args[index];
    return expression && constantString(expression) === undefined ? expression : undefined;
  }
  return undefined;
}

const TEXTS: ReadonlySet<Kind> = new Set<Kind>(['template_string', 'binary_expression']);

/** Whether a method may evaluate XPath, if its text is such an expression. */
export function mayEvaluate(call: Call): boolean {
  const receiver = call.callee.child('object');
  if (call.method === undefined || !METHODS.has(call.method) || call.args.length === 0 || !receiver)
    return false;
  const [text] = call.args;
  return TEXTS.has(resolvedValue(text as Node).kind) && isHandedOver(receiver);
}

/** Whether the text in front of a value can only be XPath. */
export function readsAsXPath(before: string): boolean {
  return before.length < 1_000 && EXPRESSION.test(before);
}
