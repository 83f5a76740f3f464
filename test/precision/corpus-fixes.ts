/** Applies the fixes of findings on code that nobody wrote for the rules, and says which come to nothing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Parser } from '../../grammars/parser';
import type { Finding } from '../../server/src/analysis/finding';
import { applyEdits, type Fix, type FixSafety } from '../../server/src/analysis/fix';
import { type CheckedText, checkFix, type Recheck } from '../../server/src/analysis/fix-check';
import { RULES } from '../../server/src/rules/index';
import { combinedFixes } from '../../server/src/session/combined-fixes';
import { analyseFile } from '../engine';
import { readPage } from '../pages/page';
import { unveiledText } from '../pages/veiled';
import { FIX_KINDS, percentage, tableText } from './scan-report';

export interface CodeFile {
  /** With `/`, as it is shown. */
  readonly path: string;
  readonly text: string;
}

export interface TriedFixes {
  /** Findings of `strict`. */
  readonly findings: number;
  /** For how many of them a fix is offered, by its kind. */
  readonly offered: Readonly<Record<FixSafety, number>>;
  /** Fixes that a rule proposes and that are not offered, by why. */
  readonly refused: readonly { readonly ruleId: string; readonly why: string; readonly place: string }[];
  /** What must not be: to be printed. */
  readonly failures: readonly string[];
}

/** The files of a scan in which something was found. */
export function filesWithFindings(
  folder: string,
  findings: readonly { readonly file: string }[],
): CodeFile[] {
  const paths = [...new Set(findings.map(({ file }) => file))].sort();
  return paths.map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
}

/** The flagged examples of the rules' pages, which are looked at by all rules here. */
export function filesOfPages(root: string): CodeFile[] {
  return RULES.flatMap(({ id }) => {
    const path = `server/src/rules/${id}.md`;
    const { examples } = readPage(path, readFileSync(join(root, path), 'utf8'));
    const files = examples.flatMap((example) => (example.kind === 'flagged' ? example.files : []));
    return files.map((file) => ({ path: file.name, text: unveiledText(file) }));
  });
}

export function triedFixes(files: readonly CodeFile[], parserOf: (path: string) => Parser): TriedFixes {
  const tried = files.map((file) => triedIn(file, parserOf));
  const count = (kind: FixSafety) => tried.reduce((sum, { offered }) => sum + offered[kind], 0);
  return {
    findings: tried.reduce((sum, { findings }) => sum + findings, 0),
    offered: { safe: count('safe'), unsafe: count('unsafe'), choice: count('choice') },
    refused: tried.flatMap(({ refused }) => refused),
    failures: tried.flatMap(({ failures }) => failures),
  };
}

function triedIn({ path, text }: CodeFile, parserOf: (path: string) => Parser): TriedFixes {
  const recheck = (changed: string) => analyseFile(path, changed, RULES, parserOf);
  const checked = recheck(text);
  const findings = checked.findings.filter(({ confidence }) => confidence !== 'low');
  const kinds: Set<FixSafety>[] = [];
  const refused: { ruleId: string; why: string; place: string }[] = [];
  const safe: { finding: Finding; fix: Fix }[] = [];
  for (const finding of findings) {
    const good = finding.fixes().filter((fix) => {
      const why = checkFix(checked, finding, fix, recheck);
      const line = text.slice(0, finding.start).split('\n').length;
      if (why) refused.push({ ruleId: finding.ruleId, why, place: `${path}:${line}` });
      return !why;
    });
    kinds.push(new Set(good.map(({ safety }) => safety)));
    const fix = good.find(({ safety }) => safety === 'safe');
    if (fix) safe.push({ finding, fix });
  }
  const count = (kind: FixSafety) => kinds.filter((some) => some.has(kind)).length;
  const offered = { safe: count('safe'), unsafe: count('unsafe'), choice: count('choice') };
  return {
    findings: findings.length,
    offered,
    refused,
    failures: failuresOfAll(path, checked, safe, recheck),
  };
}

/** All safe fixes of a file at once, until none is left: they have to come to an end, and to go together. */
function failuresOfAll(
  path: string,
  checked: CheckedText,
  candidates: readonly { readonly finding: Finding; readonly fix: Fix }[],
  recheck: Recheck,
): string[] {
  let present = checked;
  let some = candidates;
  for (let turn = 0; some.length > 0; turn++) {
    const steps = combinedFixes(present, some, recheck);
    let step = steps.next();
    while (!step.done) step = steps.next();
    if (!step.value) return [`None of the safe fixes of ${path} can be applied with the others.`];
    if (turn === MOST_TURNS) return [`The safe fixes of ${path} never come to an end.`];
    present = recheck(applyEdits(present.file.text, step.value.edits));
    some = safeFixes(present, recheck);
  }
  return [];
}

/** Fixes that change the same lines are applied in turns. */
const MOST_TURNS = 5;

function safeFixes(checked: CheckedText, recheck: Recheck): { finding: Finding; fix: Fix }[] {
  const shown = checked.findings.filter(({ confidence }) => confidence !== 'low');
  return shown.flatMap((finding) => {
    const fix = finding
      .fixes()
      .find((one) => one.safety === 'safe' && !checkFix(checked, finding, one, recheck));
    return fix ? [{ finding, fix }] : [];
  });
}

/** The table of what was tried where. */
export function triedTable(all: readonly (readonly [name: string, tried: TriedFixes])[]): string {
  const rows = all.map(([name, { findings, offered, refused }]) => [
    name,
    findings,
    ...FIX_KINDS.map((kind) => `${offered[kind]} (${percentage(offered[kind], findings)})`),
    refused.length,
  ]);
  return tableText(['code', 'findings of strict', ...FIX_KINDS, 'not offered'], rows);
}

/** Which rules propose fixes that are not offered, and why: each is work for nothing. */
export function refusedTable(all: readonly (readonly [name: string, tried: TriedFixes])[]): string {
  const counts = new Map<string, number>();
  for (const { ruleId, why } of all.flatMap(([, { refused }]) => refused)) {
    const key = `\`${ruleId}\` | ${why}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const rows = [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, count]) => [...key.split(' | '), count]);
  return rows.length === 0 ? '' : tableText(['rule', 'why', 'fixes not offered'], rows);
}
