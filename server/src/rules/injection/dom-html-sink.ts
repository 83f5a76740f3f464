import type { Confidence, Report } from '../../analysis/finding';
import { type Flow, flowsInto } from '../../analysis/flow/flow';
import { WHOLE } from '../../analysis/flow/path';
import { calledFunction } from '../../analysis/flow/trace-call';
import { callAt } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { resultsOf } from '../../analysis/results';
import type { Rule } from '../../analysis/rule';
import { resolvedValue } from '../../analysis/value';
import type { TextValue } from '../../models/flow/composed-text';
import { textFix } from '../../models/flow/dom-fix';
import { type DomSink, domSinksIn } from '../../models/flow/dom-sinks';
import { isDomText, isPluginOption, isTextOfRecord } from '../../models/flow/dom-texts';
import { shown, stepsOf } from '../../models/flow/flow-report';
import { type HtmlText, htmlTextOf } from '../../models/flow/html-text';
import { FLOW_MODEL } from '../../models/flow/model';
import { sanitisingFix } from '../../models/html/fixes';
import { rawness } from '../../models/html/rawness';
import { namesText } from '../../models/html/text-names';

export const domHtmlSink: Rule = {
  id: 'injection/dom-html-sink',
  title: 'A page writes text of others as HTML',
  severity: 'warning',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-79'],
  owasp: ['A05:2025'],
  fixable: true,

  *check(facts) {
    for (const sink of facts.once(domSinksIn)) {
      const report = reportOf(sink);
      if (report) yield report;
    }
  },
};

interface Danger {
  readonly piece: TextValue;
  readonly flow: Flow;
  readonly confidence: Confidence;
}

const ORDER: readonly Confidence[] = ['low', 'medium', 'high'];

function worstOf(sink: DomSink, html: HtmlText): Danger | undefined {
  let worst: Danger | undefined;
  for (const piece of html.pieces) {
    if (isMarkupAlready(piece.node)) continue;
    // What a callback is given that nobody in the file calls, and is a text by its name.
    const isOpen =
      sink.how === 'trust' ||
      (namesText(piece.node) && (rawness(sink.html) === 'high' || isTextOfRecord(piece.node)));
    for (const flow of flowsInto(piece.node, sink.node, 'html', FLOW_MODEL, piece.hops, WHOLE, isOpen) ??
      []) {
      const confidence = confidenceOf(flow, piece, html, sink);
      if (confidence && ORDER.indexOf(confidence) > (worst ? ORDER.indexOf(worst.confidence) : -1))
        worst = { piece, flow, confidence };
    }
  }
  return worst;
}

function confidenceOf(flow: Flow, piece: TextValue, html: HtmlText, sink: DomSink): Confidence | undefined {
  // What does not begin as a tag is a selector.
  const isSelector = sink.how === 'selector' && !/^\s*</.test(html.start);
  const isOption = flow.source?.kind === 'api' && html.start === '' && isPluginOption(flow);
  if (isSelector && isOption && !flow.isChecked) return 'medium';
  if (isSelector && (html.start !== '' || flow.source?.kind !== 'page' || isHash(piece.node)))
    return undefined;
  switch (flow.source?.kind) {
    case 'page':
      return flow.isChecked || isSelector || WEAK.test(flow.from.text) ? 'medium' : 'high';
    case 'request':
      return flow.isChecked ? 'medium' : 'high';
    case 'api':
    case undefined: {
      if (flow.isChecked) return undefined;
      if (isDomText(piece.node) || (isOption && !MARKUP_NAME.test(flow.path.at(-1) ?? ''))) return 'medium';
      const level = rawness(sink.html);
      if (sink.how === 'trust' && level) return 'medium';
      if (level === 'high' && namesText(piece.node)) return 'medium';
      if (!flow.source && level && isTextOfRecord(piece.node)) return 'medium';
      return level && level !== 'low' && !isOfJquery(sink) ? 'low' : undefined;
    }
    default:
      return undefined;
  }
}

/** The page itself writes these, or a browser does not let `<` into them. */
const WEAK = /(?:localStorage|sessionStorage|\.cookie|\.pathname|usePathname|useParams)/;
/** Options that are markup by their name. */
const MARKUP_NAME = /(?:html|markup|template|icon|arrow|button|btn|svg|wrapper?)s?$/i;

/** `$(location.hash)` looks for an element: the text begins with `#`. */
function isHash(node: Node): boolean {
  return resolvedValue(node).child('property')?.text === 'hash';
}

/** `.append(item)` is given elements more often than texts. */
function isOfJquery({ how }: DomSink): boolean {
  return how === 'jquery' || how === 'selector';
}

/** What was in the page as HTML before, and what a policy of Trusted Types answers. */
function isMarkupAlready(expression: Node): boolean {
  const node = unwrap(expression);
  const call = callAt(node);
  const fn = call && calledFunction(call.callee);
  // `box.textContent = text; return box.innerHTML` escapes.
  if (fn) return resultsOf(fn).length > 0 && resultsOf(fn).every(isMarkupAlready);
  if (call) return /^(?:createHTML|html)$/.test(call.method ?? '') && call.args.length < 2;
  return /^(?:innerHTML|outerHTML)$/.test(node.child('property')?.text ?? '');
}

function reportOf(sink: DomSink): Report | undefined {
  const html = htmlTextOf(sink.html);
  const worst = html.pieces.length === 0 ? undefined : worstOf(sink, html);
  if (!worst) return undefined;
  const { piece, flow, confidence } = worst;
  const at = piece.hops.length === 0 ? piece.node : sink.html;
  const instead =
    sink.how === 'jquery' ? 'Use `text()`' : sink.how === 'trust' ? 'Bind it as text' : 'Use `textContent`';
  return {
    at,
    message: `Writes ${shown(piece.node)} as HTML. ${instead}, or sanitise it first.`,
    confidence,
    related: stepsOf(flow, piece.hops, at),
    fixes: () => [
      ...textFix(sink, html, isOfAddress(sink, html) ? 'safe' : 'choice'),
      ...sanitisingFix(sink.html),
    ],
  };
}

/** A parameter of the page's address is a text: whoever made an honest link put no markup into it. */
function isOfAddress(sink: DomSink, html: HtmlText): boolean {
  return html.pieces.every(({ node, hops }) => {
    const flows = flowsInto(node, sink.node, 'html', FLOW_MODEL, hops) ?? [];
    const isLink = ({ source, from }: Flow) => source?.kind === 'page' && ADDRESS.test(from.text);
    return flows.length > 0 && flows.every(isLink);
  });
}

const ADDRESS = /\b(?:location|URLSearchParams|searchParams|useSearchParams|documentURI|referrer)\b/;
