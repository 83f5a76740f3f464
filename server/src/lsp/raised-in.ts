import type { Finding } from '../analysis/finding';
import { hash } from '../analysis/fingerprint';

/** Names what the AI switch did to findings: another name, and another thing is to be shown. Empty where it did nothing. */
export function raisedIn(findings: readonly Finding[]): string {
  const raised = findings.flatMap((finding) =>
    finding.raised ? [[finding.fingerprint, finding.severity, finding.message]] : [],
  );
  return raised.length > 0 ? hash(JSON.stringify(raised)) : '';
}
