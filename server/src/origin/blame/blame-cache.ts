import type { Git } from '../../host/git';
import type { Host } from '../../host/host';
import type { FileInRepository } from '../repository/repository';
import type { Tips } from '../repository/tips';
import { type BlameAnswer, blameFile, ignoredCommits } from './blame-file';
import type { BlamedRange } from './incremental-parser';

export interface BlameRequest {
  readonly file: FileInRepository;
  readonly tips: Tips;
  /** As of `BlameQuestion`. */
  readonly since?: string | undefined;
  /** Ends the waiting of this request; git ends when nobody waits any more. */
  readonly signal?: AbortSignal | undefined;
  /** Gets ranges as they become known, those that were known before included, each once. */
  readonly onRanges?: ((ranges: readonly BlamedRange[]) => void) | undefined;
}

interface Entry {
  /** What `ignoredCommits` said. */
  readonly ignored: string | undefined;
  readonly running: AbortController;
  readonly known: BlamedRange[];
  readonly listeners: Set<NonNullable<BlameRequest['onRanges']>>;
  readonly answer: Promise<BlameAnswer>;
  waiting: number;
  /** About so many bytes are kept by it; 0 while it runs. */
  size: number;
  /** What is not whole may be asked for again from then on, on the clock of the host. */
  expires: number;
}

/** Deep histories keep a processor busy for seconds; typing must not feel it. */
const MOST_AT_ONCE = 2;
const MOST_SIZE = 64_000_000;
const RANGE_SIZE = 200;
const RETRY_AFTER = 60_000;
const CALLED_OFF: BlameAnswer = { kind: 'unknown', reason: 'it was called off' };

/** Blames each file once for each commit, however often it is asked for. */
export class BlameCache {
  readonly #git: Git;
  readonly #host: Host;
  /** The one that was asked for last at the end. */
  readonly #entries = new Map<string, Entry>();
  readonly #queue: (() => void)[] = [];
  #running = 0;

  constructor(git: Git, host: Host) {
    this.#git = git;
    this.#host = host;
  }

  /** Never rejects, unless `onRanges` throws. */
  async blame(request: BlameRequest): Promise<BlameAnswer> {
    const { tips, signal, onRanges } = request;
    if (tips.head === undefined) return { kind: 'uncommitted' };
    if (signal?.aborted) return CALLED_OFF;
    const entry = this.#entryOf(request, tips.head);
    if (onRanges) {
      if (entry.known.length > 0) onRanges([...entry.known]);
      entry.listeners.add(onRanges);
    }
    entry.waiting++;
    try {
      return await untilAborted(entry.answer, signal);
    } finally {
      if (onRanges) entry.listeners.delete(onRanges);
      entry.waiting--;
      if (entry.waiting === 0 && entry.size === 0) entry.running.abort();
    }
  }

  /** Forgets everything, such as when a list of shallow commits changed. What runs is not kept. */
  clear(): void {
    this.#entries.clear();
  }

  #entryOf(request: BlameRequest, head: string): Entry {
    const { tips, since } = request;
    const { repository, path } = request.file;
    const key = [repository.commonFolder, repository.root, path, head, since, tips.isShallow].join('\n');
    const ignored = ignoredCommits(this.#host, repository);
    const known = this.#entries.get(key);
    this.#entries.delete(key);
    const isFresh =
      known && known.ignored === ignored && !known.running.signal.aborted && this.#host.now() < known.expires;
    const entry = isFresh ? known : this.#start(key, request, head, ignored);
    this.#entries.set(key, entry);
    return entry;
  }

  #start(key: string, { file, tips, since }: BlameRequest, head: string, ignored: string | undefined): Entry {
    const running = new AbortController();
    const known: BlamedRange[] = [];
    const listeners: Entry['listeners'] = new Set();
    const answer = this.#inTurn(running.signal, () =>
      blameFile(this.#git, {
        ...{
          file,
          head,
          since,
          isShallow: tips.isShallow,
          isIgnoring: ignored !== undefined,
          signal: running.signal,
        },
        onRanges: (ranges) => {
          known.push(...ranges);
          for (const listener of listeners) listener(ranges);
        },
      }),
    );
    const entry: Entry = {
      ...{ ignored, running, known, listeners, answer, waiting: 0, size: 0 },
      expires: Number.POSITIVE_INFINITY,
    };
    const forget = () => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
    };
    answer.then((result) => {
      entry.size =
        1000 + known.length * RANGE_SIZE + (result.kind === 'blamed' ? result.blame.text.length * 2 : 0);
      const isWhole = result.kind === 'uncommitted' || (result.kind === 'blamed' && !result.blame.missing);
      if (!isWhole) entry.expires = this.#host.now() + RETRY_AFTER;
      if (running.signal.aborted) forget();
      this.#shrink();
    }, forget);
    return entry;
  }

  async #inTurn(signal: AbortSignal, action: () => Promise<BlameAnswer>): Promise<BlameAnswer> {
    while (this.#running >= MOST_AT_ONCE) await new Promise<void>((resolve) => this.#queue.push(resolve));
    if (signal.aborted) {
      this.#next();
      return CALLED_OFF;
    }
    this.#running++;
    try {
      return await action();
    } finally {
      this.#running--;
      this.#next();
    }
  }

  #next(): void {
    if (this.#running < MOST_AT_ONCE) this.#queue.shift()?.();
  }

  #shrink(): void {
    let size = 0;
    for (const entry of this.#entries.values()) size += entry.size;
    for (const [key, entry] of this.#entries) {
      if (size <= MOST_SIZE) return;
      if (entry.size === 0) continue;
      size -= entry.size;
      this.#entries.delete(key);
    }
  }
}

function untilAborted(answer: Promise<BlameAnswer>, signal: AbortSignal | undefined): Promise<BlameAnswer> {
  if (!signal) return answer;
  return new Promise((resolve, reject) => {
    const stop = () => resolve(CALLED_OFF);
    signal.addEventListener('abort', stop, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
