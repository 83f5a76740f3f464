import type { Confidence, Report } from '../../analysis/finding';
import { type Flow, flowsInto } from '../../analysis/flow/flow';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { resolvedValue } from '../../analysis/value';
import { isOfModel } from '../../models/flow/agent-dangers';
import { shown, stepsOf } from '../../models/flow/flow-report';
import { FLOW_MODEL } from '../../models/flow/model';
import { sqlFixes } from '../../models/flow/sql-fix';
import { isReportedAtCaller, type SqlSink, sqlSinksIn } from '../../models/flow/sql-sinks';
import type { Position, SqlPiece } from '../../models/flow/sql-text';

export const sqlStringBuild: Rule = {
  id: 'injection/sql-string-build',
  title: 'SQL text is put together from values instead of bound parameters',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-89'],
  owasp: ['A05:2025'],
  fixable: true,

  *check(facts) {
    for (const sink of facts.once(sqlSinksIn)) {
      const worst = worstOf(sink);
      if (worst) yield reportOf(sink, worst);
    }
  },
};

interface Danger {
  readonly piece: SqlPiece;
  readonly flow: Flow;
  readonly confidence: Confidence;
}

function worstOf(sink: SqlSink): Danger | undefined {
  let worst: Danger | undefined;
  for (const piece of sink.parts.pieces) {
    const flows = flowsInto(piece.node, sink.call.node, 'sql', FLOW_MODEL, piece.hops) ?? [];
    const isElsewhere = isOfModel(flows);
    for (const flow of flows) {
      const isKnown = flow.source?.kind === 'request' || flow.source?.kind === 'page';
      const isLeft = isReportedAtCaller(sink, flow) || (isElsewhere && !isKnown);
      const asked = isLeft ? undefined : confidenceOf(flow, piece.position, sink);
      const sure = asked && !flow.source && isOfCatalogue(piece.node, sink) ? 'low' : asked;
      const confidence = sure && sink.isByText ? (flow.source ? 'medium' : undefined) : sure;
      if (confidence === 'high') return { piece, flow, confidence };
      if (confidence) worst ??= { piece, flow, confidence };
    }
  }
  return worst;
}

function confidenceOf(flow: Flow, position: Position, { parts, known }: SqlSink): Confidence | undefined {
  switch (flow.source?.kind) {
    case 'request':
    case 'page':
      return flow.isChecked ? 'medium' : 'high';
    case 'api': {
      // Names of tables and whole conditions come from code that is trusted, far more often than not; what is
      // sorted by is chosen by whoever looks at the list.
      const isValue = position === 'quoted' || position === 'value' || position === 'order';
      if (!isValue || !parts.hasVerb || flow.isChecked) return undefined;
      // What stands between quotes is a text, and where nobody binds it, whoever calls has to know that.
      return position === 'quoted' && known ? 'high' : 'medium';
    }
    case undefined:
      if (!parts.hasVerb || flow.isChecked) return undefined;
      // Quotes that are written around a value say that it is text; without them it is a number, mostly.
      return position === 'quoted' ? 'medium' : position === 'value' ? 'low' : undefined;
    default:
      return undefined;
  }
}

const CATALOGUE =
  /information_schema|\bpg_(?:catalog|class|namespace|type|tables|indexes|constraint|attribute)\b|\bsqlite_master\b|\bsys\.\w+|\bcrdb_internal\b|_columns\b/i;
const CATALOGUE_NAME = /(?:schema|table|column|database|constraint|enum|index)(?:_?name|s)?\W*$/i;

/** `where table_name = '${table.name}'`: what a program asks of a database about its own tables. */
function isOfCatalogue(value: Node, { call }: SqlSink): boolean {
  const query = call.args[0] && resolvedValue(call.args[0]);
  return CATALOGUE_NAME.test(value.text) || CATALOGUE.test(query?.text.slice(0, 2_000) ?? '');
}

function reportOf(sink: SqlSink, { piece, flow, confidence }: Danger): Report {
  const isDirect = piece.hops.length === 0;
  const at = isDirect ? piece.node : sink.text;
  const who = flow.source ? 'a caller can change the query' : 'what is in it can change the query';
  const cure =
    piece.position === 'name' || piece.position === 'order'
      ? 'Choose it from a list of names.'
      : piece.position === 'part' && !flow.source
        ? 'Bind the values as parameters.'
        : 'Bind it as a parameter.';
  return {
    at,
    message: `SQL is built from ${shown(piece.node)}: ${who}. ${cure}`,
    confidence,
    related: stepsOf(flow, piece.hops, at),
    fixes: () => sqlFixes(sink),
  };
}
