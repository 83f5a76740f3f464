import type { Fix } from '../../analysis/fix';
import type { Rule } from '../../analysis/rule';
import { type UnusedAnswer, unusedAnswers } from '../../models/auth/unused-answer';
import { badRequest } from '../../models/refusal';
import { runtimeOf } from '../../models/runtime';

export const ignoredCheckResult: Rule = {
  id: 'errors/ignored-check-result',
  title: 'A check says yes or no, and nobody looks at it',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-252', 'CWE-863'],
  owasp: ['A10:2025', 'A01:2025'],
  fixable: true,

  *check(facts) {
    const found = [...unusedAnswers(facts)];
    // Asked last, as the whole file is looked at: a browser refuses nobody.
    if (found.length === 0 || runtimeOf(facts.file) === 'client') return;
    for (const each of found)
      yield {
        at: each.call,
        message: `Nobody looks at what \`${each.name}\` answers. Refuse where it says no.`,
        confidence: each.isAboutAccess ? 'high' : 'medium',
        fixes: () => fixesOf(each),
      };
  },
};

/** `if (!verify(x)) return res.status(403)…`, as the handler answers elsewhere. */
function fixesOf({ call, statement, isAboutAccess, isPromise }: UnusedAnswer): readonly Fix[] {
  if (isPromise && !call.enclosingFunction?.hasKeyword('async')) return [];
  const edit = badRequest(statement, isPromise ? `!(await ${call.text})` : `!${call.text}`);
  if (!edit) return [];
  const text = isAboutAccess
    ? edit.text.replace(/\b400\b(?=[^4]*$)/, '403').replace("'Invalid request'", "'Forbidden'")
    : edit.text;
  const { start, end } = statement;
  // Who passes the check passes it as before. A check of a form may be too strict for honest people, who got by so far.
  const safety = isAboutAccess ? 'safe' : 'unsafe';
  return [{ title: 'Refuse where it says no', safety, edits: [{ start, end, text: text.trimStart() }] }];
}
