/** Keeps operators out of a filter for MongoDB. */
import type { Fix } from '../../analysis/fix';
import { callAt } from '../../analysis/item-facts';
import type { Node } from '../../analysis/node';
import { resolvedValue } from '../../analysis/value';
import type { MongoSink } from './mongo-sinks';

/**
 * @param value what others decide on.
 * @param part the pair or the short property that it is in; of anything else the field is not known.
 */
export function filterFixes({ call }: MongoSink, value: Node, part: Node): Fix[] {
  const { start, end, text } = value;
  const isShort = part.kind === 'shorthand_property_identifier';
  if (part.kind !== 'pair' && !isShort) return [];
  const written = (by: string) => [{ start, end, text: isShort ? `${text}: ${by}` : by }];
  const string: Fix = {
    title: 'Convert it to a string',
    // A number was found as a number before.
    safety: 'unsafe',
    edits: written(`String(${text})`),
  };
  if (!isOfDriver(call.callee)) return [string];
  // Mongoose may be told to do the same in another file, and then looks for the operator as a value.
  return [{ title: 'Compare with `$eq`', safety: 'safe', edits: written(`{ $eq: ${text} }`) }, string];
}

/** `db.collection('users').findOne`: the driver, whose filters mean what they say. */
function isOfDriver(callee: Node): boolean {
  const receiver = callee.child('object');
  return receiver !== undefined && callAt(resolvedValue(receiver))?.method === 'collection';
}
