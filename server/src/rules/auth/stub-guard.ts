import type { Place, Report } from '../../analysis/finding';
import { FUNCTION_KINDS } from '../../analysis/kind';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { expressionOf } from '../../models/auth/handling';
import { type Stub, stubAt } from '../../models/auth/stub';
import { stubFixes } from '../../models/auth/stub-fix';
import { runtimeOf } from '../../models/runtime';

export const stubGuard: Rule = {
  id: 'auth/stub-guard',
  title: 'A guard lets everybody pass',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-287', 'CWE-862'],
  owasp: ['A01:2025', 'A07:2025'],
  fixable: true,

  *check(facts) {
    const stubs = facts.nodesOf(FUNCTION_KINDS).flatMap((fn) => stubAt(fn) ?? []);
    // What a browser shows or hides is no guard. Asked last, as the whole file is looked at.
    if (stubs.length > 0 && runtimeOf(facts.file) !== 'client') yield* stubs.map(reportOf);
  },
};

function reportOf(stub: Stub): Report {
  const { name, grants, isTesting, confidence, guard } = stub;
  const [grant] = grants;
  const others = grants.slice(1).map((node) => ({ at: expressionOf(node), message: 'So does this way.' }));
  return {
    at: grant ? expressionOf(grant) : placeOfName(guard.function),
    message: isTesting
      ? `\`${name}\` lets everybody pass, whatever it sees. Refuse on one of the ways.`
      : `\`${name}\` never refuses. Write the check, and refuse until it is there.`,
    confidence,
    related: others,
    fixes: () => stubFixes(stub),
  };
}

function placeOfName(fn: Node): Place {
  return fn.child('name') ?? fn.parent?.child('name') ?? fn;
}
