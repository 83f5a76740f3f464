import type { Confidence, Report } from '../../analysis/finding';
import { type Flow, flowsInto } from '../../analysis/flow/flow';
import { callAt } from '../../analysis/item-facts';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { constantString, resolvedValue } from '../../analysis/value';
import { isOfModel } from '../../models/flow/agent-dangers';
import { isBuilt } from '../../models/flow/built-text';
import { commandFixes } from '../../models/flow/command-fix';
import { COMMANDS_BY_NAME, type CommandSink, commandSinkOf } from '../../models/flow/command-sinks';
import { shown, stepsOf } from '../../models/flow/flow-report';
import { FLOW_MODEL } from '../../models/flow/model';
import { sqlTextOf } from '../../models/flow/sql-text';

export const shellCommand: Rule = {
  id: 'injection/shell-command',
  title: 'A shell runs a command that others can write into',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-78'],
  owasp: ['A05:2025'],
  fixable: true,

  *check(facts) {
    for (const call of facts.callsTo(COMMANDS_BY_NAME)) {
      const sink = commandSinkOf(call);
      const report = sink && reportOf(sink);
      if (report) yield report;
    }
  },
};

interface Danger {
  readonly at: Node;
  readonly shown: Node;
  readonly flow: Flow;
  readonly hops: Flow['hops'];
  readonly confidence: Confidence;
}

function worstOf(sink: CommandSink): Danger | undefined {
  let worst: Danger | undefined;
  for (const text of sink.texts) {
    const { pieces, hasLiteral } = sqlTextOf(text);
    const isPart = hasLiteral || isBuilt(text);
    for (const [i, { node, hops }] of pieces.entries()) {
      const flows = flowsInto(node, sink.call.node, 'shell', FLOW_MODEL, hops) ?? [];
      for (const flow of flows) {
        // `exec(program + ' ' + list.join(' '))`, called with the name of the program.
        const isBehind = flow.hops.some((hop) => hop.how === 'passed' && (i > 0 || isBuiltFor(hop.node)));
        const confidence =
          sink.shell === 'none' ? ofProgram(flow, text) : confidenceOf(flow, flows, isPart || isBehind);
        const danger = confidence && {
          at: hops.length === 0 ? node : text,
          shown: node,
          flow,
          hops,
          confidence,
        };
        if (danger?.confidence === 'high') return danger;
        if (danger && (!worst || worst.confidence === 'low')) worst = danger;
      }
    }
  }
  return worst;
}

/** @param isPart whether a part of the command is written in the code: else running it is what the function is for. */
function confidenceOf(flow: Flow, flows: readonly Flow[], isPart: boolean): Confidence | undefined {
  switch (flow.source?.kind) {
    case 'request':
    case 'page':
      return flow.isChecked ? 'medium' : 'high';
    case 'api':
      return isPart ? (flow.isChecked ? 'low' : 'medium') : undefined;
    case 'command-line':
    case undefined:
      return isPart && !flow.isChecked && !isOfModel(flows) ? 'low' : undefined;
    default:
      return undefined;
  }
}

/** `run('du -sh ' + folder)`: the caller of a function of the file writes the rest of the command. */
function isBuiltFor(passed: Node): boolean {
  const args = callAt(passed)?.args ?? [];
  return args.some((each) => constantString(each) === undefined && sqlTextOf(each).hasLiteral);
}

/** Who starts programs for others is told which; a request that names one decides on everything. */
function ofProgram({ source, isChecked }: Flow, text: Node): Confidence | undefined {
  const isWhole = resolvedValue(text).kind !== 'template_string' && !isBuilt(text);
  return source?.kind === 'request' && isWhole && !isChecked ? 'high' : undefined;
}

const CURES = {
  always: 'Pass arguments in a list, without a shell.',
  option: 'Leave `shell` out, and pass arguments in a list.',
  program: 'Start the program itself, with its arguments in a list.',
  none: 'Choose it from a list of programs.',
} as const;

function reportOf(sink: CommandSink): Report | undefined {
  const worst = worstOf(sink);
  if (!worst) return undefined;
  return {
    at: worst.at,
    message: `${sink.shell === 'none' ? `A client decides by ${shown(worst.shown)} on which program is started` : `A shell reads ${shown(worst.shown)} as part of its command`}. ${CURES[sink.shell]}`,
    confidence: worst.confidence,
    related: stepsOf(worst.flow, worst.hops, worst.at),
    fixes: () => (sink.shell === 'none' ? [] : commandFixes(sink)),
  };
}
