/** Which rules offer a fix on the flagged examples of their own pages, and of which kind the fixes are. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FixSafety } from '../../server/src/analysis/fix';
import { checkFix } from '../../server/src/analysis/fix-check';
import { RULES } from '../../server/src/rules/index';
import { analyseFile, testParsers } from '../engine';
import { readPage } from '../pages/page';
import { unveiledText } from '../pages/veiled';
import { FIX_KINDS, percentage, tableText } from './scan-report';

/** Which share of the rules at least offers a fix, and a safe one. */
const LEAST_FIXED = 0.6;
const LEAST_SAFE = 0.25;

export interface FixesOnPage {
  readonly ruleId: string;
  /** What the rule says of itself. */
  readonly isFixable: boolean;
  /** Findings on flagged examples. */
  readonly findings: number;
  /** For how many of them a fix of the kind is offered. */
  readonly offered: Readonly<Record<FixSafety, number>>;
}

/** Only fixes that pass the check count: the others are not offered. */
export async function fixesOnPages(root: string): Promise<FixesOnPage[]> {
  const parserOf = await testParsers();
  return RULES.map((rule) => {
    const path = `server/src/rules/${rule.id}.md`;
    const examples = readPage(path, readFileSync(join(root, path), 'utf8')).examples;
    const files = examples.flatMap((example) => (example.kind === 'flagged' ? example.files : []));
    const kinds = files.flatMap((file) => {
      const analyse = (text: string) => analyseFile(file.name, text, [rule], parserOf);
      const checked = analyse(unveiledText(file));
      return checked.findings.map((finding) => {
        const good = finding.fixes().filter((fix) => !checkFix(checked, finding, fix, analyse));
        return new Set(good.map(({ safety }) => safety));
      });
    });
    const [safe, unsafe, choice] = FIX_KINDS.map((kind) => kinds.filter((some) => some.has(kind)).length);
    const offered = { safe, unsafe, choice } as Record<FixSafety, number>;
    return { ruleId: rule.id, isFixable: rule.fixable, findings: kinds.length, offered };
  });
}

export interface FixShares {
  readonly rules: number;
  readonly fixed: number;
  readonly safe: number;
  readonly isWithinBars: boolean;
}

export function sharesOf(rules: readonly FixesOnPage[]): FixShares {
  const count = (has: (rule: FixesOnPage) => boolean) => rules.filter(has).length;
  const fixed = count(({ offered }) => FIX_KINDS.some((kind) => offered[kind] > 0));
  const safe = count(({ offered }) => offered.safe > 0);
  const isWithinBars = fixed >= LEAST_FIXED * rules.length && safe >= LEAST_SAFE * rules.length;
  return { rules: rules.length, fixed, safe, isWithinBars };
}

/** One line to read. */
export function sharesNote(rules: readonly FixesOnPage[]): string {
  const { fixed, safe } = sharesOf(rules);
  const share = (part: number) => `${part} (${percentage(part, rules.length)})`;
  return `Of ${rules.length} code rules ${share(fixed)} offer a fix, ${share(safe)} a safe one.`;
}

/** The table of rules with a fix, for the document. */
export function fixTable(rules: readonly FixesOnPage[]): string {
  const row = ({ ruleId, findings, offered }: FixesOnPage) => [
    `\`${ruleId}\``,
    findings,
    ...FIX_KINDS.map((kind) => offered[kind] || ''),
  ];
  const withFix = rules.filter(({ offered }) => FIX_KINDS.some((kind) => offered[kind] > 0));
  return tableText(['rule', 'findings', ...FIX_KINDS], withFix.map(row));
}
