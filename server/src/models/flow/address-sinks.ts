/** Where a page follows or loads an address, so that one with `javascript:` runs, or a script of another site. Sources: HTML, DOM, jQuery 3, React 19. */

import { type Call, callAt, type ItemFacts } from '../../analysis/item-facts';
import { propertyName, unwrap } from '../../analysis/literal';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import { constantString, resolvedValue } from '../../analysis/value';
import { isJquery } from './dom-sinks';

const SETTING: CallTest = { method: new Set(['setAttribute', 'attr', 'prop']) };

export interface AddressSink {
  readonly node: Node;
  readonly address: Node;
  /** A link waits for a click; what is loaded runs at once; a script runs from whatever site. */
  readonly how: 'link' | 'frame' | 'script';
}

/** Attributes by what they do; those of `src` depend on the element. */
const LINKS: ReadonlySet<string> = new Set(['href', 'action', 'formaction', 'xlink:href', 'xlinkhref']);
/** Elements that load what `src` or `data` names as a page or as a program. */
const LOADING: Readonly<Record<string, AddressSink['how']>> = {
  iframe: 'frame',
  frame: 'frame',
  embed: 'frame',
  object: 'frame',
  script: 'script',
};

export function* addressSinksIn(facts: ItemFacts): Generator<AddressSink> {
  for (const node of facts.nodes('assignment_expression')) {
    const [left, address] = [node.child('left'), node.child('right')];
    const element = left?.kind === 'member_expression' ? left.child('object') : undefined;
    const how = element && howOf(left?.child('property')?.text ?? '', () => elementName(element));
    // `location.href = x` is a redirect.
    if (how && address && !/(?:^|\.)location$/.test(element.text)) yield { node, address, how };
  }
  for (const call of facts.callsOf(SETTING)) {
    const sink = ofCall(call);
    if (sink) yield sink;
  }
  for (const node of facts.nodes('jsx_attribute')) {
    const [name, value] = node.parts;
    const address = value?.kind === 'jsx_expression' ? value.parts[0] : undefined;
    const how = name && howOf(name.text, () => node.parent?.child('name')?.text);
    if (how && address) yield { node, address, how };
  }
}

/** `link.setAttribute('href', x)`, `$('a').attr('href', x)` */
function ofCall(call: Call): AddressSink | undefined {
  const { method, args, node, callee } = call;
  const element = callee.child('object');
  const [first, address] = args;
  if (!element || !first) return undefined;
  if (method !== 'setAttribute' && !isJquery(element)) return undefined;
  const made = (name: string, value: Node | undefined): AddressSink | undefined => {
    const how = howOf(name, () => elementName(element));
    return how && value ? { node, address: value, how } : undefined;
  };
  if (address) return made(constantString(first) ?? '', address);
  const object = resolvedValue(first);
  for (const part of object.kind === 'object' ? object.parts : []) {
    const key = part.kind === 'pair' ? part.child('key') : undefined;
    const sink = key && made(propertyName(key) ?? '', part.child('value'));
    if (sink) return sink;
  }
  return undefined;
}

function howOf(attribute: string, element: () => string | undefined): AddressSink['how'] | undefined {
  const name = attribute.toLowerCase();
  if (name === 'src' || name === 'data') return LOADING[element()?.toLowerCase() ?? ''];
  // `<Link href>` and `<base href>` lead nowhere by themselves; a style is no script.
  return LINKS.has(name) && !/^(?:link|base|image|use)$/.test(element() ?? '') ? 'link' : undefined;
}

/** What kind of element it is, as far as the file tells. */
function elementName(element: Node): string | undefined {
  const made = callAt(resolvedValue(unwrap(element)));
  const [first] = made?.args ?? [];
  const text = first && constantString(first);
  if (!made || text === undefined) return undefined;
  if (made.method === 'createElement') return text;
  // `document.querySelector('iframe.preview')`, `$('<script>')`
  const named = /^(?:querySelector|\$|jQuery)$/.test(made.method ?? made.callee.text);
  return named ? /^<?([a-z]+)(?![\w-])/.exec(text.trim().split(/\s+/).at(-1) ?? '')?.[1] : undefined;
}
