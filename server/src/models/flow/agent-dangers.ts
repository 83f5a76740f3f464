/**
 * Where what a language model wrote, as an answer or as the argument of a tool, comes to something that obeys it.
 * The rules about other sources leave these places to those about agents: the remedy is another one.
 */
import type { Confidence } from '../../analysis/finding';
import type { Fix } from '../../analysis/fix';
import type { Capability } from '../../analysis/flow/capability';
import { type Flow, flowsInto } from '../../analysis/flow/flow';
import type { Hop } from '../../analysis/flow/origin';
import type { ItemFacts } from '../../analysis/item-facts';
import type { Node } from '../../analysis/node';
import { codeIn, EVALUATORS } from '../code-evaluation';
import { worstAddressFlow } from './address-flow';
import { isOwnAddress } from './address-text';
import { commandFixes } from './command-fix';
import { COMMANDS_BY_NAME, commandSinkOf } from './command-sinks';
import { domSinksIn } from './dom-sinks';
import { fileSinksIn, joinedPath } from './file-sinks';
import { escapingFix } from './html-fix';
import { responseSinksIn } from './html-responses';
import { htmlTextOf, isPart } from './html-text';
import { FLOW_MODEL } from './model';
import { addressIn, REQUEST_NAMES } from './outgoing-requests';
import { pathFixes } from './path-fix';
import { sqlFixes } from './sql-fix';
import { isReportedAtCaller, sqlSinksIn } from './sql-sinks';
import { sqlTextOf } from './sql-text';
import { type TextPiece, textPiecesOf } from './text-pieces';

export type Harm = 'code' | 'shell' | 'sql' | 'html' | 'path' | 'ssrf';

export interface AgentDanger {
  readonly harm: Harm;
  readonly at: Node;
  readonly piece: Node;
  readonly flow: Flow;
  readonly hops: readonly Hop[];
  /** Whether the model writes all of it, so that nothing around it can be bound or escaped. */
  readonly isWhole: boolean;
  readonly confidence: Confidence;
  readonly fixes: () => readonly Fix[];
}

/** The worst of each call that obeys a text, as far as a model writes it. */
export function agentDangersIn(facts: ItemFacts): readonly AgentDanger[] {
  return [
    ...codeDangers(facts),
    ...commandDangers(facts),
    ...sqlDangers(facts),
    ...htmlDangers(facts),
    ...fileDangers(facts),
    ...requestDangers(facts),
  ];
}

/** Whether it is a model that decides on a code which is run. */
export function isWrittenByModel(code: Node, sink: Node): boolean {
  return modelFlows(code, sink, 'code', []).length > 0;
}

/** What others than a model decide on as well is reported by the rule of the sink. */
function modelFlows(node: Node, sink: Node, capability: Capability, hops: readonly Hop[]): readonly Flow[] {
  const flows = flowsInto(node, sink, capability, FLOW_MODEL, hops) ?? [];
  if (flows.some(({ source }) => source?.kind === 'request' || source?.kind === 'page')) return [];
  return flows.filter((flow) => isOfModel([flow]));
}

/** Whether what comes to a place comes from a model, so that the rule about the sink leaves it alone. */
export function isOfModel(flows: readonly Flow[]): boolean {
  return flows.some(({ source }) => source?.kind === 'model' || source?.kind === 'tool');
}

interface Piece {
  readonly node: Node;
  readonly hops: readonly Hop[];
}

/** The first piece that a model writes and nobody checks, else one that somebody may check. */
function worstOf(
  harm: Harm,
  text: Node,
  sink: Node,
  pieces: readonly Piece[],
  rest: Pick<AgentDanger, 'isWhole' | 'fixes'>,
): AgentDanger[] {
  let worst: AgentDanger | undefined;
  for (const { node, hops } of pieces) {
    for (const flow of modelFlows(node, sink, harm, hops)) {
      const at = hops.length === 0 ? node : text;
      const confidence = flow.isChecked ? 'medium' : 'high';
      const danger: AgentDanger = { harm, at, piece: node, flow, hops, confidence, ...rest };
      if (confidence === 'high') return [danger];
      worst ??= danger;
    }
  }
  return worst ? [worst] : [];
}

