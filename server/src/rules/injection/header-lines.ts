import type { Confidence } from '../../analysis/finding';
import type { Fix } from '../../analysis/fix';
import type { Flow } from '../../analysis/flow/flow';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { resolvedValue } from '../../analysis/value';
import { shown, stepsOf } from '../../models/flow/flow-report';
import { type PlacedPiece, worstTextFlow } from '../../models/flow/text-flow';

const WRITING: CallTest = { method: new Set(['write', 'end']) };
const TEXTS = /^(?:template_string|binary_expression)$/;
/** A line of a header begins, or the first line of a message, and nothing has ended it. */
const IN_LINE =
  /(?:^|\n)(?:(?!(?:data|event|id|retry):)[A-Za-z][\w-]{1,60}:[^\r\n]*|(?:GET|POST|PUT|DELETE|HEAD|OPTIONS|PATCH|CONNECT) [^\r\n]*|HTTP\/1\.[01] \d+[^\r\n]*|(?:MAIL FROM|RCPT TO|USER|PASS):? ?[^\r\n]*)$/;

export const headerLines: Rule = {
  id: 'injection/header-lines',
  title: 'A header that is written as text takes a value with line breaks',
  severity: 'warning',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-93', 'CWE-113'],
  owasp: ['A05:2025'],
  fixable: true,

  *check(facts) {
    for (const { args, node } of facts.callsOf(WRITING)) {
      const [text] = args;
      const value = text && resolvedValue(text);
      if (!value || !TEXTS.test(value.kind)) continue;
      const worst = worstTextFlow(text, node, 'log', (flow, piece) => confidenceOf(flow, piece, value));
      if (!worst) continue;
      const { at, flow, piece, confidence } = worst;
      yield {
        at,
        message: `Line breaks in ${shown(piece.node)} begin headers of their own, and a message of its own behind an empty line. Take them out.`,
        confidence,
        related: stepsOf(flow, piece.hops, at),
        fixes: () => (piece.hops.length === 0 ? fixesOf(piece.node) : []),
      };
    }
  },
};

function confidenceOf(flow: Flow, { before }: PlacedPiece, text: Node): Confidence | undefined {
  if (flow.source?.kind !== 'request' || !IN_LINE.test(before.slice(-NEAR)) || isOneLine(flow))
    return undefined;
  // Lines end as protocols have it.
  if (!before.includes('\r\n') && !FIRST.test(before) && !text.text.includes('\\r\\n')) return undefined;
  return flow.isChecked ? 'medium' : 'high';
}

const FIRST = /^(?:[A-Z]+ \S*$|HTTP\/1)/;

/** So much in front of a value is looked at, in UTF-16 units. */
const NEAR = 500;

/** An address has no line breaks before it is decoded, and no header has any. */
function isOneLine({ from, path }: Flow): boolean {
  if (!path.some((step) => ONE_LINE.has(step))) return false;
  const around = from.parent?.parent?.parent ?? from;
  return !/\b(?:searchParams|query|decodeURI\w*|parse|URL)\b/.test(around.text.slice(0, NEAR));
}

const ONE_LINE: ReadonlySet<string> = new Set([
  ...['url', 'originalUrl', 'method', 'headers', 'header', 'hostname', 'host', 'ip'],
  ...['get()', 'header()'],
]);

/** A text without line breaks is sent as it was. */
function fixesOf({ start, end, text }: Node): Fix[] {
  const written = /^String\(/.test(text) ? text : `String(${text})`;
  const edit = { start, end, text: `${written}.replace(/[\\r\\n]+/g, ' ')` };
  return [{ title: 'Take line breaks out', safety: 'safe', edits: [edit] }];
}
