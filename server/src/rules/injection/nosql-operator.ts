import type { Confidence, Report } from '../../analysis/finding';
import { type Flow, flowsInto } from '../../analysis/flow/flow';
import type { ItemFacts } from '../../analysis/item-facts';
import { callAt } from '../../analysis/item-facts';
import { propertyName, stringLiteral } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { constantString } from '../../analysis/value';
import { shown, stepsOf } from '../../models/flow/flow-report';
import { FLOW_MODEL } from '../../models/flow/model';
import { filterFixes } from '../../models/flow/mongo-fix';
import {
  type FilterPlace,
  isTypedBySchema,
  isValidatedBefore,
  MAY_SEARCH,
  type MongoSink,
  mongoSinkOf,
  placesIn,
} from '../../models/flow/mongo-sinks';
import { textPiecesOf } from '../../models/flow/text-pieces';
import { importsAny } from '../../models/runtime';

/** Packages that take operators out of whatever a client sends. */
const SANITIZERS = ['express-mongo-sanitize', 'mongo-sanitize', '@exortek/express-mongo-sanitize'];

export const nosqlOperator: Rule = {
  id: 'injection/nosql-operator',
  title: 'A filter for MongoDB takes what a client sent, operators included',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-943'],
  owasp: ['A05:2025'],
  fixable: true,

  *check(facts) {
    for (const call of facts.callsOf(MAY_SEARCH)) {
      const sink = mongoSinkOf(call);
      if (sink) yield* filterReports(sink);
      else if (call.method === '$where' && call.args[0]) yield* codeReports(call.args[0]);
    }
    yield* codeInFilters(facts);
  },
};

function* filterReports(sink: MongoSink): Generator<Report> {
  let isSanitized: boolean | undefined;
  for (const place of placesIn(sink.filter)) {
    const flow = flowsInto(place.value, sink.call.node, 'nosql', FLOW_MODEL)?.find(
      ({ source }) => source?.kind === 'request',
    );
    if (!flow) continue;
    isSanitized ??= importsAny(sink.call.node.item.file, SANITIZERS);
    if (!isSanitized) yield reportOf(sink, place, flow);
  }
}

function reportOf(sink: MongoSink, { value, part, isAdded }: FilterPlace, flow: Flow): Report {
  const what = value.kind === 'spread_element' ? (value.parts[0] ?? value) : value;
  return {
    at: what,
    message: `${shown(what)} can be an object such as \`{ $ne: null }\`. Convert it to a string or validate it first.`,
    confidence: confidenceOf(flow, sink.isSure, isAdded === true),
    related: stepsOf(flow, [], what),
    fixes: () => filterFixes(sink, value, part),
  };
}

function confidenceOf(flow: Flow, isSure: boolean, isAdded: boolean): Confidence {
  // Who narrows a list down with an operator sees no more than the list.
  if (isValidatedBefore(flow.from) || (isAdded && /\bquery\b/.test(flow.from.text))) return 'low';
  // Express 5 reads a query as texts, unless it is told to read it as Express 4 does.
  const isLess = !isSure || flow.isChecked || /\bquery\b/.test(flow.from.text) || isTypedBySchema(flow.from);
  return isLess ? 'medium' : 'high';
}

/** Operators whose text the database runs as JavaScript. */
const CODE_KEYS: ReadonlySet<string> = new Set(['$where', '$function', '$accumulator']);

function* codeInFilters(facts: ItemFacts): Generator<Report> {
  const [pairs, assignments] = [facts.nodes('pair'), facts.nodes('assignment_expression')];
  if (pairs.length + assignments.length === 0) return;
  if (!/\$(?:where|function|accumulator)\b/.test(facts.ownText)) return;
  for (const node of [...pairs, ...assignments]) {
    const key = node.child('key') ?? memberName(node.child('left'));
    const value = node.child('value') ?? node.child('right');
    if (!key || !value || !CODE_KEYS.has(propertyName(key) ?? stringLiteral(key) ?? '')) continue;
    const body = value.kind === 'object' ? value.parts.find((part) => isBody(part))?.child('value') : value;
    if (body) yield* codeReports(body);
  }
}

/** `filter.$where = …`, `filter['$where'] = …` */
function memberName(left: Node | undefined): Node | undefined {
  return left?.child('property') ?? left?.child('index');
}

function isBody(part: Node): boolean {
  const key = part.kind === 'pair' ? part.child('key') : undefined;
  return key !== undefined && propertyName(key) === 'body';
}

function* codeReports(code: Node): Generator<Report> {
  if (constantString(code) !== undefined) return;
  const sink = outermostCall(code);
  let worst: { readonly at: Node; readonly flow: Flow; readonly confidence: Confidence } | undefined;
  for (const { node, hops, before } of textPiecesOf(code)) {
    for (const flow of flowsInto(node, sink, 'code', FLOW_MODEL, hops) ?? []) {
      const confidence = confidenceOfCode(flow, /['"]$/.test(before));
      if (!confidence || worst?.confidence === 'high' || (worst && confidence === 'medium')) continue;
      worst = { at: hops.length === 0 ? node : code, flow, confidence };
    }
  }
  if (!worst) return;
  const { at, flow, confidence } = worst;
  yield {
    at,
    message: `${shown(at)} becomes a part of code that the database runs. Compare fields in the filter instead.`,
    confidence,
    related: stepsOf(flow, [], at),
  };
}

/** @param isQuoted whether it stands between quotes: a text that nobody escapes, so whoever calls has to know that. */
function confidenceOfCode({ source, isChecked }: Flow, isQuoted: boolean): Confidence | undefined {
  const kind = source?.kind;
  if (kind === 'environment' || kind === 'command-line' || isChecked)
    return kind === 'request' ? 'medium' : undefined;
  const isSure = kind === 'request' || kind === 'model' || (kind === 'api' && isQuoted);
  return isSure ? 'high' : 'medium';
}

function outermostCall(code: Node): Node {
  for (const outer of code.ancestors()) if (callAt(outer)) return outer;
  return code;
}
