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
  /** Full ids. */
  readonly base: string;
  readonly head: string;
  readonly commits: number;
  /** Files that the range changed and that were looked at. */
  readonly files: number;
  /** AI lines that the range brought, blank ones left out. */
  readonly lines: { readonly reviewed: number; readonly unreviewed: number };
  readonly findings: readonly VerifyFinding[];
  /** What is not known of files that were looked at all the same. */
  readonly degraded: readonly { readonly file: string; readonly cause: string }[];
}
