/** Whether a value is a record, part by part. Files in a repository are anybody's. */
import { SOURCES } from '../origin/evidence';
import { cleanText, repositoryPath } from '../origin/stranger-text';
import type { ReviewRecord } from './record';

const LONGEST_LINE = 200;
const LONGEST_NOTE = 2_000;
const LONGEST_SIGNATURE = 10_000;
const MOST_LINES = 1_000_000;
const MOST_SUMMARIES = 20;

type Check = (value: unknown) => boolean;

const isLine = textOf(LONGEST_LINE);
const isNote = textOf(LONGEST_NOTE);
const isEmail: Check = (value) => typeof value === 'string' && /^[^\s<>@]{1,64}@[^\s<>@]{1,190}$/.test(value);
const isLink: Check = (value) => typeof value === 'string' && /^https?:\/\/[\x21-\x7e]{1,500}$/.test(value);
const isCount: Check = (value) =>
  Number.isSafeInteger(value) && Number(value) > 0 && Number(value) <= MOST_LINES;
const isTime: Check = (value) => {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)) return false;
  return !Number.isNaN(Date.parse(value));
};
const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    words.includes(value as string);
const hex =
  (digits: number): Check =>
  (value) =>
    typeof value === 'string' && value.length === digits && /^[0-9a-f]+$/.test(value);

const isRegion = objectOf({ start: isCount, lines: isCount, first: hex(16), hash: hex(64) });
const isSummary = objectOf(
  { state: oneOf('ai', 'ai-commit', 'mixed', 'human', 'unknown'), lines: isCount },
  { source: oneOf(...Object.keys(SOURCES)), tool: isLine, model: isLine },
);
const BASE = {
  version: (value: unknown) => value === 1,
  path: (value: unknown) => repositoryPath(value) !== undefined && !String(value).includes('\\'),
  region: isRegion,
  reviewer: objectOf({ name: isLine, email: isEmail }),
  time: isTime,
};
const SIGNATURE = {
  signature: objectOf({
    kind: oneOf('ssh', 'openpgp'),
    text: (value) =>
      typeof value === 'string' && value.length <= LONGEST_SIGNATURE && /^[\x20-\x7e\n]+$/.test(value),
  }),
};
const isSignOff = objectOf(
  {
    ...BASE,
    kind: oneOf('sign-off'),
    origin: (value) => Array.isArray(value) && value.length <= MOST_SUMMARIES && value.every(isSummary),
    rules: isLine,
  },
  { ...SIGNATURE, note: isNote, link: isLink },
);
const isOverride = objectOf(
  { ...BASE, kind: oneOf('override'), claim: oneOf('ai', 'human'), reason: isNote },
  SIGNATURE,
);

/** @returns the same value, or why it is none, in words that may follow a colon. */
export function checkedRecord(
  value: unknown,
): { readonly record: ReviewRecord } | { readonly reason: string } {
  if (isSignOff(value) || isOverride(value)) return { record: value as ReviewRecord };
  return { reason: 'it does not say what a record has to say' };
}

/** All of the first keys, any of the others, and nothing else. */
function objectOf(
  needed: Readonly<Record<string, Check>>,
  more: Readonly<Record<string, Check>> = {},
): Check {
  const all = new Map(Object.entries({ ...needed, ...more }));
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const entries = Object.entries(value);
    return (
      entries.every(([key, member]) => all.get(key)?.(member) === true) &&
      Object.keys(needed).every((key) => Object.hasOwn(value, key))
    );
  };
}

/** Text that is shown as it is: one line, without what cannot be seen. */
function textOf(longest: number): Check {
  return (value) =>
    typeof value === 'string' &&
    value.length <= longest &&
    cleanText(`x${value}x`, longest + 2) === `x${value}x` &&
    value.trim() !== '';
}
