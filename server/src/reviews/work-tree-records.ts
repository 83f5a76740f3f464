/** Records as they lie in a work tree, committed or not. */
import { sha256 } from '../host/digest';
import type { Host } from '../host/host';
import { decode } from '../origin/lines/decode';
import type { TextEvidenceSource } from '../origin/lines/text-evidence';
import type { Repository } from '../origin/repository/repository';
import { overrideEvidence } from '../signoffs/overrides';
import { mayApply, placeRecords } from '../signoffs/placement';
import { isOverride, type NamedRecord, OVERRIDE_FOLDER, SIGN_OFF_FOLDER } from '../signoffs/record';
import { LONGEST_RECORD, readRecord } from '../signoffs/record-file';
import type { BadRecord, FoundRecords } from './records-of-commit';

const MOST_RECORDS = 20_000;
/** Several files of a repository are often asked for at once. In milliseconds. */
const KEPT_FOR = 2000;

/** Reads them when they are asked for, and anew after a while. */
export class WorkTreeRecords {
  readonly #host: Host;
  readonly #keptFor: number;
  readonly #kept = new Map<string, { readonly until: number; readonly found: FoundRecords }>();

  /** @param keptFor milliseconds; for whoever hears of changes longer than unless given. */
  constructor(host: Host, keptFor = KEPT_FOR) {
    this.#host = host;
    this.#keptFor = keptFor;
  }

  /** Folders that are links are not looked into. Never throws. */
  of(repository: Repository): FoundRecords {
    const known = this.#kept.get(repository.root);
    if (known && known.until > this.#host.now()) return known.found;
    const found = this.#read(repository);
    this.#kept.set(repository.root, { until: this.#host.now() + this.#keptFor, found });
    return found;
  }

  /** They are read when they are asked for next. */
  forget(): void {
    this.#kept.clear();
  }

  #read({ root }: Repository): FoundRecords {
    const records: NamedRecord[] = [];
    const invalid: BadRecord[] = [];
    const paths = [SIGN_OFF_FOLDER, OVERRIDE_FOLDER].flatMap((folder) =>
      this.#namesIn(root, folder).flatMap((start) =>
        this.#namesIn(root, `${folder}/${start}`).map((name) => `${folder}/${start}/${name}`),
      ),
    );
    for (const path of paths.slice(0, MOST_RECORDS)) {
      const file = this.#host.readBytes(`${root}/${path}`, LONGEST_RECORD);
      if (!file) continue;
      const read = readRecord(path, 'bytes' in file ? decode(file.bytes) : undefined, sha256);
      if ('reason' in read) invalid.push({ path, reason: read.reason });
      else records.push(read);
    }
    return { records, invalid, unread: Math.max(0, paths.length - MOST_RECORDS) };
  }

  #namesIn(root: string, folder: string): readonly string[] {
    const realRoot = this.#host.realUri(root);
    const real = this.#host.realUri(`${root}/${folder}`);
    if (realRoot === undefined || real !== `${realRoot}/${folder}`) return [];
    const names = this.#host.namesIn(real).filter((name) => /^[\w.-]+$/.test(name) && !/^\.+$/.test(name));
    return [...names].sort();
  }
}

/** What overrides in the work tree say of its files, as evidence. Of other commits they say nothing. */
export function overrideSource(records: WorkTreeRecords, host: Host): TextEvidenceSource {
  return {
    load: async ({ file, isWorkTree }) => {
      if (!file || !isWorkTree) return undefined;
      const { repository, path } = file;
      const isThere = (other: string) =>
        host.realUri(`${repository.root}/${other.split('/').map(encodeURIComponent).join('/')}`) !==
        undefined;
      const overrides = records
        .of(repository)
        .records.filter(isOverride)
        .filter((named) => mayApply(named, path, isThere));
      if (overrides.length === 0) return undefined;
      return {
        of: ({ lines }) => ({ present: overrideEvidence(placeRecords(overrides, lines, sha256)) }),
      };
    },
  };
}
