/** What another window sends a page: whoever frames the page or opened it may be the one. */
import type { Source } from '../../analysis/flow/flow-model';
import type { Path } from '../../analysis/flow/path';
import { callAt } from '../../analysis/item-facts';
import { canonicalName } from '../../analysis/name';
import type { Node } from '../../analysis/node';
import { rememberedByNode } from '../../analysis/remembered';
import { argumentHolding } from '../../analysis/results';
import { constantString } from '../../analysis/value';

const PAGE: Source = { kind: 'page', clean: 0 };

/** `event.data` in a listener of the window that does not ask who sent it. */
export function messageSource(fn: Node, index: number, path: Path): Source | undefined {
  return index === 0 && path[0] === 'data' && isListener(fn) ? PAGE : undefined;
}

const isListener = rememberedByNode((fn: Node): boolean => {
  return isOfWindow(fn) && !/\.(?:origin|source)\b|\borigin\b/.test(fn.text);
});

function isOfWindow(fn: Node): boolean {
  if (fn.parent?.kind === 'assignment_expression') {
    const left = fn.parent.child('left');
    return left !== undefined && canonicalName(left) === 'globalThis.onmessage';
  }
  const list = argumentHolding(fn)?.parent;
  const call = list?.kind === 'arguments' && list.parent ? callAt(list.parent) : undefined;
  const [type] = call?.args ?? [];
  return (
    call?.name === 'globalThis.addEventListener' && type !== undefined && constantString(type) === 'message'
  );
}
