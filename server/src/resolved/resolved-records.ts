/** The records of fixes in a work tree, committed or not, by the findings that they are about. */
import type { FixedBefore, FixesBefore } from '../analysis/reintroduced';
import { sha256 } from '../host/digest';
import type { Host } from '../host/host';
import {
  LONGEST_RESOLVED,
  RESOLVED_FOLDER,
  type ResolvedRecord,
  readResolved,
  resolvedPath,
} from './resolved-record';

/** As many names as a host tells. */
const MOST_RECORDS = 10_000;

interface FoundResolved {
  /** By the path of the file, then by rule and fingerprint: the last fix. */
  readonly byPath: ReadonlyMap<string, ReadonlyMap<string, ResolvedFix>>;
  /** What lies there and is no record, with the reason. */
  readonly invalid: readonly { readonly path: string; readonly reason: string }[];
}

/** A fix, as findings of a file are told of it: plain data. */
export interface ResolvedFix extends FixedBefore {
  readonly ruleId: string;
  readonly fingerprint: string;
}

export class ResolvedRecords {
  readonly #host: Host;
  /** By folder: the URI of the nearest one, itself or above, that is the root of a repository. */
  readonly #roots = new Map<string, string | undefined>();
  readonly #found = new Map<string, FoundResolved>();

  constructor(host: Host) {
    this.#host = host;
  }

  /** What was recorded of the findings of a file; none where it is in no repository. Never throws. */
  of(uri: string): readonly ResolvedFix[] {
    const root = this.#rootOf(folderOf(uri));
    if (root === undefined) return [];
    const path = decoded(uri.slice(root.length + 1));
    return [...(this.in(root).byPath.get(path)?.values() ?? [])];
  }

  /** @param root URI of a repository. */
  in(root: string): FoundResolved {
    const known = this.#found.get(root);
    if (known) return known;
    const found = this.#read(root);
    this.#found.set(root, found);
    return found;
  }

  /** They are read when they are asked for next. */
  forget(): void {
    this.#roots.clear();
    this.#found.clear();
  }

  #read(root: string): FoundResolved {
    const byPath = new Map<string, Map<string, ResolvedFix & Pick<ResolvedRecord, 'time'>>>();
    const invalid: { path: string; reason: string }[] = [];
    const folder = `${root}/${RESOLVED_FOLDER}`;
    const realRoot = this.#host.realUri(root);
    // A link may lead anywhere.
    const isOwn = realRoot !== undefined && this.#host.realUri(folder) === `${realRoot}/${RESOLVED_FOLDER}`;
    const names = isOwn ? [...this.#host.namesIn(folder)].sort().slice(0, MOST_RECORDS) : [];
    for (const name of names) {
      const file = this.#host.readBytes(`${folder}/${encodeURIComponent(name)}`, LONGEST_RESOLVED);
      if (!file) continue;
      const text = 'bytes' in file ? new TextDecoder().decode(file.bytes) : undefined;
      const read = readResolved(name, text, sha256);
      if ('reason' in read) {
        invalid.push({ path: `${RESOLVED_FOLDER}/${name}`, reason: read.reason });
        continue;
      }
      const { ruleId, fingerprint, path, time, commit } = read.record;
      const ofFile = byPath.get(path) ?? new Map();
      byPath.set(path, ofFile);
      const key = `${ruleId} ${fingerprint}`;
      const other = ofFile.get(key);
      if (other && other.time >= time) continue;
      const fix = {
        ruleId,
        fingerprint,
        time,
        date: time.slice(0, 10),
        commit,
        record: resolvedPath(read.id),
      };
      ofFile.set(key, fix);
    }
    return { byPath, invalid };
  }

  #rootOf(folder: string): string | undefined {
    if (!/^file:\/\/.*[^/]$/.test(folder)) return undefined;
    if (this.#roots.has(folder)) return this.#roots.get(folder);
    const isRoot = this.#host.realUri(`${folder}/.git`) !== undefined;
    const root = isRoot ? folder : this.#rootOf(folderOf(folder));
    this.#roots.set(folder, root);
    return root;
  }
}

/** Says of each finding of a file whether it was fixed before; undefined where none was. */
export function fixesBefore(fixes: readonly ResolvedFix[]): FixesBefore | undefined {
  if (fixes.length === 0) return undefined;
  return ({ ruleId, fingerprint }) =>
    fixes.find((fix) => fix.ruleId === ruleId && fix.fingerprint === fingerprint);
}

function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/'));
}

/** Clients differ in what they encode. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
