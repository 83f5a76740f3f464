/** What is compared to find out who somebody is: a value by its names, wherever it was read. */
import { callAt } from '../../analysis/item-facts';
import { propertyName, unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { constantString, resolvedValue } from '../../analysis/value';
import { isAboutCredentials, type Shown, shownBy } from '../credential-names';
import { settingRead } from '../environment';
import { isUntrusted } from '../untrusted';

export interface ShownValue {
  readonly shown: Shown;
  /** The name that says so. */
  readonly name: string;
  /** Whether a request, or the browser, is where it was read. */
  readonly isFromOutside: boolean;
}

const READING = /^(?:get|header|headers|param|query|cookie|getItem|getHeader|getFirstValue)$/;
const SHAPING =
  /^(?:trim|toLowerCase|toUpperCase|toString|slice|substring|substr|replace|replaceAll|normalize|split|valueOf|at|pop)$/;
const CASTING = /^(?:String|Number|parseInt|from|decodeURIComponent|atob)$/;

/** What an expression shows; undefined for what is no credential, and for what the program is set up with. */
export function shownValue(expression: Node): ShownValue | undefined {
  let found: Omit<ShownValue, 'isFromOutside'> | undefined;
  let isFromOutside = false;
  let node: Node | undefined = unwrap(expression);
  for (let steps = 16; node && steps > 0; steps--) {
    if (settingRead(node)) return undefined;
    isFromOutside ||= isUntrusted(node);
    const { name, onwards, isAbout } = stepOf(node);
    if (isAbout) return undefined;
    const shown = name === undefined ? undefined : shownBy(name);
    // The name of what was read says more than that of a variable.
    if (name !== undefined && shown && (!found || found.shown.startsWith('likely'))) found = { shown, name };
    node = onwards && unwrap(onwards);
  }
  return found && { ...found, isFromOutside };
}

interface Step {
  readonly name?: string | undefined;
  readonly onwards?: Node | undefined;
  readonly isAbout?: boolean;
}

function stepOf(node: Node): Step {
  switch (node.kind) {
    case 'identifier':
    case 'shorthand_property_identifier': {
      const value = resolvedValue(node);
      return { name: node.text, onwards: value.is(node) ? undefined : value };
    }
    case 'member_expression':
    case 'subscript_expression':
      return ofMember(node);
    case 'await_expression':
      return { onwards: node.parts[0] };
    case 'binary_expression':
      return node.operator === '??' || node.operator === '||' ? { onwards: node.child('left') } : {};
    case 'call_expression':
      return ofCall(node);
    default:
      return {};
  }
}

function ofMember(node: Node): Step {
  const object = node.child('object');
  const index = node.child('index');
  const property = node.child('property');
  const name = property ? propertyName(property) : index && constantString(index);
  if (index && (name === undefined || /^\d+$/.test(name))) return { onwards: object };
  const owner = object && (object.child('property') ?? object);
  return { name, isAbout: owner?.kind !== 'call_expression' && isAboutCredentials(owner?.text ?? '') };
}

function ofCall(node: Node): Step {
  const { callee, args } = callAt(node) ?? {};
  const [first] = args ?? [];
  const method = (callee?.child('property') ?? callee)?.text ?? '';
  const object = callee?.child('object');
  if (object && SHAPING.test(method)) return { onwards: object };
  if (CASTING.test(method)) return { onwards: first };
  return READING.test(method) && first ? { name: constantString(first) } : {};
}
