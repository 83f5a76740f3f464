/** Findings on applications that are vulnerable on purpose, compared with the flaws that they document themselves. */
import { percentage, type ReportedFinding, recommendedOf, tableText } from './scan-report';

/** `test/corpora/apps.json`. */
export interface ApplicationKey {
  readonly applications: readonly Application[];
}

export interface Application {
  readonly name: string;
  /** The public address of its git repository. */
  readonly repository: string;
  /** The commit that the lines of the key belong to. */
  readonly commit: string;
  readonly flaws: readonly Flaw[];
}

export interface Flaw {
  /** What is wrong, in words. */
  readonly flaw: string;
  /** Those that a finding of it may have. */
  readonly cwe: readonly string[];
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** Where the flaw is more than one line. */
  readonly lastLine?: number;
  /** Nobody can see it in the code who does not know what the application is meant to do. */
  readonly isOfMeaning?: true;
  /** Where the application says so itself. */
  readonly source: string;
}

/** A flaw, with the surest finding of it. */
export interface Judged {
  readonly flaw: Flaw;
  readonly finding: ReportedFinding | undefined;
}

export interface JudgedApplication {
  readonly application: Application;
  readonly flaws: readonly Judged[];
  /** Of the profile `strict`, whether documented or not. */
  readonly findings: readonly ReportedFinding[];
}

/** How far from the documented lines a finding may begin: comments and the like move. */
const TOLERANCE = 1;

export function judge(application: Application, findings: readonly ReportedFinding[]): JudgedApplication {
  const surest = [...recommendedOf(findings), ...findings];
  const flaws = application.flaws.map((flaw) => ({
    flaw,
    finding: surest.find((finding) => isOf(finding, flaw)),
  }));
  return { application, flaws, findings };
}

function isOf(finding: ReportedFinding, flaw: Flaw): boolean {
  return (
    finding.file === flaw.file &&
    finding.line <= (flaw.lastLine ?? flaw.line) + TOLERANCE &&
    finding.endLine >= flaw.line - TOLERANCE &&
    finding.cwe.some((cwe) => flaw.cwe.includes(cwe))
  );
}

export interface Found {
  readonly recommended: number;
  readonly strict: number;
}

/** How many of the documented flaws were found. */
export function foundOf(applications: readonly JudgedApplication[]): Found {
  const findings = applications.flatMap(({ flaws }) => flaws.flatMap(({ finding }) => finding ?? []));
  return { recommended: recommendedOf(findings).length, strict: findings.length };
}

/** The tables of applications and of their flaws, for the document. */
export function applicationTables(applications: readonly JudgedApplication[]): string {
  const rows = [...applications.map((one) => row(one.application.name, [one])), row('all', applications)];
  const head = ['application', 'flaws', 'found by recommended', 'found by strict', 'findings of both'];
  return [tableText(head, rows), ...applications.map(flawTable)].join('\n\n');
}

function row(what: string, applications: readonly JudgedApplication[]): (string | number)[] {
  const flaws = applications.flatMap((one) => one.flaws);
  const { recommended, strict } = foundOf(applications);
  const findings = applications.flatMap((one) => one.findings);
  return [
    what,
    flaws.length,
    `${recommended} (${percentage(recommended, flaws.length)})`,
    `${strict} (${percentage(strict, flaws.length)})`,
    `${recommendedOf(findings).length} and ${findings.length}`,
  ];
}

function flawTable({ application, flaws }: JudgedApplication): string {
  const rows = flaws.map(({ flaw, finding }) => [
    flaw.flaw + (flaw.isOfMeaning ? ' (needs the meaning)' : ''),
    flaw.cwe[0] ?? '',
    `\`${flaw.file}:${flaw.line}\``,
    flaw.source,
    finding ? `\`${finding.ruleId}\`, ${finding.confidence}` : 'missed',
  ]);
  const title = `### ${application.name}\n\n[${application.repository.replace(/\.git$/, '')}](${application.repository.replace(/\.git$/, '')}) at \`${application.commit.slice(0, 12)}\`.`;
  return `${title}\n\n${tableText(['flaw', 'CWE', 'place', 'documented in', 'found by'], rows)}`;
}
