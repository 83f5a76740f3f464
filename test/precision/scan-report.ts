/** What `countersign scan --format json` tells, as far as the corpora need it. */
import type { FixSafety } from '../../server/src/analysis/fix';

export interface ReportedFinding {
  readonly ruleId: string;
  /** Below the scanned folder, with `/`. */
  readonly file: string;
  /** 1-based; `endLine` is that of the last character. */
  readonly line: number;
  readonly endLine: number;
  readonly confidence: 'high' | 'medium' | 'low';
  readonly cwe: readonly string[];
}

export interface ScanReport {
  readonly findings: readonly ReportedFinding[];
  readonly degraded: readonly { readonly file: string; readonly cause: string }[];
}

/** Of what `strict` shows, that which `recommended` shows: `select` of `server/src/analysis/selection.ts`. */
export function recommendedOf(findings: readonly ReportedFinding[]): ReportedFinding[] {
  return findings.filter(({ confidence }) => confidence === 'high');
}

export const FIX_KINDS: readonly FixSafety[] = ['safe', 'unsafe', 'choice'];

/** A share as people read it. */
export function percentage(part: number, whole: number): string {
  return whole === 0 ? 'none' : `${Math.round((100 * part) / whole)} %`;
}

/** Rows of a Markdown table below its head. */
export function tableText(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
