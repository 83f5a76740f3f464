import type { Confidence, Report } from '../../analysis/finding';
import { type Flow, flowsInto } from '../../analysis/flow/flow';
import type { Rule } from '../../analysis/rule';
import { shown, stepsOf } from '../../models/flow/flow-report';
import { FLOW_MODEL } from '../../models/flow/model';
import { type SystemPrompt, systemPromptsIn } from '../../models/flow/system-prompts';
import { type TextPiece, textPiecesOf } from '../../models/flow/text-pieces';

export const untrustedInSystemPrompt: Rule = {
  id: 'agent/untrusted-in-system-prompt',
  title: 'What a client sent becomes instructions of a language model',
  severity: 'warning',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-1427', 'CWE-77'],
  owasp: ['A05:2025'],
  fixable: false,

  *check(facts) {
    for (const prompt of systemPromptsIn(facts)) {
      const report = reportOf(prompt);
      if (report) yield report;
    }
  },
};

function reportOf({ call, text }: SystemPrompt): Report | undefined {
  let worst: { piece: TextPiece; flow: Flow; confidence: Confidence } | undefined;
  const pieces = textPiecesOf(text);
  for (const piece of pieces) {
    for (const flow of flowsInto(piece.node, call.node, 'prompt', FLOW_MODEL, piece.hops) ?? []) {
      const confidence = confidenceOf(flow, pieces);
      if (confidence && (!worst || confidence === 'high')) worst = { piece, flow, confidence };
      if (confidence === 'high') break;
    }
  }
  if (!worst) return undefined;
  const { piece, flow, confidence } = worst;
  const at = piece.hops.length === 0 ? piece.node : text;
  return {
    at,
    message: `${shown(piece.node)} from the client becomes an instruction. Put it in a message of the user, as data.`,
    confidence,
    related: stepsOf(flow, piece.hops, at),
  };
}

/** Settings by which a person chooses how the answer is to be, which programs check elsewhere or take as they are. */
const SETTING =
  /(?:lang|language|locale|tone|style|level|mode|length|format|theme|model|date|timezone|time_zone|id)\w?$/i;

function confidenceOf(
  { source, isChecked, from }: Flow,
  pieces: readonly TextPiece[],
): Confidence | undefined {
  if (source?.kind !== 'request' && source?.kind !== 'page') return undefined;
  const isWhole = pieces.length === 1 && pieces[0]?.before === '';
  // A program whose users write the whole prompt means it to be theirs.
  if (isWhole && /prompt|system|instruction|message|persona/i.test(from.text)) return 'low';
  return isChecked || isWhole || SETTING.test(from.text) ? 'medium' : 'high';
}
