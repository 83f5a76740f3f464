/** What functions and methods answer: what of their arguments is in it, and what is taken from it. */
import type { Cleans } from '../../analysis/flow/capability';
import type { Origination } from '../../analysis/flow/flow-model';

/** A row: names, where the result comes from, and what it is harmless for. */
export interface AnswerRow {
  /** Canonical names of functions and constructors; with `*` at the end all that begin so. */
  readonly names: string;
  readonly from?: readonly Origination[];
  readonly cleans?: Cleans;
  /** What the result can do harm in, whatever was taken from the arguments. */
  readonly soils?: Cleans;
  /** The same of parts of the result. */
  readonly parts?: Readonly<Record<string, { readonly cleans?: Cleans; readonly soils?: Cleans }>>;
}

const first = (as: Origination['as']): readonly Origination[] => [{ of: 0, as }];
const ALL_AS_TEXT: readonly Origination[] = [{ of: { from: 0 }, as: 'text' }];
const IN_QUERY: Cleans = ['redirect', 'ssrf', 'path'];
const ALL_THE_SAME: readonly Origination[] = [{ of: { from: 0 }, as: 'same' }];

/** Sources: ECMAScript, Node, and the documentation of the packages. */
export const FUNCTIONS: readonly AnswerRow[] = [
  // Numbers, as large and as far below zero as they like.
  {
    names:
      'globalThis.Number globalThis.parseInt globalThis.parseFloat globalThis.Number.parseInt ' +
      'globalThis.Number.parseFloat globalThis.BigInt globalThis.Math.floor globalThis.Math.ceil ' +
      'globalThis.Math.round globalThis.Math.trunc validator.toInt validator.toFloat lodash.toNumber lodash.toInteger',
    from: first('text'),
    cleans: 'numbers',
  },
  { names: 'globalThis.Math.abs', from: first('text'), cleans: 'all but size' },
  { names: 'globalThis.Math.max', from: ALL_AS_TEXT, cleans: 'all but size' },
  {
    names:
      'mongoose.Types.ObjectId mongodb.ObjectId mongoose.mongo.ObjectId bson.ObjectId mongodb.ObjectID bson.ObjectID ' +
      'mongoose.Types.ObjectId.createFromHexString mongodb.ObjectId.createFromHexString',
    from: first('text'),
    cleans: 'all but record',
  },
  // Numbers, truth values, dates, digests and made-up names.
  {
    names:
      'globalThis.Number.* globalThis.Boolean ' +
      'globalThis.Math.* globalThis.Date globalThis.Date.* globalThis.Date().* globalThis.isNaN ' +
      'globalThis.isFinite globalThis.Intl.* globalThis.crypto.randomUUID globalThis.performance.now ' +
      'globalThis.Array.isArray globalThis.Symbol globalThis.BigInt.* ' +
      'crypto.randomUUID crypto.randomInt crypto.randomBytes crypto.randomBytes().* crypto.createHash().* ' +
      'crypto.createHmac().* uuid uuid.* nanoid nanoid.* @paralleldrive/cuid2.* cuid ulid.* bcrypt.hash ' +
      'bcryptjs.hash bcrypt.hashSync bcryptjs.hashSync argon2.hash ' +
      'date-fns.* dayjs.* dayjs().* moment.* moment().* luxon.* process.hrtime.* process.pid process.uptime ' +
      'os.cpus os.tmpdir os.hostname os.platform path.sep fs.existsSync validator.is* ' +
      'validator.toBoolean validator.toDate lodash.size',
    cleans: 'all',
  },
  // The same text, or made of it.
  { names: 'globalThis.String lodash.toString validator.trim', from: first('text'), cleans: ['nosql'] },
  {
    names: 'globalThis.decodeURIComponent globalThis.decodeURI globalThis.unescape querystring.unescape',
    from: first('text'),
    // `..%2f` is one name, until it is decoded.
    soils: ['path'],
  },
  // What was checked of an address says nothing of a value in its query, which is decoded as well.
  {
    names: 'globalThis.URL url.URL',
    from: first('text'),
    // A `URL` resolves `..`, written in whatever way.
    parts: { pathname: { cleans: ['path'] }, searchParams: { soils: IN_QUERY } },
  },
  { names: 'url.parse', from: first('text'), parts: { query: { soils: IN_QUERY } } },
  { names: 'querystring.parse qs.parse globalThis.URLSearchParams', from: first('text'), soils: IN_QUERY },
  {
    names:
      'cookie.parse esprima.parse esprima.parseScript acorn.parse ' +
      'globalThis.Object.keys globalThis.Object.entries globalThis.Object.fromEntries buffer.Buffer.from globalThis.atob ' +
      'qs.stringify util.inspect he.decode ' +
      'lodash.trim lodash.toLower lodash.toUpper lodash.lowerCase lodash.upperCase lodash.toString lodash.get ' +
      'lodash.trimStart lodash.trimEnd lodash.capitalize lodash.truncate lodash.split validator.trim validator.stripLow ' +
      'dedent outdent common-tags.* superjson.parse superjson.stringify',
    from: first('text'),
  },
  {
    names: 'globalThis.encodeURIComponent',
    from: first('text'),
    cleans: ['html', 'redirect', 'ssrf', 'nosql', 'log', 'xpath', 'ldap'],
  },
  // Objects, of what was a text.
  { names: 'globalThis.JSON.parse json5.parse', from: first('text'), soils: ['nosql', 'code'] },
  // An expression of JavaScript whose texts nothing gets out of.
  { names: 'globalThis.JSON.stringify', from: first('text'), cleans: ['code', 'log'] },
  { names: 'globalThis.btoa', cleans: 'all' },
  {
    names:
      'path.join path.resolve path.normalize path.relative path.dirname path.posix.* util.format url.resolve',
    from: ALL_AS_TEXT,
  },
  {
    names:
      'path.basename path.extname path.posix.basename path.posix.extname path.win32.basename sanitize-filename ' +
      'filenamify slugify @sindresorhus/slugify slug limax',
    from: first('text'),
    cleans: ['path'],
  },
  // The same value.
  {
    names:
      'globalThis.Object globalThis.structuredClone globalThis.Object.freeze globalThis.Object.seal ' +
      'globalThis.Promise.resolve globalThis.Promise.all globalThis.Promise.race globalThis.Array.from globalThis.Set ' +
      'globalThis.Map lodash.cloneDeep lodash.clone lodash.pick lodash.omit lodash.uniq lodash.compact lodash.flatten ' +
      'lodash.sortBy lodash.reverse lodash.take react.cache react.useMemo',
    from: first('same'),
  },
  { names: 'globalThis.Object.values', from: [{ of: 0, as: 'same' }] },
  {
    names:
      'globalThis.Object.assign lodash.merge lodash.assign lodash.defaults lodash.concat lodash.extend ' +
      'lodash.defaultsDeep lodash/merge lodash/assign lodash/defaults ' +
      'underscore.extend underscore.defaults object-assign extend xtend xtend/mutable deep-extend extend-shallow ' +
      'utils-merge deepmerge util._extend defaults node.extend globalThis.angular.extend',
    from: ALL_THE_SAME,
  },
  { names: 'globalThis.Array.of', from: [{ of: { from: 0 }, as: 'holder' }] },
  {
    names: 'lodash.join',
    from: [
      { of: 0, as: 'element' },
      { of: 1, as: 'text' },
    ],
  },
  { names: 'lodash.first lodash.head lodash.last', from: first('element') },

  // Escaped for SQL. Sources: `mysql`, `mysql2`, `sqlstring`, `pg` and `pg-format`, `pg-promise`.
  {
    names:
      'mysql.escape mysql.escapeId mysql.format mysql2.escape mysql2.escapeId mysql2.format mysql2/promise.escape ' +
      'mysql2/promise.escapeId mysql2/promise.format sqlstring.escape sqlstring.escapeId sqlstring.format pg-format ' +
      'pg-format.* pg.escapeLiteral pg.escapeIdentifier pg-promise.as.* sqlstring-sqlite.* pg-escape pg-escape.*',
    from: ALL_AS_TEXT,
    cleans: ['sql'],
  },
  // Escaped for a shell.
  {
    names:
      'shell-quote.quote shescape.quote shescape.escape shescape.quoteAll shescape.escapeAll shescape.Shescape().* ' +
      'shell-escape any-shell-escape shlex.quote shlex.join puka.sh puka.quoteForShell zx.quote zx.quotePowerShell ' +
      '@actions/exec.* bun.$.escape',
    from: ALL_AS_TEXT,
    cleans: ['shell'],
  },
  // Escaped for HTML, and for patterns.
  {
    names:
      'he.encode he.escape escape-html html-escaper.escape lodash.escape validator.escape entities.escapeUTF8 ' +
      'entities.encodeHTML dompurify.sanitize isomorphic-dompurify.sanitize sanitize-html xss xss.filterXSS ' +
      'dompurify().sanitize dompurify.DOMPurify().sanitize globalThis.DOMPurify.sanitize globalThis.filterXSS ' +
      'xss.FilterXSS().process insane html-entities.encode html-entities.Html5Entities.encode ' +
      'html-entities.AllHtmlEntities().encode entities.escape entities.encode entities.encodeXML lodash/escape ' +
      'lodash-es.escape lodash-es/escape underscore.escape globalThis._.escape ' +
      'striptags string-strip-html.stripHtml handlebars.escapeExpression mustache.escape ' +
      'handlebars.Utils.escapeExpression globalThis.encodeURI globalThis.escape',
    from: first('text'),
    cleans: ['html'],
  },
  // Renderers of Markdown that leave HTML in it as it is.
  {
    names:
      'marked marked.parse marked.marked marked.marked.parse marked.parseInline showdown.Converter().makeHtml ' +
      'snarkdown globalThis.marked globalThis.marked.parse',
    from: first('text'),
  },
  {
    names:
      'escape-string-regexp lodash.escapeRegExp lodash/escapeRegExp lodash-es.escapeRegExp lodash.escaperegexp ' +
      'escape-regexp escape-regexp-component escape-regex globalThis.RegExp.escape globalThis._.escapeRegExp',
    from: first('text'),
    cleans: ['regex'],
  },
];