function codeDangers(facts: ItemFacts): AgentDanger[] {
  return facts.callsTo(EVALUATORS).flatMap((call) => {
    // A timer takes a function as a rule.
    const code = EVALUATORS.get(call.name)?.takesFunction ? undefined : codeIn(call);
    const pieces = code ? textPiecesOf(code) : [];
    return code ? worstOf('code', code, call.node, pieces, { isWhole: true, fixes: () => [] }) : [];
  });
}

function commandDangers(facts: ItemFacts): AgentDanger[] {
  return facts.callsTo(COMMANDS_BY_NAME).flatMap((call) => {
    const found = commandSinkOf(call);
    const sink = found?.shell === 'none' ? undefined : found;
    for (const text of sink?.texts ?? []) {
      const { pieces, hasLiteral } = sqlTextOf(text);
      const fixes = () => (sink && hasLiteral ? commandFixes(sink) : []);
      const found = worstOf('shell', text, call.node, pieces, { isWhole: !hasLiteral, fixes });
      if (found.length > 0) return found;
    }
    return [];
  });
}

function sqlDangers(facts: ItemFacts): AgentDanger[] {
  return facts.once(sqlSinksIn).flatMap((sink) => {
    const isWhole = !sink.parts.hasLiteral;
    const fixes = () => sqlFixes(sink);
    const found = worstOf('sql', sink.text, sink.call.node, sink.parts.pieces, { isWhole, fixes });
    return found.filter(({ flow }) => !isReportedAtCaller(sink, flow));
  });
}

function htmlDangers(facts: ItemFacts): AgentDanger[] {
  const responses = facts.once(responseSinksIn).flatMap((sink) => {
    const html = htmlTextOf(sink.body);
    // An object is sent as JSON, and without a type a text is HTML where it begins like that.
    const pieces = html.pieces.filter(({ node }) => html.isText || isPart(node));
    if (!html.hasMarkup && sink.reading === 'sniffed') return [];
    const fixes = () => escapingFix(pieces.map(({ node }) => node));
    const found = worstOf('html', sink.body, sink.node, pieces, { isWhole: !html.hasMarkup, fixes });
    return html.hasMarkup ? found : found.map((each): AgentDanger => ({ ...each, confidence: 'medium' }));
  });
  const pages = facts.once(domSinksIn).flatMap((sink) => {
    if (sink.how === 'selector') return [];
    const { pieces } = htmlTextOf(sink.html);
    return worstOf('html', sink.html, sink.node, pieces, { isWhole: true, fixes: () => [] });
  });
  return [...responses, ...pages];
}

/** A model that is asked for a path is meant to name one; behind a folder it is meant to name one in there. */
function fileDangers(facts: ItemFacts): AgentDanger[] {
  return facts.once(fileSinksIn).flatMap(({ call, paths }) =>
    paths.flatMap((path) => {
      const pieces = textPiecesOf(path, joinedPath);
      const fixes = () => pieces.slice(0, 1).flatMap(({ node }) => pathFixes(node, false));
      const found = worstOf('path', path, call.node, pieces, { isWhole: pieces.length === 1, fixes });
      const confidence = pieces.every(({ before }) => before === '') ? 'low' : 'medium';
      return found.flatMap((each): AgentDanger[] => (each.flow.isChecked ? [] : [{ ...each, confidence }]));
    }),
  );
}

function requestDangers(facts: ItemFacts): AgentDanger[] {
  return facts.callsTo(REQUEST_NAMES).flatMap((call): AgentDanger[] => {
    const address = addressIn(call);
    const worst = address && worstAddressFlow(address, call.node, 'ssrf', confidenceOfAddress);
    if (!worst) return [];
    const { piece, flow } = worst;
    const at = piece.hops.length === 0 ? piece.node : address;
    const { node, hops } = piece;
    return [
      { harm: 'ssrf', at, piece: node, flow, hops, isWhole: true, confidence: 'medium', fixes: () => [] },
    ];
  });
}

function confidenceOfAddress(flow: Flow, piece: TextPiece): Confidence | undefined {
  const { source, isChecked } = flow;
  const isMeant = (source?.kind === 'model' || source?.kind === 'tool') && !isChecked;
  return isMeant && !isOwnAddress(flow, piece) ? 'medium' : undefined;
}
