/** What verifying a range of commits comes to. */
import type { VerifyKind } from './verify-rules';

export interface VerifyFinding {
  readonly kind: VerifyKind;
  /** From the root of the repository; where to begin, for what is about a commit or the whole. */
  readonly file: string;
  /** Lines from 1, both included. */
  readonly line?: number | undefined;
  readonly endLine?: number | undefined;
  /** Full id. */
  readonly commit?: string | undefined;
  /** One or two sentences; may hold texts of strangers, cleaned. */
  readonly message: string;
  /** The same as long as it is about the same; 64 hexadecimal digits. */
  readonly fingerprint: string;
}

export interface VerifyReport {
  /** Path of the repository's root. */
  readonly root: string;
  /** Full id of the commit whose policy, code owners and keys count. */
  readonly base: string;
  /** Full id. */
  readonly head: string;
  /** Whether lines that the base has already were asked for, too. */
  readonly all: boolean;
  readonly commits: number;
  /** Files that the range changed and that were looked at. */
  readonly files: number;
  /** AI lines that were asked for, blank ones left out. */
  readonly lines: {
    readonly reviewed: number;
    /** Of the reviewed ones: those of which no signature proves that a person countersigned them. */
    readonly unproven: number;
    readonly unreviewed: number;
  };
  readonly findings: readonly VerifyFinding[];
  /** What is not known of files that were looked at all the same. */
  readonly degraded: readonly { readonly file: string; readonly cause: string }[];
}
