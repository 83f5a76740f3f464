/** Text of others on its way to a terminal or a log: it must not act there, and secrets must not stand in it. */
import type { Finding } from '../../analysis/finding';
import type { CheckedText } from '../../analysis/fix-check';
import type { Span } from '../../analysis/span';
import { credentialSpans, MASK } from '../../regeneration/credentials';

/**
 * Without what a terminal would obey, and without characters that turn the direction of writing; tabs are blanks.
 * As many UTF-16 units as before.
 */
export function harmless(text: string): string {
  return text
    .replace(/\t/g, ' ')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '\uFFFD');
}

/** A path, harmless, also for build machines that take lines which begin with `::` for commands. */
export function harmlessPath(path: string): string {
  return harmless(path.startsWith('::') ? `./${path}` : path);
}

/**
 * What is not to be shown of a text: whatever looks like a credential, and all that rules for secrets found. In order,
 * none within another.
 */
export function secretsIn(checked: CheckedText): readonly Span[] {
  const [any] = checked.findings;
  const found = checked.findings.filter(({ ruleId }) => ruleId.startsWith('secrets/'));
  const spans = [...(any ? credentialSpans(checked.file, asOfNoRule(any)) : []), ...found.flatMap(spansOf)];
  const united: Span[] = [];
  for (const span of spans.sort((a, b) => a.start - b.start)) {
    const last = united.at(-1);
    if (!last || span.start >= last.end) united.push(span);
    else united[united.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
  }
  return united;
}

/** A text and its secrets. */
export interface MaskedText {
  readonly whole: string;
  readonly secrets: readonly Span[];
}

/** The secrets that a stretch touches. */
export function* secretsWithin({ secrets }: MaskedText, { start, end }: Span): Generator<Span> {
  let [low, high] = [0, secrets.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((secrets[middle] as Span).end <= start) low = middle + 1;
    else high = middle;
  }
  for (let at = low; at < secrets.length && (secrets[at] as Span).start < end; at++)
    yield secrets[at] as Span;
}

/** The text of a stretch with its secrets masked. */
export function maskedSlice(text: MaskedText, { start, end }: Span): string {
  let result = '';
  let from = start;
  for (const secret of secretsWithin(text, { start, end })) {
    result += text.whole.slice(from, Math.max(from, secret.start)) + MASK;
    from = Math.min(end, secret.end);
  }
  return result + text.whole.slice(from, end);
}

/** What rules for secrets found is masked by its place, whichever finding is looked at. */
function asOfNoRule(finding: Finding): Finding {
  return { ...finding, ruleId: '', related: [] };
}

function spansOf({ start, end, related }: Finding): Span[] {
  return [{ start, end }, ...related].filter((span) => span.end > span.start);
}
