/** Which data the program has written itself. */
import { callAt } from '../analysis/item-facts';
import { propertyName } from '../analysis/literal';
import type { Node } from '../analysis/node';
import { constantString, resolvedValue } from '../analysis/value';

const FILE_READER = /^(?:fs|fs\/promises|fs\.promises|fs-extra)\.(?:readFile|readFileSync)$/;
const WRITERS = /^(?:serialize|deepSerialize|stringify|dump|safeDump)$/;

/** Whether data is constant, out of a file, or has just been written by the same library. */
export function isOwnData(data: Node): boolean {
  if (constantString(data) !== undefined) return true;
  const value = resolvedValue(data);
  const node = value.kind === 'await_expression' ? resolvedValue(value.parts[0] ?? value) : value;
  const call = callAt(node);
  if (!call) return false;
  if (call.name !== undefined && FILE_READER.test(call.name)) return true;
  const method = call.callee.child('property');
  const own = propertyName(method ?? call.callee) ?? '';
  if (WRITERS.test(call.name?.split('.').at(-1) ?? own)) return true;
  // `readFileSync(file).toString()`
  const object = method && /^(?:toString|trim)$/.test(own) ? call.callee.child('object') : undefined;
  return object !== undefined && isOwnData(object);
}
