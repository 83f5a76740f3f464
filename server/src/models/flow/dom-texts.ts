/** Texts that a page holds as text, where nobody has looked whether they are markup. Sources: DOM, jQuery 3. */
import type { Flow } from '../../analysis/flow/flow';
import { type Call, callAt } from '../../analysis/item-facts';
import { FUNCTION_KINDS } from '../../analysis/kind';
import { canonicalName } from '../../analysis/name';
import type { Node } from '../../analysis/node';
import { constantString, resolvedValue } from '../../analysis/value';
import { isJquery } from './dom-sinks';

/** What the person at the page has typed. */
const TYPED = /^globalThis\.(?:document\.(?:getElementById|querySelector)\(\)\.value|prompt\(\))$/;
/** What an element shows or was given as a text, decoded. */
const TEXTS = /^(?:textContent|innerText|placeholder)$/;
/** Attributes that hold no text of people. */
const NO_TEXTS =
  /^(?:id|class|style|type|role|name|href|src|width|height|tabindex|for|rel|target|xmlns|viewBox|d)$|(?:id|index|count|size|width|height|html|markup|template|icon|svg|color)$/i;

/** `input.value`, `link.getAttribute('data-title')`, `$('#name').val()`, `box.dataset.title` */
export function isDomText(expression: Node): boolean {
  const node = resolvedValue(expression);
  if (TYPED.test(canonicalName(node) ?? '')) return true;
  const call = callAt(node);
  if (call) return isRead(call);
  const property = node.kind === 'member_expression' ? node.child('property')?.text : undefined;
  const object = node.child('object');
  if (property === undefined || !object) return false;
  if (object.child('property')?.text === 'dataset') return !NO_TEXTS.test(property);
  return TEXTS.test(property) && /^(?:identifier|member_expression|call_expression|this)$/.test(object.kind);
}

function isRead({ method, callee, args }: Call): boolean {
  const [name] = args;
  const attribute = name && constantString(name);
  const object = callee.child('object');
  switch (method) {
    case 'getAttribute':
      return attribute !== undefined && !NO_TEXTS.test(attribute);
    case 'val':
    case 'text':
      return args.length === 0 && object !== undefined && isJquery(object);
    case 'attr':
    case 'data':
      return (
        args.length === 1 &&
        attribute !== undefined &&
        !NO_TEXTS.test(attribute) &&
        object !== undefined &&
        isJquery(object)
      );
    default:
      return false;
  }
}

/** `options.title` of `$.fn.tip = function (options) { … }`: who uses a plugin does not know what it makes of a text. */
export function isPluginOption({ from, path }: Flow): boolean {
  if (path.length === 0 || /^(?:\$|el|elem|element|node|dom)/i.test(path.at(-1) ?? '')) return false;
  for (const outer of from.ancestors()) {
    if (!FUNCTION_KINDS.has(outer.kind)) continue;
    let { parent } = outer;
    while (parent?.kind === 'parenthesized_expression') parent = parent.parent;
    const target = parent?.kind === 'assignment_expression' ? parent.child('left') : undefined;
    if (target?.child('object')?.child('property')?.text === 'fn') return true;
  }
  return false;
}

const OF_PEOPLE =
  /(?:^|[a-z_])(?:[Tt]itle|[Nn]ame|[Mm]essage|[Mm]sg|[Cc]omment|[Dd]escription|[Bb]io|[Aa]uthor|[Ss]ubject|[Rr]eview|[Ff]eedback|[Qq]uestion|[Aa]nswer|[Cc]aption)$/;

/** `user.bio`, `data.message`: a field of a record that people write, by its name. */
export function isTextOfRecord(expression: Node): boolean {
  const node = resolvedValue(expression);
  if (node.kind !== 'member_expression' || node.child('object')?.kind === 'this') return false;
  return (
    OF_PEOPLE.test(node.child('property')?.text ?? '') &&
    !/\b(?:config|options?|opts|settings|i18n|lang|strings|messages|texts|errors?|err|e)\b/.test(node.text)
  );
}
