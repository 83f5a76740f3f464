import type { Confidence, Report } from '../../analysis/finding';
import type { ItemFacts } from '../../analysis/item-facts';
import type { Rule } from '../../analysis/rule';
import { failingOpenIn } from '../../models/auth/fail-open';
import { droppedErrorsIn } from '../../models/dropped-error';
import { type Lost, lostIn } from '../../models/lost-failure';
import { letThrough } from '../../models/rethrow-fix';
import { runtimeOf } from '../../models/runtime';

export const swallowedSecurityError: Rule = {
  id: 'errors/swallowed-security-error',
  title: 'The failure of a call that security or money depends on is dropped',
  severity: 'warning',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-390', 'CWE-755'],
  owasp: ['A10:2025'],
  fixable: true,

  *check(facts) {
    const found = [...droppedErrorsIn(facts)].flatMap((drop) => lostIn(drop) ?? []);
    // What a browser does not notice, the server decides. Asked last, as the whole file is looked at.
    if (found.length === 0 || runtimeOf(facts.file) === 'client') return;
    const failsOpen = failingClauses(facts);
    for (const lost of found) if (!failsOpen.has(lost.drop.clause.start)) yield reportOf(lost);
  },
};

/** Where the handlers begin that auth/fail-open-catch reports. */
function failingClauses(facts: ItemFacts): ReadonlySet<number> {
  return new Set(
    [...failingOpenIn(facts)].map(({ handling: { handler, statement } }) =>
      handler.kind === 'catch_clause' ? handler.start : statement.start,
    ),
  );
}

function reportOf({ drop, call, confidence }: Lost): Report {
  const name = nameOf(call.child('function')?.text ?? '');
  return {
    at: drop.caught,
    message: `Failure of \`${name}\` is ignored. Handle it or rethrow.`,
    confidence: confidence satisfies Confidence,
    related: [{ at: call, message: 'This may fail.' }],
    fixes: () => letThrough(drop),
  };
}

/** What is called, in one line, without the arguments of calls in it. */
function nameOf(callee: string): string {
  let name = callee.replace(/\s+/g, '');
  for (let shorter = ''; shorter !== name; ) {
    shorter = name;
    name = name.replace(/\([^()]+\)/g, '()');
  }
  return name.length <= 60 ? name : `…${name.slice(-59)}`;
}
