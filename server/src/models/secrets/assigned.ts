/**
 * Values beside the names of secrets, in text of any language: what is assigned, passed, or set by an option.
 *
 * Each form is looked for from the name on, in a stretch of bounded length, so that the time grows with the text only.
 */
import type { Span } from '../../analysis/span';
import type { TextKind } from './file-kind';

/** How a value stands beside its name. */
export type Form =
  | 'assigned'
  | 'spaced'
  | 'compared'
  | 'passed'
  | 'listed'
  | 'fallback'
  | 'connection'
  | 'query'
  | 'element'
  | 'option';

export interface Assigned extends Span {
  /** The name as written. */
  readonly name: string;
  /** Where the name begins. */
  readonly nameAt: number;
  readonly text: string;
  readonly isQuoted: boolean;
  readonly form: Form;
}

/** In names of secrets. A file without any of these has none. */
const WORD =
  /pass(?:w(?:or)?d|wd|phrase|code|wort)?(?![a-z])|pass(?:wor)?[dt]?(?=[A-Z\d_])|passwords?|passwd|pwd|(?<![A-Za-z])pw(?![A-Za-z])|secret|token|(?:api|access|private|secret|encrypt\w{0,5}|sign\w{0,4}|jwt|aes|hmac|des|license|master|auth|account|shared|storage|session|cipher|crypto|admin|app|service|subscription|primary|server|consumer)[-_. ]?key|credential|authorization|bearer|(?<![a-z])auth(?![a-z])|salt|contrase[nñ]a|senha|kennwort|passwort|mot_?de_?passe|(?<![A-Za-z])sas(?![a-z])/gi;

const NAME_CHARACTER = /[\w.$@-]/;
/** Longer names are no names of settings. */
const LONGEST_NAME = 80;

