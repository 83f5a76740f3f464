import type { Kind } from './kind';
import type { Node } from './node';

const CLASS_BODY: ReadonlySet<Kind> = new Set<Kind>(['class_body']);
const BODIES: ReadonlySet<Kind> = new Set<Kind>(['class_body', 'object']);

/**
 * The name of a field or method where the class around a node declares it, in its body or as a parameter of its
 * constructor; undefined for what is inherited. Looked up as variables are, so that who asks for one of a class's
 * hundred members depends on that one.
 */
export function memberOfClass(name: string, at: Node): Node | undefined {
  const { file } = at.item;
  const declaration = file.lookUp(`this.${name}`, at);
  const member = declaration && file.nodeOf(declaration);
  return member?.enclosing(BODIES)?.is(at.enclosing(CLASS_BODY)) ? member : undefined;
}

/** The value of a static field of a class. */
export function staticMember(declared: Node, name: string): Node | undefined {
  for (const part of declared.child('body')?.parts ?? []) {
    const isField = part.kind === 'public_field_definition' && part.child('name')?.text === name;
    if (isField && part.hasKeyword('static')) return part.child('value');
  }
  return undefined;
}
