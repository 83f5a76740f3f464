/** What strings are put together from: the pieces of templates and of sums, as they are written. */
import { readEscapes, unwrap } from './literal';
import type { Node } from './node';

/** The pieces of a template or of a sum; of anything else the expression itself. */
export function stringParts(expression: Node): readonly (string | Node)[] {
  return expression.kind === 'template_string' ? templateParts(expression) : addends(expression);
}

/** The pieces of `a + b + c`, which nests to the left, as deep as there are pieces; of no sum the node itself. */
export function addends(sum: Node): readonly Node[] {
  const pieces: Node[] = [];
  let rest = sum;
  for (;;) {
    const left = rest.child('left');
    const right = rest.child('right');
    if (rest.kind !== 'binary_expression' || rest.operator !== '+' || !left || !right) break;
    pieces.push(right);
    rest = unwrap(left);
  }
  return [...pieces, rest].reverse();
}

/** The pieces of a template string in order: text with its escapes read, and the expressions between. */
export function templateParts(template: Node): readonly (string | Node)[] {
  const parts: (string | Node)[] = [];
  const { file } = template.item;
  let from = template.start + 1;
  const put = (to: number) => {
    if (to > from) parts.push(readEscapes(file.slice(from, to)));
  };
  for (const child of template.children) {
    if (child.kind !== 'template_substitution') continue;
    put(child.start);
    const inner = child.parts[0];
    if (inner) parts.push(inner);
    from = child.end;
  }
  put(template.end - 1);
  return parts;
}
