/** How a handler says that a request is not valid, in the form in which it answers. */
import type { Edit } from '../analysis/fix';
import { FUNCTION_KINDS } from '../analysis/kind';
import { canonicalName } from '../analysis/name';
import type { Node } from '../analysis/node';
import { wordsOf } from '../analysis/words';

const BODY = `{ error: 'Invalid request' }`;

/** An edit that refuses behind a statement, under a condition; undefined where the file does not show how. */
export function badRequest(statement: Node, condition: string): Edit | undefined {
  const answer = answerIn(statement);
  if (answer === undefined || statement.parent?.kind !== 'statement_block') return undefined;
  const { text } = statement.item.file;
  const indent = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', statement.start - 1) + 1))?.[0] ?? '';
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return {
    start: statement.end,
    end: statement.end,
    text: `${eol}${indent}if (${condition}) return ${answer};`,
  };
}

/** What a function answers a bad request with, as it answers elsewhere. */
function answerIn(statement: Node): string | undefined {
  const fn = statement.enclosingFunction;
  if (!fn) return undefined;
  for (const node of fn.walk()) {
    if (node.kind !== 'call_expression' || node.start < statement.end) continue;
    const callee = node.child('function');
    const method = callee?.child('property')?.text;
    const object = callee?.child('object');
    if (!object || (method !== 'json' && method !== 'send')) continue;
    const name = canonicalName(object);
    if (/(?:^|\.)(?:NextResponse|Response)$/.test(name ?? '')) {
      return `${object.text}.json(${BODY}, { status: 400 })`;
    }
    const root = rootOf(object);
    const isHandedOver = root.enclosing(FUNCTION_KINDS)?.is(fn) === true;
    const words = root.kind === 'identifier' && isHandedOver ? wordsOf(root.text) : [];
    if (words.includes('res') || words.includes('response')) return `${root.text}.status(400).json(${BODY})`;
    if (words.includes('reply')) return `${root.text}.code(400).send(${BODY})`;
    if (words.length === 1 && words[0] === 'c' && method === 'json') return `c.json(${BODY}, 400)`;
  }
  return undefined;
}

function rootOf(node: Node): Node {
  let root = node;
  for (
    let inner = root.child('object') ?? root.child('function');
    inner;
    inner = root.child('object') ?? root.child('function')
  )
    root = inner;
  return root;
}
