/** Sources of kind `request`, out of the tables in `request-reads.ts`. */
import { type Cleans, EVERYTHING, maskOf } from '../../analysis/flow/capability';
import type { Source } from '../../analysis/flow/flow-model';
import type { Path } from '../../analysis/flow/path';
import { OF_UPLOAD, type Reads } from './request-reads';

/** What a client sent, unless nothing harmful is left in it. */
export function sourceOf(cleans: Cleans): Source | undefined {
  const clean = maskOf(cleans);
  return clean === EVERYTHING ? undefined : { kind: 'request', clean };
}

/** By the longest entry that a way begins with. */
export function part(table: Reads, path: Path): Source | undefined {
  const cleans = table[`${path[0]}.${path[1]}`] ?? table[path[0] as string];
  // What the server itself writes down of an upload.
  const isOwn = path.some((step) => /^files?$/.test(step)) && path.some((step) => OF_UPLOAD.has(step));
  return cleans && sourceOf(isOwn && typeof cleans !== 'string' ? [...cleans, 'path'] : cleans);
}
