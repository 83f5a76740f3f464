/** countersign/rules: what the client shows of rules beyond their ids. */
import type { ListedRule } from '../../../protocol/rules';
import type { Session } from '../session/session';

export function rules(session: Session): ListedRule[] {
  return session.rules
    .map(({ id, title, cwe }) => ({ id, title, cwe }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
