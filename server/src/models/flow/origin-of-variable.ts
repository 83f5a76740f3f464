/** What a variable was made of, for conditions that look at something derived from what they are about. */
import { bindingOf } from '../../analysis/flow/binding';
import { writesTo } from '../../analysis/flow/writes';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';

const STEPS = 6;

export interface Made {
  readonly node: Node;
  /** The properties that were taken from it: `hostname` of `const { hostname } = new URL(x)`. */
  readonly path: readonly string[];
}

/** The expression that a chain of members and variables begins with, and the properties taken from it. */
export function madeOf(expression: Node): Made {
  let node = unwrap(expression);
  let path: readonly string[] = [];
  for (let steps = STEPS; steps > 0; steps--) {
    if (node.kind === 'member_expression') {
      const object = node.child('object');
      if (!object) break;
      path = [node.child('property')?.text ?? '', ...path];
      node = unwrap(object);
      continue;
    }
    const bound = boundValueOf(node);
    if (!bound) break;
    path = [...bound.path, ...path];
    node = unwrap(bound.node);
    if (node.kind === 'await_expression') node = unwrap(node.parts[0] ?? node);
  }
  return { node, path };
}

/** The value of a variable that gets just one, at its declaration or by an assignment. */
export function boundValueOf(use: Node): Made | undefined {
  if (use.kind !== 'identifier') return undefined;
  const { file } = use.item;
  const declaration = file.lookUp(use.text, use);
  const declared = declaration && file.nodeOf(declaration);
  const binding = declared && bindingOf(declared);
  if (!declaration || !declared || binding?.how !== 'value') return undefined;
  const isOfFunction = declared.enclosingFunction !== undefined;
  if (!isOfFunction && file.isAssigned(declaration.name)) return undefined;
  const writes = isOfFunction
    ? writesTo(declared, declaration).filter((write) => write.path.length === 0)
    : [];
  const [write] = writes;
  if (binding.value) return writes.length === 0 ? { node: binding.value, path: binding.path } : undefined;
  return write && writes.length === 1 ? { node: write.value, path: write.from } : undefined;
}
