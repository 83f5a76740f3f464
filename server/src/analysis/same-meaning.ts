/** Whether code can be written in another place and still mean the same. */
import type { Node } from './node';

/** Whether all variables in some code are those of the same name at another place. */
export function meansTheSameAt(code: Node, place: Node): boolean {
  const { file } = code.item;
  for (const node of code.walk()) {
    if (node.kind !== 'identifier' && node.kind !== 'shorthand_property_identifier') continue;
    const here = file.lookUp(node.text, node);
    const there = file.lookUp(node.text, place);
    if (file.declarationKey(here) !== file.declarationKey(there)) return false;
  }
  return true;
}
