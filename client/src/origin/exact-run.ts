import type { OriginRun } from '../../../protocol/origin';

/** As the server has it for findings on lines of AI tools. */
const EXACT_FROM = 0.75;

/** Whether the evidence names the very lines. A tick hides the marker that would say so. */
export function isExactRun({ marker, state, confidence = 0 }: OriginRun): boolean {
  return marker === 'solid' || (marker === 'tick' && state === 'ai' && confidence >= EXACT_FROM);
}
