/** Asks who wrote the lines of files in a scan: as little as needed, a few at a time, and not for ever. */
import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { type Git, type GitRefusal, wordsOfRefusal } from '../../host/git';
import type { Host } from '../../host/host';
import { type AiLines, aiLines } from '../../origin/ai-lines';
import { FileOrigins } from '../../origin/lines/file-origins';
import { type FileInRepository, findInRepository, type OddPath } from '../../origin/repository/repository';
import { overrideSource, WorkTreeRecords } from '../../reviews/work-tree-records';

export interface FoundAiLines {
  readonly lines: readonly AiLines[];
  /** What is not known, for the person; undefined also where there is no repository, which is nothing to mend. */
  readonly cause: string | undefined;
}

const NOTHING: FoundAiLines = { lines: [], cause: undefined };
/** Blame keeps a processor busy, and so do the threads that check. */
const MOST_AT_A_TIME = 4;
/** Milliseconds in which anything is asked, in one scan. */
const MOST_MS = 120_000;
const TOO_LONG =
  'Asking git who wrote lines took too long in this scan, so the AI switch changed nothing in it. `countersign scan` with fewer paths asks again.';

export class AiLookup {
  readonly #git: Git;
  readonly #host: Host;
  readonly #origins: FileOrigins;
  /** By folder: the nearest one, itself or above, that looks like the root of a work tree. */
  readonly #roots = new Map<string, string | undefined>();
  readonly #found = new Map<string, Promise<FileInRepository | GitRefusal | OddPath>>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  #isWithoutGit = false;
  #began = 0;
  #spent = 0;

  constructor(git: Git, host: Host) {
    this.#git = git;
    this.#host = host;
    const overrides = overrideSource(new WorkTreeRecords(host, MOST_MS), host);
    this.#origins = new FileOrigins({ git, host, sources: [overrides], keepsTips: true });
  }

  /** Whether git was needed and is not there. */
  get isWithoutGit(): boolean {
    return this.#isWithoutGit;
  }

  /** @param text of the file, as it was read. Never rejects. */
  async linesOf(uri: string, text: string): Promise<FoundAiLines> {
    const path = fileURLToPath(this.#host.realUri(uri) ?? uri);
    const root = this.#rootOf(dirname(path));
    if (root === undefined) return NOTHING;
    await this.#turn();
    try {
      return await this.#ask(path, root, text);
    } catch (error) {
      return unknown(String(error));
    } finally {
      this.#done();
    }
  }

  async #ask(path: string, root: string, text: string): Promise<FoundAiLines> {
    if (this.#isWithoutGit) return NOTHING;
    if (this.#spent + this.#host.now() - this.#began > MOST_MS) return { lines: [], cause: TOO_LONG };
    const uri = pathToFileURL(path).href;
    const file = await this.#find(path, root);
    if ('kind' in file) {
      if (file.kind === 'no-git') this.#isWithoutGit = true;
      if (file.kind === 'no-git' || file.kind === 'no-repository') return NOTHING;
      return unknown(file.kind === 'odd-path' ? 'git cannot be asked for such a path' : wordsOfRefusal(file));
    }
    const loaded = await this.#origins.load({ uri, file, isForRaising: true });
    if (loaded === 'unknown-revision') return NOTHING;
    const lines = aiLines(loaded.runs(text));
    return loaded.missing.length > 0
      ? { ...unknown(loaded.missing.join('; ')), lines }
      : { lines, cause: undefined };
  }

  /** Git is asked once for the root, and for each file only where its repository's work tree is elsewhere. */
  async #find(path: string, root: string): Promise<FileInRepository | GitRefusal | OddPath> {
    const inRoot = this.#found.get(root) ?? this.#findIn(join(root, 'any'));
    this.#found.set(root, inRoot);
    const found = await inRoot;
    if ('kind' in found) return found;
    if (found.repository.root !== pathToFileURL(root).href) return this.#findIn(path);
    if (/[\n\r]/.test(path)) return { kind: 'odd-path' };
    return { ...found, path: relative(root, path).replaceAll(sep, '/') };
  }

  #findIn(path: string): Promise<FileInRepository | GitRefusal | OddPath> {
    return findInRepository(this.#git, this.#host, pathToFileURL(path).href);
  }

  #rootOf(folder: string): string | undefined {
    if (this.#roots.has(folder)) return this.#roots.get(folder);
    const above = dirname(folder);
    const isRoot = existsSync(join(folder, '.git'));
    const root = isRoot ? folder : above === folder ? undefined : this.#rootOf(above);
    this.#roots.set(folder, root);
    return root;
  }

  async #turn(): Promise<void> {
    if (this.#running >= MOST_AT_A_TIME) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    if (this.#running++ === 0) this.#began = this.#host.now();
  }

  #done(): void {
    if (--this.#running === 0) this.#spent += this.#host.now() - this.#began;
    this.#waiting.shift()?.();
  }
}

function unknown(what: string): FoundAiLines {
  const cause = `Not all is known of who wrote its lines, so the AI switch may have changed too little: ${what}.`;
  return { lines: [], cause };
}
