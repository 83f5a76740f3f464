/**
 * Reads commits, files and notes, many with one process. Sizes are asked for first: what is larger than wanted is
 * never read.
 */
import type { Git, GitRefusal } from '../../host/git';
import type { Repository } from './repository';

export type ObjectType = 'commit' | 'tree' | 'blob' | 'tag';

export interface ObjectHead {
  /** The full id, 40 hexadecimal digits or 64. */
  readonly id: string;
  readonly type: ObjectType;
  /** In bytes. */
  readonly size: number;
}

export interface GitObject extends ObjectHead {
  /** Undefined where it is of another type than wanted, or there is too much of it. */
  readonly bytes: Buffer | undefined;
}

export interface ObjectRequest {
  readonly repository: Repository;
  /** Ids, `HEAD`, `refs/notes/ai` or `<id>:<path>`. What has a line break is passed over. */
  readonly names: readonly string[];
  readonly type: ObjectType;
  /** Of one object. */
  readonly mostBytes: number;
  /** Of all; the first that fit are read. */
  readonly mostBytesInAll: number;
  readonly signal?: AbortSignal | undefined;
}

const MOST_MILLISECONDS = 30_000;
/** Of an answer: name, type and size of one object. */
const MOST_HEAD = 200;
const MOST_NAME = 20_000;

/** What there is, by name. Names of nothing are left out, and so are those of what was never fetched. */
export async function readObjectHeads(
  git: Git,
  request: Pick<ObjectRequest, 'repository' | 'names' | 'signal'>,
): Promise<ReadonlyMap<string, ObjectHead> | GitRefusal> {
  const names = [...new Set(request.names)].filter(
    (name) => /^[^\n\0]*[^\n\r\0]$/.test(name) && name.length < MOST_NAME,
  );
  if (names.length === 0) return new Map();
  const input = `${names.join('\n')}\n`;
  const result = await git.run(['cat-file', '--batch-check'], {
    folder: request.repository.root,
    input,
    // Of what is missing, git says the name.
    mostBytes: Buffer.byteLength(input) + names.length * MOST_HEAD,
    mostMilliseconds: MOST_MILLISECONDS,
    signal: request.signal,
  });
  if (result.kind !== 'done') return result;
  const answers = result.output.toString('utf8').split('\n');
  const heads = new Map<string, ObjectHead>();
  names.forEach((name, index) => {
    const head = objectHead(answers[index] ?? '');
    if (head) heads.set(name, head);
  });
  return heads;
}

/** As `readObjectHeads`, with what is in the objects. */
export async function readObjects(
  git: Git,
  request: ObjectRequest,
): Promise<ReadonlyMap<string, GitObject> | GitRefusal> {
  const heads = await readObjectHeads(git, request);
  if ('kind' in heads) return heads;
  const wanted = new Map<string, ObjectHead>();
  let length = 0;
  for (const head of heads.values()) {
    if (wanted.has(head.id) || head.type !== request.type || head.size > request.mostBytes) continue;
    if (length + head.size > request.mostBytesInAll) continue;
    length += head.size;
    wanted.set(head.id, head);
  }
  const contents = await readContents(git, request, wanted, length);
  if ('kind' in contents) return contents;
  const objects = new Map<string, GitObject>();
  for (const [name, head] of heads) objects.set(name, { ...head, bytes: contents.get(head.id) });
  return objects;
}

async function readContents(
  git: Git,
  { repository, signal }: ObjectRequest,
  wanted: ReadonlyMap<string, ObjectHead>,
  length: number,
): Promise<ReadonlyMap<string, Buffer> | GitRefusal> {
  if (wanted.size === 0) return new Map();
  const result = await git.run(['cat-file', '--batch'], {
    folder: repository.root,
    input: `${[...wanted.keys()].join('\n')}\n`,
    mostBytes: length + wanted.size * MOST_HEAD,
    mostMilliseconds: MOST_MILLISECONDS,
    signal,
  });
  if (result.kind !== 'done') return result;
  const contents = new Map<string, Buffer>();
  const { output } = result;
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(10, at);
    if (end < 0) break;
    const head = objectHead(output.toString('utf8', at, end));
    at = end + 1;
    if (!head) continue;
    contents.set(head.id, output.subarray(at, at + head.size));
    at += head.size + 1;
  }
  return contents;
}

function objectHead(line: string): ObjectHead | undefined {
  const match = /^([0-9a-f]{40}|[0-9a-f]{64}) (commit|tree|blob|tag) (\d{1,15})$/.exec(line);
  const [, id, type, size] = match ?? [];
  return id && size ? { id, type: type as ObjectType, size: Number(size) } : undefined;
}
