/** The fields that a client may set of a model whose schema is in the file. */
import { callAt } from '../analysis/item-facts';
import { propertyName } from '../analysis/literal';
import type { Node } from '../analysis/node';
import { resolvedValue } from '../analysis/value';
import { wordsOf } from '../analysis/words';

/** Fields that the server decides on. */
const OWN: ReadonlySet<string> = new Set(
  (
    'role roles admin permission permissions privilege privileges verified owner balance credit credits plan tier hash ' +
    'salt token secret created updated deleted id approved status active banned blocked superuser staff'
  ).split(' '),
);

/** Empty where the schema is not in the file, or is not plain. */
export function fieldsOf(entity: string, at: Node): readonly string[] {
  const { file } = at.item;
  const declaration = entity === '' ? undefined : file.lookUp(entity, at);
  const declared = declaration && file.nodeOf(declaration).parent;
  const value = declared?.kind === 'variable_declarator' ? declared.child('value') : undefined;
  const made = value && callAt(resolvedValue(value));
  // `mongoose.model('User', new Schema({…}))`, `sequelize.define('User', {…})`
  const given = made?.args[1] && resolvedValue(made.args[1]);
  const schema = given?.kind === 'new_expression' ? callAt(given)?.args[0] : given;
  const object = schema && resolvedValue(schema);
  if (object?.kind !== 'object') return [];
  const names = object.parts.map((part) => propertyName(part.child('key') ?? part));
  if (names.some((name) => name === undefined || !/^[A-Za-z_$][\w$]*$/.test(name))) return [];
  return (names as string[]).filter((name) => !wordsOf(name).some((word) => OWN.has(word)));
}
