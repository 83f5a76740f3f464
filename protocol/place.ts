/** Places in texts as the LSP has them: lines and characters (UTF-16 units) from 0. */

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  /** Exclusive. */
  readonly end: Position;
}
