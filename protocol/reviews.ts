/** AI regions that wait for a person's review, saying that one was reviewed, and saying who wrote lines. */
import type { Range } from './place';

/** Notification, server to client, without parameters: another answer to `AI_REGIONS_REQUEST` is there. */
export const AI_REGIONS_CHANGED_NOTIFICATION = 'countersign/aiRegionsChanged';

/**
 * Request, client to server, without parameters: the AI regions of open documents and of the files that the
 * repositories of the workspace changed. The answer is an `AiRegionsAnswer` of what is known so far; asking begins
 * looking through files that are not open.
 */
export const AI_REGIONS_REQUEST = 'countersign/aiRegions';

export interface AiRegionsAnswer {
  /** Those that are not reviewed as they have to be, riskiest first. */
  readonly unreviewed: readonly AiRegion[];
  /** Lines that are not blank. */
  readonly lines: { readonly reviewed: number; readonly unreviewed: number };
  /** Whether files are still looked through. */
  readonly isLoading: boolean;
  /** Why regions may be missing, one sentence each, for the person. */
  readonly causes: readonly string[];
}

/** Lines of one file that an AI tool wrote by evidence, as they are in its present text. */
export interface AiRegion {
  readonly uri: string;
  /** Of the document that the lines belong to; null for a file that is not open. */
  readonly version: number | null;
  /** Lines from 0; `end` is excluded. */
  readonly start: number;
  readonly end: number;
  /** Names the text that a person reads: what has another hash is another text. */
  readonly hash: string;
  /** Display names of the tools that are known to have taken part; cleaned and bounded, not escaped. */
  readonly tools: readonly string[];
  /** What the review lacks, in words that may follow a colon. */
  readonly reason: string;
  readonly risk: RegionRisk;
  /** Findings at warning or above in the region: each is fixed or suppressed before it is countersigned. */
  readonly open: readonly OpenFinding[];
}

/** What the order of the regions follows from. */
export interface RegionRisk {
  readonly level: 'high' | 'medium' | 'low';
  /** Calls and conditions in the region that security depends on, by name: `db.query`, `requireAuth`. */
  readonly touches: readonly string[];
  /** Lines that are not blank. */
  readonly lines: number;
}

export interface OpenFinding {
  readonly ruleId: string;
  readonly message: string;
  readonly severity: 'error' | 'warning';
  readonly range: Range;
}

/** Request, client to server: a person reviewed regions. The answer is a `RecordAnswer`. */
export const COUNTERSIGN_REQUEST = 'countersign/countersign';

export interface CountersignRequest {
  readonly uri: string;
  /** As the regions were told; another one is refused. */
  readonly version: number | null;
  /** As they were told: all of them are recorded, or none. */
  readonly regions: readonly Pick<AiRegion, 'start' | 'end' | 'hash'>[];
  /** One line. */
  readonly note?: string;
  /** `http` or `https`. */
  readonly link?: string;
  /** Stores it without a signature, although the person's settings of git name a key. */
  readonly isUnsigned?: boolean;
}

/** Request, client to server: a person says who wrote lines. The answer is a `RecordAnswer`. */
export const MARK_ORIGIN_REQUEST = 'countersign/markOrigin';

export interface MarkOriginRequest {
  readonly uri: string;
  /** Of the open document; another one is refused. */
  readonly version: number;
  /** Lines from 0; `end` is excluded. */
  readonly start: number;
  readonly end: number;
  readonly claim: 'ai' | 'human';
  /** One line. */
  readonly reason: string;
  /** As in a `CountersignRequest`. */
  readonly isUnsigned?: boolean;
}

export type RecordAnswer =
  | {
      readonly kind: 'recorded';
      /** The files that were written. */
      readonly uris: readonly string[];
      readonly isSigned: boolean;
      /** What the policy asks for beyond it, in words that may follow a colon. */
      readonly stillMissing?: string;
    }
  /** Nothing was written. `reason` is a sentence for the person that says what to do. */
  | { readonly kind: 'refused'; readonly reason: string; readonly open?: readonly OpenFinding[] }
  /** Nothing was written, because signing failed; `reason` may follow a colon. */
  | { readonly kind: 'not-signed'; readonly reason: string };

/** Request, client to server: in whose name a record of a file would be stored. The answer is a `ReviewerAnswer`. */
export const REVIEWER_REQUEST = 'countersign/reviewer';

export interface ReviewerRequest {
  readonly uri: string;
}

export type ReviewerAnswer =
  | {
      readonly kind: 'known';
      readonly name: string;
      readonly email: string;
      /** Whether a key is named that records will be signed with; that may still fail. */
      readonly isSigning: boolean;
    }
  /** Nobody can countersign there. `reason` is a sentence for the person that says what to do. */
  | { readonly kind: 'unknown'; readonly reason: string };
