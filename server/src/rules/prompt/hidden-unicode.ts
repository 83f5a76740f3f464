import type { Confidence, Report } from '../../analysis/finding';
import type { Fix } from '../../analysis/fix';
import type { ItemFacts } from '../../analysis/item-facts';
import type { Kind } from '../../analysis/kind';
import type { Node } from '../../analysis/node';
import type { Rule, TextReport } from '../../analysis/rule';
import type { Span } from '../../analysis/span';
import type { TextFile } from '../../analysis/text-file';
import { isAgentSettings, isInstructionFile } from '../../models/agent-files';
import { confusableIn, mayConfuse } from '../../models/confusables';
import { type Hidden, hiddenIn, mayHide } from '../../models/hidden-characters';

/** Where code is text that is not run as it stands. */
const TEXTS: readonly Kind[] = [
  'comment',
  'string_fragment',
  'string',
  'template_string',
  'regex',
  'jsx_text',
];
const NAMES: readonly Kind[] = [
  ...(['identifier', 'property_identifier', 'shorthand_property_identifier'] as const),
  ...(['private_property_identifier', 'type_identifier'] as const),
];
const WORD = /[\p{L}\p{N}_-]+/gu;

export const hiddenUnicode: Rule = {
  id: 'prompt/hidden-unicode',
  title: 'Characters that a reader cannot see',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-1007', 'CWE-116'],
  owasp: ['A05:2025'],
  fixable: true,

  *check(facts) {
    const { ownText } = facts;
    if (mayHide(ownText)) yield* hiddenInCode(facts);
    if (!mayConfuse(ownText)) return;
    for (const name of facts.nodesOf(NAMES)) {
      const message = disguiseOf(name.text);
      if (message) yield { at: name, message };
    }
  },

  *checkText(file) {
    const steers = isInstructionFile(file.path) || isAgentSettings(file.path) || isManifest(file.path);
    for (const hidden of hiddenIn(file.text)) {
      const confidence = hidden.isCertain || steers ? 'high' : hidden.kind === 'direction' ? 'medium' : 'low';
      yield { at: hidden, message: messageFor(hidden), confidence, fixes: () => [removal(hidden, 'unsafe')] };
    }
    if (mayConfuse(file.text)) yield* disguisedWords(file, steers);
  },
};

function* hiddenInCode(facts: ItemFacts): Generator<Report> {
  const { item } = facts;
  const texts = facts.nodesOf(TEXTS).toSorted((a, b) => a.start - b.start || b.end - a.end);
  let next = 0;
  for (const piece of facts.pieces()) {
    for (const hidden of hiddenIn(piece.text)) {
      // A mark at the head of the file says how it is encoded.
      if (item.start + piece.from + hidden.start === 0 && hidden.codes.join() === 'U+FEFF') continue;
      const at = { in: facts.node, start: piece.from + hidden.start, end: piece.from + hidden.end };
      const span = { start: item.start + at.start, end: item.start + at.end };
      while ((texts[next]?.start ?? Number.POSITIVE_INFINITY) <= span.start) next++;
      const around = textAround(texts[next - 1], span);
      const fixes = (): readonly Fix[] => [
        ...(around && hidden.kind !== 'smuggled' && takesEscapes(around)
          ? [asEscapes(facts.file.text, span)]
          : []),
        removal(span, around?.kind === 'comment' ? 'safe' : 'unsafe'),
      ];
      yield {
        at,
        message: messageFor(hidden),
        confidence:
          hidden.kind !== 'smuggled' && isAlone(around, span) ? 'low' : confidenceIn(around?.kind, hidden),
        fixes,
      };
    }
  }
}

/** The innermost text that holds a stretch, from the last one that begins before it outwards. */
function textAround(last: Node | undefined, { end }: Span): Node | undefined {
  if (!last || end <= last.end) return last;
  for (const outer of last.ancestors()) {
    if (TEXTS.includes(outer.kind) && end <= outer.end) return outer;
    if (outer.kind === 'template_substitution') return undefined;
  }
  return undefined;
}

