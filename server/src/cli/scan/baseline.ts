/**
 * Baselines: files that name the findings that are known already. Anybody may have written one, and a wrong file may
 * be named as one, so that nothing is taken for a baseline, or written over, that does not look like one.
 */
import { readFileSync, writeFileSync } from 'node:fs';

import { codeOf, readBytes } from '../../host/read-bytes';
import { replaceFile } from '../../host/replace-file';
import { repositoryPath } from '../../origin/stranger-text';
import { quoted } from '../arguments/parse-arguments';
import { UsageError } from '../command';

/** What names a finding, in whatever version of its file. */
export interface FindingKey {
  readonly ruleId: string;
  readonly fingerprint: string;
}

export interface BaselineEntry extends FindingKey {
  /** From the top of the repository, or from the root of the scan where there is none; with `/`. */
  readonly file: string;
}

export interface BaselineContent {
  /** The version of Countersign that wrote it: others have other rules. */
  readonly tool: string;
  readonly findings: readonly BaselineEntry[];
}

const VERSION = 1;
const MOST_BYTES = 64_000_000;
const MOST_ENTRIES = 500_000;

/**
 * @param path absolute. @param written as the person wrote it.
 * @returns undefined where there is no such file.
 * @throws UsageError where it is no baseline of ours.
 */
export function readBaseline(path: string, written: string): BaselineContent | undefined {
  const file = readBytes(path, MOST_BYTES);
  if (!file) return undefined;
  if ('refusal' in file) throw damaged(written, `it cannot be read (${file.refusal})`);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(file.bytes));
  } catch {
    // What the parser says quotes the file, which may be any file.
    throw damaged(written, 'it is no JSON');
  }
  const { version, tool, findings } = (isObject(value) ? value : {}) as Record<string, unknown>;
  if (Number.isSafeInteger(version) && version !== VERSION && Array.isArray(findings)) {
    throw new UsageError(
      `The baseline ${quoted(written)} is of version ${version}, and this Countersign knows version ${VERSION} only. Use the Countersign that wrote it, or delete the file and write it anew with \`--update-baseline\`.`,
    );
  }
  if (version !== VERSION || typeof tool !== 'string' || tool.length > 100 || !Array.isArray(findings)) {
    throw damaged(written, 'it does not have what `--update-baseline` writes');
  }
  if (findings.length > MOST_ENTRIES) throw damaged(written, `it has more than ${MOST_ENTRIES} findings`);
  const wrong = findings.findIndex((entry) => !isEntry(entry));
  if (wrong >= 0) throw damaged(written, `its finding ${wrong + 1} is none`);
  return { tool, findings: findings as BaselineEntry[] };
}

/**
 * Written so that the same findings always make the same file, one on a line.
 *
 * @throws UsageError where it cannot be written.
 */
export function writeBaseline(path: string, written: string, { tool, findings }: BaselineContent): void {
  const lines = findings
    .map(({ file, ruleId, fingerprint }) => JSON.stringify({ file, ruleId, fingerprint }))
    .sort();
  const list = lines.length === 0 ? '[]' : `[\n    ${lines.join(',\n    ')}\n  ]`;
  const text = `{\n  "version": ${VERSION},\n  "tool": ${JSON.stringify(tool)},\n  "findings": ${list}\n}\n`;
  try {
    const before = bytesOf(path);
    if (before?.toString('utf8') === text) return;
    if (!before) writeFileSync(path, text, { flag: 'wx' });
    else if (!replaceFile(path, before, Buffer.from(text))) throw new Error('somebody else wrote it');
  } catch (error) {
    throw new UsageError(`The baseline ${quoted(written)} cannot be written: ${codeOf(error)}.`);
  }
}

function bytesOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function damaged(written: string, why: string): UsageError {
  return new UsageError(
    `${quoted(written)} is no baseline that could be used: ${why}. Take the version that was committed, or, if it is meant to be a baseline, delete it and write it anew with \`countersign scan --baseline ${written.replace(/\p{C}/gu, '?')} --update-baseline\`.`,
  );
}

function isEntry(entry: unknown): boolean {
  if (!isObject(entry)) return false;
  const { file, ruleId, fingerprint } = entry as Record<string, unknown>;
  return repositoryPath(file) !== undefined && isRuleId(ruleId) && isFingerprint(fingerprint);
}

function isRuleId(value: unknown): boolean {
  return typeof value === 'string' && /^[a-z][a-z0-9-]{0,60}\/[a-z][a-z0-9-]{0,60}$/.test(value);
}

function isFingerprint(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f]{16}$/.test(value);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
