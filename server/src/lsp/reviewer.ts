/** countersign/reviewer: in whose name a record would be stored, for the question before it is. */
import type { ReviewerAnswer, ReviewerRequest } from '../../../protocol/reviews';
import { signingKey, UNKNOWN_PERSON } from '../session/reviews/write-records';
import { ELSEWHERE } from './reviewable-text';
import type { Reviews } from './reviews';

export async function reviewer(
  { parts, tracker }: Reviews,
  { uri }: ReviewerRequest,
): Promise<ReviewerAnswer> {
  const file = parts.origins.tracker.of(uri)?.file;
  if (!file) return { kind: 'unknown', reason: ELSEWHERE };
  const reviews = tracker.in(file.repository);
  const person = await reviews.person();
  if (!person.reviewer) return { kind: 'unknown', reason: UNKNOWN_PERSON };
  const isSigning = signingKey(person, reviews.requirementsFor(file.path)) !== undefined;
  return { kind: 'known', ...person.reviewer, isSigning };
}
