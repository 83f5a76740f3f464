/** Where a browser script hands a text to the parser of HTML. Sources: DOM, jQuery 3, AngularJS 1, Angular 20, Lit 3, Vue 3. */

import { bindingOf } from '../../analysis/flow/binding';
import type { Call, ItemFacts } from '../../analysis/item-facts';
import { callAt } from '../../analysis/item-facts';
import { stringLiteral, unwrap, wrapped } from '../../analysis/literal';
import { canonicalName } from '../../analysis/name';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import { constantString, propertyOf, resolvedValue } from '../../analysis/value';

export interface DomSink {
  /** The assignment or the call. */
  readonly node: Node;
  readonly html: Node;
  readonly how: 'property' | 'adjacent' | 'write' | 'jquery' | 'selector' | 'trust' | 'other';
}

const PROPERTIES: ReadonlySet<string> = new Set(['innerHTML', 'outerHTML', 'srcdoc']);
/** Methods of jQuery that read a text with a `<` in it as HTML. */
const JQUERY_METHODS: ReadonlySet<string> = new Set(
  'html append prepend after before replaceWith wrap wrapAll wrapInner'.split(' '),
);
const JQUERY = /^(?:globalThis\.(?:\$|jQuery)|jquery)(?:\(\)|$)/;
const IS_JQUERY = /^(?:globalThis\.(?:\$|jQuery)|jquery)$/;
const DIRECTIVES: ReadonlySet<string> = new Set([
  'lit/directives/unsafe-html.js.unsafeHTML',
  'lit/directives/unsafe-html.unsafeHTML',
  'lit-html/directives/unsafe-html.js.unsafeHTML',
  'lit-html/directives/unsafe-html.unsafeHTML',
]);
const TRUST = /^(?:bypassSecurityTrust(?:Html|Script)|trustAs(?:Html|Js))$/;
/** Elements that show a text or a style, whatever is in it. */
const INERT = /^(?:style|textarea|title)$/i;

const PARSING: ReadonlySet<string> = new Set([
  'insertAdjacentHTML',
  'createContextualFragment',
  'setHTMLUnsafe',
  'write',
  'writeln',
  'setAttribute',
  ...JQUERY_METHODS,
]);
const MAY_SHOW: CallTest = {
  to: { has: (name) => IS_JQUERY.test(name) || DIRECTIVES.has(name) || RENDERING.test(name) },
  method: { has: (name) => PARSING.has(name) || TRUST.test(name) },
  // A plugin may call jQuery anything, and so may Vue's `render` what makes elements.
  function: { has: () => true },
};

/** Those of an item, for `ItemFacts.once`: several rules ask for them. */
export function domSinksIn(facts: ItemFacts): readonly DomSink[] {
  return [...sinksIn(facts)];
}

function* sinksIn(facts: ItemFacts): Generator<DomSink> {
  for (const node of facts.nodesOf(['assignment_expression', 'augmented_assignment_expression'])) {
    const left = node.child('left');
    const html = node.child('right');
    if (left && html && PROPERTIES.has(memberName(left) ?? '') && !isInert(left.child('object')))
      yield { node, html, how: 'property' };
  }
  for (const call of facts.callsOf(MAY_SHOW)) {
    const sink = sinkOf(call);
    if (sink) yield sink;
  }
}

function sinkOf(call: Call): DomSink | undefined {
  const { node, method, args } = call;
  const [first, second] = args;
  if (call.isNew || !first || first.kind === 'spread_element') return undefined;
  const made = (html: Node | undefined, how: DomSink['how']) => html && { node, html, how };
  switch (method) {
    case 'insertAdjacentHTML':
      return made(second, 'adjacent');
    case 'createContextualFragment':
    case 'setHTMLUnsafe':
      return made(first, 'other');
    case 'write':
    case 'writeln':
      return isDocument(call.callee.child('object')) ? made(first, 'write') : undefined;
    case 'setAttribute':
      return second && constantString(first)?.toLowerCase() === 'srcdoc' ? made(second, 'other') : undefined;
  }
  if (method !== undefined && TRUST.test(method)) return made(first, 'trust');
  if (method !== undefined && JQUERY_METHODS.has(method)) {
    const receiver = call.callee.child('object');
    return receiver && isJquery(receiver) ? made(first, 'jquery') : undefined;
  }
  if (isJqueryFunction(call.callee)) return made(first, 'selector');
  if (call.name !== undefined && DIRECTIVES.has(call.name)) return made(first, 'other');
  return made(renderedHtml(call), 'other');
}

