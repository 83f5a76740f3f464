/** Conditions that come out the same whatever they are asked of, because of how they are written. */
import type { Confidence, Place } from './finding';
import type { Edit, Fix } from './fix';
import type { Node } from './node';

export interface ConstantCondition {
  /** The smallest part that makes it so. */
  readonly at: Place;
  /** The expression that is always the same, or is not what it seems. */
  readonly condition: Node;
  /** What is wrong, then what to do. */
  readonly message: string;
  readonly confidence?: Confidence;
  readonly fix?: () => Fix | undefined;
}

/** A fix of a condition: it lets other people pass than before, so it is never one to be made unasked. */
export function conditionFix(title: string, edits: readonly (Edit | undefined)[]): Fix | undefined {
  const all = edits.filter((edit) => edit !== undefined);
  return all.length === edits.length && all.length > 0 ? { title, safety: 'unsafe', edits: all } : undefined;
}

export function insertion(at: number, text: string): Edit {
  return { start: at, end: at, text };
}

export function replacement({ start, end }: Node, text: string): Edit {
  return { start, end, text };
}

/** Puts another operator between two operands; undefined where it cannot be found. */
export function otherOperator(before: Node, after: Node, from: string, to: string): Edit | undefined {
  const between = before.item.file.slice(before.end, after.start);
  const plain = between.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, (comment) => ' '.repeat(comment.length));
  const at = plain.indexOf(from);
  if (at < 0) return undefined;
  const start = before.end + at;
  return { start, end: start + from.length, text: to };
}

/** `always true`, `always false` */
export function always(value: boolean): string {
  return value ? 'always true' : 'always false';
}
