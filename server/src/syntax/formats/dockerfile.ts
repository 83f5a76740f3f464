import type { Entry, FormatReader } from '../../analysis/text-file';
import { commentLines } from './env';

/** `ENV` and `ARG` with all that belongs to them, over lines that end in a backslash. */
const INSTRUCTION = /^[ \t]*(ENV|ARG)[ \t]+((?:[^\\\r\n]|\\[\s\S])*)/gim;
/** `NAME=value`, several in one instruction; the value may be quoted. */
const PAIR = /([\w.-]+)=("(?:\\[\s\S]|[^"\\])*"|'[^']*'|(?:\\[\s\S]|[^\s\\"'])*)/g;
/** `ENV NAME value`, the older form. */
const SPACED = /^([\w.-]+)[ \t]+([^\r\n]+)$/;

/** Dockerfiles: the environment and the arguments that they set. */
export const DOCKERFILE_READER: FormatReader = {
  entries(text) {
    return { entries: [...text.matchAll(INSTRUCTION)].flatMap(entriesOf), faults: 0 };
  },
  comments: commentLines,
};

function entriesOf(match: RegExpMatchArray): Entry[] {
  const [whole, word = '', rest = ''] = match;
  const start = (match.index ?? 0) + whole.length - rest.length;
  const spaced = word.toUpperCase() === 'ENV' && !/^[\w.-]+=/.test(rest) ? SPACED.exec(rest) : null;
  const pairs = spaced ? [spaced] : [...rest.matchAll(PAIR)];
  return pairs.map((pair) => {
    const [all, name = '', written = ''] = pair;
    const at = start + (pair.index ?? 0);
    const valueStart = at + all.length - written.length;
    const isQuoted = /^(["']).*\1$/s.test(written) && written.length > 1;
    return {
      path: [word.toUpperCase(), name],
      key: { start: at, end: at + name.length },
      value: { start: valueStart, end: valueStart + written.length },
      text: isQuoted ? written.slice(1, -1) : written,
      isString: true,
    };
  });
}
