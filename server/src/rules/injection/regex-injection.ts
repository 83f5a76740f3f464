import type { Confidence, Report } from '../../analysis/finding';
import { type Flow, flowsInto } from '../../analysis/flow/flow';
import { type Call, callAt } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { constantString, resolvedValue } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import { shown, stepsOf } from '../../models/flow/flow-report';
import { FLOW_MODEL } from '../../models/flow/model';
import { isSetting } from '../../models/flow/settings';

/** A text that is given to these is made into a pattern. Source: ECMAScript. */
const SEARCHES: ReadonlySet<string> = new Set(['match', 'matchAll', 'search']);
const COMPILING: CallTest = { method: SEARCHES, to: new Set(['globalThis.RegExp']) };

export const regexInjection: Rule = {
  id: 'injection/regex-injection',
  title: 'A regular expression is made of what a client sent',
  severity: 'warning',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-730', 'CWE-400', 'CWE-1333'],
  owasp: ['A05:2025'],
  fixable: false,

  *check(facts) {
    for (const call of facts.callsOf(COMPILING)) {
      const isSearch = call.method !== undefined && SEARCHES.has(call.method);
      const report = reportOf(call, isSearch);
      if (report) yield report;
    }
  },
};

function reportOf(call: Call, isSearch: boolean): Report | undefined {
  const [source] = call.args;
  if (!source || call.args.length > 2 || unwrap(source).kind === 'regex') return undefined;
  if (constantString(source) !== undefined || (isSearch && !isText(call))) return undefined;
  // `try { new RegExp(x); }` asks whether it is a pattern, and applies it to nothing.
  if (!isSearch && call.node.parent?.kind === 'expression_statement') return undefined;
  const flows = flowsInto(source, call.node, 'regex', FLOW_MODEL) ?? [];
  const found = flows
    .map((flow) => ({ flow, confidence: confidenceOf(flow, source, isSearch) }))
    .filter((each): each is { flow: Flow; confidence: Confidence } => each.confidence !== undefined);
  const worst = found.find(({ confidence }) => confidence === 'high') ?? found[0];
  return worst && { ...shownAt(source, worst.flow), confidence: worst.confidence };
}

/** `String(x).match(y)`, `x.toLowerCase().search(y)`: others have methods of these names, too. */
function isText({ callee }: Call): boolean {
  const object = callee.child('object');
  const value = object && resolvedValue(object);
  if (value?.kind === 'template_string') return true;
  const made = value && callAt(value);
  return (
    made?.name === 'globalThis.String' || /^(?:to(?:Lower|Upper)Case|toString|trim)$/.test(made?.method ?? '')
  );
}

function shownAt(source: Node, flow: Flow): Pick<Report, 'at' | 'message' | 'related'> {
  return {
    at: source,
    message: `${shown(source)} becomes a pattern, and may be one that takes minutes or matches everything. Escape it, or look for it as a text.`,
    related: stepsOf(flow, [], source),
  };
}

/** Whoever slows down their own page or program harms nobody else. */
function confidenceOf(flow: Flow, pattern: Node, isSearch: boolean): Confidence | undefined {
  const { source, isChecked } = flow;
  if (source?.kind === 'model') return isChecked ? undefined : 'medium';
  if (source?.kind === 'api')
    return isChecked || isSearch || isMeantAsPattern(flow, pattern) ? undefined : 'medium';
  if (source?.kind !== 'request') return undefined;
  return isChecked || isSearch ? 'medium' : 'high';
}

/** What a package is given under such a name is a pattern for all to see, and settings are its owner's. */
function isMeantAsPattern(flow: Flow, pattern: Node): boolean {
  if (isSetting(flow)) return true;
  if (flow.path.some(isOfPattern)) return true;
  return [flow.from, unwrap(pattern)].some(
    (node) =>
      (node.kind === 'identifier' || node.kind === 'member_expression') &&
      isOfPattern((node.child('property') ?? node).text),
  );
}

function isOfPattern(name: string): boolean {
  return wordsOf(name).some((word) => PATTERN_WORDS.has(word));
}

const PATTERN_WORDS: ReadonlySet<string> = new Set(
  (
    'pattern patterns regex regexes regexp regexps re rx reg exp expr expression expressions source matcher match ' +
    'mask glob rule rules flags p length size count min max minimum maximum precision version digits num number n ' +
    'width level decimals'
  ).split(' '),
);
