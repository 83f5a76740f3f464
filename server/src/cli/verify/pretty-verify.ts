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

function summary({ base, head, commits, files, lines, findings }: VerifyReport, colours: Colours): string {
  const { reviewed, unreviewed } = lines;
  const isMissing = findings.some(({ kind }) => VERIFY_RULES[kind].severity === 'error');
  const what = `${reviewed + unreviewed} AI ${reviewed + unreviewed === 1 ? 'line' : 'lines'}`;
  const result =
    reviewed + unreviewed === 0
      ? 'No AI lines by evidence'
      : unreviewed === 0
        ? `${what}, all reviewed`
        : `${what}, ${unreviewed} not reviewed`;
  const range = `${base.slice(0, SHORT_ID)}..${head.slice(0, SHORT_ID)}`;
  const size = `${commits} ${commits === 1 ? 'commit' : 'commits'}, ${files} changed ${files === 1 ? 'file' : 'files'}`;
  const paint = isMissing ? colours.severity.error : colours.green;
  return `${paint(`${result}.`)} ${colours.dim(`${range}: ${size}.`)}`;
}
