/**
 * Texts that anybody may have written into a note, a commit or a file, made fit to be shown and looked up.
 * Markdown and HTML are escaped where they are shown, not here.
 */

const LONGEST_TEXT = 200;
const LONGEST_PATH = 4096;

/** Controls, bidirectional and other formats, halves of pairs, private characters, line and paragraph separators. */
const UNSEEN = /[\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu;
const BREAKS = /[\p{Cc}\p{Z}]+/gu;
/** Letters without a shape, and selectors of shapes: text can be hidden in them. */
const SHAPELESS = /\p{Default_Ignorable_Code_Point}/gu;
/** Marks piled up on a letter reach into other lines. */
const PILED_MARKS = /(\p{M}{2})\p{M}+/gu;
const PLAIN = /^[ -~]*$/;
const QUOTED = /^(?:"(.*)"|'(.*)'|`(.*)`)$/;

/**
 * One line, without what cannot be seen and without quotes around it, cut to `longest` characters with an ellipsis.
 * Undefined for what is no text, or has nothing to show.
 */
export function cleanText(value: unknown, longest = LONGEST_TEXT): string | undefined {
  if (typeof value !== 'string') return undefined;
  const begin = value.slice(0, longest * 4);
  // Most texts are plain, and what knows all characters takes longer to load than a hook may take.
  const shown = PLAIN.test(begin) ? begin.replace(/ +/g, ' ').trim() : visible(begin);
  const [, double, single, tick] = QUOTED.exec(shown) ?? [];
  const bare = (double ?? single ?? tick ?? shown).trim();
  if (bare === '') return undefined;
  const characters = [...bare];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : bare;
}

function visible(text: string): string {
  return text
    .replace(SHAPELESS, '')
    .replace(UNSEEN, '')
    .replace(BREAKS, ' ')
    .replace(PILED_MARKS, '$1')
    .trim();
}

/**
 * A path relative to the root of the repository, as git writes it, or undefined for one that leads elsewhere or
 * cannot be one.
 */
export function repositoryPath(value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '' || value.length > LONGEST_PATH) return undefined;
  if (/^[/\\]|^[A-Za-z]:|[\p{Cc}]/u.test(value)) return undefined;
  const parts = value.split(/[/\\]/);
  return parts.some((part) => part === '' || part === '.' || part === '..') ? undefined : value;
}
