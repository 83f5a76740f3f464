import type { Report } from '../../analysis/finding';
import type { Rule } from '../../analysis/rule';
import { denialFixes } from '../../models/auth/denial-fix';
import { type FailingOpen, failingOpenIn } from '../../models/auth/fail-open';
import { expressionOf } from '../../models/auth/handling';
import { runtimeOf } from '../../models/runtime';

const IN_CATCH = 'When the check throws, access is granted. Deny in the catch block.';
const IN_CALLBACK = 'When the check fails, access is granted. Deny where the error arrives.';
const IN_FINALLY = '`finally` grants access also when the check throws. Grant at the end of the `try` block.';

export const failOpenCatch: Rule = {
  id: 'auth/fail-open-catch',
  title: 'A check of who may pass lets everybody pass when it throws',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-636', 'CWE-755'],
  owasp: ['A10:2025'],
  fixable: true,

  *check(facts) {
    const reports = [...failingOpenIn(facts)].map(reportOf);
    // What a browser shows or hides is no guard. Asked last, as the whole file is looked at.
    if (reports.length > 0 && runtimeOf(facts.file) !== 'client') yield* reports;
  },
};

function reportOf({ handling, grant, isBehind, confidence }: FailingOpen): Report {
  const { check, caught, handler, statement } = handling;
  const isCallback = statement.kind === 'if_statement';
  const message = handler.kind === 'finally_clause' ? IN_FINALLY : isCallback ? IN_CALLBACK : IN_CATCH;
  const related = [
    { at: check, message: isCallback ? 'This may fail.' : 'This may throw.' },
    ...(isBehind ? [{ at: caught, message: 'The error ends here.' }] : []),
  ];
  const at = grant ? expressionOf(grant.node) : caught;
  return { at, message, confidence, related, fixes: () => denialFixes(handling, grant?.node) };
}
