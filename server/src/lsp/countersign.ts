/** countersign/countersign: a person reviewed regions, and says so in records. */
import type { CountersignRequest, OpenFinding, RecordAnswer } from '../../../protocol/reviews';
import { sha256 } from '../host/digest';
import type { LineRange } from '../origin/evidence';
import { writeRecords } from '../session/reviews/write-records';
import { newSignOff } from '../signoffs/new-record';
import { isBlank, normalisedText } from '../signoffs/region-text';
import type { Context } from './context';
import { findingsIn, openFindings } from './open-findings';
import { recorded } from './recorded';
import { type Refused, type ReviewableText, refusedBecause, reviewableText } from './reviewable-text';
import type { Reviews } from './reviews';
import { settingsOf } from './settings';

const UNCHECKED = 'The file could not be checked. The log of Countersign says why.';

export async function countersign(
  context: Context,
  reviews: Reviews,
  request: CountersignRequest,
): Promise<RecordAnswer> {
  const found = await reviewableText(context, reviews, request.uri, request.version);
  if ('kind' in found) return found;
  const { lines, runs, file } = found;
  const wrong = wrongRegion(request, lines);
  if (wrong) return wrong;
  const findings = await findingsOf(context, reviews, found);
  if ('kind' in findings) return findings;
  const open = request.regions.flatMap((region) => findingsIn(findings, region));
  if (open.length > 0) {
    const count = open.length === 1 ? 'A finding is open' : `${open.length} findings are open`;
    return {
      ...refusedBecause(
        `${count} in these lines. Fix or suppress each, with a reason, before you countersign.`,
      ),
      open,
    };
  }
  const inRepository = reviews.tracker.in(file.repository);
  const { origins } = inRepository.review(file.path, { lines, runs });
  const { git, signing, version } = reviews.parts;
  const outcome = await writeRecords(
    { git, signing },
    {
      ...{ file, reviews: inRepository, isUnsigned: request.isUnsigned === true, now: Date.now() },
      make: (circumstances) =>
        request.regions.map(({ start, end }) =>
          newSignOff(
            { path: file.path, lines, range: { start, end } },
            origins,
            { rules: version, note: request.note, link: request.link },
            circumstances,
          ),
        ),
    },
  );
  return recorded(reviews, found, request.regions, outcome);
}

function wrongRegion(
  { regions, note, link }: CountersignRequest,
  lines: readonly string[],
): Refused | undefined {
  if (regions.length === 0) return refusedBecause('There is nothing to countersign here.');
  const isThere = ({ start, end, hash }: LineRange & { readonly hash: string }) =>
    Number.isSafeInteger(start) &&
    Number.isSafeInteger(end) &&
    start >= 0 &&
    start < end &&
    end <= lines.length &&
    !isBlank(lines[start] ?? '') &&
    !isBlank(lines[end - 1] ?? '') &&
    sha256(normalisedText(lines, { start, end })) === hash;
  if (!regions.every(isThere)) return refusedBecause('The text is another one by now. Look at it again.');
  if (note !== undefined && (/[\r\n]/.test(note) || note.length > 2_000)) {
    return refusedBecause('A note is one line of at most 2,000 characters. Shorten it.');
  }
  if (link !== undefined && !/^https?:\/\/[\x21-\x7e]{1,500}$/.test(link)) {
    return refusedBecause('A link begins with `https://` and has no spaces. Correct it.');
  }
  return undefined;
}

/** Those at warning or above, of the present text. */
async function findingsOf(
  context: Context,
  reviews: Reviews,
  { uri, text, runs }: ReviewableText,
): Promise<readonly OpenFinding[] | Refused> {
  const { session } = context;
  if (!session.text(uri)) {
    const checked = await reviews.check({ uri, text, runs }, new AbortController().signal);
    if (!checked.isChecked) return refusedBecause(checked.cause ?? UNCHECKED);
    return openFindings(checked.text, checked.shown);
  }
  await settingsOf(context, uri);
  // What is put off until the file is saved was never looked at, where it was saved by somebody else.
  session.save(uri);
  const document = session.document(uri);
  if (!document) return refusedBecause(UNCHECKED);
  if (document.isPending || document.isHeld) {
    return refusedBecause('The file is still being checked. Try again in a moment.');
  }
  return openFindings(document.text, session.shown(uri));
}
