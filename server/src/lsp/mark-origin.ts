/** countersign/markOrigin: a person says who wrote lines, against the evidence. */
import type { MarkOriginRequest, RecordAnswer } from '../../../protocol/reviews';
import { cleanText } from '../origin/stranger-text';
import { writeRecords } from '../session/reviews/write-records';
import { newOverride } from '../signoffs/new-record';
import { isBlank } from '../signoffs/region-text';
import type { Context } from './context';
import { recorded } from './recorded';
import { refusedBecause, reviewableText } from './reviewable-text';
import type { Reviews } from './reviews';

const LONGEST_REASON = 2_000;

export async function markOrigin(
  context: Context,
  reviews: Reviews,
  request: MarkOriginRequest,
): Promise<RecordAnswer> {
  const found = await reviewableText(context, reviews, request.uri, request.version);
  if ('kind' in found) return found;
  const { file, lines } = found;
  const reason = cleanText(request.reason, LONGEST_REASON);
  if (reason === undefined) return refusedBecause('Say why the evidence is wrong.');
  let { start, end } = request;
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end) || start < 0 || end > lines.length) {
    return refusedBecause('The text is another one by now. Look at it again.');
  }
  // It holds for the text of the lines, and blank ones around them are nobody's.
  while (start < end && isBlank(lines[start] ?? '')) start++;
  while (end > start && isBlank(lines[end - 1] ?? '')) end--;
  if (start >= end) return refusedBecause('There is nothing but blank lines. Choose others.');
  const range = { start, end };
  const { git, signing } = reviews.parts;
  const outcome = await writeRecords(
    { git, signing },
    {
      ...{ file, reviews: reviews.tracker.in(file.repository), now: Date.now() },
      isUnsigned: request.isUnsigned === true,
      make: (circumstances) => [
        newOverride({ path: file.path, lines, range }, { claim: request.claim, reason }, circumstances),
      ],
    },
  );
  return recorded(reviews, found, [range], outcome);
}