/** Whether an escape in a text means the character: not in comments, in JSX, nor behind a tag, which sees it raw. */
function takesEscapes(text: Node): boolean {
  if (text.kind === 'comment' || text.kind === 'jsx_text') return false;
  const literal = text.kind === 'string_fragment' ? text.parent : text;
  return literal?.parent?.kind !== 'jsx_attribute' && literal?.field !== 'arguments';
}

/** A single joiner or mark in a text is often pasted; where code stands, or a line ends unseen, nothing is innocent. */
/** `'&zwj;': '…'`: a text of one such character is a table of characters, and hides nothing. */
function isAlone(text: Node | undefined, { start, end }: Span): boolean {
  if (text?.kind !== 'string' && text?.kind !== 'string_fragment') return false;
  if (end - start <= 8 && isTable(text.text)) return true;
  const quotes = text.kind === 'string' ? 1 : 0;
  return text.start + quotes === start && text.end - quotes === end && end - start <= 2;
}

/** Signs of all scripts, without blanks: the names and values of characters. What is hidden does not count. */
function isTable(text: string): boolean {
  if (text.length < 500) return false;
  const signs = text.match(/[^\x20-\x7e\p{Default_Ignorable_Code_Point}]/gu)?.length ?? 0;
  const blanks = text.match(/ /g)?.length ?? 0;
  return signs * 10 > text.length && blanks * 50 < text.length;
}

function confidenceIn(kind: Kind | undefined, hidden: Hidden): Confidence {
  if (hidden.isCertain || kind === undefined) return 'high';
  if (hidden.kind === 'direction') return 'high';
  if (hidden.kind === 'line end') return kind === 'comment' ? 'high' : 'medium';
  return kind === 'comment' || kind === 'jsx_text' ? 'low' : 'medium';
}

function messageFor({ codes, count, says, kind }: Hidden): string {
  const listed = codes.slice(0, 4).join(', ') + (codes.length > 4 ? ', …' : '');
  const what =
    count > 1
      ? `${count} hidden characters (${listed}) stand here`
      : `A hidden character (${listed}) stands here`;
  const effect =
    kind === 'direction'
      ? ', so the text is not in the order it is shown in'
      : kind === 'line end'
        ? ', and what follows is on a new line for the machine'
        : says === undefined
          ? ''
          : ` and read "${says}"`;
  return `${what}${effect}. Remove ${count > 1 ? 'them' : 'it'}.`;
}

function removal({ start, end }: Span, safety: Fix['safety']): Fix {
  return { title: 'Remove the hidden characters', safety, edits: [{ start, end, text: '' }] };
}

/** The same string or expression, with the characters to be seen. */
function asEscapes(text: string, { start, end }: Span): Fix {
  const escaped = text
    .slice(start, end)
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
  return { title: 'Write them as escapes', safety: 'safe', edits: [{ start, end, text: escaped }] };
}

/** In settings the keys and names are told; in what assistants read, each word. */
function* disguisedWords(file: TextFile, steers: boolean): Generator<TextReport> {
  const words = isInstructionFile(file.path)
    ? [{ start: 0, end: file.text.length, keys: [] as readonly string[] }]
    : file.entries.flatMap(({ key, path }) => (key ? [{ ...key, keys: path }] : []));
  for (const { start, end, keys } of words) {
    for (const { index, 0: word } of file.text.slice(start, end).matchAll(WORD)) {
      const message = disguiseOf(word);
      const at = { start: start + index, end: start + index + word.length };
      if (message) yield { at, message, keys, confidence: steers ? 'high' : 'medium' };
    }
  }
}

function disguiseOf(name: string): string | undefined {
  const found = confusableIn(name);
  if (!found) return undefined;
  const { letter, looksLike, script } = found;
  const code = letter.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
  return `The \`${letter}\` in this name is ${script} (U+${code}), not the Latin \`${looksLike}\` it looks like. Write the name in one script.`;
}

function isManifest(path: string): boolean {
  return /(?:^|\/)package(?:-lock)?\.json$/.test(path);
}
