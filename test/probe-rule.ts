/**
 * A rule that reports whatever the engine says about names and values, so that a comparison of findings
 * compares all of that: each call with what its callee resolves to, each argument with its constant value.
 */
import type { Rule } from '../server/src/analysis/rule';
import { constantString, resolvedValue } from '../server/src/analysis/value';

export const probe: Rule = {
  id: 'test/probe',
  title: 'Whatever is called',
  severity: 'info',
  aiSeverity: 'info',
  confidence: 'high',
  cwe: [],
  owasp: [],
  fixable: false,

  *check(facts) {
    for (const { node, callee, name, args } of facts.calls) {
      const values = args.map((arg) => constantString(arg) ?? resolvedValue(arg).kind);
      const outer = node.enclosingFunction;
      yield {
        at: callee,
        message: `${name} of ${values.join(', ')}`,
        related: outer ? [{ at: outer, message: 'in this function' }] : [],
      };
    }
  },
};
