/** What the decorators of class-validator say of a field, in a class of the file that a handler's parameter is declared as. */
import type { Cleans } from '../../analysis/flow/capability';
import type { Path } from '../../analysis/flow/path';
import { callAt } from '../../analysis/item-facts';
import type { Node } from '../../analysis/node';
import { isStrict, patternOf } from './strict-pattern';

/** Source: the documentation of class-validator 0.14. */
const FORMS =
  /^class-validator\.(?:IsBoolean|IsDate|IsUUID|IsEnum|IsIn|IsMongoId|IsAlpha|IsAlphanumeric|IsNumberString|IsHexadecimal|IsHash|IsISO8601|IsDateString|IsIP|IsPort|IsSemVer|Equals)$/;
const NUMBERS = /^class-validator\.(?:IsInt|IsNumber|IsPositive)$/;

/** @param path to a field of the parameter. */
export function ofField(parameter: Node, path: Path): Cleans {
  const [name] = path;
  const type = /^:\s*(\w+)$/.exec(parameter.child('type')?.text ?? '')?.[1];
  if (name === undefined || path.length > 1 || type === undefined) return [];
  const { file } = parameter.item;
  const declaration = file.lookUp(type, parameter);
  const body = declaration && file.nodeOf(declaration).parent?.child('body');
  if (body?.kind !== 'class_body') return [];
  const field = body.parts.find((part) => part.child('name')?.text === name);
  for (const decorator of field?.children ?? []) {
    const call =
      decorator.kind === 'decorator' && decorator.parts[0] ? callAt(decorator.parts[0]) : undefined;
    if (call?.name === undefined) continue;
    if (NUMBERS.test(call.name)) return 'numbers';
    if (FORMS.test(call.name)) return 'all but record';
    const pattern = call.name === 'class-validator.Matches' ? patternOf(call.args[0]) : undefined;
    if (pattern && isStrict(pattern)) return 'all but record';
  }
  return [];
}
