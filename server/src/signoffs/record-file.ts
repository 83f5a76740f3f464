/**
 * Records as files: JSON for people to read, named by the digest of what it says. One file each, so that branches
 * merge without a conflict. The name shows damage, not forgery: whoever forges a record can name it, too.
 */
import { canonicalJson } from './canonical-json';
import { checkedRecord } from './checked-record';
import {
  type NamedRecord,
  OVERRIDE_FOLDER,
  RECORD_VERSION,
  type ReviewRecord,
  SIGN_OFF_FOLDER,
} from './record';
import type { Digest } from './region-text';

/** Bytes; one with a long signature has a tenth of it. */
export const LONGEST_RECORD = 64_000;

export interface RecordFile {
  /** From the root of the repository, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** What is read from a file: the record, or why it is none, in words that may follow a colon. */
export type ReadRecord = NamedRecord | { readonly reason: string };

/** What a signature is made over. @throws where the record has no canonical form. */
export function signedText({ signature: _, ...rest }: ReviewRecord): string {
  return formOf(rest);
}

/** @throws where the record is not one that would be read again: too long, or with a path that leads elsewhere. */
export function recordFile(record: ReviewRecord, digest: Digest): RecordFile & { readonly id: string } {
  const bare = JSON.parse(JSON.stringify(record));
  const checked = checkedRecord(bare);
  if ('reason' in checked) throw new Error(`This is no record: ${checked.reason}`);
  const id = digest(formOf(bare));
  const text = `${JSON.stringify(bare, undefined, 2)}\n`;
  if (text.length > LONGEST_RECORD / 4) throw new Error('This is no record: it is too long');
  return { id, path: recordPath(record.kind, id), text };
}

export function recordPath(kind: ReviewRecord['kind'], id: string): string {
  const folder = kind === 'sign-off' ? SIGN_OFF_FOLDER : OVERRIDE_FOLDER;
  return `${folder}/${id.slice(0, 2)}/${id}.json`;
}

/** @param path from the root of the repository. @param text undefined where it was too long to be read. */
export function readRecord(path: string, text: string | undefined, digest: Digest): ReadRecord {
  const [, folder, start = '', id = ''] =
    /^(.*)\/([0-9a-f]{2})\/([0-9a-f]{64})\.json$/.exec(path) ?? ([] as readonly string[]);
  if (!id.startsWith(start) || (folder !== SIGN_OFF_FOLDER && folder !== OVERRIDE_FOLDER)) {
    return { reason: 'its name is not one that a record has' };
  }
  if (text === undefined || text.length > LONGEST_RECORD) return { reason: 'it is too long' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { reason: 'it is no JSON' };
  }
  const form = canonicalJson(value);
  if (form === undefined || digest(form) !== id) {
    return { reason: 'its name is not the hash of what it says, so it was changed or damaged' };
  }
  const version =
    typeof value === 'object' && value !== null && 'version' in value ? value.version : undefined;
  if (version !== RECORD_VERSION) {
    return { reason: 'it is of a version that this Countersign does not know' };
  }
  const checked = checkedRecord(value);
  if ('reason' in checked) return checked;
  if (recordPath(checked.record.kind, id) !== path) return { reason: 'it lies in the wrong folder' };
  return { id, record: checked.record };
}

function formOf(value: unknown): string {
  const form = canonicalJson(JSON.parse(JSON.stringify(value)));
  if (form === undefined) throw new Error('This is no record: it has no canonical form');
  return form;
}
