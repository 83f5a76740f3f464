import { cleanText } from '../origin/stranger-text';
import { CONFIGURATION_NAME } from '../session/configuration/configuration-name';
import type { BaseRules } from './base-rules';
import type { Tree } from './tree';

/** What decides over reviews, by a path for each that stands for it. */
const GUARDED = [
  ['the policy', CONFIGURATION_NAME],
  ['the keys that count', '.countersign/allowed_signers'],
] as const;

/** Files that AI tools take as instructions, by what is documented of these tools. */
const INSTRUCTIONS =
  /(?:^|\/)(?:CLAUDE\.md|AGENTS\.md|GEMINI\.md|\.mcp\.json|\.cursorrules|\.windsurfrules)$|^\.(?:claude|cursor|windsurf)\/|^\.github\/(?:copilot-instructions\.md$|instructions\/)/;
/** More are not named. */
const MOST_NAMED = 3;

/**
 * What the base revision leaves open of who reviews AI code: sentences.
 *
 * @param tree of the base.
 * @param hasAi whether the range brings lines that an AI wrote; without, nobody is asked for a policy.
 */
export function missingPolicy(
  { hasPolicy, ownersPath, owners }: BaseRules,
  tree: Tree,
  hasAi: boolean,
): string[] {
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
  const open = [...tree.keys()].filter(
    (path) => INSTRUCTIONS.test(path) && owners.ownersOf(path).length === 0,
  );
  if (open.length > 0) {
    const names =
      open.length > MOST_NAMED
        ? [...open.slice(0, MOST_NAMED - 1), `${open.length - MOST_NAMED + 1} more`]
        : open;
    const named = names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
    missing.push(
      `${ownersPath} names no owner of ${cleanText(named)}, which ${open.length === 1 ? 'instructs' : 'instruct'} AI tools. Name one.`,
    );
  }
  return missing;
}
