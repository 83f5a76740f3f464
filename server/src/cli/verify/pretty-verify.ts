/** The report of `countersign verify` for people. */
import type { VerifyFinding, VerifyReport } from '../../reviews/verify-report';
import { VERIFY_RULES } from '../../reviews/verify-rules';
import { type Colours, coloursFor } from '../output/colours';
import { harmless, harmlessPath } from '../output/safe-text';

const SHORT_ID = 10;

export function prettyVerify(report: VerifyReport, isColoured: boolean): string {
  const colours = coloursFor(isColoured);
  const { findings, degraded } = report;
  const rows = findings.map((finding) => `${row(finding, colours)}\n`);
  const unknown = degraded.map(
    ({ file, cause }) => `Not known of ${harmlessPath(file)}: ${harmless(cause)}\n`,
  );
  return [...rows, ...unknown, `${summary(report, colours)}\n`].join('');
}

function row({ kind, file, line, endLine, message }: VerifyFinding, colours: Colours): string {
  const { id, severity } = VERIFY_RULES[kind];
  const lines =
    line === undefined ? '' : endLine === undefined || endLine === line ? `:${line}` : `:${line}-${endLine}`;
  const place = colours.bold(`${harmlessPath(file)}${lines}`);
  return `${place}  ${colours.severity[severity](severity)}  ${harmless(message)}  ${colours.dim(id)}`;
}

function summary(report: VerifyReport, colours: Colours): string {
  const { base, head, all, commits, files, lines, findings } = report;
  const isMissing = findings.some(({ kind }) => VERIFY_RULES[kind].severity === 'error');
  const range = `${all ? '' : `${base.slice(0, SHORT_ID)}..`}${head.slice(0, SHORT_ID)}`;
  const size = `${counted(commits, 'commit')}, ${counted(files, all ? 'file' : 'changed file')}`;
  const paint = isMissing ? colours.severity.error : colours.green;
  return `${paint(`${resultOf(lines)}.`)} ${colours.dim(`${range}: ${size}.`)}`;
}

function resultOf({ reviewed, unproven, unreviewed }: VerifyReport['lines']): string {
  const all = reviewed + unreviewed;
  if (all === 0) return 'No AI lines by evidence';
  const result = `${counted(all, 'AI line')}, ${unreviewed === 0 ? 'all reviewed' : `${unreviewed} not reviewed`}`;
  if (unproven === 0) return result;
  const which = unproven === reviewed ? (unreviewed === 0 ? '' : 'the others ') : `${unproven} `;
  return `${result}; ${which}recorded, not proven`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
