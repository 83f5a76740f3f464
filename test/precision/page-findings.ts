/** How sure the rules are on the flagged examples of their own pages: what `recommended` shows there of `strict`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULES } from '../../server/src/rules/index';
import { analyseFile, testParsers } from '../engine';
import { readPage } from '../pages/page';
import { unveiledText } from '../pages/veiled';
import { percentage, tableText } from './scan-report';

export interface RuleOnPage {
  readonly ruleId: string;
  /** Findings of high confidence. */
  readonly recommended: number;
  /** Those of high and medium confidence. */
  readonly strict: number;
}

export async function pageFindings(root: string): Promise<RuleOnPage[]> {
  const parserOf = await testParsers();
  return RULES.map((rule) => {
    const path = `server/src/rules/${rule.id}.md`;
    const examples = readPage(path, readFileSync(join(root, path), 'utf8')).examples;
    const files = examples.flatMap((example) => (example.kind === 'flagged' ? example.files : []));
    const sure = files
      .flatMap((file) => analyseFile(file.name, unveiledText(file), [rule], parserOf).findings)
      .map(({ confidence }) => confidence);
    const recommended = sure.filter((confidence) => confidence === 'high').length;
    return {
      ruleId: rule.id,
      recommended,
      strict: recommended + sure.filter((confidence) => confidence === 'medium').length,
    };
  });
}

export function foundOnPages(rules: readonly RuleOnPage[]): { recommended: number; strict: number } {
  return {
    recommended: rules.reduce((sum, { recommended }) => sum + recommended, 0),
    strict: rules.reduce((sum, { strict }) => sum + strict, 0),
  };
}

/** The table of rules of which `recommended` shows less than all, and the sum of all rules, for the document. */
export function pageTable(rules: readonly RuleOnPage[]): string {
  const row = (what: string, recommended: number, strict: number) => [
    what,
    recommended,
    strict,
    percentage(recommended, strict),
  ];
  const partial = rules.filter(({ recommended, strict }) => recommended < strict);
  const { recommended, strict } = foundOnPages(rules);
  return tableText(
    ['rule', 'recommended', 'strict', 'share'],
    [
      ...partial.map((one) => row(`\`${one.ruleId}\``, one.recommended, one.strict)),
      row(
        `the other ${rules.length - partial.length}`,
        ...((['recommended', 'strict'] as const).map((profile) =>
          rules.filter((one) => !partial.includes(one)).reduce((sum, one) => sum + one[profile], 0),
        ) as [number, number]),
      ),
      row('all', recommended, strict),
    ],
  );
}
