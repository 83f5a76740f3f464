import type { Report } from '../../analysis/finding';
import { type Flow, flowsInto } from '../../analysis/flow/flow';
import type { Call } from '../../analysis/item-facts';
import type { Node } from '../../analysis/node';
import { argumentHolding } from '../../analysis/results';
import type { Rule } from '../../analysis/rule';
import type { SourceFile } from '../../analysis/source-file';
import { constantBoolean, pairOf, propertyOf, resolvedValue } from '../../analysis/value';
import { approvalFixes } from '../../models/flow/approval-fix';
import { stepsOf } from '../../models/flow/flow-report';
import { FLOW_MODEL } from '../../models/flow/model';
import { type Tool, toolAround, toolOf } from '../../models/flow/tool-parameter';
import { ACT_CALLS, type Act, irrevocableAct } from '../../models/irrevocable-acts';

export const destructiveToolNoApproval: Rule = {
  id: 'agent/destructive-tool-no-approval',
  title: 'A tool deletes, pays or sends as a language model decides, and asks nobody',
  severity: 'warning',
  aiSeverity: 'warning',
  confidence: 'high',
  cwe: ['CWE-862'],
  owasp: ['A01:2025', 'A06:2025'],
  fixable: true,

  *check(facts) {
    for (const call of facts.callsOf(ACT_CALLS)) {
      const act = irrevocableAct(call);
      const flow = act && mayHaveTools(call.node.item.file) && flowOf(act.given, call.node);
      const report = act && flow && reportOf(call, act.does, flow);
      if (report) yield report;
    }
  },
};

/** What a model gives the tool and what the call acts upon. */
function flowOf(given: readonly Node[], sink: Node): Flow | undefined {
  return given
    .flatMap((each) => flowsInto(each, sink, 'record', FLOW_MODEL) ?? [])
    .find(({ source }) => source?.kind === 'tool');
}

function mayHaveTools(file: SourceFile): boolean {
  return file.says(/tool|_call\b|inputSchema|parameters/i);
}

const DOES: Readonly<Record<Act, string>> = {
  deletes: 'deletes what the model names',
  pays: 'moves money as the model says',
  sends: 'sends what the model writes',
};

function reportOf(call: Call, does: Act, flow: Flow): Report | undefined {
  const tool = toolAround(flow.from);
  if (!tool || tool.asksFirst) return undefined;
  const fn = functionOfTool(flow.from);
  if (!fn || [fn.text, tool.definition?.text ?? ''].some((text) => ASKING.test(text.replace(ABOUT_ELSE, ''))))
    return undefined;
  if (fn.item.file.says(ASKED_BY_AGENT)) return undefined;
  const related = stepsOf(flow, [], call.callee);
  const name = tool.name === undefined ? 'The tool' : `\`${tool.name}\``;
  if (tool.isAskedByHost) {
    const hint = does === 'deletes' ? wrongHint(fn, tool) : undefined;
    return (
      hint && {
        at: hint,
        message: `${name} deletes, and applications may run it unasked because of this. Say that it is destructive.`,
        confidence: 'high',
        related: [{ at: call.callee, message: 'It deletes here.' }],
        fixes: () => [{ title: 'Say that it is destructive', safety: 'choice', edits: hintEdits(hint) }],
      }
    );
  }
  return {
    at: call.callee.child('property') ?? call.callee,
    message: `${name} ${DOES[does]}, and nobody is asked. Have a person approve it first.`,
    // A table of tools by its shape alone may be one of a server whose applications ask.
    confidence: tool.isSure || hasParameters(tool) ? 'medium' : 'low',
    related,
    fixes: () => approvalFixes(tool),
  };
}

/** A parameter, a call or a setting by which somebody has a say, or with which nothing happens unless told so. */
const ASKING =
  /interrupt\w*\s*\(|elicit|confirm|approv|ask_?(?:user|human)|human_?in_?the_?loop|dry_?run|requestPermission|is_?allowed|prompt_?user|sandbox/i;
const ABOUT_ELSE = /paymentIntents\.confirm|confirmation[ -](?:e-?mail|message)/gi;
/** Of the agent around: Mastra, LangChain and LangGraph. */
const ASKED_BY_AGENT =
  /humanInTheLoop|interruptOn|interruptBefore|interrupt_before|requireApproval|toolApproval|needsApproval\s*:\s*(?:true|async)/;

function hasParameters({ definition }: Tool): boolean {
  return definition !== undefined && propertyOf(definition, 'parameters') !== undefined;
}

function functionOfTool(node: Node): Node | undefined {
  let fn = node.enclosingFunction;
  while (fn && !toolOf(fn)) fn = fn.enclosingFunction;
  return fn;
}

/** `annotations: { readOnlyHint: true }`; without a hint, applications take a tool for destructive. */
function wrongHint(fn: Node, { definition }: Tool): Node | undefined {
  const list = argumentHolding(fn)?.parent;
  const others = list?.kind === 'arguments' ? list.parts : [];
  for (const each of [...others, ...(definition ? [definition] : [])]) {
    const object = resolvedValue(each);
    if (object.kind !== 'object') continue;
    const inner = propertyOf(object, 'annotations');
    const hints = inner ? resolvedValue(inner) : object;
    if (hints.kind !== 'object') continue;
    const [reads, destroys] = [pairOf(hints, 'readOnlyHint'), pairOf(hints, 'destructiveHint')];
    if (reads && constantBoolean(reads.value) === true) return reads.node;
    if (destroys && constantBoolean(destroys.value) === false) return destroys.node;
  }
  return undefined;
}

function hintEdits(pair: Node) {
  return [{ start: pair.start, end: pair.end, text: 'destructiveHint: true' }];
}
