/** What client and server say to each other of findings that were fixed. Types and names only. */

/** Request, client to server: what commits had in a file and it has no longer. The answer is a `GoneAnswer`. */
export const GONE_FINDINGS_REQUEST = 'countersign/goneFindings';

/** Request, client to server: a person says that these were fixed. The answer is a `RecordedFixes`. */
export const RECORD_FIXES_REQUEST = 'countersign/recordFixes';

export interface GoneFindingsRequest {
  /** Of an open document that is saved. */
  readonly uri: string;
}

export interface RecordFixesRequest {
  readonly uri: string;
  /** Of those that were told; what is there again, or has a record by now, is left out. */
  readonly findings: readonly Pick<GoneFinding, 'ruleId' | 'fingerprint'>[];
}

export interface GoneFinding {
  readonly ruleId: string;
  readonly fingerprint: string;
  readonly message: string;
  /** From 0, where it was. */
  readonly line: number;
  /** Of the commit that had it; full. */
  readonly commit: string;
  /** The file has a finding of this rule that it had not before: it may be the same by another name. */
  readonly isUnsure: boolean;
}

/** A sentence for the person that says what to do. */
export interface FixesRefused {
  readonly kind: 'refused';
  readonly reason: string;
}

export type GoneAnswer = { readonly kind: 'gone'; readonly findings: readonly GoneFinding[] } | FixesRefused;

export type RecordedFixes =
  /** The files that were written, from the root of the repository. */
  { readonly kind: 'recorded'; readonly paths: readonly string[] } | FixesRefused;
