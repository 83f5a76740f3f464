/**
 * Names through types: a parameter or property that is declared as a class of a module is an instance of it,
 * as `constructor(private readonly jwt: JwtService)` says of `this.jwt`.
 */
import { memberOfClass } from './class-member';
import { propertyName, unwrap } from './literal';
import { canonicalName } from './name';
import type { Node } from './node';
import { rememberedByNode } from './remembered';

/**
 * As `canonicalName`; where that says nothing of a member, the declared type of its object may, or of the object
 * that this is a member of: `this.stripe.refunds.create`.
 */
export const nameByType = rememberedByNode((expression) => typedName(expression, MOST_MEMBERS));

/** So many members from what has a type are followed. */
const MOST_MEMBERS = 8;

function typedName(expression: Node, members: number): string | undefined {
  const name = canonicalName(expression);
  if (name !== undefined || members === 0) return name;
  const node = unwrap(expression);
  const object = node.kind === 'member_expression' ? node.child('object') : undefined;
  const property = node.child('property');
  const member = object && property && propertyName(property);
  const type = object && declaredClass(unwrap(object));
  if (!object || member === undefined) return undefined;
  const owner = type === undefined ? typedName(object, members - 1) : `${type}()`;
  return owner && `${owner}.${member}`;
}

/** The canonical name of the class that a variable, a parameter or a property of `this` is declared as. */
function declaredClass(object: Node): string | undefined {
  const annotation = object.kind === 'identifier' ? annotationOf(object) : annotationOfMember(object);
  const [first = '', ...rest] = /[\w$]+(?:\.[\w$]+)*/.exec(annotation?.text ?? '')?.[0].split('.') ?? [];
  const { file } = object.item;
  if (first === '') return undefined;
  const declaration = file.lookUp(first, object);
  const name = declaration && canonicalName(file.nodeOf(declaration));
  return name && [name, ...rest].join('.');
}

function annotationOf(identifier: Node): Node | undefined {
  const { file } = identifier.item;
  const declaration = file.lookUp(identifier.text, identifier);
  return declaration && file.nodeOf(declaration).parent?.child('type');
}

function annotationOfMember(member: Node): Node | undefined {
  const property = member.child('property');
  if (member.child('object')?.kind !== 'this' || !property) return undefined;
  return memberOfClass(property.text, member)?.parent?.child('type');
}
