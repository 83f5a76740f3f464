/** Puts a record into a work tree, signed where the person has a key. */
import { fileURLToPath } from 'node:url';
import { addFile } from '../host/add-file';
import { sha256 } from '../host/digest';
import type { Signing, SigningKey } from '../host/signing';
import type { Repository } from '../origin/repository/repository';
import type { ReviewRecord } from '../signoffs/record';
import { recordFile, signedText } from '../signoffs/record-file';

export type AddedRecord =
  /** `path` is from the root of the repository. */
  | { readonly path: string; readonly isSigned: boolean }
  /** `refusal` may follow a colon. */
  | { readonly refusal: string; readonly isOfSignature: boolean };

/**
 * Nothing is written where the signature fails: whoever wants none says so by giving no key. Called only because a
 * person asked for it. Never rejects.
 */
export async function addRecord(
  repository: Repository,
  record: ReviewRecord,
  { signing, key }: { readonly signing: Signing; readonly key: SigningKey | undefined },
  signal?: AbortSignal,
): Promise<AddedRecord> {
  try {
    // Before anybody is asked for a passphrase.
    recordFile(record, sha256);
    let whole = record;
    if (key !== undefined) {
      const result = await signing.sign(signedText(record), key, record.reviewer.email, signal);
      if (result.kind === 'failed') return { refusal: result.reason, isOfSignature: true };
      whole = { ...record, signature: result.signature };
    }
    const { path, text } = recordFile(whole, sha256);
    const refusal = addFile(fileURLToPath(repository.root), path, text);
    return refusal === undefined ? { path, isSigned: key !== undefined } : { refusal, isOfSignature: false };
  } catch (error) {
    return { refusal: error instanceof Error ? error.message : String(error), isOfSignature: false };
  }
}
