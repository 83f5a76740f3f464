/** `--format pretty`: for people, grouped by file. */
import type { Severity } from '../../analysis/finding';
import type { Fix, FixSafety } from '../../analysis/fix';
import { codeFrame } from './code-frame';
import { type Colours, coloursFor } from './colours';
import {
  type Degraded,
  type ReportedFile,
  type ReportedFinding,
  type Reporter,
  regionOf,
  type ScanSummary,
} from './report';
import { harmless, harmlessPath } from './safe-text';

/** So many of what was not checked are listed. */
const MOST_DEGRADED = 20;

const SAFETIES: Readonly<Record<FixSafety, string>> = {
  safe: '--fix',
  unsafe: '--fix-unsafe',
  choice: 'in the editor',
};

export function prettyReporter(isColoured: boolean): Reporter {
  const colours = coloursFor(isColoured);
  return {
    begin: () => '',
    file: (file) => {
      if (file.shown.length === 0) return '';
      const findings = file.shown.map((shown) => findingText(file, shown, colours));
      return `${colours.bold(harmlessPath(file.path))}\n${findings.join('\n')}\n`;
    },
    end: (summary) => endText(summary, colours),
  };
}

function findingText(file: ReportedFile, { finding, fixes }: ReportedFinding, colours: Colours): string {
  const { ruleId, severity, cwe, message, related } = finding;
  const { line, column } = regionOf(file.text, finding);
  const paint = colours.severity[severity];
  const classes = cwe.length > 0 ? colours.dim(` ${cwe.join(' ')}`) : '';
  const lines = [
    `  ${colours.bold(`${line}:${column}`)}  ${paint(severity)}  ${ruleId}${classes}`,
    `    ${harmless(message)}`,
    ...frameLines(file, finding, paint, colours),
    ...related.map((place) => {
      const at = regionOf(file.text, place);
      return colours.dim(`    ${at.line}:${at.column}  ${harmless(place.message)}`);
    }),
    ...fixes.map((fix) => colours.green(`    fix: ${fixText(fix)}`)),
  ];
  return `${lines.join('\n')}\n`;
}

function frameLines(
  file: ReportedFile,
  finding: ReportedFinding['finding'],
  paint: (text: string) => string,
  { dim }: Colours,
): string[] {
  const { line, before, marked, after, offset, width } = codeFrame(file.text, file.secrets, finding);
  const number = String(line);
  return [
    `    ${dim(`${number} │`)} ${before}${marked}${after}`,
    `    ${dim(`${' '.repeat(number.length)} │`)} ${' '.repeat(offset)}${paint('^'.repeat(width))}`,
  ];
}

function fixText({ title, safety }: Fix): string {
  return `${harmless(title)} (${SAFETIES[safety]})`;
}

function endText(summary: ScanSummary, colours: Colours): string {
  const paragraphs = [
    degradedText(summary.degraded, colours),
    summaryText(summary, colours),
    summary.filesWithFindings > 0 ? colours.dim('`countersign rules <rule>` explains a rule.') : '',
  ];
  return `${paragraphs.filter((text) => text !== '').join('\n')}\n`;
}

function degradedText(degraded: readonly Degraded[], { bold, dim }: Colours): string {
  if (degraded.length === 0) return '';
  const lines = degraded
    .slice(0, MOST_DEGRADED)
    .map(({ file, cause }) => `  ${harmlessPath(file)}: ${dim(harmless(cause))}`);
  const rest = degraded.length - MOST_DEGRADED;
  if (rest > 0) lines.push(dim(`  and ${rest} more; \`--format json\` lists them all.`));
  return `${bold('Not checked, or not wholly:')}\n${lines.join('\n')}\n`;
}

/** The last lines, which also say what became of a scan whose report goes to a file. */
export function summaryText(summary: ScanSummary, colours: Colours = coloursFor(false)): string {
  const { files, filesWithFindings, counts, suppressed, ignored, fixes, ai, since, baseline, recorded } =
    summary;
  const severities: Severity[] = ['error', 'warning', 'info', 'hint'];
  const found = severities.flatMap((severity) =>
    counts[severity] > 0 ? [colours.severity[severity](counted(counts[severity], severity))] : [],
  );
  const lines = [
    ...(fixes.done
      ? [`Fixed ${counted(fixes.done.findings, 'finding')} in ${counted(fixes.done.files, 'file')}.`]
      : []),
    found.length > 0
      ? `${found.join(', ')} in ${filesWithFindings} of ${counted(files, 'file')}.`
      : colours.green(`No findings in ${counted(files, 'file')}.`),
  ];
  if (since !== undefined) lines.push(`Only what is changed since ${since.slice(0, 10)} was looked at.`);
  if (baseline) lines.push(...baselineLines(baseline));
  if (recorded) {
    const kept = recorded.length > 0 ? ' in `.countersign/resolved`; commit that' : '';
    lines.push(`Recorded ${counted(recorded.length, 'finding')} as fixed${kept}.`);
  }
  if (suppressed > 0) lines.push(`${counted(suppressed, 'finding')} suppressed.`);
  if (ai.reason !== undefined) lines.push(`The AI switch is off: ${ai.reason}`);
  const { byGit, byConfiguration } = ignored;
  if (byConfiguration > 0) {
    lines.push(`${counted(byConfiguration, 'file')} left out by \`ignore\` in the configuration.`);
  }
  const leftToGit = [
    ...(byGit.files > 0 ? [counted(byGit.files, 'file')] : []),
    ...(byGit.folders > 0 ? [counted(byGit.folders, 'folder')] : []),
  ];
  if (leftToGit.length > 0) {
    lines.push(
      `${leftToGit.join(' and ')} left out by \`.gitignore\`; name a path to check it all the same.`,
    );
  }
  const fixable = [
    ...(fixes.safe > 0 ? [`${fixes.safe} can be fixed by \`--fix\``] : []),
    ...(fixes.unsafe > 0 ? [`${fixes.unsafe} by \`--fix-unsafe\`, where behaviour may change`] : []),
  ];
  if (fixable.length > 0) lines.push(`${fixable.join(', ')}.`);
  return lines.join('\n');
}

function baselineLines({ file, known, gone, added }: NonNullable<ScanSummary['baseline']>): string[] {
  const name = harmlessPath(file);
  if (added !== undefined)
    return [`The baseline ${name} has ${counted(known, 'finding')}: ${added} new, ${gone} gone.`];
  return [
    ...(known > 0 ? [`${counted(known, 'finding')} left out by the baseline ${name}.`] : []),
    ...(gone > 0
      ? [
          `${counted(gone, 'finding')} of the baseline ${gone === 1 ? 'is' : 'are'} gone; \`--update-baseline\` takes ${gone === 1 ? 'it' : 'them'} out.`,
        ]
      : []),
  ];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 || noun === 'info' ? '' : 's'}`;
}
