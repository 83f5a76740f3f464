import { wholeCondition } from '../../analysis/condition';
import type { Fix } from '../../analysis/fix';
import { unwrap } from '../../analysis/literal';
import { withoutStatement } from '../../analysis/removal';
import type { Rule } from '../../analysis/rule';
import { type LiteralCredential, literalCredentials } from '../../models/auth/literal-credential';

const MESSAGES = {
  secret:
    'A literal in the code opens this check. Compare with a stored hash or a secret from the environment.',
  code: 'A fixed code opens this check for every account. Accept only the code that was sent.',
  account: 'An address in the code opens this check. Keep rights with the account, in the database.',
};

export const hardcodedCredentialCheck: Rule = {
  id: 'auth/hardcoded-credential-check',
  title: 'A password, token or code that is written in the code lets somebody in',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-798', 'CWE-259'],
  owasp: ['A07:2025'],
  fixable: true,

  *check(facts) {
    for (const found of literalCredentials(facts)) {
      const { node, confidence, value } = found;
      yield { at: node, message: messageFor(value.shown), confidence, fixes: () => fixesFor(found) };
    }
  },
};

function messageFor(shown: LiteralCredential['value']['shown']): string {
  if (shown === 'account') return MESSAGES.account;
  return shown === 'code' || shown === 'likely-code' ? MESSAGES.code : MESSAGES.secret;
}

/** Takes the way in out, where it is a branch of its own that others do not come through. */
function fixesFor({ node, outcome, isEqual }: LiteralCredential): Fix[] {
  const { statement, how } = outcome;
  const condition = statement?.child('condition');
  if (!statement || !condition || !isEqual || how !== 'opens' || statement.child('alternative')) return [];
  if (!unwrap(condition).is(unwrap(wholeCondition(node))) || !unwrap(condition).is(unwrap(node))) return [];
  const edit = withoutStatement(statement);
  return edit ? [{ title: 'Delete the branch', safety: 'choice', edits: [edit] }] : [];
}
