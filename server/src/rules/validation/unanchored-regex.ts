import { isCondition } from '../../analysis/condition';
import type { Confidence, Report } from '../../analysis/finding';
import type { Call } from '../../analysis/item-facts';
import { wrapped } from '../../analysis/literal';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { usesOf } from '../../analysis/uses';
import { decidesOnTrust, isAddress } from '../../models/address-names';
import { namesAbove } from '../../models/crypto/purpose';
import { anchored, grouped, withoutFlag, withoutSigns } from '../../models/pattern-fixes';
import {
  alternativesOf,
  beginsAtStart,
  endsAtEnd,
  hasOpenDot,
  hostInPattern,
  isHostClosed,
  type Pattern,
  patternOf,
} from '../../models/patterns';

const MATCHING: CallTest = { method: new Set(['test', 'match', 'exec']) };

const OPEN_DOT = 'A dot in this pattern stands for any character, so other hosts match. Write `\\.`.';
const LOOSE = 'This matches anywhere in an address, so other hosts that contain it pass. Anchor it with `^`.';
const GLUED = 'Hosts that only end like this match, too. Ask for `^` or a dot in front of the host.';
const UNCLOSED = 'Hosts that go on behind this match, too. Ask for `/` or the end behind the host.';
const MISBOUND = '`^` and `$` only hold the alternatives next to them. Put the alternatives in a group.';
const ANYWHERE =
  'This accepts any text that has a match somewhere in it. Anchor the pattern with `^` and `$`.';
const STATEFUL =
  'With `g` this begins where the last match ended, so every other call may miss. Leave the flag out.';

const WIDE = '`A-z` also stands for `[`, `\\`, `]`, `^`, `_` and the back-tick. Write `A-Za-z`.';

export const unanchoredRegex: Rule = {
  id: 'validation/unanchored-regex',
  title: 'A pattern that checks a value also matches others',
  severity: 'warning',
  aiSeverity: 'warning',
  confidence: 'high',
  cwe: ['CWE-777', 'CWE-20'],
  owasp: ['A05:2025'],
  fixable: true,

  *check(facts) {
    const told = new Set<number>();
    for (const call of facts.callsOf(MATCHING)) {
      const use = useOf(call);
      const report = use && reportOf(use);
      if (!report) continue;
      told.add(use.pattern.node.start);
      yield report;
    }
    for (const node of facts.nodes('regex')) {
      const report = told.has(node.start) ? undefined : ofPattern(node);
      if (report) yield report;
    }
  },
};

