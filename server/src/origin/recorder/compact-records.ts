/** What of old records can still be told of a file. */
import type { Decode } from '../bytes';
import { decodeRecord, type EditRecord, encodeRecord } from './edit-record';
import { MOST_RECORDS, recordKey } from './recorded-lines';

/**
 * Each edit once, none of a file from before it was made anew, and for each file the last ones only.
 *
 * @param files of the log, the oldest first.
 */
export function compactRecords(files: readonly Uint8Array[], decode: Decode): string[] {
  const byPath = new Map<string, Map<string, EditRecord>>();
  for (const file of files) {
    for (const line of decode(file).split('\n')) {
      const record = decodeRecord(line);
      if (record) keep(byPath, record);
    }
  }
  return [...byPath.values()]
    .flatMap((records) => [...records.values()].slice(-MOST_RECORDS))
    .sort((a, b) => a.time - b.time)
    .map(encodeRecord);
}

function keep(byPath: Map<string, Map<string, EditRecord>>, record: EditRecord): void {
  const key = recordKey(record);
  const known = byPath.get(record.path);
  // A long edit is several records: those of the same text belong together.
  const last = known && [...known.values()].at(-1);
  const isAnew = record.isNewFile && !(last?.isNewFile && last.text === record.text);
  if (!known || isAnew) byPath.set(record.path, new Map([[key, record]]));
  else if (!known.has(key)) known.set(key, record);
}
