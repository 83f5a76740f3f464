/** The list of suppressions, and taking one back. */
import type { Position, Range } from './place';

/**
 * Request, client to server, without parameters: every comment that suppresses something in an open document, and
 * the entries of the configuration files that count for open documents or belong to a workspace folder.
 */
export const SUPPRESSIONS_REQUEST = 'countersign/suppressions';

/** Notification, server to client, without parameters: the configuration files were read again. */
export const CONFIGURATION_READ_NOTIFICATION = 'countersign/configurationRead';

export interface SuppressionsAnswer {
  readonly suppressions: readonly ListedSuppression[];
  /**
   * URIs of open documents that cannot be told of at present, because their text does not parse; what was told
   * of them before still holds.
   */
  readonly pending: readonly string[];
}

/** One rule that a comment, or an entry of a configuration file, suppresses somewhere. */
export interface ListedSuppression {
  readonly kind: 'comment' | 'configuration';
  /** The document that the comment or the entry stands in. */
  readonly uri: string;
  /** Of the document that the range belongs to; null for a file that is not open. */
  readonly version: number | null;
  /** The comment or the entry. */
  readonly range: Range;
  /** A rule's id, or a pattern of the configuration; undefined where a comment names none. */
  readonly ruleId?: string;
  /** What it covers. */
  readonly scope: 'line' | 'block' | 'file' | 'files';
  /** With `files`: the globs of the configuration. */
  readonly files?: readonly string[];
  readonly reason?: string;
  /** The last day on which it holds: `YYYY-MM-DD`. */
  readonly until?: string;
  /** `invalid` is what cannot hold as it is written. For entries of a configuration, as far as open documents tell. */
  readonly state: 'active' | 'unused' | 'expired' | 'invalid';
  /** Why it hides nothing, and what to do: for the person. */
  readonly problem?: string;
  /** Why it cannot be taken back from here, for the person; undefined where it can. */
  readonly fixedBecause?: string;
  /** The findings of open documents that it hides. */
  readonly hidden: readonly HiddenFinding[];
}

export interface HiddenFinding {
  readonly uri: string;
  readonly range: Range;
  readonly ruleId: string;
  readonly message: string;
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
}

/** Request, client to server: the edit that takes a suppression back. The answer is a `WorkspaceEdit`. */
export const UNDO_SUPPRESSION_REQUEST = 'countersign/undoSuppression';

/** Names a suppression as it was listed. */
export interface UndoSuppressionRequest {
  readonly kind: ListedSuppression['kind'];
  readonly uri: string;
  /** The version that the position belongs to, null for a file that is not open; another one is refused. */
  readonly version: number | null;
  /** Where the comment or the entry starts. */
  readonly start: Position;
  readonly ruleId?: string;
}
