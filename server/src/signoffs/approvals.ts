/** Whether the sign-offs of some lines are enough, and if not, what is missing, in words. */
import type { NamedRecord, SignOff } from './record';

/** What is known of who made a record. */
export type Proof =
  /** Signed with a key that the person's own settings or the base revision name for the reviewer. */
  | { readonly kind: 'proven'; readonly by: string }
  /** It says who, and nothing proves it. `reason` may follow a colon. */
  | { readonly kind: 'unproven'; readonly reason: string }
  /** It is signed, and the signature is not one of this text. */
  | { readonly kind: 'refuted'; readonly reason: string };

/** What has to be for the lines of a file to count as reviewed. */
export interface Requirements {
  /** From how many people; 0 where no review is needed. */
  readonly approvals: number;
  /**
   * Who may countersign, in lower case: addresses, and names as GitHub has them, `@ann`, of which only the address
   * that GitHub hands out is known. Undefined for anybody.
   */
  readonly reviewers: readonly string[] | undefined;
  /** Whether it counts when the author of a commit that brought the lines countersigns them. */
  readonly authorMayReview: boolean;
  readonly requireSignature: boolean;
}

export const DEFAULT_REQUIREMENTS: Requirements = {
  approvals: 1,
  reviewers: undefined,
  authorMayReview: true,
  requireSignature: false,
};

export interface Approval {
  readonly named: NamedRecord<SignOff>;
  readonly proof: Proof;
}

/**
 * Undefined where the sign-offs are enough; else why not, in words that may follow a colon.
 *
 * @param authors addresses in lower case of who is known to have committed the lines.
 * @param isTool whether an address is one that an AI tool commits under.
 */
export function missingReview(
  approvals: readonly Approval[],
  requirements: Requirements,
  authors: ReadonlySet<string>,
  isTool: (address: string) => boolean,
): string | undefined {
  if (requirements.approvals <= 0) return undefined;
  const people = new Set<string>();
  const reasons = new Set<string>();
  for (const approval of approvals) {
    const address = approval.named.record.reviewer.email.toLowerCase();
    const reason = refusalOf(approval, address, requirements, authors, isTool);
    if (reason === undefined) people.add(address);
    else reasons.add(reason);
  }
  if (people.size >= requirements.approvals) return undefined;
  const count =
    people.size === 0
      ? reasons.size === 0
        ? 'nobody has countersigned it'
        : 'no sign-off counts'
      : `${people.size} of ${requirements.approvals} sign-offs that it needs`;
  return [count, ...reasons].join('; ');
}

/** Whether a sign-off counts by itself, with the parameters of `missingReview`. */
export function isCounted(
  approval: Approval,
  requirements: Requirements,
  authors: ReadonlySet<string>,
  isTool: (address: string) => boolean,
): boolean {
  const address = approval.named.record.reviewer.email.toLowerCase();
  return refusalOf(approval, address, requirements, authors, isTool) === undefined;
}

function refusalOf(
  { named, proof }: Approval,
  address: string,
  { reviewers, authorMayReview, requireSignature }: Requirements,
  authors: ReadonlySet<string>,
  isTool: (address: string) => boolean,
): string | undefined {
  const { email } = named.record.reviewer;
  if (proof.kind === 'refuted') return `the sign-off of ${email} is void: ${proof.reason}`;
  if (isTool(address)) return `${email} is the address of an AI tool`;
  if (reviewers !== undefined && !reviewers.some((name) => names(name, address))) {
    return `${email} may not countersign this file`;
  }
  if (!authorMayReview && authors.has(address)) return `${email} committed it and may not countersign it`;
  if (requireSignature && proof.kind === 'unproven') {
    return `the sign-off of ${email} is recorded, not proven: ${proof.reason}`;
  }
  return undefined;
}

/** Whether a reviewer of the policy has this address; both in lower case. */
function names(reviewer: string, address: string): boolean {
  if (!reviewer.startsWith('@')) return reviewer === address;
  const [, account] = /^(?:\d+\+)?([^@+]+)@users\.noreply\.github\.com$/.exec(address) ?? [];
  return account !== undefined && reviewer === `@${account}`;
}