/** A row of methods, known by their name alone. */
export interface MethodRow {
  readonly names: string;
  readonly from?: readonly Origination[];
  readonly cleans?: Cleans;
  /** Whether the method is meant only with a function as its argument: others have methods of this name, too. */
  readonly withCallback?: true;
}

const RECEIVER_SAME: Origination = { of: 'receiver', as: 'same' };
const RECEIVER_TEXT: Origination = { of: 'receiver', as: 'text' };
const RECEIVER_ELEMENT: Origination = { of: 'receiver', as: 'element' };

/** Strings, arrays and promises. Source: ECMAScript. */
export const METHODS: readonly MethodRow[] = [
  {
    names:
      'trim trimStart trimEnd toLowerCase toUpperCase toLocaleLowerCase toLocaleUpperCase normalize substring substr ' +
      'split match matchAll toString valueOf repeat',
    from: [RECEIVER_TEXT],
    // Only texts have these, and `toString` answers one.
    cleans: ['nosql'],
  },
  { names: 'padStart padEnd', from: [RECEIVER_TEXT, { of: 1, as: 'text' }] },
  { names: 'slice reverse toReversed flat copyWithin values splice toSpliced', from: [RECEIVER_SAME] },
  { names: 'sort toSorted', from: [RECEIVER_SAME] },
  { names: 'concat', from: [RECEIVER_SAME, { of: { from: 0 }, as: 'same' }] },
  // `$.extend({}, defaults, options)`, whatever jQuery is called.
  { names: 'extend', from: ALL_THE_SAME },
  { names: 'join', from: [RECEIVER_ELEMENT, { of: 0, as: 'text' }] },
  { names: 'pop shift', from: [RECEIVER_ELEMENT] },
  { names: 'find findLast', from: [RECEIVER_ELEMENT], withCallback: true },
  { names: 'map', from: [{ of: 'callback', as: 'holder' }], withCallback: true },
  { names: 'flatMap', from: [{ of: 'callback', as: 'same' }], withCallback: true },
  {
    names: 'reduce reduceRight',
    from: [
      { of: 'callback', as: 'same' },
      { of: 1, as: 'same' },
    ],
    withCallback: true,
  },
  { names: 'then', from: [{ of: 'callback', as: 'same' }], withCallback: true },
  { names: 'catch finally', from: [RECEIVER_SAME, { of: 'callback', as: 'same' }] },
  {
    names:
      'includes startsWith endsWith test some every indexOf lastIndexOf findIndex findLastIndex localeCompare search ' +
      'charCodeAt codePointAt charAt toFixed toPrecision getTime toISOString has forEach toDateString hasOwnProperty',
    cleans: 'all',
  },
  // Connections of SQL clients have these; nobody else takes what they answer for SQL.
  {
    names: 'escapeLiteral escapeIdentifier escapeId',
    from: [{ of: 0, as: 'text' }],
    cleans: ['sql'],
  },
];

/** What methods give to the functions that they are called with: the parameter's index, and what it is. */
export const CALLBACKS: readonly {
  readonly names: string;
  readonly index: number;
  readonly of: 'receiver' | number | 'callback';
  readonly as: 'same' | 'element';
}[] = [
  {
    names: 'map forEach filter find findLast findIndex findLastIndex some every flatMap sort toSorted',
    index: 0,
    of: 'receiver',
    as: 'element',
  },
  { names: 'sort toSorted', index: 1, of: 'receiver', as: 'element' },
  // RxJS, as Angular hands parameters of its router over.
  { names: 'subscribe', index: 0, of: 'receiver', as: 'same' },
  { names: 'reduce reduceRight', index: 1, of: 'receiver', as: 'element' },
  { names: 'reduce reduceRight', index: 0, of: 1, as: 'same' },
  { names: 'reduce reduceRight', index: 0, of: 'callback', as: 'same' },
  { names: 'then', index: 0, of: 'receiver', as: 'same' },
  { names: 'replace replaceAll', index: 0, of: 'receiver', as: 'same' },
  { names: 'replace replaceAll', index: 1, of: 'receiver', as: 'same' },
];
