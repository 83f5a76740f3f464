import type { Confidence, Report } from '../../analysis/finding';
import { bindingOf } from '../../analysis/flow/binding';
import { type Flow, flowsInto } from '../../analysis/flow/flow';
import { callAt } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import type { TextValue } from '../../models/flow/composed-text';
import { shown, stepsOf } from '../../models/flow/flow-report';
import { escapingFix, ownEscapingFix } from '../../models/flow/html-fix';
import { isTextPlace } from '../../models/flow/html-place';
import { type ResponseSink, responseSinksIn } from '../../models/flow/html-responses';
import { type HtmlText, htmlTextOf, isPart, valuesOf } from '../../models/flow/html-text';
import { FLOW_MODEL } from '../../models/flow/model';
import { isRendering } from '../../models/flow/rendered';
import { isEscapedBefore, isWeak } from '../../models/flow/request-strength';
import { textPiecesOf } from '../../models/flow/text-pieces';
import { rawness } from '../../models/html/rawness';
import { namesText } from '../../models/html/text-names';

export const responseHtml: Rule = {
  id: 'injection/response-html',
  title: 'A response shows what a client sent as HTML',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-79'],
  owasp: ['A05:2025'],
  fixable: true,

  *check(facts) {
    for (const sink of facts.once(responseSinksIn)) {
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

function dangersIn(sink: ResponseSink, html: HtmlText): readonly Danger[] {
  const dangers: Danger[] = [];
  for (const piece of html.pieces) {
    for (const flow of flowsInto(piece.node, sink.node, 'html', FLOW_MODEL, piece.hops) ?? []) {
      const confidence = confidenceOf(flow, piece, html, sink);
      if (confidence) dangers.push({ piece, flow, confidence });
    }
  }
  return dangers;
}

function confidenceOf(
  flow: Flow,
  piece: TextValue,
  html: HtmlText,
  sink: ResponseSink,
): Confidence | undefined {
  // An object is sent as JSON.
  if (!html.isText && !isPart(piece.node)) return undefined;
  const isSniffed = sink.reading === 'sniffed';
  // Without a type a text is HTML where it begins like that.
  if (isSniffed && !html.hasMarkup && html.start !== '') return undefined;
  switch (flow.source?.kind) {
    case 'request':
      if (isEscapedBefore(flow.from)) return undefined;
      if (isWeak(flow.from, piece.node)) return html.hasMarkup || !isSniffed ? 'medium' : undefined;
      if (flow.isChecked) return 'medium';
      if (isJson(piece) && !html.hasMarkup) return isSniffed ? undefined : 'medium';
      return html.hasMarkup || !isSniffed ? 'high' : 'medium';
    case 'api':
      return html.hasMarkup && !flow.isChecked && !isOfHandler(flow) ? 'medium' : undefined;
    case undefined:
      return html.hasMarkup && !flow.isChecked && !isOfHandler(flow) && isStored(piece, sink)
        ? 'medium'
        : undefined;
    default:
      return undefined;
  }
}

/** A text of a record that somebody may have written, by its name. */
function isStored({ node }: TextValue, { body }: ResponseSink): boolean {
  const values = node.kind === 'identifier' ? [node, ...valuesOf(node)] : [node];
  return values.some(namesText) && rawness(body) === 'high';
}

function isJson({ node }: TextValue): boolean {
  return callAt(unwrap(node))?.method === 'stringify';
}

/** What others hang on requests and errors is theirs to judge, and settings are the program's own. */
function isOfHandler({ from }: Flow): boolean {
  return /^\(?(?:e|err|error|ex|exception|req|request|res|response|reply|ctx|context|c|next|config|options|opts|settings)\b/.test(
    from.text,
  );
}

function reportOf(sink: ResponseSink): Report | undefined {
  const html = htmlTextOf(sink.body);
  if (html.pieces.length === 0) return undefined;
  const dangers = dangersIn(sink, html);
  const worst = dangers.find(({ confidence }) => confidence === 'high') ?? dangers[0];
  if (!worst) return undefined;
  const { piece, flow, confidence } = worst;
  const at = piece.hops.length === 0 ? piece.node : sink.body;
  return {
    at,
    message: `The response shows ${shown(isNamed(piece.node) ? piece.node : flow.from)} as HTML. Escape it, or use a template that escapes.`,
    confidence,
    related: stepsOf(flow, piece.hops, at),
    fixes: () => {
      // The page as a whole is markup; what escapes is the form of the template.
      if (dangers.some((each) => isRendering(each.piece.node))) return [];
      const values = [...new Map(dangers.map((each) => [each.piece.node.start, each.piece.node])).values()];
      // Without a tag the text may be read by a program, and a value alone may be a page of its own.
      const isOwn = html.hasMarkup && isShownAsText(sink.body, dangers);
      const isSafe = dangers.every(({ flow: { from } }) => ADDRESS.test(from.text));
      return [...escapingFix(values), ...(isOwn ? ownEscapingFix(values, isSafe ? 'safe' : 'choice') : [])];
    },
  };
}

function isNamed({ kind }: Node): boolean {
  return kind === 'identifier' || kind === 'member_expression';
}

/** What stands in an address or a header is a text; a body may be markup that an editor in the page has made. */
const ADDRESS = /\b(?:query|params?|headers?|cookies?|searchParams|url|originalUrl|ip|hostname)\b/;

/** Whether each value stands where text is shown, and is none that the program has put together before. */
function isShownAsText(body: Node, dangers: readonly Danger[]): boolean {
  const places = textPiecesOf(body);
  return dangers.every(({ piece: { node }, flow: { from } }) => {
    const place = places.find((each) => each.node.is(node));
    return place !== undefined && isSent(node, from) && isTextPlace(place.before);
  });
}

/** Whether a value is what the client has sent, or a variable that is given this and nothing else. */
function isSent(node: Node, from: Node): boolean {
  if (from.is(node)) return true;
  const { file } = node.item;
  const declaration = node.kind === 'identifier' ? file.lookUp(node.text, node) : undefined;
  const binding = declaration && bindingOf(file.nodeOf(declaration));
  return binding?.how === 'value' && binding.value?.is(from) === true && !file.isAssigned(node.text);
}
