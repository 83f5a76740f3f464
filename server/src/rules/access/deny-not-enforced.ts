import type { Report } from '../../analysis/finding';
import type { Rule } from '../../analysis/rule';
import { enforcingFix } from '../../models/auth/return-fix';
import { type Unenforced, unenforcedIn } from '../../models/auth/unenforced';
import { runtimeOf } from '../../models/runtime';

export const denyNotEnforced: Rule = {
  id: 'access/deny-not-enforced',
  title: 'Somebody is turned away and the request goes on all the same',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-863', 'CWE-696'],
  owasp: ['A01:2025'],
  fixable: true,

  *check(facts) {
    const reports = [...unenforcedIn(facts)].map(reportOf);
    // Asked last, as the whole file is looked at: a browser refuses nobody.
    if (reports.length > 0 && runtimeOf(facts.file) !== 'client') yield* reports;
  },
};

function reportOf(found: Unenforced): Report {
  const { denial, work, isSure } = found;
  return {
    at: denial.expression,
    message: messageOf(found),
    confidence: isSure ? 'high' : 'medium',
    related: work ? [{ at: work, message: 'This runs as well.' }] : [],
    fixes: () => [enforcingFix(found)].filter((fix) => fix !== undefined),
  };
}

function messageOf({ denial, why }: Unenforced): string {
  switch (why) {
    case 'goes-on':
      return 'The request goes on after this refusal. Return here.';
    case 'made':
      return denial.how === 'makes-error'
        ? 'This error is made but not thrown, so nobody is refused. Throw it.'
        : 'This answer is made but not returned, so nobody is refused. Return it.';
    case 'callback':
      return 'This leaves only the callback, and the request goes on behind it. Refuse outside of the callback.';
    case 'unawaited':
      return 'Nobody waits for this callback, so what it throws refuses nobody. Use a `for` loop.';
  }
}
