/**
 * Which fixes a person applied: those after which a text is exactly what the fix makes of it, whatever editor it is.
 * No client has to tell, and nothing is taken for a fix that is none.
 */

import type { Finding } from '../../analysis/finding';
import { applyEdits, type Edit } from '../../analysis/fix';

export type FindingKey = Pick<Finding, 'ruleId' | 'fingerprint'>;

interface Offer {
  readonly text: string;
  readonly edits: readonly Edit[];
  /** The findings of the fixed rule that the text has. */
  readonly findings: readonly FindingKey[];
}

/** Of one text; more are offered where somebody goes through all findings of a file. */
const MOST_OFFERS = 50;

export class AppliedFixes {
  readonly #offers = new Map<string, readonly Offer[]>();
  readonly #applied = new Map<string, Map<string, FindingKey>>();

  /** @param findings all of the text that are of the fixed rule. */
  offer(uri: string, offer: Offer): void {
    // Of a former text none can be applied any more.
    const others = (this.#offers.get(uri) ?? []).filter((other) => other.text === offer.text);
    if (others.some(({ edits }) => edits === offer.edits)) return;
    this.#offers.set(uri, [...others, offer].slice(-MOST_OFFERS));
  }

  /** The text of a document is another one. */
  changed(uri: string, text: string): void {
    const applied = this.#offers.get(uri)?.find((offer) => isResult(offer, text));
    if (!applied) return;
    this.#offers.delete(uri);
    const known = this.#applied.get(uri) ?? new Map<string, FindingKey>();
    for (const finding of applied.findings) known.set(`${finding.ruleId} ${finding.fingerprint}`, finding);
    this.#applied.set(uri, known);
  }

  /** The findings before, of the rules whose fixes were applied since `settled`. */
  of(uri: string): readonly FindingKey[] {
    return [...(this.#applied.get(uri)?.values() ?? [])];
  }

  /** It was seen what became of them. */
  settled(uri: string): void {
    this.#applied.delete(uri);
  }

  close(uri: string): void {
    this.#offers.delete(uri);
    this.#applied.delete(uri);
  }
}

/** Editors write line ends as the file has them. */
function isResult({ text, edits }: Offer, after: string): boolean {
  let length = text.length;
  let breaks = 0;
  for (const { start, end, text: added } of edits) {
    length += added.length - (end - start);
    breaks += added.split('\n').length - 1;
  }
  if (Math.abs(after.length - length) > breaks) return false;
  return applyEdits(text, edits).replaceAll('\r\n', '\n') === after.replaceAll('\r\n', '\n');
}
