/** Who wrote which lines of an open document, as far as there is evidence. */

/** Notification, server to client: what is known of a document; sent when it changes. */
export const ORIGINS_NOTIFICATION = 'countersign/origins';

export interface OriginsParams {
  readonly uri: string;
  /** The version of the document that the lines belong to. */
  readonly version: number;
  /** `unavailable` says nothing of any line; with `loading` more may come. */
  readonly state: 'loading' | 'ready' | 'unavailable';
  /** Why something may be missing, for the person. */
  readonly cause?: string;
  /** Ascending, without overlaps; lines between them are unknown, and nothing is drawn there. */
  readonly runs: readonly OriginRun[];
}

/** Lines next to each other of which the same is known and drawn. */
export interface OriginRun {
  /** Lines from 0; `end` is excluded. */
  readonly start: number;
  readonly end: number;
  /** Of the line by itself; a blank line in between can be drawn like its neighbours and still be `unknown`. */
  readonly state: 'ai' | 'ai-commit' | 'mixed' | 'human' | 'unknown';
  /** `solid`: evidence is exact for the line; `hollow`: it is weaker; `tick`: a person countersigned it. */
  readonly marker: 'solid' | 'hollow' | 'tick' | 'none';
  /** Display names, cleaned and bounded, not escaped. */
  readonly tool?: string;
  readonly model?: string;
  /** Full object id. */
  readonly commit?: string;
  /** Milliseconds since 1970. */
  readonly time?: number;
  /** What the state follows from, in words: "a git-ai note". */
  readonly source?: string;
  /** From 0 to 1. */
  readonly confidence?: number;
  /** Weaker or older evidence, one sentence each; not escaped. */
  readonly others?: readonly string[];
  /** Who countersigned the lines, with `tick`; cleaned and bounded, not escaped. */
  readonly reviews?: readonly LineReview[];
}

export interface LineReview {
  readonly reviewer: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Whether a signature proves it; else it is only recorded. */
  readonly isProven: boolean;
  readonly note?: string;
}
