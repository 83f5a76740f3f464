/** Gives the values of an XPath expression to it as variables. */
import type { Fix } from '../../analysis/fix';
import type { Call } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { addends, templateParts } from '../../analysis/string-parts';
import { constantString } from '../../analysis/value';

/** A path of elements with conditions: what it selects is a list of nodes, however it is asked. */
const PATH = /^\.?\/{1,2}[\w*@:.-]+(?:\[[^[\]]*\])?(?:\/{1,2}[\w*@:.-]+(?:\[[^[\]]*\])?)*$/;

/** Of the package `xpath`, where the expression is written at the call and each value stands between quotes. */
export function variableFix({ node, callee, name, args }: Call): Fix[] {
  const owner = callee.child('object');
  const method = /^xpath\.(select1?)$/.exec(name ?? '')?.[1];
  const [expression, document] = args;
  if (!owner || !method || !expression || !document || args.length !== 2) return [];
  const bound = boundText(unwrap(expression));
  if (!bound || !PATH.test(bound.text) || bound.values.length === 0) return [];
  const quote = bound.text.includes("'") ? '"' : "'";
  if (/[\\\n\r]/.test(bound.text) || bound.text.includes(quote)) return [];
  const variables = bound.values.map((value, i) => `${variableAt(i)}: String(${value})`).join(', ');
  const parsed = `${owner.text}.parse(${quote}${bound.text}${quote})`;
  const text = `${parsed}.${method}({ node: ${document.text}, variables: { ${variables} } })`;
  const { start, end } = node;
  return [{ title: 'Pass it as a variable', safety: 'safe', edits: [{ start, end, text }] }];
}

interface BoundText {
  readonly text: string;
  readonly values: readonly string[];
}

function variableAt(index: number): string {
  return `value${index === 0 ? '' : index + 1}`;
}

/** The expression with variables in the place of values and of the quotes around them. */
function boundText(expression: Node): BoundText | undefined {
  const parts = partsOf(expression)?.map((part) =>
    typeof part === 'string' ? part : (constantString(part) ?? part),
  );
  if (!parts) return undefined;
  let text = '';
  const values: string[] = [];
  let quote: string | undefined;
  for (const part of parts) {
    if (typeof part !== 'string') {
      quote = text.at(-1);
      if (quote !== "'" && quote !== '"') return undefined;
      text = `${text.slice(0, -1)}$${variableAt(values.length)}`;
      values.push(part.text);
      continue;
    }
    if (quote !== undefined && !part.startsWith(quote)) return undefined;
    text += quote === undefined ? part : part.slice(1);
    quote = undefined;
  }
  return quote === undefined ? { text, values } : undefined;
}

function partsOf(expression: Node): readonly (string | Node)[] | undefined {
  if (expression.kind === 'template_string') return templateParts(expression);
  return expression.kind === 'binary_expression' && expression.operator === '+'
    ? addends(expression)
    : undefined;
}
