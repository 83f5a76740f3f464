import type { Fix } from '../../analysis/fix';
import type { Rule } from '../../analysis/rule';
import { meansTheSameAt } from '../../analysis/same-meaning';
import { type SkippedCheck, skippedCheck } from '../../models/auth/skipped-check';
import { runtimeOf } from '../../models/runtime';

export const guardedOnlyIfUser: Rule = {
  id: 'auth/guarded-only-if-user',
  title: 'Rights are checked only where somebody is logged in, and the action runs anyway',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-863', 'CWE-306'],
  owasp: ['A01:2025', 'A07:2025'],
  fixable: true,

  *check(facts) {
    for (const statement of facts.nodes('if_statement')) {
      const found = skippedCheck(statement);
      // What a browser shows or hides is decided again by the server.
      if (!found || runtimeOf(facts.file) === 'client') continue;
      const { asked, denial, work, isSure } = found;
      yield {
        at: asked,
        message: `Whoever is not logged in skips this check and still reaches what it protects. Refuse where there is no \`${asked.text}\`.`,
        confidence: isSure ? 'high' : 'medium',
        related: [
          { at: denial.expression, message: 'This refuses only those who are logged in.' },
          { at: work, message: 'This runs for everybody.' },
        ],
        fixes: () => fixesOf(found),
      };
    }
  },
};

/** As the check refuses, before it. */
function fixesOf({ asked, denial }: SkippedCheck): readonly Fix[] {
  const statement = asked.enclosing(new Set(['if_statement']));
  if (!statement || !/^(?:return|throw)_statement$/.test(denial.node.kind)) return [];
  if (!meansTheSameAt(denial.node, statement)) return [];
  const text = denial.node.text.replace(/;?$/, ';');
  const { start } = statement;
  const all = statement.item.file.text;
  const indent = /[ \t]*$/.exec(all.slice(all.lastIndexOf('\n', start - 1) + 1, start))?.[0] ?? '';
  const eol = all.includes('\r\n') ? '\r\n' : '\n';
  const edit = { start, end: start, text: `if (!${asked.text}) ${text}${eol}${indent}` };
  return [{ title: 'Refuse whoever is not logged in', safety: 'choice', edits: [edit] }];
}
