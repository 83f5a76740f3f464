import type { Fix } from '../../analysis/fix';
import type { Rule } from '../../analysis/rule';
import { type Unawaited, unawaitedChecks } from '../../models/auth/unawaited';
import { runtimeOf } from '../../models/runtime';

export const unawaitedGuard: Rule = {
  id: 'access/unawaited-guard',
  title: 'A check answers later, and nobody waits for it',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-863', 'CWE-252'],
  owasp: ['A01:2025', 'A10:2025'],
  fixable: true,

  *check(facts) {
    const found = [...unawaitedChecks(facts)];
    // What a browser shows or hides is decided again by the server. Asked last, as the whole file is looked at.
    if (found.length === 0 || runtimeOf(facts.file) === 'client') return;
    for (const each of found)
      yield {
        at: each.call,
        message: messageOf(each),
        confidence: each.isSure ? 'high' : 'medium',
        fixes: () => fixesOf(each),
      };
  },
};

function messageOf({ name, how }: Unawaited): string {
  switch (how) {
    case 'truth':
      return `\`${name}\` answers a promise, which is always true. Put \`await\` before it.`;
    case 'callback':
      return `The callback of \`${name}\` answers a promise, which is always true. Wait for all answers with \`Promise.all\` first.`;
    case 'dropped':
      return `Nobody waits for \`${name}\`, so what it throws stops nobody. Put \`await\` before it.`;
    case 'parts':
      return `\`${name}\` answers a promise, which has none of these properties. Put \`await\` before it.`;
  }
}

function fixesOf({ call, how }: Unawaited): readonly Fix[] {
  const { start } = call;
  if (how === 'callback') return [];
  if (!call.enclosingFunction?.hasKeyword('async')) return [];
  // Who passes the check passes it as before.
  return [{ title: 'Wait for the check', safety: 'safe', edits: [{ start, end: start, text: 'await ' }] }];
}
