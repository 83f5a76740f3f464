import type { Confidence, Report } from '../../analysis/finding';
import type { Flow } from '../../analysis/flow/flow';
import type { Call } from '../../analysis/item-facts';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { constantString } from '../../analysis/value';
import { shown, stepsOf } from '../../models/flow/flow-report';
import { isByStranger, type PlacedPiece, worstTextFlow } from '../../models/flow/text-flow';
import { expressionOf, MAY_BE_XPATH, mayEvaluate, readsAsXPath } from '../../models/flow/xpath-clients';
import { variableFix } from '../../models/flow/xpath-fix';

export const xpathQuery: Rule = {
  id: 'injection/xpath-query',
  title: 'XPath is put together from values',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-643'],
  owasp: ['A05:2025'],
  fixable: true,

  *check(facts) {
    for (const call of facts.callsOf(MAY_BE_XPATH)) {
      const known = expressionOf(call);
      if (known) yield* reportsOf(call, known, confidenceOf);
      else if (mayEvaluate(call)) yield* reportsOf(call, call.args[0] as Node, confidenceByText);
    }
  },
};

type ConfidenceOf = (flow: Flow, piece: PlacedPiece) => Confidence | undefined;

const confidenceOf: ConfidenceOf = (flow, { isBuilt }) => {
  switch (flow.source?.kind) {
    case 'request':
      return flow.isChecked ? 'medium' : 'high';
    case 'page':
      return flow.isChecked ? undefined : 'medium';
    case 'api':
      return isBuilt && !flow.isChecked ? 'medium' : undefined;
    default:
      return undefined;
  }
};

/** Where nothing but the text says that it is XPath. */
const confidenceByText: ConfidenceOf = (flow, { before }) =>
  isByStranger(flow) && !flow.isChecked && readsAsXPath(before) ? 'medium' : undefined;

function* reportsOf(call: Call, expression: Node, sure: ConfidenceOf): Generator<Report> {
  if (constantString(expression) !== undefined) return;
  const worst = worstTextFlow(expression, call.node, 'xpath', sure);
  if (!worst) return;
  const { at, flow, piece, confidence } = worst;
  yield {
    at,
    message: `XPath is built from ${shown(piece.node)}: a caller can change what is selected. Pass it as a variable of the expression.`,
    confidence,
    related: stepsOf(flow, piece.hops, at),
    fixes: () => variableFix(call),
  };
}