/** What is wrong with a pattern whatever it is used for. */
function ofPattern(node: Node): Report | undefined {
  const { text } = node;
  if (text.length > 1_000) return undefined;
  const isWide = /\[(?:[^\]\\]|\\.)*A-z/.test(text);
  const isOpen = !isWide && text.length > 12 && /^\/\^?\(?(?:\?:)?https?\??:/.test(text);
  const pattern = isWide || isOpen ? patternOf(node) : undefined;
  if (!pattern) return undefined;
  if (isWide) return { at: node, message: WIDE, confidence: 'medium', fixes: () => withoutSigns(pattern) };
  const host = hostInPattern(pattern.source);
  return host !== undefined && hasOpenDot(pattern.source)
    ? { at: node, message: OPEN_DOT, confidence: 'medium' }
    : undefined;
}

interface Use {
  readonly node: Node;
  readonly pattern: Pattern;
  /** What is checked. */
  readonly subject: Node;
  readonly isTest: boolean;
}

/** `pattern.test(subject)`; `subject.match(pattern)` where only whether it matches counts. */
function useOf({ node, callee, args, method }: Call): Use | undefined {
  const object = callee.child('object');
  const [first] = args;
  if (!object || !first) return undefined;
  const isTest = method !== 'match';
  if (method !== 'test' && !isCondition(node)) return undefined;
  const pattern = patternOf(isTest ? object : first);
  return pattern && { node, pattern, subject: isTest ? first : object, isTest };
}

function reportOf(use: Use): Report | undefined {
  const { pattern, node, isTest } = use;
  const { source, flags } = pattern;
  if (source.length > 1_000) return undefined;
  const found = wrongHost(use) ?? misbound(use) ?? anywhere(use);
  if (found) return { at: node.child('function') ? at(use) : node, ...found };
  if (isTest && /[gy]/.test(flags) && isKept(use))
    return { at: pattern.node, message: STATEFUL, confidence: 'medium', fixes: () => withoutFlag(pattern) };
  return undefined;
}

function at({ pattern, node }: Use): Node {
  return node.contains(pattern.node) ? pattern.node : (node.child('function')?.child('object') ?? node);
}

type Found = Pick<Report, 'message' | 'confidence' | 'fixes'>;

function wrongHost({ pattern, subject, node }: Use): Found | undefined {
  const { source } = pattern;
  const host = hostInPattern(source);
  const isScheme = /^\^?\(?https?/.test(source);
  if (host === undefined || !(isAddress(subject) || isScheme)) return undefined;
  const confidence: Confidence = decidesOnTrust(node) ? 'high' : 'medium';
  if (hasOpenDot(source)) return { message: OPEN_DOT, confidence: isScheme ? confidence : 'medium' };
  const all = alternativesOf(source).filter((part) => hostInPattern(part) !== undefined);
  if (all.some((part) => !beginsAtStart(part) && !endsAtEnd(part))) return { message: LOOSE, confidence };
  if (all.some((part) => beginsAtStart(part) && !isHostClosed(part) && !endsAtEnd(part)))
    return { message: UNCLOSED, confidence };
  // In front of the host stands nothing that ends a name: `larkfield\.com$` also ends `evil-larkfield.com`.
  const isGlued = (part: string) =>
    !beginsAtStart(part) && /^\(?[a-z\d]/i.test(part) && !/^https?:/.test(part);
  return all.some(isGlued) ? { message: GLUED, confidence } : undefined;
}

/** `/^http|https$/`: not of patterns for both ends of a text, as `/^\s|\s$/`. */
function misbound({ pattern, node }: Use): Found | undefined {
  const { source } = pattern;
  const all = alternativesOf(source);
  const [first = ''] = all;
  const last = all.at(-1) ?? '';
  if (
    all.length < 2 ||
    !first.startsWith('^') ||
    !endsAtEnd(last) ||
    endsAtEnd(first) ||
    last.startsWith('^')
  )
    return undefined;
  const between = all.slice(1, -1);
  if (between.some((part) => part.startsWith('^') || endsAtEnd(part))) return undefined;
  const isWord = (part: string) =>
    all.length > 2
      ? /[a-z\d]{2}/i.test(part.replace(/\\[a-z]/gi, ''))
      : /^\^?[\w-]*[a-z\d][\w-]*\$?$/i.test(part);
  // `/^-|-$/` looks for the same at both ends.
  if (!all.every(isWord) || first.slice(1) === last.slice(0, -1)) return undefined;
  const isClear = between.length > 0 || decidesOnTrust(node);
  return { message: MISBOUND, confidence: isClear ? 'high' : 'medium', fixes: () => grouped(pattern) };
}

/** Functions that say whether a value has a form, as they are called. */
const CHECKING =
  /^(?:is_?valid|validate|check|verify)_?(?:the)?_?(?:e?mail|phone|url|uri|uuid|guid|id|ip|ipv4|user_?name|name|hex|colou?r|zip|postal|postcode|date|number|mobile|domain|host|hostname|slug|address|card|iban|amount|token|key|input|path|file_?name|query|code|object_?id|param|format|sha|hash|version)/i;
const IS_A =
  /^is_?(?:valid)?_?(?:email|phone|url|uuid|guid|ip|ipv4|hex|objectid|zipcode|slug|domain|hostname|alphanumeric|numeric)(?:_?(?:string|address|number|format|here))?$/i;

function anywhere({ pattern, node }: Use): Found | undefined {
  const { source, flags } = pattern;
  if (alternativesOf(source).length > 1 || /\(\?[=!<]/.test(source) || isOneClass(source)) return undefined;
  if (node.parent?.kind === 'unary_expression' && isDenied(source)) return undefined;
  const name = [...namesAbove(node)].find((each) => CHECKING.test(each) || IS_A.test(each));
  if (name === undefined) return undefined;
  const [starts, ends] = [beginsAtStart(source), endsAtEnd(source)];
  if (starts && ends && !flags.includes('m')) return undefined;
  if (starts || ends || /\\b/.test(source)) return undefined;
  return { message: ANYWHERE, confidence: 'medium', fixes: () => anchored(pattern) };
}

/** One character that must or must not be somewhere, as in the rules for passwords. */
function isOneClass(source: string): boolean {
  return /^(?:\[(?:\\.|[^\]\\])*\]|\\?.|\\[ux][\da-f{}]+)[+*]?$/i.test(source);
}

function isDenied(source: string): boolean {
  return !/[+*{]/.test(source);
}

/** Whether the same pattern is used again in the next call, and only to ask. */
function isKept({ pattern, node }: Use): boolean {
  const declarator = wrapped(pattern.node).parent;
  const name = declarator?.kind === 'variable_declarator' ? declarator.child('name') : undefined;
  if (name?.kind !== 'identifier' || pattern.node.enclosingFunction || !node.enclosingFunction) return false;
  const { file } = name.item;
  const declaration = file.lookUp(name.text, name);
  const uses = declaration ? usesOf(declaration, file) : [];
  return uses.every(
    (use) =>
      use.parent?.child('property')?.text === 'test' &&
      !/while/.test(use.parent.parent?.parent?.parent?.kind ?? ''),
  );
}
