/** What a person said of a region of a file, as it lies in `.countersign`. */
import type { OriginState, Source } from '../origin/evidence';

/** The only version that there is. Another one is not read: it may mean something else by the same words. */
export const RECORD_VERSION = 1;

/** Where records lie, from the root of the repository. */
export const SIGN_OFF_FOLDER = '.countersign/signoffs';
export const OVERRIDE_FOLDER = '.countersign/origin';

export interface RecordedRegion {
  /** Line from 1 where it began. Only a hint: the text decides where it is. */
  readonly start: number;
  /** How many lines it has. */
  readonly lines: number;
  /** The first 16 digits of the digest of its first line, normalised, without a line end: where to look for it. */
  readonly first: string;
  /** Digest of its normalised text. */
  readonly hash: string;
}

/** From git's configuration. Whoever writes the file can write any name here; only a signature proves it. */
export interface Reviewer {
  readonly name: string;
  readonly email: string;
}

export interface Signature {
  readonly kind: 'ssh' | 'openpgp';
  /** In armour. */
  readonly text: string;
}

/** What was known of who wrote the region when it was reviewed. */
export interface OriginSummary {
  readonly state: OriginState;
  readonly source?: Source | undefined;
  readonly tool?: string | undefined;
  readonly model?: string | undefined;
  /** How many lines of the region. */
  readonly lines: number;
}

interface RecordBase {
  readonly version: typeof RECORD_VERSION;
  /** From the root of the repository, with slashes. */
  readonly path: string;
  readonly region: RecordedRegion;
  readonly reviewer: Reviewer;
  /** As `Date.toISOString` writes it. */
  readonly time: string;
  /** Over the canonical JSON of the rest. */
  readonly signature?: Signature | undefined;
}

/** A person has reviewed the region. */
export interface SignOff extends RecordBase {
  readonly kind: 'sign-off';
  readonly origin: readonly OriginSummary[];
  /** Version of the Countersign whose rules had checked it. */
  readonly rules: string;
  readonly note?: string | undefined;
  /** To where it was discussed. */
  readonly link?: string | undefined;
}

/** A person says who wrote the region. */
export interface Override extends RecordBase {
  readonly kind: 'override';
  readonly claim: 'ai' | 'human';
  readonly reason: string;
}

export type ReviewRecord = SignOff | Override;

/** A record with its name: the digest of its canonical JSON. */
export interface NamedRecord<R extends ReviewRecord = ReviewRecord> {
  readonly id: string;
  readonly record: R;
}

export function isSignOff(named: NamedRecord): named is NamedRecord<SignOff> {
  return named.record.kind === 'sign-off';
}

export function isOverride(named: NamedRecord): named is NamedRecord<Override> {
  return named.record.kind === 'override';
}
