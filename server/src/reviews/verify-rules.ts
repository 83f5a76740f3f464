/** What `countersign verify` finds. No rules of scans: they look at commits, and no comment suppresses them. */
import type { Severity } from '../analysis/finding';

export interface VerifyRule {
  readonly id: string;
  /** One sentence without a full stop. */
  readonly title: string;
  readonly severity: Severity;
  readonly help: string;
}

const ALL = {
  unreviewed: {
    id: 'governance/unreviewed-ai',
    title: 'Lines that an AI tool wrote and that nobody has countersigned as the policy asks',
    severity: 'error',
    help: 'Read the lines and countersign them in the editor, then commit the record by itself.',
  },
  untagged: {
    id: 'governance/ai-commit-untagged',
    title: 'A commit with lines that an AI tool wrote does not say so in its message',
    severity: 'error',
    help: 'Name the tool in a trailer, such as `Assisted-by: Claude Code`, and commit anew.',
  },
  badRecord: {
    id: 'governance/bad-record',
    title: 'A record of a review that is damaged or void',
    severity: 'error',
    help: 'Remove the file and countersign anew.',
  },
  unknown: {
    id: 'governance/not-verified',
    title: 'A file of which it is not known who wrote it, because it could not be looked at',
    severity: 'error',
    help: 'The reason is in the message. Whatever is not looked at is not reviewed.',
  },
  policyMissing: {
    id: 'governance/policy-missing',
    title: 'The repository does not say who has to countersign, or nobody guards what says it',
    severity: 'info',
    help: 'Write `review` into `.countersignrc.json`, and name owners of it and of `.countersign/` in CODEOWNERS.',
  },
  override: {
    id: 'governance/override',
    title: 'A person said who wrote lines, against the evidence',
    severity: 'info',
    help: 'Look whether the reason holds. A mark as human counts as review only where it is signed.',
  },
} as const satisfies Record<string, VerifyRule>;

export type VerifyKind = keyof typeof ALL;
export const VERIFY_RULES: Readonly<Record<VerifyKind, VerifyRule>> = ALL;
