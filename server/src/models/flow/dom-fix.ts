/** Shows a text as a text, where no markup is meant. */
import type { Fix, FixSafety } from '../../analysis/fix';
import { propertyName, unwrap } from '../../analysis/literal';
import { wordsOf } from '../../analysis/words';
import { NO_TEXT } from '../html/libraries';
import type { DomSink } from './dom-sinks';
import type { HtmlText } from './html-text';

/** What takes a text where the sink takes HTML. */
const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['innerHTML', 'textContent'],
  ['insertAdjacentHTML', 'insertAdjacentText'],
  ['html', 'text'],
]);

/**
 * Nothing where the text has tags, or where its name says that it is markup.
 *
 * @param safety safe where what is put in is no markup for sure.
 */
export function textFix(
  { node, html, how }: DomSink,
  { hasMarkup, pieces }: HtmlText,
  safety: FixSafety,
): Fix[] {
  if (hasMarkup || /&\w+;/.test(html.text) || pieces.some((piece) => namesMarkup(piece.node.text))) return [];
  const access =
    how === 'property' && node.kind === 'assignment_expression'
      ? node.child('left')
      : how === 'adjacent' || how === 'jquery'
        ? node.child('function')
        : undefined;
  const property = access && unwrap(access).child('property');
  const instead = property && INSTEAD.get(propertyName(property) ?? property.text);
  if (!property || instead === undefined) return [];
  return [
    {
      title: `Use \`${instead}\``,
      safety,
      edits: [{ start: property.start, end: property.end, text: instead }],
    },
  ];
}

function namesMarkup(text: string): boolean {
  if (/\bmarked\b|\.render\(|makeHtml/.test(text)) return true;
  const last = /(\w+)\W*$/.exec(text.slice(-80))?.[1] ?? '';
  return wordsOf(last).some((word) => NO_TEXT.has(word) && MARKUP_WORDS.has(word));
}

const MARKUP_WORDS: ReadonlySet<string> = new Set('html markup content inner template body'.split(' '));
