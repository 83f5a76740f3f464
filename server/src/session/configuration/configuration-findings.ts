import type { Finding } from '../../analysis/finding';
import { Fingerprints } from '../../analysis/fingerprint';
import type { ConfigurationProblem } from './configuration-problem';

/** Problems of a configuration file as findings in it. */
export function configurationFindings(text: string, problems: readonly ConfigurationProblem[]): Finding[] {
  const fingerprints = new Fingerprints();
  return problems.map(({ rule, start, end, message, keys }) => ({
    ruleId: rule.id,
    start,
    end,
    message,
    severity: rule.severity,
    confidence: rule.confidence,
    cwe: rule.cwe,
    related: [],
    fingerprint: fingerprints.nextNamed(rule.id, keys, text.slice(start, end)),
    fixes: () => [],
  }));
}
