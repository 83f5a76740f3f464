// Characters that nobody sees are written as `⟨U+202E⟩` on a page, secrets as `⟨github token⟩`. Rules get the
// characters and made-up secrets themselves, and what they answer is told in terms of the page again.

import type { Check, CheckedPlace, SourceText } from './checker';
import { MADE_UP_SECRETS } from './made-up-secrets';

const VEIL = /⟨((?:U\+[0-9A-F]{4,6} ?)+|[a-z ]+)⟩/g;

/** Runs a check on the texts that a page means. */
export function veiled(check: Check): Check {
  return (files) => {
    if (!files.some(({ text }) => text.includes('⟨'))) return check(files);
    const texts = new Map(files.map((file) => [file.name, new Unveiled(file)]));
    const placed = <T extends CheckedPlace>(place: T): T => texts.get(place.file)?.placed(place) ?? place;
    const findings = check([...texts].map(([name, { text }]) => ({ name, text })));
    return findings.map((finding) => ({
      ...placed(finding),
      related: finding.related.map(placed),
      fixes: finding.fixes.map((fix) => ({ ...fix, edits: fix.edits.map(placed) })),
    }));
  };
}

/** The text that rules get for a file of a page. */
export function unveiledText(file: SourceText): string {
  return new Unveiled(file).text;
}

function unveiled(name: string): string {
  if (!name.startsWith('U+')) {
    const secret = MADE_UP_SECRETS[name];
    if (!secret)
      throw new Error(`There is no secret ⟨${name}⟩; there are ${Object.keys(MADE_UP_SECRETS).join(', ')}.`);
    return secret();
  }
  const codes = name.trim().split(' ');
  return codes.map((code) => String.fromCodePoint(Number.parseInt(code.slice(2), 16))).join('');
}

/** A text with its veiled characters put in, and the way back from its offsets. */
class Unveiled {
  readonly text: string;
  /** For each veil: where it ends, with the characters and as written. */
  readonly #ends: { readonly real: number; readonly written: number }[] = [];

  constructor({ text }: SourceText) {
    let longer = 0;
    this.text = text.replaceAll(VEIL, (veil: string, name: string, at: number) => {
      const characters = unveiled(name);
      const real = at - longer + characters.length;
      longer += veil.length - characters.length;
      this.#ends.push({ real, written: at + veil.length });
      return characters;
    });
  }

  placed<T extends CheckedPlace>(place: T): T {
    return { ...place, start: this.#written(place.start), end: this.#written(place.end) };
  }

  #written(offset: number): number {
    const before = this.#ends.findLast(({ real }) => real <= offset);
    return before ? before.written + offset - before.real : offset;
  }
}
