/**
 * Characters that a reader does not see and a machine does. Source of the classes: the Unicode Character
 * Database (Default_Ignorable_Code_Point, Bidi_Control) and UTS #39.
 */
import type { Span } from '../analysis/span';

export type HiddenKind =
  /** Changes the order in which text is shown: U+202A to U+202E, U+2066 to U+2069. */
  | 'direction'
  /** Ends a line for the machine, not for most editors: U+2028, U+2029. */
  | 'line end'
  /** Letters that are never shown: tags, and selectors in a row; both carry text unseen. */
  | 'smuggled'
  /** Takes no room: joiners, spaces of no width, fillers. */
  | 'invisible';

/** A run of hidden characters: offsets in the text it was found in, end exclusive. */
export interface Hidden extends Span {
  readonly kind: HiddenKind;
  /** As `U+200B`, each once, in the order of the text. */
  readonly codes: readonly string[];
  /** How many characters. */
  readonly count: number;
  /** What the run says to who decodes it; undefined where it is no text. */
  readonly says: string | undefined;
  /** Whether nothing but an attack or a broken tool writes it. */
  readonly isCertain: boolean;
}

/** Written as escapes, so that this file can be read. */
const CLASS = String.raw`\u{ad}\u{34f}\u{115f}\u{1160}\u{17b4}\u{17b5}\u{180b}-\u{180f}\u{200b}-\u{200f}\u{2028}-\u{202e}\u{2060}-\u{206f}\u{3164}\u{fe00}-\u{fe0f}\u{feff}\u{ffa0}\u{e0000}-\u{e01ef}`;
const RUN = new RegExp(`[${CLASS}]+`, 'gu');
const ANY = new RegExp(`[${CLASS}]`, 'u');

/** Whether there can be any at all: most texts are passed over by this alone. */
export function mayHide(text: string): boolean {
  return ANY.test(text);
}

const OVERRIDE = /[\u202d\u202e]/;
const DIRECTION = /[\u202a-\u202e\u2066-\u2069]/;
const MARK = /^[\u200e\u200f\u061c]+$/;
const LINE_END = /[\u2028\u2029]/;
const TAG = /[\u{e0000}-\u{e007f}]/u;
const SELECTOR = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u;
/** Black flag, and the tags that make it the flag of a region. */
const REGION_FLAG = /\u{1f3f4}$/u;
const REGION_TAGS = /^[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f}$/u;
/** Scripts that are written with joiners, or without blanks between words. */
const USES_JOINERS =
  /[\p{sc=Arab}\p{sc=Syrc}\p{sc=Mong}\p{sc=Deva}\p{sc=Beng}\p{sc=Guru}\p{sc=Gujr}\p{sc=Orya}\p{sc=Taml}\p{sc=Telu}\p{sc=Knda}\p{sc=Mlym}\p{sc=Sinh}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tibt}]/u;
const RIGHT_TO_LEFT = /[\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}]/u;
const EMOJI_BEFORE = /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|[\ufe0f\u20e3])$/u;
const EMOJI_AFTER = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier})/u;

/** All runs of hidden characters in a text, apart from those that its language or an emoji needs. */
export function* hiddenIn(text: string): Generator<Hidden> {
  if (!mayHide(text)) return;
  for (const match of text.matchAll(RUN)) {
    const [run] = match;
    const start = match.index;
    const end = start + run.length;
    if (isNeeded(run, text, start)) continue;
    const characters = [...run];
    const codes = [
      ...new Set(characters.map((c) => `U+${codeOf(c).toString(16).toUpperCase().padStart(4, '0')}`)),
    ];
    const kind = kindOf(run, characters.length);
    const isCertain = kind === 'smuggled' || OVERRIDE.test(run) || characters.length >= 4;
    yield { start, end, kind, codes, count: characters.length, says: textIn(characters), isCertain };
  }
}

function kindOf(run: string, count: number): HiddenKind {
  // The selector for emoji is doubled by mistake, and carries nothing.
  const isEmojis = /^\ufe0f+$/.test(run);
  if (TAG.test(run) || (SELECTOR.test(run) && count > 1 && !isEmojis)) return 'smuggled';
  if (LINE_END.test(run)) return 'line end';
  return DIRECTION.test(run) ? 'direction' : 'invisible';
}

function isNeeded(run: string, text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 2), start);
  const after = text.slice(start + run.length, start + run.length + 2);
  if (run === '\ufeff') return start === 0;
  // A soft hyphen shows where a word may be broken, a selector how the character before it looks.
  if (run === '\u00ad' || ([...run].length === 1 && SELECTOR.test(run))) return before !== '';
  if (/^\ufe0f?\u200d\ufe0f?$|^\ufe0f\u200d$/.test(run)) {
    return (EMOJI_BEFORE.test(before) && EMOJI_AFTER.test(after)) || isJoined(before, after);
  }
  if (REGION_TAGS.test(run)) return REGION_FLAG.test(before);
  if (/^[\u200b-\u200d]$/.test(run)) return isJoined(before, after);
  const line = lineAt(text, start);
  if (MARK.test(run)) return RIGHT_TO_LEFT.test(line);
  return DIRECTION.test(run) && !OVERRIDE.test(run) && RIGHT_TO_LEFT.test(line) && isBalanced(line);
}

function isJoined(before: string, after: string): boolean {
  return USES_JOINERS.test(before) || USES_JOINERS.test(after);
}

/** Whether each isolate and embedding of a line ends in it. */
function isBalanced(line: string): boolean {
  const open: string[] = [];
  for (const [character] of line.matchAll(/[\u202a\u202b\u202c\u2066-\u2069]/g)) {
    if (character === '\u202c' || character === '\u2069') {
      if (open.pop() !== character) return false;
    } else {
      open.push(character < '\u2060' ? '\u202c' : '\u2069');
    }
  }
  return open.length === 0;
}

/** The line at an offset; of a long one what is near. */
function lineAt(text: string, at: number): string {
  const near = text.slice(Math.max(0, at - LINE_NEAR), at + LINE_NEAR);
  const middle = Math.min(at, LINE_NEAR);
  const end = near.indexOf('\n', middle);
  return near.slice(near.lastIndexOf('\n', middle - 1) + 1, end < 0 ? near.length : end);
}

const LINE_NEAR = 500;

/** What tags or selectors spell: tags are ASCII moved up, selectors in a row are bytes. */
function textIn(characters: readonly string[]): string | undefined {
  const bytes = characters.flatMap((character) => {
    const code = codeOf(character);
    if (code >= 0xe0020 && code <= 0xe007e) return code - 0xe0000;
    if (code >= 0xfe00 && code <= 0xfe0f) return code - 0xfe00;
    return code >= 0xe0100 && code <= 0xe01ef ? code - 0xe0100 + 16 : [];
  });
  const text = String.fromCharCode(
    ...bytes.slice(0, 60).map((byte) => (byte < 0x20 || byte > 0x7e ? 0x20 : byte)),
  );
  const isText = bytes.length >= 3 && /^[\w\s.,:;!?'"()/<>=+*@#&%$-]+$/.test(text) && /[a-z]{2}/i.test(text);
  return isText ? `${text.trim()}${bytes.length > 60 ? '…' : ''}` : undefined;
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}
