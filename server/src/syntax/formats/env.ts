import type { Span } from '../../analysis/span';
import type { Entry, FormatReader } from '../../analysis/text-file';

/** A name, and a value that is quoted (over several lines where it must be) or goes to the end of the line. */
const SETTING =
  /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*(?:=|:[ \t])[ \t]*("(?:\\[\s\S]|[^"\\])*"|'[^']*'|`[^`]*`|[^\r\n]*)/gm;

/** Files of environment variables, as `dotenv` reads them. */
export const ENV_READER: FormatReader = {
  entries(text) {
    return { entries: [...text.matchAll(SETTING)].map(entryOf), faults: 0 };
  },
  comments(text) {
    return commentLines(text);
  },
};

/** Lines that begin with `#`. */
export function commentLines(text: string): readonly Span[] {
  return [...text.matchAll(/^[ \t]*(#[^\r\n]*)/gm)].map((match) => {
    const end = match.index + match[0].length;
    return { start: end - (match[1] ?? '').length, end };
  });
}

function entryOf(match: RegExpMatchArray): Entry {
  const [whole, name = '', written = ''] = match;
  const start = match.index ?? 0;
  const keyStart = start + whole.indexOf(name, /^[ \t]*(?:export[ \t]+)?/.exec(whole)?.[0].length ?? 0);
  const valueStart = start + whole.length - written.length;
  // Behind a blank a `#` begins a comment, unless the value is quoted.
  const isQuoted = /^["'`]/.test(written) && written.length > 1 && written.endsWith(written[0] ?? '');
  const value = isQuoted ? written : written.replace(/(?:^|[ \t]+)#.*$/, '').trimEnd();
  return {
    path: [name],
    key: { start: keyStart, end: keyStart + name.length },
    value: { start: valueStart, end: valueStart + value.length },
    text: isQuoted ? value.slice(1, -1) : value,
    isString: true,
  };
}
