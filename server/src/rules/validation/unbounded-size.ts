import type { Confidence, Report } from '../../analysis/finding';
import { flowsInto } from '../../analysis/flow/flow';
import { type Call, callAt } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import { namesLike } from '../../analysis/name-tests';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import { assignedValues, functionOf } from '../../analysis/results';
import type { Rule } from '../../analysis/rule';
import { constantString, propertyOf, resolvedValue } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import { shown, stepsOf } from '../../models/flow/flow-report';
import { FLOW_MODEL } from '../../models/flow/model';
import { type SizeSink, sizeSinks } from '../../models/flow/size-sinks';

/** Readers of bodies with a limit of their own. Source: the documentation of express 5 and body-parser 2. */
const BODY_READERS =
  /^(?:express|body-parser)\.(?:json|urlencoded|text|raw)$|^(?:koa-body|koa-bodyparser|@koa\/bodyparser\.bodyParser)$/;
/** In bytes; a hundred of such bodies at once fill what a server mostly has. */
const LARGE = 20_000_000;

const BODIES: CallTest = { to: namesLike(BODY_READERS), method: new Set(['on']) };

export const unboundedSize: Rule = {
  id: 'validation/unbounded-size',
  title: 'A client decides on how much memory or time is taken',
  severity: 'warning',
  aiSeverity: 'warning',
  confidence: 'high',
  cwe: ['CWE-770', 'CWE-400', 'CWE-834'],
  owasp: ['A06:2025'],
  fixable: false,

  *check(facts) {
    for (const sink of sizeSinks(facts)) {
      const report = ofAmount(sink);
      if (report) yield report;
    }
    for (const call of facts.callsOf(BODIES)) {
      if (call.method === 'on' && isUnendingBody(call))
        yield { at: call.node.child('function') ?? call.node, message: UNENDING, confidence: 'medium' };
      else if (call.name !== undefined && BODY_READERS.test(call.name)) {
        const limit = largeLimit(call);
        if (limit) yield { at: limit, message: LARGE_BODY, confidence: 'medium' };
      }
    }
  },
};

const UNENDING =
  'The body of a request is kept whole, however long it is. Count its length, and end the request where it is too long.';
const LARGE_BODY =
  'So long bodies are read into memory, many at once. Lower the limit, and raise it for single routes alone.';
const MESSAGES = {
  memory: (what: string) =>
    `A client decides by ${what} on how much memory this takes. Check it against an upper limit first.`,
  time: (what: string) =>
    `A client decides by ${what} on how long this waits. Check it against an upper limit first.`,
  records: (what: string) =>
    `A client decides by ${what} on how many records are read at once. Check it against an upper limit first.`,
  rounds: (what: string) =>
    `A client decides by ${what} on how often this is done. Check it against an upper limit first.`,
} as const;

/** What clients send as objects. */
const SENT: readonly string[] = ['body', 'query'];

function ofAmount({ amount, at, of, isOfObject }: SizeSink): Report | undefined {
  const value = resolvedValue(amount);
  if (value.kind === 'number' || value.kind === 'string') return undefined;
  if (isOfObject && !at.item.file.mayMention(SENT)) return undefined;
  if (isOfObject ? isKnownList(at) || isMadeAsList(amount) : isCopy(value)) return undefined;
  const flow = flowsInto(amount, at, 'size', FLOW_MODEL)?.find(({ source }) => source?.kind === 'request');
  if (!flow || (isOfObject && !/\b(?:body|query)\b/.test(flow.from.text))) return undefined;
  const isSure = !flow.isChecked && of === 'memory';
  const confidence: Confidence = isSure ? 'high' : 'medium';
  const what = isOfObject ? `a \`length\` of its own in ${shown(amount)}` : shown(amount);
  return { at: amount, message: MESSAGES[of](what), confidence, related: stepsOf(flow, [], amount) };
}

/** `new Uint8Array(Buffer.from(text))` takes as much as what was sent. */
function isCopy(value: Node): boolean {
  const node = unwrap(value);
  const call = callAt(unwrap(node.kind === 'await_expression' ? (node.parts[0] ?? node) : node));
  return (
    /(?:^|\.)Buffer\.(?:from|concat)$|\bArray\.from$|\bObject\.(?:keys|values|entries)$/.test(
      call?.name ?? '',
    ) || /^(?:encode|split|slice|arrayBuffer)$/.test(call?.method ?? '')
  );
}

/** `let all = []; … all = all.concat(req.body)` */
function isMadeAsList(list: Node): boolean {
  const { file } = list.item;
  const declaration = list.kind === 'identifier' ? file.lookUp(list.text, list) : undefined;
  return (
    declaration !== undefined &&
    assignedValues(declaration, list).some((value) => unwrap(value).kind === 'array')
  );
}

/** What the function looks at as a list, or a text, before. */
function isKnownList(at: Node): boolean {
  return /isArray|typeof|instanceof|\.split\(|String\(|toString\(/.test(at.enclosingFunction?.text ?? '');
}

/** `req.on('data', (chunk) => { body += chunk; })` in a server, without a word about its length. */
function isUnendingBody({ args, callee }: Call): boolean {
  const [event, listener] = args;
  const request = callee.child('object');
  if (!event || !listener || request?.kind !== 'identifier' || constantString(event) !== 'data') return false;
  if (!/^(?:req|request)$/.test(wordsOf(request.text).at(-1) ?? '') || !isParameterOfHandler(request))
    return false;
  const fn = functionOf(listener);
  const body = fn?.child('body');
  if (!fn || !body || /\b(?:length|byteLength|size|destroy|pause|limit|max\w*)\b/i.test(body.text))
    return false;
  for (const node of body.walk()) {
    if (node.kind === 'augmented_assignment_expression' && node.operator === '+=') return true;
    const call = node.kind === 'call_expression' ? callAt(node) : undefined;
    if (call?.method === 'push' || call?.name === 'buffer.Buffer.concat') return true;
  }
  return /=\s*\w+\s*\+/.test(body.text);
}

/** `(req, res) => …`, around. */
function isParameterOfHandler(request: Node): boolean {
  const { file } = request.item;
  const declaration = file.lookUp(request.text, request);
  const declared = declaration && file.nodeOf(declaration);
  const fn = declared?.enclosingFunction;
  const list = fn?.child('parameters');
  return list !== undefined && list.parts.length >= 2 && declared !== undefined && list.contains(declared);
}

/** `express.json({ limit: '50mb' })` */
function largeLimit({ args: [options] }: Call): Node | undefined {
  const limit = options && propertyOf(resolvedValue(options), 'limit');
  if (!limit) return undefined;
  const value = resolvedValue(limit);
  const match = /^(\d+(?:\.\d+)?)\s*([kmg]?)b?$/i.exec(constantString(value) ?? value.text);
  if (!match) return value.text === 'Infinity' ? limit : undefined;
  const unit = { k: 1e3, m: 1e6, g: 1e9 }[match[2]?.toLowerCase() ?? ''] ?? 1;
  return Number(match[1]) * unit >= LARGE ? limit : undefined;
}
