/** How comments are written in files that are no code: the one place that knows, for reading and for writing them. */
import type { Span } from '../../analysis/span';
import type { Format } from '../../analysis/text-file';

export interface CommentSyntax {
  /** Signs that make the rest of a line a comment; the first is the one to write. */
  readonly line?: readonly string[];
  readonly block?: readonly [open: string, close: string];
  /** Where a sign counts at the beginning of a line or behind white space alone, as `#` in a shell. */
  readonly isApart?: boolean;
  /** Quotes of texts, in which nothing is a comment; those of three signs go over lines, others to the line's end. */
  readonly quotes?: readonly string[];
  /** Quotes of texts that go over lines until the same sign. */
  readonly longQuotes?: readonly string[];
}

const HASH: CommentSyntax = { line: ['#'], isApart: true, quotes: ['"""', "'''", '"', "'"] };
const C: CommentSyntax = { line: ['//'], block: ['/*', '*/'], quotes: ['"""', '"', "'"] };
const C_ONLY_LINES: CommentSyntax = { line: ['//'], quotes: ['"', "'"] };
const SQL: CommentSyntax = { line: ['--'], block: ['/*', '*/'], longQuotes: ["'", '"'] };
const DASHES: CommentSyntax = { line: ['--'], quotes: ['"', "'"] };
const MARKUP: CommentSyntax = { block: ['<!--', '-->'] };
const SEMICOLON: CommentSyntax = { line: [';'], isApart: true, quotes: ['"'] };
const INI: CommentSyntax = { line: ['#', ';'], isApart: true };

/** By extension, or by the whole name of files without one. */
const BY_NAME: Readonly<Record<string, CommentSyntax>> = {
  ...named('json5 jsonc code-workspace', C),
  ...named(
    'rules c h cc cpp cxx hpp hh cs java kt kts scala groovy gradle jenkinsfile go swift dart m mm proto sol thrift bicep jsonnet libsonnet scss sass less php fs fsx',
    C,
  ),
  // An apostrophe alone begins a lifetime.
  ...named('rs', { ...C, quotes: ['"'] }),
  ...named('prisma zig', C_ONLY_LINES),
  ...named('tf tfvars hcl', { ...C, line: ['#', '//'], quotes: ['"'] }),
  ...named('css', { block: ['/*', '*/'], quotes: ['"', "'"] }),
  ...named('sql psql pgsql ddl dml', SQL),
  ...named('hs elm adb ads lua vhdl', DASHES),
  ...named(
    'py pyi rb sh bash zsh fish ksh toml r jl ex exs nix graphql gql pl pm cr tcl awk mk make makefile cmake gemfile rakefile vagrantfile procfile caddyfile brewfile coffee gitignore dockerignore npmignore htaccess pgpass netrc bashrc zshrc profile tool-versions service',
    HASH,
  ),
  ...named('ps1 psm1 psd1', { ...HASH, block: ['<#', '#>'], quotes: ['"', "'"] }),
  ...named('ini cfg conf cnf npmrc yarnrc pypirc editorconfig gitconfig properties desktop', INI),
  ...named('html htm xhtml xml svg xsd xsl xslt plist vue svelte csproj props config xaml', MARKUP),
  ...named('clj cljs cljc edn lisp el scm', SEMICOLON),
  ...named('tex bib sty erl hrl', { line: ['%'], quotes: ['"'] }),
};

const BY_FORMAT: Readonly<Record<Format, CommentSyntax | undefined>> = {
  dockerfile: HASH,
  env: HASH,
  yaml: HASH,
  markdown: MARKUP,
  json: undefined,
  text: undefined,
};

/** Undefined where a file has no comments, or it is not known how they are written. */
export function commentSyntaxOf(path: string, format: Format): CommentSyntax | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  return BY_FORMAT[format] ?? BY_NAME[name.slice(name.lastIndexOf('.') + 1)];
}

/** A comment that holds one line of text. In scripts and styles of a page there are other comments than around them. */
export function writtenComment({ line, block }: CommentSyntax, text: string, isEmbedded: boolean): string {
  if (isEmbedded) return `/* ${text} */`;
  const [sign] = line ?? [];
  if (sign !== undefined) return `${sign} ${text}`;
  return block ? `${block[0]} ${text} ${block[1]}` : text;
}

/** Whether an offset is inside of a script or a style of a page. */
export function isEmbedded(text: string, at: number, { block }: CommentSyntax): boolean {
  if (block?.[0] !== '<!--') return false;
  const before = text.slice(0, at).toLowerCase();
  return ['script', 'style'].some((tag) => before.lastIndexOf(`<${tag}`) > before.lastIndexOf(`</${tag}`));
}

/** The comments of a text with their signs, in its order. Takes time as the text is long. */
export function commentsIn(text: string, syntax: CommentSyntax): readonly Span[] {
  const { line = [], block, isApart, quotes = [], longQuotes = [] } = syntax;
  const isPage = block?.[0] === '<!--';
  // Of scripts; that of an address has something before it.
  const lineSigns = isPage ? ['//'] : line;
  const blocks = [...(block ? [block] : []), ...(isPage ? [['/*', '*/'] as const] : [])];
  const signs = [...lineSigns, ...blocks.map(([open]) => open), ...quotes, ...longQuotes];
  const sign = new RegExp(signs.map((each) => each.replace(/\W/g, '\\$&')).join('|'), 'g');
  const comments: Span[] = [];
  for (let match = sign.exec(text); match; match = sign.exec(text)) {
    const [found] = match;
    const start = match.index;
    const close = blocks.find(([open]) => open === found)?.[1];
    if (close !== undefined) {
      const end = endBehind(text, close, start + found.length);
      comments.push({ start, end });
      sign.lastIndex = end;
    } else if (lineSigns.includes(found)) {
      if ((isApart || isPage) && /\S/.test(text.charAt(start - 1))) continue;
      const end = endOfLine(text, start);
      comments.push({ start, end });
      sign.lastIndex = end;
    } else if (longQuotes.includes(found) || found.length > 1) {
      sign.lastIndex = endBehind(text, found, start + found.length);
    } else {
      sign.lastIndex = endOfText(text, found, start + 1);
    }
  }
  return comments;
}

function endBehind(text: string, close: string, from: number): number {
  const at = text.indexOf(close, from);
  return at < 0 ? text.length : at + close.length;
}

/** Without the signs that end it. */
function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  const end = at < 0 ? text.length : at;
  return text[end - 1] === '\r' ? end - 1 : end;
}

/** Behind a quoted text, which ends with its line at the latest: an apostrophe begins none. */
function endOfText(text: string, quote: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === quote) return at + 1;
    if (text[at] === '\n') return at;
  }
  return text.length;
}

function named(names: string, syntax: CommentSyntax): Record<string, CommentSyntax> {
  return Object.fromEntries(names.split(' ').map((name) => [name, syntax]));
}