function memberName(node: Node): string | undefined {
  if (node.kind === 'member_expression') return node.child('property')?.text;
  const index = node.kind === 'subscript_expression' ? node.child('index') : undefined;
  return index && stringLiteral(unwrap(index));
}

function isDocument(object: Node | undefined): boolean {
  if (!object) return false;
  if (canonicalName(object) === 'globalThis.document') return true;
  return (
    object.kind === 'member_expression' && /^(?:document|contentDocument)$/.test(memberName(object) ?? '')
  );
}

/** Whether an element is made to hold no markup, as far as the file tells. */
function isInert(element: Node | undefined): boolean {
  const made = element && callAt(resolvedValue(element));
  const name = made?.name === 'globalThis.document.createElement' && made.args[0];
  return name ? INERT.test(constantString(name) ?? '') : false;
}

/** Functions that make elements in a function that renders: `h('p', { innerHTML: text })`. */
const RENDERING = /^(?:vue|@vue\/runtime-dom|preact|@vue\/composition-api)\.(?:h|createVNode|createElement)$/;

function renderedHtml(call: Call): Node | undefined {
  const { callee, args } = call;
  // Vue 2 gives it to `render` as a parameter.
  const isGiven = /^(?:h|createElement)$/.test(callee.text) && isParameter(callee);
  if (!isGiven && !RENDERING.test(call.name ?? '')) return undefined;
  const object = args[1] && resolvedValue(args[1]);
  if (object?.kind !== 'object') return undefined;
  const inner = propertyOf(object, 'domProps');
  const properties = inner ? resolvedValue(inner) : object;
  return properties.kind === 'object' ? propertyOf(properties, 'innerHTML') : undefined;
}

/** Whether an expression is a set of elements of jQuery. */
export function isJquery(receiver: Node): boolean {
  const node = unwrap(receiver);
  if (node.kind === 'this') return isPlugin(node);
  if (JQUERY.test(canonicalName(node) ?? '')) return true;
  if (node.kind === 'identifier') {
    const value = resolvedValue(node);
    return value.kind !== 'identifier' ? isJquery(value) : /^\$\w/.test(node.text);
  }
  // `this.$box`
  if (node.kind === 'member_expression') return /^_?\$\w/.test(node.child('property')?.text ?? '');
  const call = callAt(node);
  if (!call) return false;
  const inner = call.callee.child('object');
  return isJqueryFunction(call.callee) || (inner !== undefined && isJquery(inner));
}

/** `$.fn.name = function () { this.html(…) }` */
function isPlugin(node: Node): boolean {
  for (const outer of node.ancestors()) {
    if (outer.kind !== 'function_expression' && outer.kind !== 'function_declaration') continue;
    const left = outer.parent?.kind === 'assignment_expression' ? outer.parent.child('left') : undefined;
    const fn = left?.child('object');
    const jquery = fn?.child('property')?.text === 'fn' ? fn.child('object') : undefined;
    return jquery !== undefined && isJqueryFunction(jquery);
  }
  return false;
}

/** `$`, of the page, of the package, or what a plugin is given by that name. */
function isJqueryFunction(callee: Node): boolean {
  const name = canonicalName(callee);
  if (name !== undefined) return IS_JQUERY.test(name);
  if (callee.kind !== 'identifier' || !isParameter(callee)) return false;
  return /^(?:\$|jQuery)$/.test(callee.text) || isGivenJquery(callee);
}

/** `(function (jq) { … })(jQuery)` */
function isGivenJquery(identifier: Node): boolean {
  const { file } = identifier.item;
  const declaration = file.lookUp(identifier.text, identifier);
  const binding = declaration && bindingOf(file.nodeOf(declaration));
  if (binding?.how !== 'parameter' || binding.path.length > 0) return false;
  const fn = wrapped(binding.fn);
  const call = fn.field === 'function' && fn.parent ? callAt(fn.parent) : undefined;
  const given = call?.args[binding.index];
  return given !== undefined && IS_JQUERY.test(canonicalName(given) ?? '');
}

function isParameter(identifier: Node): boolean {
  const { file } = identifier.item;
  const declaration = file.lookUp(identifier.text, identifier);
  const parent = declaration && file.nodeOf(declaration).parent;
  return parent?.kind === 'formal_parameters' || parent?.kind === 'required_parameter';
}
