/** countersign/reviewer: in whose name a record would be stored, for the question before it is. */
import type { ReviewerAnswer, ReviewerRequest } from '../../../protocol/reviews';
import { findInRepository } from '../origin/repository/repository';
import { signingKey, UNKNOWN_PERSON } from '../session/reviews/write-records';
import type { Context } from './context';
import { notInRepository, UNTRUSTED } from './reviewable-text';
import type { Reviews } from './reviews';

export async function reviewer(
  { session }: Context,
  { parts: { git, origins }, tracker }: Reviews,
  { uri }: ReviewerRequest,
): Promise<ReviewerAnswer> {
  if (!origins.tracker.isTrusted) return { kind: 'unknown', reason: UNTRUSTED };
  // Nobody may have asked who wrote its lines, or git may not have answered yet.
  const file = origins.tracker.of(uri)?.file ?? (await findInRepository(git, session.host, uri));
  if ('kind' in file) return { kind: 'unknown', reason: notInRepository(file) };
  const reviews = tracker.in(file.repository);
  const person = await reviews.person();
  if (!person.reviewer) return { kind: 'unknown', reason: UNKNOWN_PERSON };
  const isSigning = signingKey(person, reviews.requirementsFor(file.path)) !== undefined;
  return { kind: 'known', ...person.reviewer, isSigning };
}
