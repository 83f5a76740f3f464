import type { Confidence } from '../../analysis/finding';
import type { Fix } from '../../analysis/fix';
import type { Flow } from '../../analysis/flow/flow';
import type { Call } from '../../analysis/item-facts';
import { namesLike } from '../../analysis/name-tests';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { constantString, resolvedValue } from '../../analysis/value';
import { shown, stepsOf } from '../../models/flow/flow-report';
import { type PlacedPiece, worstTextFlow } from '../../models/flow/text-flow';
import { isLogCall } from '../../models/output';

const METHOD = /^(?:log|info|warn|warning|error|debug|trace|verbose|notice|fatal)$/;
/** Loggers that write lines of text unless they are told otherwise, and files that lines are added to. */
const TEXT_LOGGERS =
  /^(?:winston|log4js|log|npmlog|simple-node-logger|tracer|loglevel|signale|electron-log)\b/;
const APPENDING = /^(?:fs|fs\/promises|fs\.promises|fs-extra)\.appendFile(?:Sync)?$/;
const WRITING: CallTest = { to: namesLike(APPENDING), method: namesLike(METHOD) };

export const logForging: Rule = {
  id: 'injection/log-forging',
  title: 'A line of a log takes text from a request',
  severity: 'hint',
  aiSeverity: 'info',
  confidence: 'medium',
  cwe: ['CWE-117'],
  owasp: ['A09:2025'],
  fixable: true,

  *check(facts) {
    for (const call of facts.callsOf(WRITING)) {
      const line = lineOf(call);
      if (!line) continue;
      const worst = worstTextFlow(line, call.node, 'log', (flow, piece) => confidenceOf(flow, piece, call));
      if (!worst) continue;
      const { at, flow, piece, confidence } = worst;
      yield {
        at,
        message: `Line breaks in ${shown(piece.node)} forge entries of the log. Take them out, or write it as JSON.`,
        confidence,
        related: stepsOf(flow, piece.hops, at),
        fixes: () => (piece.hops.length === 0 ? fixesOf(piece.node) : []),
      };
    }
  },
};

const TEXTS = /^(?:template_string|binary_expression)$/;

/** A text that is put together; a field of its own is written as JSON by most. */
function lineOf(call: Call): Node | undefined {
  const { method, args, name, node } = call;
  const isAppending = name !== undefined && APPENDING.test(name);
  if (!isAppending && (method === undefined || !METHOD.test(method))) return undefined;
  const line = args[isAppending ? 1 : 0];
  if (!line || !TEXTS.test(resolvedValue(line).kind)) return undefined;
  return isAppending
    ? /log/i.test((args[0] && constantString(args[0])) ?? args[0]?.text ?? '')
      ? line
      : undefined
    : isLogCall(node)
      ? line
      : undefined;
}

function confidenceOf(flow: Flow, { node }: PlacedPiece, { name }: Call): Confidence | undefined {
  if (flow.source?.kind !== 'request' || flow.isChecked) return undefined;
  // An address has no line breaks before it is decoded, and no header has any.
  if (/\b(?:url|originalUrl|path|hostname|ip|method|headers?|get)\b/.test(flow.from.text.slice(0, 120)))
    return undefined;
  if (/\b(?:id|ids|count|page|limit|index)$/i.test(node.text)) return 'low';
  const isText = name !== undefined && (TEXT_LOGGERS.test(name) || APPENDING.test(name));
  return isText ? 'medium' : 'low';
}

/** A text without line breaks is logged as it was; JSON puts quotes around it. */
function fixesOf({ start, end, text }: Node): Fix[] {
  const written = /^String\(/.test(text) ? text : `String(${text})`;
  return [
    {
      title: 'Take line breaks out',
      safety: 'safe',
      edits: [{ start, end, text: `${written}.replace(/[\\r\\n]+/g, ' ')` }],
    },
    { title: 'Write it as JSON', safety: 'unsafe', edits: [{ start, end, text: `JSON.stringify(${text})` }] },
  ];
}
