import type { StatusParams } from '../../protocol/messages';

/** How the server's process is. `reason` says why the last one ended by itself, in the log's words. */
export type ServerPhase =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'running'; readonly since: number; readonly status: StatusParams | undefined }
  | { readonly kind: 'waiting'; readonly reason: string; readonly waitMs: number }
  | { readonly kind: 'failed'; readonly reason: string };

/** An end of the server that nobody asked for. */
export interface ServerFailure {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly reason: string;
}
