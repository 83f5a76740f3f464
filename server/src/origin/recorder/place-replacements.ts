/**
 * Finds replaced texts in the text that they made, by going back from the last to the first: so a later one of the
 * same call may have changed what an earlier one wrote.
 */
import { commonLines } from '../mapping/common-lines';
import { linesOf } from '../mapping/text-lines';
import type { Replacement } from './agent-event';
import { withoutSpace } from './hunk-lines';
import { type FoundLines, placesOf } from './place-patch';

const MOST_COMPARED = 2_000_000;

/** Undefined when none of them can be placed: what they wrote is nowhere, or at several places. */
export function placeReplacements(
  replacements: readonly Replacement[],
  lines: readonly string[],
): FoundLines {
  // So much is no edit of a person's file, and would take long.
  if (replacements.length * lines.length > MOST_COMPARED) return undefined;
  const written: number[] = [];
  let isPlaced = false;
  let former: Former = { lines, last: lines.map((_, line) => line) };
  for (const replacement of [...replacements].reverse()) {
    // What was removed leaves no text. What was put wherever something stood, or in the place of nothing, may have
    // stood there before.
    if (replacement.after === '' || replacement.before === '' || replacement.isEverywhere) continue;
    const step = undone(replacement, former);
    if (!step) continue;
    isPlaced = true;
    written.push(...step.written);
    former = step.former;
  }
  return isPlaced ? written : undefined;
}

/** A text on the way back, and which line of the last text each of its lines is, or -1. */
interface Former {
  readonly lines: readonly string[];
  readonly last: readonly number[];
}

function undone(
  { before, after }: Replacement,
  { lines, last }: Former,
): { readonly former: Former; readonly written: number[] } | undefined {
  const place = placeOfText(linesOf(after), lines) ?? placeOfLines(linesOf(after), lines);
  if (!place) return undefined;
  const { start, end, head, tail } = place;
  const old = linesOf(before);
  old[0] = head + old[0];
  old[old.length - 1] += tail;
  const kept = commonLines(old.map(withoutSpace), lines.slice(start, end).map(withoutSpace));
  const written: number[] = [];
  const oldLast = new Array<number>(old.length).fill(-1);
  kept.forEach((oldLine, i) => {
    const line = last[start + i] as number;
    if (oldLine >= 0) oldLast[oldLine] = line;
    else if (line >= 0) written.push(line);
  });
  return {
    former: {
      lines: [...lines.slice(0, start), ...old, ...lines.slice(end)],
      last: [...last.slice(0, start), ...oldLast, ...last.slice(end)],
    },
    written,
  };
}

/** Lines from `start` to `end`, and what stands in the first and the last around the text. */
interface Place {
  readonly start: number;
  readonly end: number;
  readonly head: string;
  readonly tail: string;
}

/** The only place of a text that may begin and end within lines. */
function placeOfText(wanted: readonly string[], lines: readonly string[]): Place | undefined {
  const whole = lines.join('\n');
  const text = wanted.join('\n');
  const at = whole.indexOf(text);
  if (at === -1 || whole.indexOf(text, at + 1) !== -1) return undefined;
  const above = whole.slice(0, at).split('\n');
  const behind = at + text.length;
  const lineEnd = whole.indexOf('\n', behind);
  const start = above.length - 1;
  return {
    start,
    end: start + wanted.length,
    head: above.at(-1) as string,
    tail: whole.slice(behind, lineEnd === -1 ? undefined : lineEnd),
  };
}

/** The only place of whole lines that a formatter has indented otherwise. */
function placeOfLines(wanted: readonly string[], lines: readonly string[]): Place | undefined {
  const whole = wanted.at(-1) === '' ? wanted.slice(0, -1) : wanted;
  if (whole.every((line) => line.trim() === '')) return undefined;
  const [start, ...more] = placesOf(whole, lines, (line) => line.trim());
  if (start === undefined || more.length > 0) return undefined;
  return { start, end: start + whole.length, head: '', tail: '' };
}
