/**
 * Records of findings that were fixed, as they lie in `.countersign/resolved`: JSON for people to read, named by the
 * digest of what it says. Files in a repository are anybody's, and a name shows damage, not forgery.
 */
import { repositoryPath } from '../origin/stranger-text';
import { canonicalJson } from '../signoffs/canonical-json';
import type { Digest } from '../signoffs/region-text';

/** The only version that there is. */
const VERSION = 1;

/** From the root of the repository. */
export const RESOLVED_FOLDER = '.countersign/resolved';

/** Bytes; a long path has a tenth of it. */
export const LONGEST_RESOLVED = 32_000;

/** By whom it was recorded. */
const WAYS = ['fix', 'command', 'scan'] as const;

export interface ResolvedRecord {
  readonly version: typeof VERSION;
  readonly kind: 'resolved';
  readonly ruleId: string;
  readonly fingerprint: string;
  /** From the root of the repository, with slashes. */
  readonly path: string;
  /** When it was gone, as `Date.toISOString` writes it. */
  readonly time: string;
  /** Full id of the commit that fixed it, where exactly one can have. */
  readonly commit?: string | undefined;
  /** The Countersign that no longer found it: `countersign 1.2.3`. */
  readonly tool: string;
  /** A fix in the editor that was applied and saved, a person, or a scan that compared two versions. */
  readonly by: (typeof WAYS)[number];
}

export interface NamedResolved {
  readonly id: string;
  readonly record: ResolvedRecord;
}

export function newResolved(
  finding: Pick<ResolvedRecord, 'ruleId' | 'fingerprint' | 'path' | 'commit'>,
  how: Pick<ResolvedRecord, 'time' | 'tool' | 'by'>,
): ResolvedRecord {
  const { ruleId, fingerprint, path, commit } = finding;
  return {
    ...{ version: VERSION, kind: 'resolved', ruleId, fingerprint, path },
    ...how,
    ...(commit !== undefined && { commit }),
  };
}

/** @throws where the record is not one that would be read again. */
export function resolvedFile(
  record: ResolvedRecord,
  digest: Digest,
): { readonly path: string; readonly text: string } {
  const bare: unknown = JSON.parse(JSON.stringify(record));
  const form = isResolved(bare) ? canonicalJson(bare) : undefined;
  if (form === undefined) throw new Error('This is no record of a fix');
  return { path: resolvedPath(digest(form)), text: `${JSON.stringify(bare, undefined, 2)}\n` };
}

export function resolvedPath(id: string): string {
  return `${RESOLVED_FOLDER}/${id}.json`;
}

/**
 * @param name of the file in its folder. @param text undefined where it was too long to be read.
 * @returns the record, or why it is none, in words that may follow a colon.
 */
export function readResolved(
  name: string,
  text: string | undefined,
  digest: Digest,
): NamedResolved | { readonly reason: string } {
  const id = /^([0-9a-f]{64})\.json$/.exec(name)?.[1];
  if (id === undefined) return { reason: 'its name is not one that a record has' };
  if (text === undefined || text.length > LONGEST_RESOLVED) return { reason: 'it is too long' };
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
  return isResolved(value) ? { id, record: value } : { reason: 'it does not say what a record has to say' };
}

function isResolved(value: unknown): value is ResolvedRecord {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { commit, ...needed } = value as Record<string, unknown>;
  const entries = Object.entries(needed);
  const isWhole = Object.keys(CHECKS).every((key) => Object.hasOwn(value, key));
  const isCommit = commit === undefined || matches(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/)(commit);
  return (
    isWhole &&
    isCommit &&
    entries.every(([key, member]) => Object.hasOwn(CHECKS, key) && CHECKS[key]?.(member))
  );
}

const CHECKS: Readonly<Record<string, (value: unknown) => boolean>> = {
  version: (value) => value === VERSION,
  kind: (value) => value === 'resolved',
  ruleId: matches(/^[a-z][a-z0-9-]{0,60}\/[a-z][a-z0-9-]{0,60}$/),
  fingerprint: matches(/^[0-9a-f]{16}$/),
  path: (value) => repositoryPath(value) !== undefined && !String(value).includes('\\'),
  time: (value) =>
    matches(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)(value) && !Number.isNaN(Date.parse(String(value))),
  tool: matches(/^countersign [0-9A-Za-z.+-]{1,60}$/),
  by: (value) => WAYS.some((way) => way === value),
};

function matches(pattern: RegExp): (value: unknown) => boolean {
  return (value) => typeof value === 'string' && pattern.test(value);
}
