import { constantComparisons } from '../../analysis/constant-comparison';
import type { ConstantCondition } from '../../analysis/constant-condition';
import { constantOperands } from '../../analysis/constant-operand';
import { constantTruths } from '../../analysis/constant-truth';
import type { Report } from '../../analysis/finding';
import type { ItemFacts } from '../../analysis/item-facts';
import type { Rule } from '../../analysis/rule';
import { decidesAccess } from '../../models/auth/access-decision';
import { isKnownMethod } from '../../models/auth/known-method';
import { runtimeOf } from '../../models/runtime';

export const alwaysTrueCondition: Rule = {
  id: 'access/always-true-condition',
  title: 'A condition that decides who may do what always comes out the same',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-571', 'CWE-863'],
  owasp: ['A01:2025'],
  fixable: true,

  *check(facts) {
    for (const found of constantConditions(facts))
      if (decidesAccess(found.condition)) yield reportOf(found, facts);
  },
};

function* constantConditions(facts: ItemFacts): Generator<ConstantCondition> {
  yield* constantOperands(facts);
  yield* constantComparisons(facts);
  yield* constantTruths(facts, isKnownMethod);
}

function reportOf({ at, message, confidence = 'high', fix }: ConstantCondition, facts: ItemFacts): Report {
  const fixes = () => [fix?.()].filter((made) => made !== undefined);
  // What a browser shows or hides is decided again by the server.
  const severity = runtimeOf(facts.file) === 'client' ? 'warning' : 'error';
  return { at, message, confidence, severity, fixes };
}
