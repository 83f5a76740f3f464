/**
 * Code without what its strings hold: to recognise it again without telling anything of a secret in it. A short one is
 * found again from its hash by trying.
 */
import type { Kind } from './kind';
import type { Node } from './node';
import { type Span, touches } from './span';

/** @param at a node that the stretch begins in. */
export function withoutStrings(at: Node, span: Span): string {
  const { text } = at.item.file;
  const whole = text.slice(span.start, span.end);
  // What begins where a node does is not inside a string.
  if (at.start === span.start && !/['"`]/.test(whole)) return whole;
  let result = '';
  let from = span.start;
  for (const { start, end } of held(covering(at, span), span)) {
    result += text.slice(from, Math.max(from, start));
    from = Math.max(from, end);
  }
  return result + text.slice(from, Math.max(from, span.end));
}

function covering(at: Node, { end }: Span): Node {
  let node = at;
  for (let outer = node.parent; node.end < end && outer; outer = node.parent) node = outer;
  return node;
}

const HOLDING: ReadonlySet<Kind> = new Set<Kind>(['string', 'template_string', 'comment']);

/** In the order of the text, none within another. */
function held(node: Node, span: Span): Span[] {
  const found: Span[] = [];
  for (const each of node.walk((inner) => touches(inner, span))) {
    if (HOLDING.has(each.kind) && touches(each, span)) found.push(...insides(each));
  }
  return found.filter((each) => touches(each, span)).sort((a, b) => a.start - b.start);
}

const QUOTED = /(['"`])(?:(?!\1).)*\1/g;

function insides(node: Node): Span[] {
  if (node.kind === 'comment') {
    return [...node.text.matchAll(QUOTED)].map(({ index, 0: found }) => {
      return { start: node.start + index + 1, end: node.start + index + found.length - 1 };
    });
  }
  const inner = node.kind === 'template_string' ? node.children : [];
  const code = inner.filter(({ kind }) => kind === 'template_substitution');
  const starts = [node.start + 1, ...code.map(({ end }) => end)];
  return starts.map((start, i) => ({ start, end: code[i]?.start ?? node.end - 1 }));
}
