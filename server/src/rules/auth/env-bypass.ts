import type { Fix } from '../../analysis/fix';
import { withoutStatement } from '../../analysis/removal';
import type { Rule } from '../../analysis/rule';
import { type Bypass, bypassesIn, type Switch } from '../../models/auth/bypass';
import { gatesIn } from '../../models/auth/gate';
import { runtimeOf } from '../../models/runtime';

export const envBypass: Rule = {
  id: 'auth/env-bypass',
  title: 'A flag, a stage or a header switches a guard off',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-489', 'CWE-288'],
  owasp: ['A02:2025', 'A07:2025'],
  fixable: true,

  *check(facts) {
    const found = [...bypassesIn(facts), ...gatesIn(facts)];
    // What a browser shows or hides is no guard. Asked last, as the whole file is looked at.
    if (found.length === 0 || runtimeOf(facts.file) === 'client') return;
    for (const bypass of found) {
      const { at, confidence } = bypass;
      yield { at, message: messageFor(bypass.switch), confidence, fixes: () => fixesFor(bypass) };
    }
  },
};

function messageFor({ kind, name }: Switch): string {
  switch (kind) {
    case 'request':
      return `Whoever sends \`${name}\` passes this guard. Decide by what callers cannot choose.`;
    case 'not-production':
      return `This guard is off unless \`${name}\` says production. Let it run in every stage.`;
    case 'stage':
      return 'This guard is off in another stage than production. Let it run in every stage.';
    case 'setting':
      return `\`${name}\` switches this guard off. Remove the switch from code that is shipped.`;
  }
}

function fixesFor({ statement }: Bypass): Fix[] {
  const edit = statement && !statement.child('alternative') ? withoutStatement(statement) : undefined;
  return edit ? [{ title: 'Remove the bypass', safety: 'choice', edits: [edit] }] : [];
}
