/** What a call makes sure of that holds a value, or what the value is a part of, against a schema of the file. */
import { maskOf, OF_FORM } from '../../analysis/flow/capability';
import type { Assurance, IsMeant } from '../../analysis/flow/flow-model';
import type { Call } from '../../analysis/item-facts';
import { validatorCall } from '../validators';
import { schemaOf, sortOfPart } from './schemas';

/** Where the call has found it valid. */
export function schemaAssurance(call: Call, isMeant: IsMeant): Assurance | undefined {
  const validator = validatorCall(call);
  const input = validator?.input === undefined ? undefined : call.args[validator.input];
  const way = input && (isMeant(input) ? [] : isMeant.wayFrom?.(input));
  const schema = way && schemaOf(call, validator?.schema);
  if (!schema) return undefined;
  switch (sortOfPart(schema, way)) {
    case 'strict':
      return { clean: OF_FORM };
    case 'text':
      return { clean: maskOf(['nosql']) };
    default:
      return undefined;
  }
}
