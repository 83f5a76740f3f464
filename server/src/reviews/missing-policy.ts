import { CONFIGURATION_NAME } from '../session/configuration/configuration-name';
import type { BaseRules } from './base-rules';

/** What decides over reviews, by a path for each that stands for it. */
const GUARDED = [
  ['the policy', CONFIGURATION_NAME],
  ['the keys that count', '.countersign/allowed_signers'],
] as const;

/**
 * What the base revision leaves open of who reviews AI code: sentences.
 *
 * @param hasAi whether the range brings lines that an AI wrote; without, nobody is asked for a policy.
 */
export function missingPolicy({ hasPolicy, ownersPath, owners }: BaseRules, hasAi: boolean): string[] {
  if (!hasAi) return [];
  const missing: string[] = [];
  if (!hasPolicy) {
    missing.push(
      `The base revision has no policy for reviews, so one sign-off of anybody is enough. Add \`review\` to ${CONFIGURATION_NAME}.`,
    );
  }
  if (ownersPath === undefined) {
    missing.push('The base revision has no CODEOWNERS, so anybody may change who reviews. Add one.');
    return missing;
  }
  for (const [what, path] of GUARDED) {
    if (owners.ownersOf(path).length > 0) continue;
    missing.push(`${ownersPath} names no owner of ${path}, where ${what} can be changed. Name one.`);
  }
  return missing;
}
