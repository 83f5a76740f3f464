import type { RecordAnswer } from '../../../protocol/reviews';
import type { LineRange } from '../origin/evidence';
import { uriIn } from '../session/reviews/repository-records';
import type { WriteOutcome } from '../session/reviews/write-records';
import { OVERRIDE_FOLDER } from '../signoffs/record';
import type { ReviewableText } from './reviewable-text';
import type { Reviews } from './reviews';

/** Tells what became of records, with what the policy asks for beyond them, and shows them everywhere. */
export async function recorded(
  reviews: Reviews,
  { file, lines, runs }: ReviewableText,
  ranges: readonly LineRange[],
  outcome: WriteOutcome,
): Promise<RecordAnswer> {
  if (outcome.kind !== 'recorded') return outcome;
  const { paths, isSigned } = outcome;
  const { records } = reviews.parts.origins;
  records.forget();
  const inRepository = reviews.tracker.in(file.repository);
  const written = new Set(paths.map((path) => path.slice(path.lastIndexOf('/') + 1, -'.json'.length)));
  await inRepository.judge(records.of(file.repository).records.filter(({ id }) => written.has(id)));
  const { regions } = inRepository.review(file.path, { lines, runs });
  const lacking = regions.find(({ start, end }) =>
    ranges.some((range) => range.start < end && start < range.end),
  );
  reviews.reload(paths.some((path) => path.startsWith(`${OVERRIDE_FOLDER}/`)));
  return {
    kind: 'recorded',
    uris: paths.map((path) => uriIn(file.repository, path)),
    isSigned,
    ...(lacking && { stillMissing: lacking.reason }),
  };
}
