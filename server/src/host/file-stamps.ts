/** Which files are not as somebody saw them last, by size and time: contents are not read. */
import { lstatSync } from 'node:fs';
import { join } from 'node:path';

export interface FileStamp {
  /** From the root, with slashes. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** When it was changed last: seconds since 1970, a colon, and nanoseconds. */
  readonly time: string;
}

/** So many are looked at before others get their turn. */
const AT_ONCE = 200;

/** The paths of plain files that are there and have another stamp. @param root absolute path of a folder. */
export async function withOtherStamp(
  root: string,
  stamps: readonly FileStamp[],
  signal?: AbortSignal,
): Promise<string[]> {
  const others: string[] = [];
  for (const [at, { path, size, time }] of stamps.entries()) {
    if (at % AT_ONCE === AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve));
    if (signal?.aborted) return others;
    const status = lstatSync(join(root, ...path.split('/')), { bigint: true, throwIfNoEntry: false });
    if (!status?.isFile()) continue;
    const present = `${status.mtimeNs / 1_000_000_000n}:${status.mtimeNs % 1_000_000_000n}`;
    if (Number(status.size) !== size || present !== time) others.push(path);
  }
  return others;
}
