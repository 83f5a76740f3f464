import type { Host } from '../../host/host';
import { type RecordedLines, recordedLines, recordsOfFile } from '../recorder/recorded-lines';
import { decode } from './decode';
import type { TextEvidenceSource } from './text-evidence';
import { sha256 } from './text-hash';

const LARGEST_FILE = 24_000_000;
const MOST_FILES = 50;
/** Lines whose hashes are kept, so that an edit of one does not hash all again. */
const MOST_KEPT = 100_000;

/** What agents told `countersign hook` of their edits; see docs/recording.md. */
export function recorderSource(host: Host): TextEvidenceSource {
  return {
    load: async ({ file }) => {
      if (!file) return undefined;
      const folder = `${file.repository.gitFolder}/countersign`;
      const logs = host
        .namesIn(folder)
        .filter((name) => /^edits(?:-\d{15}-\d+)?\.jsonl$/.test(name))
        // `edits.jsonl` is the one that is written to, and sorts behind those with a time in their names.
        .sort()
        .slice(-MOST_FILES)
        .flatMap((name) => {
          const log = host.readBytes(`${folder}/${name}`, LARGEST_FILE);
          return log && 'bytes' in log ? [log.bytes] : [];
        });
      const records = recordsOfFile(logs, file.path, decode);
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
