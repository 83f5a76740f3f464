/** What is written into the text of a script or style element. */
import { canonicalName } from '../../analysis/name';
import type { Node } from '../../analysis/node';
import { stringParts } from '../../analysis/string-parts';
import { constantString, resolvedValue } from '../../analysis/value';
import { isUntrusted, isWrittenByUsers } from '../untrusted';

const JSON_TEXT = 'globalThis.JSON.stringify';

/** A part that others may write and that nothing escapes. */
export function untrustedPart(text: Node): Node | undefined {
  return partsOf(text).find((part) => isUntrusted(part) || isWrittenByUsers(part));
}

/** A call of `JSON.stringify` whose answer stands in the text as it is. */
export interface UnescapedJson {
  readonly call: Node;
  /** The state of the application for the browser, which has data of users in it as a rule. */
  readonly isState: boolean;
}

const STATE =
  /(?:window|self|globalThis)(?:\.|\[['"])(?:__)?\w*(?:state|data|props|store|cache|context|session|user|initial)\w*(?:['"]\])?\s*=\s*$/i;

export function unescapedJson(text: Node): UnescapedJson | undefined {
  let before = '';
  for (const part of stringParts(resolvedValue(text))) {
    if (typeof part === 'string') {
      before = part;
      continue;
    }
    const node = resolvedValue(part);
    const callee = node.kind === 'call_expression' ? node.child('function') : undefined;
    if (!callee || canonicalName(callee) !== JSON_TEXT) {
      before = constantString(part) ?? '';
      continue;
    }
    const [data] = node.child('arguments')?.parts ?? [];
    if (data && !isConstantData(data)) return { call: node, isState: STATE.test(before) };
  }
  return undefined;
}

function partsOf(text: Node): readonly Node[] {
  return stringParts(resolvedValue(text)).filter((part): part is Node => typeof part !== 'string');
}

/** Whether all that is in an object or array is written down here. */
function isConstantData(data: Node, steps = 6): boolean {
  const node = resolvedValue(data);
  if (steps === 0) return false;
  if (node.kind === 'object' || node.kind === 'array') {
    return node.parts.every((part) => {
      const value =
        part.kind === 'pair' ? part.child('value') : part.kind === 'spread_element' ? part.parts[0] : part;
      return value !== undefined && isConstantData(value, steps - 1);
    });
  }
  return /^(?:number|true|false|null|undefined)$/.test(node.kind) || constantString(node) !== undefined;
}
