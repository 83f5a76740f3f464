/** `--format json`: the form is part of the product, and described in `docs/command-line.md`. */
import {
  type Region,
  type ReportedFile,
  type ReportedFinding,
  type Reporter,
  regionOf,
  reportedRaise,
  reportedReturn,
  type ScanSummary,
} from './report';

export function jsonReporter(root: string): Reporter {
  let isFirst = true;
  return {
    begin: () => `{\n  "version": 1,\n  "root": ${JSON.stringify(root)},\n  "findings": [`,
    file: (file) =>
      file.shown
        .map((shown) => {
          const comma = isFirst ? '' : ',';
          isFirst = false;
          return `${comma}\n    ${JSON.stringify(findingOf(file, shown))}`;
        })
        .join(''),
    end: ({ degraded, ignored, ai, since, baseline, recorded }) => {
      const lines = degraded.map(({ file, cause }) => `\n    ${JSON.stringify({ file, cause })}`);
      const close = (list: boolean) => (list ? '\n  ]' : ']');
      return `${close(!isFirst)},\n  "degraded": [${lines.join(',')}${close(lines.length > 0)},\n  "ignored": ${JSON.stringify(ignored)},\n  "ai": ${JSON.stringify(ai.state)},\n  "aiReason": ${JSON.stringify(ai.reason ?? null)},\n  "since": ${JSON.stringify(since ?? null)},\n  "baseline": ${JSON.stringify(baselineOf(baseline))},\n  "recorded": ${JSON.stringify(recorded ?? null)}\n}\n`;
    },
  };
}

function baselineOf(baseline: ScanSummary['baseline']): object | null {
  if (!baseline) return null;
  const { file, known, gone, added = null } = baseline;
  return { file, known, gone, added };
}

function findingOf({ path, text }: ReportedFile, { finding, fixes }: ReportedFinding): object {
  const { ruleId, severity, confidence, message, cwe, related, fingerprint } = finding;
  return {
    ruleId,
    file: path,
    ...(regionOf(text, finding) satisfies Region),
    severity,
    confidence,
    message,
    cwe,
    origin: null,
    raised: reportedRaise(finding),
    reintroduced: reportedReturn(finding),
    related: related.map((place) => ({
      file: place.path,
      ...regionOf(text, place),
      message: place.message,
    })),
    fixes: fixes.map(({ title, safety }) => ({ title, safety })),
    fingerprint,
  };
}
