import type { Confidence, Report } from '../../analysis/finding';
import type { Fix, FixSafety } from '../../analysis/fix';
import type { Call } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import type { CallTest } from '../../analysis/needs';
import type { Rule } from '../../analysis/rule';
import { constantString } from '../../analysis/value';
import { isAddress } from '../../models/address-names';
import { formTakenOut } from '../../models/html/taken-out';
import { patternOf } from '../../models/patterns';
import {
  earlier,
  escapesBackslash,
  isCleaning,
  isMadeSafe,
  isRepeated,
  later,
  type Replacement,
  replacementOf,
} from '../../models/replacements';

export const incompleteSanitizer: Rule = {
  id: 'validation/incomplete-sanitizer',
  title: 'A text that is made harmless keeps some of what is taken out',
  severity: 'warning',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-116', 'CWE-20', 'CWE-184', 'CWE-80'],
  owasp: ['A05:2025'],
  fixable: true,

  *check(facts) {
    for (const call of facts.callsOf(LOOKED_AT)) {
      const { method } = call;
      if (method === 'replace' || method === 'replaceAll') {
        const replacement = replacementOf(call);
        const report = replacement && reportOf(replacement);
        if (report) yield report;
      } else if (method !== undefined && CHECKS.has(method)) {
        const report = schemeCheck(call, method) ?? tagCheck(call, method);
        if (report) yield report;
      }
    }
  },
};

const CHECKS: ReadonlySet<string> = new Set(['startsWith', 'indexOf', 'includes', 'test', 'match', 'exec']);
const LOOKED_AT: CallTest = { method: new Set(['replace', 'replaceAll', ...CHECKS]) };

function reportOf(replacement: Replacement): Report | undefined {
  return (
    firstOnly(replacement) ?? wrongOrder(replacement) ?? openBackslash(replacement) ?? onePass(replacement)
  );
}

