/** Where templates write a value without escaping it. Sources: EJS 3, Handlebars 4, Mustache 4, Pug 3, Vue 3, Svelte 5, Nunjucks 3, Twig 3, Angular 1. */
import type { Span } from '../../analysis/span';
import { wordsOf } from '../../analysis/words';
import { CLEAN_WORDS, DRAWN_WORDS, PEOPLE_WRITE, TRANSLATING } from './libraries';

export interface RawOutput extends Span {
  /** The expression between the signs. */
  readonly value: string;
}

interface Syntax {
  readonly extensions: string;
  /** The one group is the value. No two repetitions in it meet, so that each takes linear time. */
  readonly pattern: RegExp;
}

const SYNTAXES: readonly Syntax[] = [
  { extensions: 'ejs html.ejs', pattern: /<%-([^%<]{1,300})%>/g },
  { extensions: 'hbs handlebars mustache hjs hogan', pattern: /\{\{\{([^{}]{1,200})\}\}\}/g },
  { extensions: 'hbs handlebars mustache hjs hogan', pattern: /\{\{&([^{}]{1,200})\}\}/g },
  { extensions: 'pug jade', pattern: /^[ \t]*(?:[\w.#-]+(?:\([^()\n]{0,200}\))?)?!=([^\n]{1,200})/gm },
  { extensions: 'pug jade', pattern: /!\{([^{}\n]{1,200})\}/g },
  { extensions: 'vue html htm', pattern: /\bv-html="([^"\n]{1,200})"/g },
  { extensions: 'html htm', pattern: /\bng-bind-html(?:-unsafe)?="([^"\n]{1,200})"/g },
  { extensions: 'svelte', pattern: /\{@html ([^{}\n]{1,200})\}/g },
  { extensions: 'njk nunjucks twig swig liquid', pattern: /\{\{([^{}|]{1,200})\|\s?(?:safe|raw)\s?\}\}/g },
];

export function* rawOutputsIn(path: string, text: string): Generator<RawOutput> {
  // A mail in plain text.
  if (/\.(?:plain|txt|text)\.\w+$/.test(path)) return;
  const extension = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  for (const { extensions, pattern } of SYNTAXES) {
    if (!extensions.split(' ').includes(extension)) continue;
    for (const found of text.matchAll(pattern)) {
      const inner = found[1] ?? '';
      const value = inner.trim();
      const start = found.index + found[0].indexOf(inner) + (inner.length - inner.trimStart().length);
      if (value !== '') yield { start, end: start + value.length, value };
    }
  }
}

/** Calls that put another template in. */
const PARTIAL =
  /^(?:await )?(?:include|partial|block|layout|render|yield|contentFor|css|js|script|style|stylesheet|asset|svg|icon)\w*\s*\(|^[~>#/@]|^else\b/i;
/** What a layout puts in its middle, and what programs write. */
const OF_LAYOUT =
  /^(?:@?body|yield|contents?|slot|children|defaultContent|page|page\.contents?|main|head|scripts?|styles?|css|js|meta|sidebar|header|footer|nav|pagination)$/i;
/** `JSON.stringify(data).replace(/</g, …)`, `serialize(data)` */
const SERIALISED =
  /^(?:JSON\.stringify\([^\n]*\)\.replace\(|(?:\w+\.)?(?:serialize|toJson|jsesc|devalue)\()/i;
/** The request, as frameworks hand it to templates. */
const OF_REQUEST =
  /(?:^|[^\w.$])(?:req|request|query|params|\$?route\.(?:query|params)|flash)\b(?!\s*:)|\$route\./;

/** The words of a name that means what a visitor searches for: `searchTerm`, `in_query`; not `sqlQuery`. */
const SEARCHED: ReadonlySet<string> = new Set('query keyword keywords'.split(' '));
const OF_SEARCH: ReadonlySet<string> = new Set(
  'search searched query keyword keywords term terms text string phrase input in my user current the'.split(
    ' ',
  ),
);

function isSearched(name: string): boolean {
  const words = wordsOf(name);
  const isSearch = words.length > 1 && /^search(?:ed)?$/.test(words[0] ?? '');
  return words.every((word) => OF_SEARCH.has(word)) && (isSearch || words.some((word) => SEARCHED.has(word)));
}

/** `high` where the value is a part of the request or what a visitor searches for, `medium` for a text of people by its name or a field of a record. */
export function dangerOf(value: string): 'high' | 'medium' | undefined {
  if (/^(?:'[^']*'|"[^"]*"|`[^`$]*`|\d+|true|false|null)$/.test(value)) return undefined;
  const names = value.match(/[A-Za-z_$@][\w$]*/g) ?? [];
  const words = names.flatMap((name) => wordsOf(name));
  if (words.some((word) => CLEAN_WORDS.has(word) || DRAWN_WORDS.has(word))) return undefined;
  if (/\b(?:encodeURIComponent|escapeHtml|markdown|md)\b/i.test(value) || SERIALISED.test(value))
    return undefined;
  if (PARTIAL.test(value)) return undefined;
  if (OF_REQUEST.test(value)) return 'high';
  if (OF_LAYOUT.test(value) || /^\$?(?:strings|i18n|l10n|locale|messages|texts)\b/i.test(value))
    return undefined;
  if (names.some((name) => TRANSLATING.has(name))) return undefined;
  const isRead = /^[\w$]+(?:\??\.[\w$]+)*$/.test(value);
  if (isRead && isSearched(names.at(-1) ?? '')) return 'high';
  const last = wordsOf(names.at(-1) ?? '').at(-1) ?? '';
  const isField = /^[\w$]+(?:\??\.[\w$]+|\[\w+\])+$/.test(value);
  return PEOPLE_WRITE.has(last) || (isField && !/html|markup|template/i.test(value)) ? 'medium' : undefined;
}
