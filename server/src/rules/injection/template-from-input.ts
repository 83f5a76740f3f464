import type { Confidence, Report } from '../../analysis/finding';
import { bindingOf } from '../../analysis/flow/binding';
import { type Flow, flowsInto } from '../../analysis/flow/flow';
import type { Call } from '../../analysis/item-facts';
import { canonicalName } from '../../analysis/name';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { constantString, resolvedValue } from '../../analysis/value';
import { chainOf, isResponseName } from '../../models/auth/denial';
import { shown, stepsOf } from '../../models/flow/flow-report';
import { FLOW_MODEL } from '../../models/flow/model';
import { TEMPLATES, templateIn } from '../../models/flow/templates';
import { isByStranger, type PlacedPiece, worstTextFlow } from '../../models/flow/text-flow';

const RENDERING: CallTest = { method: new Set(['render']) };

export const templateFromInput: Rule = {
  id: 'injection/template-from-input',
  title: 'What others send is read as a template',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-1336', 'CWE-94', 'CWE-79'],
  owasp: ['A05:2025'],
  fixable: false,

  *check(facts) {
    for (const call of facts.callsTo(TEMPLATES)) {
      const template = templateIn(call);
      const worst =
        template &&
        worstTextFlow(template.text, call.node, 'template', (flow, piece) =>
          confidenceOf(flow, piece, template.isLogicless),
        );
      if (!worst) continue;
      const { at, flow, piece, confidence } = worst;
      const message = `${shown(piece.node)} becomes a part of the template, which runs as code. Pass it to the template as a value.`;
      yield { at, message, confidence, related: stepsOf(flow, piece.hops, at) };
    }
    for (const call of facts.callsOf(RENDERING)) yield* renderReports(call);
  },
};

function confidenceOf(flow: Flow, { isBuilt }: PlacedPiece, isLogicless: boolean): Confidence | undefined {
  if (isByStranger(flow)) return flow.isChecked || isLogicless ? 'medium' : 'high';
  if (flow.isChecked || isLogicless) return undefined;
  if (flow.source?.kind === 'api') return 'medium';
  return flow.source || !isBuilt ? undefined : 'low';
}

/** `res.render(view, locals)` of Express, `ctx.render(view, locals)` of Koa. */
function* renderReports(call: Call): Generator<Report> {
  const [view, locals] = call.args;
  const { root } = chainOf(call);
  if (!view || !(isResponseName(root) || (root.kind === 'identifier' && /^(?:ctx|context)$/.test(root.text))))
    return;
  if (constantString(view) === undefined) yield* viewReports(call, view);
  if (locals) yield* localsReports(call, locals);
}

function* viewReports(call: Call, view: Node): Generator<Report> {
  const worst = worstTextFlow(view, call.node, 'path', (flow, { before }) => {
    if (flow.source?.kind !== 'request') return undefined;
    return flow.isChecked || before !== '' ? 'medium' : 'high';
  });
  if (!worst) return;
  const { at, flow, piece, confidence } = worst;
  const message = `${shown(piece.node)} chooses the file that is run as a template. Choose it from a list.`;
  yield { at, message, confidence, related: stepsOf(flow, piece.hops, at) };
}

/** Engines take options of their own from the values: `settings`, `layout`, `client`, `filename`. */
function* localsReports(call: Call, locals: Node): Generator<Report> {
  for (const value of wholesIn(locals)) {
    const flow = flowsInto(value, call.node, 'nosql', FLOW_MODEL)?.find(
      ({ source, from }) => source?.kind === 'request' && isWhole(from),
    );
    if (!flow) continue;
    yield {
      at: value,
      message: `${shown(value)} brings options of the template engine along, such as \`layout\` or \`settings\`. Pass the values that the template shows.`,
      confidence: flow.isChecked ? 'low' : 'medium',
      related: stepsOf(flow, [], value),
    };
  }
}

/** What all of the object comes from: itself, or what is spread in it. */
function wholesIn(locals: Node, depth = 3): readonly Node[] {
  const object = resolvedValue(locals);
  if (object.kind === 'object') {
    const spread = object.parts.filter(({ kind }) => kind === 'spread_element');
    return depth === 0 ? [] : spread.flatMap(({ parts }) => wholesIn(parts[0] as Node, depth - 1));
  }
  const isAll =
    isWhole(object) ||
    (object.kind === 'identifier' && isParameter(object)) ||
    canonicalName(object) === 'globalThis.Object.assign()';
  return isAll ? [locals] : [];
}

/** `req.body`, `ctx.request.query` */
function isWhole(node: Node): boolean {
  return node.kind === 'member_expression' && /^(?:body|query)$/.test(node.child('property')?.text ?? '');
}

function isParameter(identifier: Node): boolean {
  const { file } = identifier.item;
  const declaration = file.lookUp(identifier.text, identifier);
  return declaration !== undefined && bindingOf(file.nodeOf(declaration)).how === 'parameter';
}
