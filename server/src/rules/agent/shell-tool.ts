import type { Confidence, Report } from '../../analysis/finding';
import type { Rule } from '../../analysis/rule';
import { type AgentDanger, agentDangersIn, type Harm } from '../../models/flow/agent-dangers';
import { approvalFixes } from '../../models/flow/approval-fix';
import { shown, stepsOf } from '../../models/flow/flow-report';
import { type Tool, toolAround } from '../../models/flow/tool-parameter';

export const shellTool: Rule = {
  id: 'agent/shell-tool',
  title: 'A tool lets a language model run commands, code or SQL',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-78', 'CWE-94', 'CWE-89', 'CWE-250'],
  owasp: ['A05:2025'],
  fixable: true,
  words: ['tool', 'description'],

  *check(facts) {
    for (const danger of facts.once(agentDangersIn)) {
      const { flow, harm } = danger;
      const [kind, cure] = KINDS[harm] ?? [];
      const tool = flow.source?.kind === 'tool' && kind ? toolAround(flow.from) : undefined;
      if (tool && kind && cure && !tool.asksFirst) yield reportOf(danger, tool, kind, cure);
    }
  },
};

const KINDS: { readonly [harm in Harm]?: readonly [kind: string, cure: string] } = {
  code: ['code', 'Offer fixed operations instead.'],
  shell: ['commands', 'Start a program of your choice, with arguments in a list.'],
  sql: ['SQL', 'Bind what it gives as parameters of queries that you wrote.'],
};

function reportOf(danger: AgentDanger, tool: Tool, kind: string, cure: string): Report {
  const { at, piece, flow, hops } = danger;
  const name = tool.name === undefined ? 'a tool' : `\`${tool.name}\``;
  return {
    at,
    message: `The model can run ${kind} of its own through ${name}, by ${shown(piece)}. ${cure}`,
    confidence: confidenceOf(danger, tool),
    related: stepsOf(flow, hops, at),
    fixes: () => [...danger.fixes(), ...approvalFixes(tool)],
  };
}

function confidenceOf({ confidence }: AgentDanger, { isSure }: Tool): Confidence {
  return isSure ? confidence : 'medium';
}
