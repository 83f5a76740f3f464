import type { Report } from '../../analysis/finding';
import { type Flow, flowsInto } from '../../analysis/flow/flow';
import type { ItemFacts } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { addends } from '../../analysis/string-parts';
import { wordsOf } from '../../analysis/words';
import { shown, stepsOf } from '../../models/flow/flow-report';
import { escapingFix } from '../../models/flow/html-fix';
import { htmlTextOf, valuesOf } from '../../models/flow/html-text';
import { FLOW_MODEL } from '../../models/flow/model';
import { DRAWN_WORDS, NO_TEXT } from '../../models/html/libraries';
import { rawness } from '../../models/html/rawness';

export const htmlResult: Rule = {
  id: 'injection/html-result',
  title: 'A function puts what it is given between tags and returns it',
  severity: 'warning',
  aiSeverity: 'error',
  confidence: 'medium',
  cwe: ['CWE-79'],
  owasp: ['A05:2025'],
  fixable: true,

  *check(facts) {
    for (const result of resultsIn(facts)) {
      const report = reportOf(result);
      if (report) yield report;
    }
  },
};

/** What functions of the item return, where a tag may be in it. */
function* resultsIn(facts: ItemFacts): Generator<Node> {
  const returns = facts.nodes('return_statement');
  const arrows = facts.nodes('arrow_function');
  if (returns.length + arrows.length === 0 || !hasTags(facts)) return;
  for (const each of returns) {
    const value = each.parts[0] && unwrap(each.parts[0]);
    if (value && mayBeHtml(value)) yield value;
  }
  for (const each of arrows) {
    const body = each.child('body');
    const value = body && unwrap(body);
    if (value && value.kind !== 'identifier' && mayBeHtml(value)) yield value;
  }
}

/** A cheap look at the whole file: whether anything in it ends an element or gives one an attribute. */
function hasTags({ file }: ItemFacts): boolean {
  return file.ofWholeFile('tags in texts', () => file.text.includes('</') || /<\w+ [\w-]+=/.test(file.text));
}

function mayBeHtml(value: Node): boolean {
  if (value.kind === 'identifier') return isHtml(value.enclosingFunction?.text ?? '');
  if (value.kind === 'template_string') return value.parent?.kind !== 'call_expression' && isHtml(value.text);
  return (value.kind === 'binary_expression' && value.operator === '+') || isJoined(value);
}

/** `['<li>', name, '</li>'].join('')` */
function isJoined(value: Node): boolean {
  const callee = value.kind === 'call_expression' ? value.child('function') : undefined;
  const list = callee?.child('property')?.text === 'join' ? callee.child('object') : undefined;
  return list !== undefined && unwrap(list).kind === 'array' && isHtml(list.text);
}

const ELEMENT =
  /<\/?(?:a|abbr|article|aside|audio|b|blockquote|body|br|button|canvas|center|code|dd|div|dl|dt|em|embed|fieldset|figure|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|label|legend|li|link|main|meta|nav|object|ol|optgroup|option|p|pre|script|section|select|small|source|span|strong|style|sub|sup|table|tbody|td|textarea|tfoot|th|thead|title|tr|u|ul|video)(?:[\s/>"'`]|$)/i;

/** An element whose name is a value: `'</' + name + '>'`. */
const NAMED_ELEMENT = /<\/(?:['"`] ?\+|\$\{)/;

function isHtml(text: string): boolean {
  return ELEMENT.test(text) || NAMED_ELEMENT.test(text);
}

function reportOf(result: Node): Report | undefined {
  const texts = [result, ...variablesIn(result).flatMap(valuesOf)];
  if (!texts.some(({ text }) => isHtml(text))) return undefined;
  const level = rawness(result);
  const isLoose = isJoined(result) || texts.some(({ text }) => NAMED_ELEMENT.test(text));
  if (level !== 'high' && (level !== 'medium' || !isLoose)) return undefined;
  for (const piece of htmlTextOf(result).pieces) {
    const { kind } = piece.node;
    const isMade = kind === 'identifier' && valuesOf(piece.node).some(({ text }) => isHtml(text));
    if (!isMade && /^(?:identifier|member_expression)$/.test(kind) && !isTextName(lastName(piece.node)))
      continue;
    const flow = flowsInto(piece.node, result, 'html', FLOW_MODEL, piece.hops)?.find(isText);
    if (!flow) continue;
    const at = piece.hops.length === 0 ? piece.node : result;
    return {
      at,
      message: `Returns ${shown(isMade ? flow.from : piece.node)} as HTML, as the caller gave it. Escape it.`,
      related: stepsOf(flow, piece.hops, at),
      fixes: () => (isMade ? [] : escapingFix([piece.node])),
    };
  }
  return undefined;
}

/** The variables that a result is put together from. */
function variablesIn(result: Node): readonly Node[] {
  return addends(result).filter(({ kind }) => kind === 'identifier');
}

/** What a caller gives that is no markup yet by its name. */
function isText({ source, from, path, isChecked }: Flow): boolean {
  if (source?.kind !== 'api' || isChecked) return false;
  return isTextName([...path].reverse().find((step) => /^[a-z]/i.test(step)) ?? lastName(from));
}

function lastName(node: Node): string {
  return (node.child('property') ?? node).text;
}

function isTextName(name: string): boolean {
  const words = wordsOf(name);
  return !NO_TEXT.has(words.at(-1) ?? '') && !words.some((word) => DRAWN_WORDS.has(word) || MARKUP.has(word));
}

const MARKUP: ReadonlySet<string> = new Set(
  'html markup xml tag tags attr attrs attributes props indent'.split(' '),
);
