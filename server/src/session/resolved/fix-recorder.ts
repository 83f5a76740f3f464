/** Records what fixes in the editor mended, once that is saved and a commit had it. */
import type { Git } from '../../host/git';
import type { Host } from '../../host/host';
import { decode } from '../../origin/lines/decode';
import { linesOf } from '../../origin/mapping/text-lines';
import { readObjectHeads, readObjects } from '../../origin/repository/objects';
import { type FileInRepository, findInRepository } from '../../origin/repository/repository';
import { newResolved, type ResolvedRecord } from '../../resolved/resolved-record';
import { ResolvedRecords } from '../../resolved/resolved-records';
import { takeBackResolved, writeResolved } from '../../resolved/write-resolved';
import { MOST_BYTES } from '../size-limits';
import type { FindingKey } from './applied-fixes';

export interface FixRecorderParts {
  readonly git: Git;
  readonly host: Host;
  /** Of the product. */
  readonly version: string;
  /** What is found in another text of a file, suppressed ones left out; undefined where it cannot be checked. */
  readonly check: (uri: string, text: string) => Promise<readonly FindingKey[] | undefined>;
}

export interface SavedText {
  readonly uri: string;
  readonly text: string;
  /** All that is found in it, also what is suppressed. */
  readonly findings: readonly FindingKey[];
}

interface Written {
  readonly name: string;
  readonly path: string;
}

export class FixRecorder {
  readonly #parts: FixRecorderParts;
  /** What was recorded since the start, by the URI of the file. */
  readonly #written = new Map<string, readonly Written[]>();

  constructor(parts: FixRecorderParts) {
    this.#parts = parts;
  }

  /**
   * Records those of the former findings that HEAD has and the saved text has not.
   *
   * @param before of the rules whose fixes were applied.
   * @returns whether records are others now.
   */
  async record(saved: SavedText, before: readonly FindingKey[]): Promise<boolean> {
    const { git, host, version } = this.#parts;
    const file = await findInRepository(git, host, saved.uri);
    if ('kind' in file || !this.#isOnDisk(saved)) return false;
    const gone = await this.#goneSinceHead(saved, before, file);
    const known = new ResolvedRecords(host).in(file.repository.root).byPath.get(file.path);
    const unknown = gone.filter((finding) => !known?.has(nameOf(finding)));
    if (unknown.length === 0) return false;
    const how = { time: new Date().toISOString(), tool: `countersign ${version}`, by: 'fix' } as const;
    const records = unknown.map(
      ({ ruleId, fingerprint }): ResolvedRecord =>
        newResolved({ ruleId, fingerprint, path: file.path, commit: undefined }, how),
    );
    const written = await writeResolved(git, file.repository, records);
    if ('refusal' in written) {
      host.log('warn', written.refusal);
      return false;
    }
    const own = unknown.map((finding, i) => ({ name: nameOf(finding), path: written.paths[i] as string }));
    this.#written.set(saved.uri, [...(this.#written.get(saved.uri) ?? []), ...own]);
    for (const path of written.paths) host.log('info', `Recorded a fix in ${path}`);
    return true;
  }

  /**
   * Takes back what was recorded since the start and is not committed, where the fix was undone: then it was none.
   *
   * @returns whether records are others now.
   */
  async takeBack({ uri, findings }: SavedText): Promise<boolean> {
    const written = this.#written.get(uri) ?? [];
    const present = new Set(findings.map(nameOf));
    const undone = written.filter(({ name }) => present.has(name));
    if (undone.length === 0) return false;
    const { git, host } = this.#parts;
    const file = await findInRepository(git, host, uri);
    if ('kind' in file) return false;
    const { repository } = file;
    this.#written.set(
      uri,
      written.filter((each) => !undone.includes(each)),
    );
    const names = undone.map(({ path }) => `HEAD:${path}`);
    const committed = await readObjectHeads(git, { repository, names });
    if ('kind' in committed) return false;
    for (const { path } of undone) if (!committed.has(`HEAD:${path}`)) takeBackResolved(repository, path);
    return true;
  }

  async #goneSinceHead(
    { uri, findings }: SavedText,
    before: readonly FindingKey[],
    { repository, path }: FileInRepository,
  ): Promise<readonly FindingKey[]> {
    const had = new Set(before.map(nameOf));
    const present = new Set(findings.map(nameOf));
    // What is new may be what was there, in a function of another name.
    const appeared = new Set(findings.filter((each) => !had.has(nameOf(each))).map(({ ruleId }) => ruleId));
    const gone = before.filter((each) => !present.has(nameOf(each)) && !appeared.has(each.ruleId));
    if (gone.length === 0) return [];
    const name = `HEAD:${path}`;
    const objects = await readObjects(this.#parts.git, {
      ...{ repository, names: [name], type: 'blob', mostBytes: MOST_BYTES, mostBytesInAll: MOST_BYTES },
    });
    const bytes = 'kind' in objects ? undefined : objects.get(name)?.bytes;
    const former = bytes && (await this.#parts.check(uri, decode(bytes)));
    // What no commit had was a slip while writing.
    const committed = new Set((former ?? []).map(nameOf));
    return gone.filter((each) => committed.has(nameOf(each)));
  }

  #isOnDisk({ uri, text }: SavedText): boolean {
    const file = this.#parts.host.readBytes(uri, MOST_BYTES);
    if (!file || !('bytes' in file)) return false;
    return linesOf(decode(file.bytes)).join('\n') === linesOf(text).join('\n');
  }
}

function nameOf({ ruleId, fingerprint }: FindingKey): string {
  return `${ruleId} ${fingerprint}`;
}
