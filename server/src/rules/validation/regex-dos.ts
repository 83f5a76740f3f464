import type { Confidence, Report } from '../../analysis/finding';
import type { Fix } from '../../analysis/fix';
import { type Flow, flowsInto } from '../../analysis/flow/flow';
import type { ItemFacts } from '../../analysis/item-facts';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { stepsOf } from '../../models/flow/flow-report';
import { FLOW_MODEL } from '../../models/flow/model';
import { type PatternUse, usesOfPattern } from '../../models/pattern-uses';
import { type Pattern, patternOf } from '../../models/patterns';
import { runtimeOf } from '../../models/runtime';
import { type Cost, costOf, sameInLess } from '../../patterns/cost';

const CONSTRUCTOR: ReadonlySet<string> = new Set(['globalThis.RegExp']);
/** Repetitions are what costs; most patterns have none that do. */
const MAY_COST = /[*+]|,\}/;

export const regexDos: Rule = {
  id: 'validation/regex-dos',
  title: 'A regular expression takes very long on some texts',
  severity: 'warning',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-1333', 'CWE-400', 'CWE-730'],
  owasp: ['A06:2025'],
  fixable: true,

  *check(facts) {
    for (const node of patternsIn(facts)) {
      const pattern = patternOf(node);
      const cost = pattern?.node.is(node) ? costOf(pattern.source, pattern.flags) : undefined;
      const report = pattern && cost && reportOf(pattern, cost);
      if (report) yield report;
    }
  },
};

function* patternsIn(facts: ItemFacts): Generator<Node> {
  for (const node of facts.nodes('regex')) if (MAY_COST.test(node.text)) yield node;
  for (const { node, args } of facts.callsTo(CONSTRUCTOR)) if (args[0]?.kind !== 'regex') yield node;
}

/** A text that a pattern is applied to, and what comes to it. */
interface Danger {
  readonly confidence: Confidence;
  readonly flow?: Flow;
  readonly use?: PatternUse;
}

function reportOf(pattern: Pattern, cost: Cost): Report | undefined {
  const { uses, isLost } = usesOfPattern(pattern.node);
  const dangers = uses.flatMap((use) => dangersOf(use, cost));
  if (isLost) dangers.push({ confidence: cost.growth === 'restarting' ? 'low' : 'medium' });
  const worst = dangers.sort((a, b) => RANK[a.confidence] - RANK[b.confidence])[0];
  if (!worst) return undefined;
  const { confidence, flow, use } = worst;
  const steps = flow?.source ? stepsOf(flow, [], pattern.node) : [];
  const isElsewhere = use !== undefined && !use.call.node.contains(pattern.node);
  const applied = isElsewhere ? [{ at: use.call.node, message: 'The pattern is applied here.' }] : [];
  return {
    at: placeOf(pattern, cost),
    message: messageOf(cost),
    // In a page it is the visitor's own time.
    confidence: runtimeOf(pattern.node.item.file) === 'client' ? LESS[confidence] : confidence,
    related: [...steps, ...applied],
    fixes: () => fixesOf(pattern, uses, isLost),
  };
}

const LESS = { high: 'medium', medium: 'low', low: 'low' } as const;
const RANK = { high: 0, medium: 1, low: 2 } as const;

/** Nothing where the text is the program's own, or its length is checked. */
function dangersOf(use: PatternUse, { growth, canFail }: Cost): Danger[] {
  const flows = flowsInto(use.subject, use.call.node, 'size', FLOW_MODEL);
  if (!flows) return [{ use, confidence: growth === 'restarting' ? 'low' : 'medium' }];
  return flows.flatMap((flow): Danger[] => {
    const { source, isChecked } = flow;
    const kind = source?.kind;
    if (kind === 'command-line' || kind === 'environment') return [];
    const isSure = growth === 'exponential' && canFail && kind !== 'page' && !isChecked;
    // Of what grows with the square alone only texts matter that others hand over.
    const isTheirs = kind !== undefined && kind !== 'page' && !(kind === 'api' && isOfProject(use.call.node));
    const lesser = growth === 'restarting' && !isTheirs ? 'low' : 'medium';
    return [{ use, flow, confidence: isSure ? 'high' : lesser }];
  });
}

/** Packages are published as JavaScript: who calls what TypeScript exports is mostly in the same project. */
function isOfProject(node: Node): boolean {
  return /\.[cm]?tsx?$/.test(node.item.file.path);
}

function placeOf({ node }: Pattern, { part }: Cost): Report['at'] {
  // In a text that is made into a pattern, the places of both differ by the escapes.
  return part && node.kind === 'regex' ? { in: node, start: part.start + 1, end: part.end + 1 } : node;
}

function messageOf({ growth, repeated }: Cost): string {
  const many =
    repeated !== undefined && /^[!-_a-~]+$/.test(repeated) ? `many \`${repeated}\`` : NAMES.get(repeated);
  const text = many === undefined ? 'some texts' : `a text with ${many}`;
  if (growth === 'exponential')
    return `On ${text} the time that this takes doubles with each character. Rewrite the repetition so that there is one way to read a text.`;
  if (growth === 'polynomial')
    return `On ${text} the time that this takes grows with a power of the length. Limit the length first, or let no two repetitions match the same.`;
  return `On ${text} this begins anew at each character, so the time grows with the square of the length. Limit the length first.`;
}

const NAMES: ReadonlyMap<string | undefined, string> = new Map([
  [' ', 'many blanks'],
  ['\t', 'many tabs'],
  ['\n', 'many line ends'],
]);

function fixesOf({ node, source, flags }: Pattern, uses: readonly PatternUse[], isLost: boolean): Fix[] {
  const [use] = uses;
  const trim = TRIMS.get(source);
  if (trim && use && uses.length === 1 && use.call.node.contains(node) && use.call.method === 'replace') {
    const [, by] = use.call.args;
    const isEmpty = by !== undefined && /^(?:''|"")$/.test(by.text);
    const isAll = !source.includes('|') || flags.includes('g');
    const edits = [{ start: use.subject.end, end: use.call.node.end, text: `.${trim}()` }];
    if (isEmpty && isAll && !flags.includes('m'))
      return [{ title: `Use \`${trim}\``, safety: 'safe', edits }];
  }
  const better = node.kind === 'regex' && !isLost ? sameInLess(source, flags) : undefined;
  if (better === undefined) return [];
  const edits = [{ start: node.start, end: node.end, text: `/${better}/${flags}` }];
  return [{ title: 'Rewrite the repetition', safety: 'safe', edits }];
}

const TRIMS: ReadonlyMap<string, string> = new Map([
  ['\\s+$', 'trimEnd'],
  ['\\s*$', 'trimEnd'],
  ['^\\s+|\\s+$', 'trim'],
  ['^\\s*|\\s*$', 'trim'],
]);
