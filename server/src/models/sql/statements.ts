/** Splits SQL for PostgreSQL into statements and their words, for rules about migrations. */
import type { Span } from '../../analysis/span';

/**
 * - `word`: a keyword or a plain name, in lower case; `name`: a quoted name, without its quotes.
 * - `text`: a string in quotes; `body`: one between dollars, as functions are written.
 * - `sign`: anything else, one character.
 */
export interface Token extends Span {
  readonly kind: 'word' | 'name' | 'text' | 'body' | 'sign';
  readonly text: string;
}

export interface Statement extends Span {
  readonly tokens: readonly Token[];
}

/** Longer texts (UTF-16 units) are dumps of data. */
const LONGEST = 1_000_000;
const TOKEN =
  /(?<skip>\s+|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<text>[eE]?'(?:[^']|'')*(?:'|$))|(?<name>"(?:[^"]|"")*(?:"|$))|(?<tag>\$(?:[A-Za-z_]\w*)?\$)|(?<word>[A-Za-z_][\w$]*|\d[\w.]*)|(?<sign>[\s\S])/y;

/** The statements of a text, and of the blocks that `do $$ … $$` runs. Linear in its length. */
export function statementsIn(text: string): readonly Statement[] {
  return text.length > LONGEST ? [] : statementsOf(text, 0, text.length, true);
}

function statementsOf(text: string, from: number, to: number, isOutside: boolean): Statement[] {
  const found: Statement[] = [];
  let tokens: Token[] = [];
  const finish = () => {
    const [first] = tokens;
    const last = tokens.at(-1);
    if (!first || !last) return;
    found.push({ start: first.start, end: last.end, tokens });
    // What `do` runs stands between dollars.
    const body = isOutside && first.text === 'do' ? tokens.find(({ kind }) => kind === 'body') : undefined;
    if (body) found.push(...innerStatements(text, body));
    tokens = [];
  };
  for (let at = from; at < to; ) {
    TOKEN.lastIndex = at;
    const groups = TOKEN.exec(text)?.groups;
    if (!groups) break;
    const [kind, written] = Object.entries(groups).find(([, value]) => value !== undefined) as [
      string,
      string,
    ];
    const close = kind === 'tag' ? text.indexOf(written, at + written.length) : -1;
    const end = close < 0 ? at + written.length : close + written.length;
    if (written === ';' && kind === 'sign') finish();
    else if (kind !== 'skip') tokens.push(tokenOf(kind, text.slice(at, end), { start: at, end }));
    at = end;
  }
  finish();
  return found;
}

function tokenOf(kind: string, written: string, span: Span): Token {
  const { start, end } = span;
  if (kind === 'word') return { kind, text: written.toLowerCase(), start, end };
  if (kind === 'name') return { kind, text: written.slice(1, -1), start, end };
  if (kind === 'text') return { kind, text: written.replace(/^[eE]?'|'$/g, ''), start, end };
  return { kind: kind === 'tag' ? 'body' : 'sign', text: written, start, end };
}

/** Without what stands in front of a statement in a block: `begin`, `if … then`. */
function innerStatements(text: string, { start, end }: Token): Statement[] {
  const tag = text.indexOf('$', start + 1) + 1;
  const inner = statementsOf(text, tag, Math.max(tag, end - (tag - start)), false);
  return inner.map((statement) => {
    const first = statement.tokens.findIndex(({ text: word }) =>
      /^(?:create|alter|drop|execute)$/.test(word),
    );
    const tokens = first > 0 ? statement.tokens.slice(first) : statement.tokens;
    return { ...statement, start: tokens[0]?.start ?? statement.start, tokens };
  });
}
