import type { Confidence, Report } from '../../analysis/finding';
import { type Call, callAt } from '../../analysis/item-facts';
import { FUNCTION_KINDS } from '../../analysis/kind';
import { canonicalName } from '../../analysis/name';
import { namesLike } from '../../analysis/name-tests';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import { mayRunInProduction } from '../../analysis/production';
import type { Rule } from '../../analysis/rule';
import { isTestPath } from '../../analysis/test-path';
import { resolvedValue } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import { namesOfParameters } from '../../models/auth/guard';
import { type LeakedPart, leakedIn, statusOf } from '../../models/error-answers';
import { CONTEXT_NAMES, RESPONSE_NAMES } from '../../models/refusals';

const USING: CallTest = { method: new Set(['use']) };

const ANSWERING = /^(?:json|jsonp|send|end|write|text|html|body)$/;
const MAKERS = /^(?:next\/server\.NextResponse|globalThis\.Response)(?:\.json)?$/;
const MAY_ANSWER: CallTest = { to: namesLike(MAKERS), method: namesLike(ANSWERING) };

export const leakDetails: Rule = {
  id: 'errors/leak-details',
  title: 'Clients are sent what an error says of the inside',
  severity: 'info',
  aiSeverity: 'warning',
  confidence: 'high',
  cwe: ['CWE-209'],
  owasp: ['A10:2025'],
  fixable: false,

  *check(facts) {
    for (const call of facts.callsOf(MAY_ANSWER)) {
      const report = isAnswer(call) ? reportOf(call) : undefined;
      if (report) yield report;
    }
    for (const node of facts.nodes('assignment_expression')) {
      const [left, right] = [node.child('left'), node.child('right')];
      if (
        left?.child('property')?.text !== 'body' ||
        !right ||
        !CONTEXT_NAMES.has(left.child('object')?.text ?? '')
      )
        continue;
      const report = reportFor(node, right);
      if (report) yield report;
    }
    for (const call of facts.callsOf(USING)) {
      if (!call.args[0]) continue;
      const handler = callAt(resolvedValue(call.args[0]));
      if (handler?.name === 'errorhandler' && mayRunInProduction(call.node))
        yield {
          at: call.args[0],
          message: 'Clients are sent the stack of each error. Use it in development only.',
        };
    }
  },
};

function isAnswer({ method, callee, name, node }: Call): boolean {
  if (name !== undefined && MAKERS.test(name)) return true;
  if (method === undefined || !ANSWERING.test(method)) return false;
  return isResponse(callee.child('object')) && node.kind === 'call_expression';
}

function isResponse(object: Node | undefined): boolean {
  let root = object;
  for (let inner = root; inner; inner = inner.child('function')?.child('object') ?? undefined) root = inner;
  const named = root?.kind === 'member_expression' ? root.child('property') : root;
  if (/^[A-Z]/.test(named?.text ?? '')) return false;
  const words = wordsOf(named?.text.slice(0, 40) ?? '');
  if (words.some((word) => RESPONSE_NAMES.has(word))) return true;
  return (
    root?.kind === 'identifier' && CONTEXT_NAMES.has(words.at(-1) ?? '') && canonicalName(root) === undefined
  );
}

function reportOf(call: Call): Report | undefined {
  const [answer] = call.args;
  return answer && reportFor(call.node, answer);
}

function reportFor(node: Node, answer: Node): Report | undefined {
  const error = errorAround(node);
  const leaked = error === undefined ? undefined : leakedIn(answer, error);
  if (
    !leaked ||
    !mayRunInProduction(node) ||
    !mayRunInProduction(leaked.node) ||
    isOfOwnSort(node, error ?? '')
  )
    return undefined;
  const confidence = isTestPath(node.item.file.path) ? 'low' : confidenceOf(leaked, node);
  if (!confidence) return undefined;
  return {
    at: leaked.node,
    message: `Clients are sent ${leaked.leak === 'stack' ? 'details of the inside' : 'what the error says of the inside'}. Log it, and answer with a text of your own.`,
    confidence,
  };
}

/** What a client did wrong, it may be told. */
function confidenceOf({ leak }: LeakedPart, node: Node): Confidence | undefined {
  if (leak === 'stack') return 'high';
  const status = statusOf(node);
  const isOwnFault = status === undefined || status >= 500;
  // Fastify gives an error to its handler, which answers with status and message.
  if (leak === 'whole' && isReply(node)) return 'low';
  return isOwnFault ? 'medium' : 'low';
}

function isReply(node: Node): boolean {
  const root = callAt(node)?.callee.child('object');
  return root !== undefined && wordsOf(root.text.slice(0, 20)).includes('reply');
}

/** The name of the error that is handled here: of a `catch`, of a callback, of a handler of errors. */
function errorAround(node: Node): string | undefined {
  for (const outer of node.ancestors()) {
    if (outer.kind === 'catch_clause') return outer.child('parameter')?.text.replace(/:.*$/s, '').trim();
    if (!FUNCTION_KINDS.has(outer.kind)) continue;
    const [first = '', ...others] = namesOfParameters(outer);
    if (!/^(?:the)?_?(?:e|err|error|ex|exception)\d?$/i.test(first)) continue;
    const isCaught = /\.(?:catch|on|onError|then)$/.test(
      outer.parent?.parent?.child('function')?.text.slice(-12) ?? '',
    );
    if (isCaught || others.length > 0 || outer.parent?.kind === 'arguments') return first;
  }
  return undefined;
}

/** An error of one's own, whose text is meant for clients. */
function isOfOwnSort(node: Node, error: string): boolean {
  for (const outer of node.ancestors()) {
    if (outer.kind !== 'if_statement' && outer.kind !== 'ternary_expression') continue;
    const condition = outer.child('condition')?.text ?? '';
    if (
      condition.includes(error) &&
      /instanceof|isOperational|expose|\.name\b|\.code\b|statusCode|\.type\b|isAxiosError|Error\(/.test(
        condition,
      )
    )
      return true;
  }
  return false;
}
