/** Replacements in texts, and what they leave in when they are meant to make a text harmless. */
import { type Call, callAt } from '../analysis/item-facts';
import type { Node } from '../analysis/node';
import { constantString, resolvedValue } from '../analysis/value';
import { wordsOf } from '../analysis/words';
import { namesAbove } from './crypto/purpose';
import { patternOf } from './patterns';

export interface Replacement {
  readonly call: Call;
  /** What is replaced: the source of a pattern, or a text. */
  readonly what: string;
  readonly isPattern: boolean;
  /** Whether it is replaced wherever it stands. */
  readonly isGlobal: boolean;
  /** What is put there; undefined where that varies. */
  readonly by: string | undefined;
}

export function replacementOf(call: Call): Replacement | undefined {
  const { method, args } = call;
  if (method !== 'replace' && method !== 'replaceAll') return undefined;
  const [first, second] = args;
  if (!first || !second || args.length !== 2) return undefined;
  const by = resolvedValue(second).kind === 'number' ? undefined : constantString(second);
  const pattern = patternOf(first);
  if (pattern)
    return { call, what: pattern.source, isPattern: true, isGlobal: pattern.flags.includes('g'), by };
  const what = constantString(first);
  return what === undefined
    ? undefined
    : { call, what, isPattern: false, isGlobal: method === 'replaceAll', by };
}

/** The replacements in front of one in its chain, the last first. */
export function* earlier(call: Call): Generator<Replacement> {
  for (let object = call.callee.child('object'); object; ) {
    const inner = callAt(object);
    if (!inner) return;
    const found = replacementOf(inner);
    if (found) yield found;
    object = inner.callee.child('object');
  }
}

/** The replacements behind one in its chain. */
export function* later(call: Call): Generator<Replacement> {
  let { node } = call;
  for (;;) {
    const outer: Node | undefined =
      node.parent?.kind === 'member_expression' ? node.parent.parent : undefined;
    const next = outer && callAt(outer);
    if (!next) return;
    const found = replacementOf(next);
    if (found) yield found;
    node = next.node;
  }
}

const CLEANING =
  /^(?:escape|escapes|escaped|unescape|encode|encoded|quote|quoted|sanitize|sanitise|sanitized|sanitised|sanitizer|clean|cleaned|cleanse|strip|stripped|safe|secure|purify|xss|sql|html|filter|filtered|harmless)$/;

/** Whether names around say that the text is made harmless. */
export function isCleaning(node: Node): boolean {
  for (const name of namesAbove(node)) if (wordsOf(name).some((word) => CLEANING.test(word))) return true;
  return false;
}

/** Whether names around say that what comes out does no harm; a text without tags may be meant for a search or a list. */
export function isMadeSafe(node: Node): boolean {
  for (const name of namesAbove(node)) if (wordsOf(name).some((word) => SAFE.test(word))) return true;
  return false;
}

const SAFE =
  /^(?:sanitize|sanitise|sanitized|sanitised|sanitizer|safe|secure|purify|xss|harmless|escape|escaped)$/;

/** Whether it is done again until nothing changes. */
export function isRepeated(node: Node): boolean {
  for (const outer of node.ancestors()) {
    if (/^(?:while|do|for)_statement$/.test(outer.kind)) return true;
    if (outer.kind.endsWith('function') || outer.kind.endsWith('_declaration')) return false;
  }
  return false;
}

/** Whether a backslash is escaped as well: in the pattern, in the chain, or elsewhere in the function. */
export function escapesBackslash({ call, what }: Replacement): boolean {
  if (/\\\\/.test(what)) return true;
  if ([...earlier(call)].some((other) => other.isGlobal && /^\\{1,2}$/.test(other.what))) return true;
  // What stands in a function around it may have done it before.
  const own = call.node.enclosingFunction;
  const around = own?.enclosingFunction ?? own ?? [...call.node.ancestors()].at(-2) ?? call.node;
  return /\/(?:\[[^\]]*)?\\\\|(['"])\\\\\1|JSON[\s\S]{0,20}stringify|encodeURI|inspect\(/.test(
    around.text.slice(0, 5_000),
  );
}
