import type { Finding } from '../analysis/finding';
import { hash } from '../analysis/fingerprint';

/** Names which findings are raised, by the AI switch or because they were fixed before: another name, and another thing is to be shown. Empty where none is. */
export function raisedIn(findings: readonly Finding[]): string {
  const raised = findings.flatMap((finding) =>
    finding.raised || finding.reintroduced ? [[finding.fingerprint, finding.severity, finding.message]] : [],
  );
  return raised.length > 0 ? hash(JSON.stringify(raised)) : '';
}