/** Signs that mean something to whoever reads the text next. */
const SIGNS = /^(?:\[['"`<>&;|$\\]+\]|['"`<>&;|$\\%*]|\.\.[/\\]?|<\/?\w+>?|&&|\n)$/;
/** What stands for such a sign. */
const ESCAPED =
  /^(?:\\['"`\\$*|;()[\]{}]|''|""|&(?:lt|gt|amp|quot|apos|#\d+|#x[\da-f]+);|%[\da-f]{2}|\\\\)$/i;

function firstOnly({ call, what, isPattern, isGlobal, by }: Replacement): Report | undefined {
  const sign = isPattern ? what.replace(/\\([^\w])/g, '$1').replace(/^\[(.)\]$/, '$1') : what;
  if (isGlobal || by === undefined || isRepeated(call.node)) return undefined;
  const isEscape = ESCAPED.test(by) && /^['"`<>&\\$%*|;()[\]{}]$/.test(sign);
  const isRemoval = by === '' && SIGNS.test(sign) && !/^[$\n%&;]$/.test(sign);
  if (!isEscape && !isRemoval) return undefined;
  // Around a text there are two of them: the opening and the closing one.
  const isPair = [...earlier(call), ...later(call)].some(
    (other) => !other.isGlobal && other.by === by && by === '',
  );
  const isSure =
    isCleaning(call.node) || sign.startsWith('..') || /^(?:['"`<>*|\\]|\[.*\]|<\/?script>?)$/i.test(sign);
  if (isRemoval && (isPair || !isSure)) return undefined;
  const isOfMarkup = /^['"`<>&\\]$/.test(sign);
  const confidence: Confidence = (isEscape && isOfMarkup) || isCleaning(call.node) ? 'high' : 'medium';
  return {
    at: call.args[0] ?? call.node,
    message: 'Only the first of them is replaced. Use a pattern with `g`.',
    confidence,
    // Of a text with two of them the second broke what it was escaped for; one that is taken out may be meant to stay.
    fixes: () => globalFix(call, sign, isEscape ? 'safe' : 'unsafe'),
  };
}

function globalFix({ args }: Call, sign: string, safety: FixSafety): Fix[] {
  const first = args[0] && unwrap(args[0]);
  // Of `....//` what is left is `../`, however often it is replaced; so it is with tags.
  if (!first || /^(?:\.\.|<.)/.test(sign)) return [];
  const title = 'Replace all of them';
  if (first.kind === 'regex')
    return [{ title, safety, edits: [{ start: first.end, end: first.end, text: 'g' }] }];
  if (first.kind !== 'string') return [];
  const source = sign.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/\n/g, '\\n');
  return [{ title, safety, edits: [{ start: first.start, end: first.end, text: `/${source}/g` }] }];
}

/** `&` is to be escaped first and read last, as the others are written with it. */
function wrongOrder({ call, what, by }: Replacement): Report | undefined {
  const isEscaping = what === '&' && /^&amp;$/.test(by ?? '');
  const isReading = what === '&amp;' && by === '&';
  if (!isEscaping && !isReading) return undefined;
  const others = isEscaping ? [...earlier(call)] : [...later(call)];
  const isOther = ({ what: text, by: to }: Replacement) =>
    isEscaping ? /^&(?!amp;)[#\w]+;$/.test(to ?? '') : /^&(?!amp;)[#\w]+;$/.test(text);
  if (!others.some(isOther)) return undefined;
  const message = isEscaping
    ? 'What was escaped before is escaped again here. Replace `&` first.'
    : 'What is read here is read again behind it, so `&amp;lt;` becomes `<`. Replace `&amp;` last.';
  return { at: call.args[0] ?? call.node, message };
}

/** A backslash in front of a quote does nothing when the text brings a backslash of its own. */
function openBackslash(replacement: Replacement): Report | undefined {
  const { call, what, by, isPattern, isGlobal } = replacement;
  if (!isGlobal || by === undefined || !/^\\(?:['"`]|\$&|\$1)$/.test(by)) return undefined;
  const hasQuote = /['"`]/.test(what);
  if (!hasQuote || (isPattern && /^\[\^/.test(what)) || escapesBackslash(replacement)) return undefined;
  return {
    at: call.args[0] ?? call.node,
    message: 'A backslash in the text takes the one that is put in. Escape backslashes first.',
    confidence: isCleaning(call.node) ? 'high' : 'medium',
  };
}

function onePass({ call, what, isPattern, isGlobal, by }: Replacement): Report | undefined {
  if (by !== '' || !isGlobal || what.length > 400 || isRepeated(call.node)) return undefined;
  const form = formTakenOut(isPattern ? what.replace(/\\\//g, '/') : what);
  if (!form) return undefined;
  // What is left of a text without its brackets makes no tag.
  if ([...later(call)].some(({ what: next }) => /^\[?[<>]/.test(next) && next.length <= 6)) return undefined;
  const at = call.args[0] ?? call.node;
  if (form === 'open tags')
    return { at, message: OPEN_TAG, confidence: isMadeSafe(call.node) ? 'high' : 'medium' };
  return {
    at,
    message: `Of \`${form.shown}\` what is left is the very thing that is taken out here. Escape the text where it is shown, or refuse it.`,
    confidence: form.confidence === 'high' || isCleaning(call.node) ? 'high' : 'medium',
  };
}

const OPEN_TAG =
  'A tag without its `>`, such as `<img src=x onerror=…`, is left in, and browsers read it up to the next one. Escape the text where it is shown.';

/** `/<script.*?>.*?<\/script>/i.test(html)`: a line end inside, or a blank behind the name, and it is not seen. */
function tagCheck({ callee, args, node }: Call, method: string): Report | undefined {
  const object = callee.child('object');
  const at = method === 'match' ? args[0] : object;
  const pattern = at && /^(?:test|match|exec)$/.test(method) ? patternOf(at) : undefined;
  if (!pattern || pattern.source.length > 300) return undefined;
  const source = pattern.source.replace(/\\\//g, '/');
  const isFilter = /<script/i.test(source) && /<\/script>/i.test(source);
  if (!isFilter || !isCleaning(node)) return undefined;
  return { at: at ?? node, message: TAG_FILTER, confidence: 'medium' };
}

const TAG_FILTER =
  'Browsers run scripts that this does not see, such as `<script>` without an end and `</script >`. Escape the text where it is shown.';

/** `url.startsWith('javascript:')` alone. */
function schemeCheck(call: Call, method: string): Report | undefined {
  const { args, callee, node } = call;
  const [first] = args;
  const object = callee.child('object');
  if (!first || !object || args.length !== 1) return undefined;
  if (method === 'exec' || method === 'match') return undefined;
  const pattern = method === 'test' ? patternOf(object) : undefined;
  const text = method === 'test' ? pattern?.source : constantString(first);
  if (text === undefined || !/^\^?\(?\\?s?\*?javascript:?/i.test(text) || !text.includes(':'))
    return undefined;
  if (!isAddress(method === 'test' ? first : object)) return undefined;
  const fn = node.enclosingFunction ?? node.parent;
  if (/data:|vbscript/i.test(fn?.text ?? '') || /data|vbscript/i.test(text)) return undefined;
  return {
    at: node,
    message:
      'Addresses with `data:` and `vbscript:` run code as well. Let only `https:` and `http:` of a parsed address pass.',
    confidence: 'medium',
  };
}
