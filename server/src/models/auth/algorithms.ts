/** Which algorithms the options of a verification allow. */
import { bindingOf } from '../../analysis/flow/binding';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { constantString, propertyOf, resolvedValue } from '../../analysis/value';

/** `none` in the list: tokens without a signature. */
export function unsignedIn(options: Node): Node | undefined {
  return algorithmsIn(options).find((name) => constantString(name)?.toLowerCase() === 'none');
}

/** What the token's own header says: `[header.alg]`, `const { alg } = jwt.decode(token, { complete: true }).header`. */
export function ownAlgorithmIn(options: Node): Node | undefined {
  return algorithmsIn(options).find((name) => isAlg(unwrap(name)));
}

function algorithmsIn(options: Node): readonly Node[] {
  const list = propertyOf(options, 'algorithms') ?? propertyOf(options, 'algorithm');
  const value = list && resolvedValue(list);
  return value?.kind === 'array' ? value.parts : value ? [value] : [];
}

/** Keys have a field of that name as well. */
const OF_HEADER = /header|decod|token|parse|jwt/i;

function isAlg(name: Node): boolean {
  if (name.kind === 'member_expression') {
    const [object, property] = [name.child('object'), name.child('property')];
    return property?.text === 'alg' && object !== undefined && OF_HEADER.test(textOf(object));
  }
  if (name.kind !== 'identifier') return false;
  const value = resolvedValue(name);
  if (!value.is(name)) return value.kind === 'member_expression' && isAlg(value);
  const { file } = name.item;
  const declaration = file.lookUp(name.text, name);
  const binding = declaration && bindingOf(file.nodeOf(declaration));
  if (binding?.how !== 'value' || !binding.value || binding.path.at(-1) !== 'alg') return false;
  return OF_HEADER.test(`${binding.path.join('.')} ${textOf(binding.value)}`);
}

function textOf(expression: Node): string {
  return `${expression.text} ${resolvedValue(expression).text}`.slice(0, 300);
}
