import type { Git, GitRefusal } from '../../host/git';
import { type GitObject, type ObjectRequest, readObjects } from '../repository/objects';

export interface BatchRequest extends ObjectRequest {
  /** What is held in memory at a time. */
  readonly mostBytesAtOnce: number;
}

/** What was not read, and why; undefined where everything was. */
export type Unread = GitRefusal | { readonly kind: 'too-many'; readonly count: number };

/**
 * Reads many objects without holding all of them. Names of nothing, and objects that are too large or of another type,
 * are passed over.
 *
 * @param onObject gets each object that was read, with the name that was asked for.
 */
export async function readInBatches(
  git: Git,
  request: BatchRequest,
  onObject: (name: string, object: GitObject & { readonly bytes: Buffer }) => void,
): Promise<Unread | undefined> {
  let left = request.mostBytesInAll;
  let names = [...new Set(request.names)];
  while (names.length > 0) {
    const objects = await readObjects(git, {
      ...request,
      names,
      mostBytesInAll: Math.min(left, request.mostBytesAtOnce),
    });
    if ('kind' in objects) return objects;
    const later: string[] = [];
    let read = 0;
    for (const [name, object] of objects) {
      const { bytes, size, type } = object;
      if (bytes) {
        read++;
        left -= size;
        onObject(name, { ...object, bytes });
      } else if (type === request.type && size <= request.mostBytes) later.push(name);
    }
    if (later.length > 0 && read === 0) return { kind: 'too-many', count: later.length };
    names = later;
  }
  return undefined;
}
