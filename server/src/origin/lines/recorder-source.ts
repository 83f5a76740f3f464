import type { Host } from '../../host/host';
import type { EditRecord } from '../recorder/edit-record';
import {
  type RecordedLines,
  type RecordsByFile,
  recordedLines,
  recordsByFile,
  recordsOfFile,
} from '../recorder/recorded-lines';
import type { FileInRepository, Repository } from '../repository/repository';
import { decode } from './decode';
import type { TextEvidenceSource } from './text-evidence';
import { sha256 } from './text-hash';

const LARGEST_FILE = 24_000_000;
const MOST_FILES = 50;
/** Lines whose hashes are kept, so that an edit of one does not hash all again. */
const MOST_KEPT = 100_000;

/** Several files of a commit are often asked for at once. In milliseconds. */
const KEPT_FOR = 2000;

/** What agents told `countersign hook` of their edits; see docs/recording.md. */
export function recorderSource(host: Host): TextEvidenceSource {
  const kept = new Map<string, { readonly until: number; readonly byFile: RecordsByFile }>();
  /** While a commit is looked at, no agent's edit can change the answer. */
  const recordsAtCommit = ({ repository, path }: FileInRepository): readonly EditRecord[] => {
    const known = kept.get(repository.gitFolder);
    if (known && known.until > host.now()) return known.byFile.get(path) ?? [];
    const byFile = recordsByFile(recorderLogs(host, repository), decode);
    kept.set(repository.gitFolder, { until: host.now() + KEPT_FOR, byFile });
    return byFile.get(path) ?? [];
  };
  return {
    load: async ({ file, isWorkTree }) => {
      if (!file) return undefined;
      const records = isWorkTree
        ? recordsOfFile(recorderLogs(host, file.repository), file.path, decode)
        : recordsAtCommit(file);
      if (records.length === 0) return undefined;
      const hash = remembered(sha256);
      return {
        of: ({ lines }) => {
          const { evidence, former }: RecordedLines = recordedLines(records, lines, hash);
          return { present: evidence, former };
        },
      };
    },
  };
}

/** What the files of the log hold. Of all work trees of the repository, because agents often work in one of their own, and branches are merged. */
export function recorderLogs(host: Host, { gitFolder, commonFolder }: Repository): readonly Uint8Array[] {
  const linked = host.namesIn(`${commonFolder}/worktrees`).filter((name) => /^[\w.-]+$/.test(name));
  const folders = new Set([
    ...linked.sort().map((name) => `${commonFolder}/worktrees/${name}`),
    ...[commonFolder, gitFolder],
  ]);
  const names = [...folders].flatMap((folder) =>
    host
      .namesIn(`${folder}/countersign`)
      .filter((name) => /^edits(?:-\d{15}-\d+)?\.jsonl$/.test(name))
      // `edits.jsonl` is the one that is written to, and sorts behind those with a time in their names.
      .sort()
      .map((name) => `${folder}/countersign/${name}`),
  );
  return names.slice(-MOST_FILES).flatMap((name) => {
    const log = host.readBytes(name, LARGEST_FILE);
    return log && 'bytes' in log ? [log.bytes] : [];
  });
}

function remembered(hash: (text: string) => string): (text: string) => string {
  const kept = new Map<string, string>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const result = hash(text);
    // Whole texts come once, lines again and again.
    if (text.length < 500 && kept.size < MOST_KEPT) kept.set(text, result);
    return result;
  };
}
