/** Findings on well-kept packages, compared with those that `docs/precision.md` lists with a verdict. */
import { type ReportedFinding, recommendedOf, tableText } from './scan-report';

export interface ScannedPackage {
  readonly name: string;
  readonly version: string;
  /** Lines of JavaScript and TypeScript without declarations. */
  readonly lines: number;
  /** Of the profile `strict`. */
  readonly findings: readonly ReportedFinding[];
}

/** A finding that a person has read. */
export interface ListedFinding {
  readonly ruleId: string;
  readonly packageName: string;
  /** `file:line` */
  readonly place: string;
}

/** In how many lines one finding of `recommended` is allowed. */
export const LINES_PER_FINDING = 5000;
/** How many findings of `strict` stay below the bar in 1,000 lines. */
export const STRICT_PER_THOUSAND = 2;

/** What the rows of the list may say of a finding. */
const VERDICTS = ['right', 'right and harmless', 'debatable', 'wrong'];

/**
 * Reads the list out of the document: rows `| rule | package | places | verdict | why |` below the heading
 * "Each finding, with a verdict", rule and places in back-ticks, one or several places in a row.
 *
 * @throws when the heading is not there, or a row is not of that form: a finding must not count as listed by accident.
 */
export function listedFindings(document: string): ListedFinding[] {
  const [, section] = /^## Each finding, with a verdict\n([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(document) ?? [];
  if (section === undefined) throw new Error('There is no heading "## Each finding, with a verdict".');
  const rows = section.split('\n').filter((line) => line.startsWith('| '));
  return rows
    .filter((row) => !/^\| (?:rule|---) \|/.test(row))
    .flatMap((row) => {
      const [, rule, packageName, places, verdict, why] = row.split('|').map((cell) => cell.trim());
      const ruleId = /^`([\w/-]+)`$/.exec(rule ?? '')?.[1];
      const found = [...(places ?? '').matchAll(/`([^`]+:\d+)`/g)].map(([, place]) => place as string);
      if (!ruleId || !packageName || found.length === 0 || !VERDICTS.includes(verdict ?? '') || !why) {
        throw new Error(`This row is not "rule | package | places | verdict | why": ${row}`);
      }
      return found.map((place) => ({ ruleId, packageName, place }));
    });
}

/** What of the findings of `recommended` the list lacks, and what of the list is not found, each as a line to read. */
export function differences(
  packages: readonly ScannedPackage[],
  listed: readonly ListedFinding[],
): { unlisted: string[]; gone: string[] } {
  const text = ({ ruleId, packageName, place }: ListedFinding) => `${ruleId} in ${packageName} ${place}`;
  const found = packages.flatMap(({ name, findings }) =>
    recommendedOf(findings).map(({ ruleId, file, line }) =>
      text({ ruleId, packageName: name, place: `${file}:${line}` }),
    ),
  );
  const expected = listed.map(text);
  const without = (some: readonly string[], others: readonly string[]) => {
    const left = [...others];
    return some.filter((one) => {
      const at = left.indexOf(one);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
  };
  return { unlisted: without(found, expected), gone: without(expected, found) };
}

export interface CleanSummary {
  readonly lines: number;
  readonly recommended: number;
  readonly strict: number;
  readonly isWithinBars: boolean;
}

export function summaryOf(packages: readonly ScannedPackage[]): CleanSummary {
  const sum = (count: (one: ScannedPackage) => number) =>
    packages.reduce((total, one) => total + count(one), 0);
  const lines = sum((one) => one.lines);
  const recommended = sum(({ findings }) => recommendedOf(findings).length);
  const strict = sum(({ findings }) => findings.length);
  const isWithinBars =
    recommended * LINES_PER_FINDING <= lines && strict * 1000 < STRICT_PER_THOUSAND * lines;
  return { lines, recommended, strict, isWithinBars };
}

/** The table of packages, for the document. */
export function cleanTable(packages: readonly ScannedPackage[]): string {
  const number = (value: number) => value.toLocaleString('en');
  const row = (what: string, lines: number, recommended: number, strict: number) => [
    what,
    number(lines),
    recommended,
    strict,
    ((1000 * strict) / lines).toFixed(2),
  ];
  const rows = packages.map(({ name, version, lines, findings }) =>
    row(`${name} ${version}`, lines, recommendedOf(findings).length, findings.length),
  );
  const { lines, recommended, strict } = summaryOf(packages);
  return tableText(
    ['package', 'lines', 'recommended', 'strict', 'strict in 1,000 lines'],
    [...rows, row('all', lines, recommended, strict)],
  );
}
