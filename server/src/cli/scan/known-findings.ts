/** A baseline in a scan: which findings of a file it knows, which of them are gone, and what it is to be hereafter. */
import { existsSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';

import { UsageError } from '../command';
import { type BaselineEntry, type FindingKey, readBaseline, writeBaseline } from './baseline';
import { pathBelow, type Scope } from './scope';

export interface BaselineRequest {
  /** As the person wrote it, below the working folder. */
  readonly path: string;
  /** Whether it is to be what is found now; otherwise it must be there. */
  readonly isUpdate: boolean;
}

/** What a scan comes to, as far as the baseline goes. */
export interface BaselineSummary {
  /** As the person wrote it. */
  readonly file: string;
  /** Findings that are in it: those that were left out of the report, or, after an update, all. */
  readonly known: number;
  /** Entries of files that were checked as a whole, or are no longer there, that nothing was found for. */
  readonly gone: number;
  /** Findings that an update added; undefined where there was none. */
  readonly added: number | undefined;
}

export class KnownFindings {
  readonly #request: BaselineRequest;
  readonly #path: string;
  readonly #base: string;
  readonly #tool: string;
  /** The version of Countersign that wrote it; undefined where there is none yet. */
  readonly writtenBy: string | undefined;
  readonly #entries = new Map<string, BaselineEntry[]>();
  /** Entries of files that are no longer there, by the name of the file: it may lie elsewhere. */
  readonly #moved = new Map<string, BaselineEntry[]>();
  readonly #present = new Map<string, { readonly keys: readonly FindingKey[]; readonly isWhole: boolean }>();
  readonly #used = new Set<BaselineEntry>();
  #known = 0;
  #added = 0;

  /** @param tool this Countersign. @throws UsageError */
  constructor(request: BaselineRequest, scope: Scope, workingFolder: string, tool: string) {
    this.#request = request;
    this.#path = resolve(workingFolder, request.path);
    this.#base = scope.repository ?? scope.root;
    this.#tool = tool;
    const read = readBaseline(this.#path, request.path);
    if (!read && !request.isUpdate) {
      throw new UsageError(
        `There is no baseline \`${request.path}\`. Write it with \`countersign scan --baseline ${request.path} --update-baseline\`.`,
      );
    }
    this.writtenBy = read?.tool;
    for (const entry of read?.findings ?? []) {
      addTo(this.#entries, entry.file, entry);
      if (!this.#isThere(entry.file)) addTo(this.#moved, posix.basename(entry.file), entry);
    }
  }

  get isUpdate(): boolean {
    return this.#request.isUpdate;
  }

  /** The name by which entries call a file. @param path absolute. */
  nameIn(path: string): string {
    return pathBelow(this.#base, path);
  }

  /** Those that a report leaves out. @param path absolute. */
  of(path: string): readonly FindingKey[] {
    return this.#entriesOf(path);
  }

  /**
   * @param keys all that was found and not suppressed, whether known or not.
   * @param known how many of it were left out of the report.
   * @param isWhole whether all of the file could be checked.
   */
  checked(path: string, keys: readonly FindingKey[], known: number, isWhole: boolean): void {
    this.#present.set(pathBelow(this.#base, path), { keys, isWhole });
    this.#known += known;
    const found = new Set(keys.map(nameOf));
    const entries = this.#entriesOf(path);
    for (const entry of entries) if (found.has(nameOf(entry))) this.#used.add(entry);
    for (const entry of entries) found.delete(nameOf(entry));
    this.#added += found.size;
  }

  /** Entries that nothing was found for, with the path of the file, in files that were checked as a whole. */
  get gone(): readonly BaselineEntry[] {
    return this.#all.filter((entry) => {
      if (this.#used.has(entry)) return false;
      return this.#present.get(entry.file)?.isWhole ?? !this.#isThere(entry.file);
    });
  }

  /** Writes the baseline where that was asked for. @throws UsageError */
  finish(): BaselineSummary {
    const gone = this.gone;
    const summary = { file: this.#request.path, known: this.#known, gone: gone.length };
    if (!this.isUpdate) return { ...summary, added: undefined };
    const kept = this.#all.filter((entry) => {
      const present = this.#present.get(entry.file);
      // What could not be looked at, or not wholly, may still be there.
      return present ? !present.isWhole : this.#isThere(entry.file);
    });
    const found = [...this.#present].flatMap(([file, { keys }]) =>
      keys.map(({ ruleId, fingerprint }) => ({ file, ruleId, fingerprint })),
    );
    const findings = new Map([...kept, ...found].map((entry) => [`${entry.file} ${nameOf(entry)}`, entry]));
    writeBaseline(this.#path, this.#request.path, { tool: this.#tool, findings: [...findings.values()] });
    return { ...summary, known: findings.size, added: this.#added };
  }

  get #all(): readonly BaselineEntry[] {
    return [...this.#entries.values()].flat();
  }

  #entriesOf(path: string): readonly BaselineEntry[] {
    const below = pathBelow(this.#base, path);
    return this.#entries.get(below) ?? this.#moved.get(posix.basename(below)) ?? [];
  }

  #isThere(file: string): boolean {
    return existsSync(join(this.#base, file));
  }
}

export function nameOf({ ruleId, fingerprint }: FindingKey): string {
  return `${ruleId} ${fingerprint}`;
}

function addTo(map: Map<string, BaselineEntry[]>, key: string, entry: BaselineEntry): void {
  const known = map.get(key);
  if (known) known.push(entry);
  else map.set(key, [entry]);
}
