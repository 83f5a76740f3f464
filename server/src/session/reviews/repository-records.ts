/** The records of a work tree, by the files that they may speak of. */
import type { Host } from '../../host/host';
import type { Repository } from '../../origin/repository/repository';
import type { FoundRecords } from '../../reviews/records-of-commit';
import type { WorkTreeRecords } from '../../reviews/work-tree-records';
import type { NamedRecord } from '../../signoffs/record';

interface Indexed {
  readonly found: FoundRecords;
  readonly byPath: ReadonlyMap<string, readonly NamedRecord[]>;
  /** Those whose file is no longer there: it may have another name. */
  readonly orphans: readonly NamedRecord[];
}

/** The URI of a file of a work tree. @param path from its root. */
export function uriIn({ root }: Repository, path: string): string {
  return `${root}/${path.split('/').map(encodeURIComponent).join('/')}`;
}

export class RepositoryRecords {
  readonly #host: Host;
  readonly #records: WorkTreeRecords;
  readonly #indexed = new Map<string, Indexed>();

  constructor(host: Host, records: WorkTreeRecords) {
    this.#host = host;
    this.#records = records;
  }

  /** See `mayApply`: those that name the file, and those whose file has gone since they were read. */
  of(repository: Repository, path: string): readonly NamedRecord[] {
    const { byPath, orphans } = this.#index(repository);
    const own = byPath.get(path) ?? [];
    return orphans.length === 0 ? own : [...own, ...orphans.filter(({ record }) => record.path !== path)];
  }

  #index(repository: Repository): Indexed {
    const found = this.#records.of(repository);
    const known = this.#indexed.get(repository.root);
    if (known?.found === found) return known;
    const byPath = new Map<string, NamedRecord[]>();
    for (const named of found.records) {
      const others = byPath.get(named.record.path);
      if (others) others.push(named);
      else byPath.set(named.record.path, [named]);
    }
    const orphans = [...byPath].flatMap(([path, records]) =>
      this.#host.realUri(uriIn(repository, path)) === undefined ? records : [],
    );
    const indexed = { found, byPath, orphans };
    this.#indexed.set(repository.root, indexed);
    return indexed;
  }
}