const QUOTED = /(?:[bBrRuUfFlL@$]{1,2})?(\\?["'`]|""")((?:(?!\1)(?:\\.|[^\\\r\n])){1,2000}?)\1/y;
const AFTER: readonly (readonly [Form, RegExp])[] = [
  // `password: str = 'x'`, `let password: String = "x"`
  ['assigned', /["'`]?\s{0,8}:\s{0,4}[\w<>[\]?|. ]{1,40}=\s{0,8}(?=["'`@$bru])/y],
  ['fallback', /(?::-|:=|:(?=[^\s:"'+?])|-)(?=[^}\n]{3,200}\})/y],
  [
    'passed',
    /(?:\.(?:fill|type|send_?keys|set_?value|val|equals?(?:IgnoreCase)?|eq))?\s{0,2}\((?=\s{0,8}(?:[@$bru]?\\?["'`]|new\b|[\w$.]{1,60}\())\s{0,8}/iy,
  ],
  ['compared', /["'`]?[\])]{0,2}\s{0,4}(?:={2,3}|!={1,2}|<>|\beq\b)\s{0,4}/y],
  [
    'assigned',
    /\\?["'`]?(?:\[\w{0,8}\]|[\])]{0,2})\s{0,30}(?::=|=>|->|\?{1,2}=|\|\|=|=|:(?!:))\s{0,20}(?:[[{(]\s{0,8}(?=["'`]))?/y,
  ],
  // `Dim password As String = "x"`
  ['assigned', /\s{1,4}As\s{1,4}\w{1,20}\s{1,4}=\s{1,4}(?=")/iy],
  ['listed', /\\?["'`]\s{0,4},\s{0,20}(?=[@$bru]?\\?["'`])/y],
  [
    'element',
    /(?:["']\s{0,4}>|<\/(?:name|key|string|entry)>)\s{0,60}<(?:value|string)>(?=[^<>\s]{4,400}<\/)/y,
  ],
  ['element', />(?=[^<>\s]{4,400}<\/)/y],
  // `name: DB_PASSWORD` and `value: x` below it; `key="password" value="x"`; a variable of Terraform with its default.
  [
    'assigned',
    /\\?["'`]?,?\s{1,60}-?\s{0,4}["'`]?(?:value|Value|default|defaultValue|content)["'`]?\s{0,4}[:=]\s{0,4}/y,
  ],
  // `#define PASSWORD "x"`, `storePassword 'x'`
  ['spaced', /[ \t]{1,20}(?=["'])/y],
  ['assigned', /["']\s{0,4}\{[^{}]{0,300}?\bdefault\s{0,20}=\s{0,4}(?=")/y],
];
/** What hands a text on unchanged, or reads a setting whose default is its last argument. */
const WRAPPER =
  /(?:\[\]|[&*])?(?:new\s{1,4})?((?:[\w$]{1,40}(?:\.|::|->)){0,4}[A-Za-z_$][\w$]{0,40})!?\(\s{0,8}/y;
const PASSES_ON =
  /^(?:Sensitive|SecureString|SecretStr|Secret|String|str|bytes|Buffer|bytearray|Password|Bytes|encodeURIComponent|btoa|atob|from|getBytes|toCharArray|encode|b64encode|of|Some|Ok|value|literal|Text|unicode|N|NSString|ConvertTo-SecureString|char|byte|bytes_?|from_?str(?:ing)?|to_?string|SecureStringFromPlainText|AsPlainText)$/i;
const READS_SETTING = /env|environ|setting|config|property|option|default/i;

/** Behind a statement nothing else stands on its line. */
const ENDS = /^[ \t]*[;,]?[ \t]*(?:[\r\n]|$|#|\/[/*])/;
const METHOD = /\.(?:fill|type|send_?keys|set_?value|val|equals?(?:IgnoreCase)?|eq)$/i;

/** Where values end that stand without quotes. */
const BARE = /[^\s"'`<>,;(){}[\]]{3,300}|[^\s"'`<>,;][^\s]{3,300}/y;
const TO_END_OF_LINE = /[^\r\n]{3,400}/y;
const IN_BRACES = /["']?([^}\s"']{3,200})["']?\}/y;
const ELEMENT = /[^<>\s]{4,400}(?=<\/)/y;
const CONNECTION_VALUE = /([^;&\s"'`<>\\]{3,200})(?=[;&"'`\s\\<]|$)/y;
/** To the end of the string. */
const HEADER_VALUE = /[^\s"'`<>$;,{}()]{8,300}(?=["'])/y;
const CONNECTION =
  /(?:server|host|hostname|data source|addr|address|user ?id|uid|username|user|dbname|database|initial catalog|endpoint|accountname)\s?=/i;
const OPTION = /[= ]["']?([^\s"'`<>|;&]{3,200})/y;

export function* assignedIn(text: string, file: TextKind): Generator<Assigned> {
  WORD.lastIndex = 0;
  let until = 0;
  for (const { index, 0: word } of text.matchAll(WORD)) {
    if (index < until) continue;
    let start = index;
    while (start > until && index - start < LONGEST_NAME && NAME_CHARACTER.test(text.charAt(start - 1)))
      start--;
    let end = index + word.length;
    while (end - index < LONGEST_NAME && NAME_CHARACTER.test(text.charAt(end))) end++;
    while (end > index + 2 && /[.$@-]/.test(text.charAt(end - 1))) end--;
    // `password.equals("x")`, `password.fill("x")`: the method is no part of the name.
    const method = text.charAt(end) === '(' ? METHOD.exec(text.slice(start, end)) : null;
    if (method) end -= method[0].length;
    until = end;
    const found = valueAfter(text, start, end, file);
    if (!found) continue;
    yield { ...found, name: text.slice(start, end), nameAt: start };
    until = Math.max(until, found.form === 'assigned' && !found.isQuoted ? end : found.end);
  }
}

type Value = Omit<Assigned, 'name' | 'nameAt'>;

function valueAfter(text: string, start: number, end: number, file: TextKind): Value | undefined {
  const before = text.charAt(start - 1);
  for (const [form, pattern] of AFTER) {
    if (form === 'fallback' && !/[{]/.test(before)) continue;
    pattern.lastIndex = end;
    const match = pattern.exec(text);
    if (!match) continue;
    const at = end + match[0].length;
    if (form === 'spaced' && !isSpaced(text, start)) continue;
    if (form === 'fallback') return captured(IN_BRACES, text, at, form);
    if (form === 'element') return captured(ELEMENT, text, at, form);
    // `define('DB_PASSWORD', 'x')`
    const as =
      form === 'listed' && /define\(\s{0,2}["']$/.test(text.slice(Math.max(0, start - 12), start))
        ? 'assigned'
        : form;
    const value = quotedAt(text, at, as) ?? wrappedAt(text, at, as);
    if (value && !(form === 'spaced' && !ENDS.test(text.slice(value.end + 1, value.end + 40)))) return value;
    if (form !== 'assigned') continue;
    const bare = bareAt(text, { start, end, at, between: match[0] }, file);
    if (bare) return bare;
  }
  return optionAt(text, start, end);
}

function captured(pattern: RegExp, text: string, at: number, form: Form): Value | undefined {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  if (!match) return undefined;
  const value = match[1] ?? match[0];
  const start = at + match[0].indexOf(value);
  return { start, end: start + value.length, text: value, isQuoted: false, form };
}

function quotedAt(text: string, at: number, form: Form): Value | undefined {
  QUOTED.lastIndex = at;
  const match = QUOTED.exec(text);
  if (!match) return undefined;
  const [whole, quote = '', value = ''] = match;
  // `"a" + b`, `f"{a}"`
  const start = at + whole.length - quote.length - value.length;
  return { start, end: start + value.length, text: value, isQuoted: true, form };
}

function wrappedAt(text: string, from: number, form: Form): Value | undefined {
  let at = from;
  for (let depth = 0; depth < 3; depth++) {
    WRAPPER.lastIndex = at;
    const match = WRAPPER.exec(text);
    if (!match) return undefined;
    const called = match[1] ?? '';
    const last = called.split(/\.|::|->/).at(-1) ?? '';
    at += match[0].length;
    const first = quotedAt(text, at, form);
    if (first && PASSES_ON.test(last)) return first;
    if (first && READS_SETTING.test(called)) return defaultBehind(text, first.end + 1);
    if (first) return undefined;
  }
  return undefined;
}

/** `, 'x')` */
function defaultBehind(text: string, at: number): Value | undefined {
  const separator = /\s{0,4}(?:,|\)\s{0,4}(?:\?\?|\|\||\?:|or\b))\s{0,8}(?:default\s?=\s?)?/y;
  separator.lastIndex = at;
  const match = separator.exec(text);
  return match ? quotedAt(text, at + match[0].length, 'fallback') : undefined;
}

interface Place {
  readonly start: number;
  readonly end: number;
  /** Where the value begins. */
  readonly at: number;
  readonly between: string;
}

/** A statement of a preprocessor or of a language of settings: nothing else stands before the name. */
function isSpaced(text: string, start: number): boolean {
  return /^\s*(?:#\s*define\s+)?$/.test(lineBefore(text, start, 60));
}

function bareAt(text: string, { start, end, at, between }: Place, file: TextKind): Value | undefined {
  const isTight = at === end + 1 && text.charAt(end) === '=';
  if (isTight && /[;"'\s&?]/.test(text.charAt(start - 1))) {
    // `?api_key=x&`
    if (/[?&]/.test(text.charAt(start - 1))) return captured(CONNECTION_VALUE, text, at, 'query');
    const line = lineBefore(text, start, 300) + text.slice(start, at + 200);
    if (CONNECTION.test(line)) {
      const found = captured(CONNECTION_VALUE, text, at, 'connection');
      if (found) return found;
    }
  }
  // `-H "X-Api-Key: x"`
  if (/["']/.test(text.charAt(start - 1)) && between === ': ') {
    HEADER_VALUE.lastIndex = at;
    const value = HEADER_VALUE.exec(text)?.[0];
    if (value) return { start: at, end: at + value.length, text: value, isQuoted: false, form: 'query' };
  }
  if (!file.isBare || /["'`(<]$/.test(between) || (/[\r\n]/.test(between) && !/value|default/i.test(between)))
    return undefined;
  const head = lineBefore(text, start, 60);
  // `name: value`, `- NAME=value`, `export NAME=value`, `# name: value`, `ENV NAME=value`
  if (
    !/^\s*(?:[-#;*/|>]\s*|\/\/\s*)*(?:(?:export|ENV|ARG|set|SET|local|declare|readonly|-e|-D|--env|\w+:)\s+)*["']?$|[\s"'](?:-e|-D|--env|env)[\s"']*$|-D$|\\n$/.test(
      head,
    )
  )
    return undefined;
  if (/:\s*$/.test(between) && !/:[ \t]/.test(between)) return undefined;
  TO_END_OF_LINE.lastIndex = at;
  const rest = (TO_END_OF_LINE.exec(text)?.[0] ?? '')
    .replace(/\s+(?:[#;]|\/\/|--|&&|\|\||\\$).*$/, '')
    .trimEnd();
  if (/^["'`]/.test(rest)) return undefined;
  if (rest.length < 3 || /\s/.test(rest))
    return captured(BARE, text, at, 'assigned') && shellWord(text, at, rest, between);
  const value = rest.replace(/[,;"']+$/, '');
  return { start: at, end: at + value.length, text: value, isQuoted: false, form: 'assigned' };
}

/** What stands on the line before a place; of long lines the last `most` characters. */
function lineBefore(text: string, at: number, most: number): string {
  const before = text.slice(Math.max(0, at - most), at);
  return before.slice(before.lastIndexOf('\n') + 1);
}

/** `NAME=value command`, `ENV A=x B=y`: only behind `=` without blanks. */
function shellWord(text: string, at: number, rest: string, between: string): Value | undefined {
  if (!between.endsWith('=')) return undefined;
  const [word = ''] = rest.split(/\s/);
  const next = rest.slice(word.length).trim();
  if (word.length < 3 || !/^(?:[\w-]+=|-|\\)/.test(next)) return undefined;
  return {
    start: at,
    end: at + word.length,
    text: text.slice(at, at + word.length),
    isQuoted: false,
    form: 'assigned',
  };
}

/** `--password=x`, `--password x` */
function optionAt(text: string, start: number, end: number): Value | undefined {
  const isLong = text.slice(Math.max(0, start - 2), end).includes('--');
  if (
    !isLong &&
    (text.charAt(start) !== '-' ||
      /[\w)\]]/.test(text.charAt(start - 1)) ||
      !/^ ["']/.test(text.slice(end, end + 2)))
  )
    return undefined;
  const found = captured(OPTION, text, end, 'option');
  return found && !found.text.startsWith('-') ? found : undefined;
}
