import type { Report } from '../../analysis/finding';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { resolvedValue } from '../../analysis/value';
import { isAnswer, MAY_ANSWER } from '../../models/answering-calls';
import { exposedIn, isSecretMember } from '../../models/exposed-records';

export const overexposedResponse: Rule = {
  id: 'access/overexposed-response',
  title: 'Whole records are sent to clients, with fields that are secret',
  severity: 'warning',
  aiSeverity: 'warning',
  confidence: 'medium',
  cwe: ['CWE-200', 'CWE-201'],
  owasp: ['A01:2025'],
  fixable: false,

  *check(facts) {
    for (const call of facts.callsOf(MAY_ANSWER)) {
      const [answer] = call.args;
      if (!answer || call.isNew || !isAnswer(call)) continue;
      for (const value of valuesOf(answer)) {
        const report = reportOf(value, call.node);
        if (!report) continue;
        yield report;
        break;
      }
    }
  },
};

/** The answer, or what is in it. */
function valuesOf(answer: Node): readonly Node[] {
  const object = resolvedValue(answer);
  if (object.kind !== 'object') return [answer];
  return object.parts.flatMap((part) => {
    if (part.kind === 'spread_element') return part.parts.slice(0, 1);
    return part.kind === 'pair' ? (part.child('value') ?? []) : [part];
  });
}

function reportOf(value: Node, answer: Node): Report | undefined {
  const own = isSecretMember(value);
  if (own !== undefined) return { at: value, message: `Clients are sent \`${own}\`. Leave it out.` };
  const found = exposedIn(unwrap(value));
  if (!found || isCutBefore(answer, found.field ?? 'password')) return undefined;
  const { field, of } = found;
  const what =
    field === undefined ? `every column of \`${of}\`, passwords as well` : `\`${field}\` of \`${of}\``;
  return { at: value, message: `Clients are sent ${what}. Select the fields that they need.` };
}

/** `user.password = undefined`, `delete user.password` before the answer. */
function isCutBefore(answer: Node, field: string): boolean {
  const fn = answer.enclosingFunction;
  for (const node of fn?.child('body')?.walk() ?? []) {
    const target =
      node.kind === 'assignment_expression'
        ? node.child('left')
        : node.kind === 'unary_expression' && node.operator === 'delete'
          ? node.child('argument')
          : undefined;
    if (target?.child('property')?.text === field) return true;
  }
  return false;
}
