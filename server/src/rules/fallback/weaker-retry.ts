import type { Fix } from '../../analysis/fix';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { type WeakerRetry, weakerRetryIn } from '../../models/failure/weaker-retry';

export const weakerRetry: Rule = {
  id: 'fallback/weaker-retry',
  title: 'After a failure the same is tried again without its protection',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'medium',
  cwe: ['CWE-757', 'CWE-636'],
  owasp: ['A04:2025', 'A10:2025'],
  fixable: true,

  *check(facts) {
    for (const handler of facts.nodes('catch_clause')) {
      const found = weakerRetryIn(handler);
      if (!found) continue;
      yield {
        at: found.at,
        message: `Whoever makes the first try fail is answered ${found.without}. Let it fail instead.`,
        related: [{ at: found.first, message: 'This was tried first, with protection.' }],
        fixes: () => fixesOf(handler, found),
      };
    }
  },
};

function fixesOf(handler: Node, { at }: WeakerRetry): readonly Fix[] {
  const error = handler.child('parameter')?.text ?? '';
  const body = handler.child('body');
  const statement = body?.parts.find((part) => part.contains(at));
  if (!statement || !/^[\w$]+$/.test(error) || body?.parts.at(-1)?.is(statement) === false) return [];
  const { start, end } = statement;
  return [{ title: 'Throw the error', safety: 'choice', edits: [{ start, end, text: `throw ${error};` }] }];
}
