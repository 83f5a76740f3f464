/** What a part of the benchmark found, as a table: on the screen, and between markers in the documentation. */

/** One thing that was measured. */
export interface Row {
  readonly what: string;
  readonly measured: number;
  readonly unit: 'ms' | 's' | '×' | 'MB' | 'items' | 'kB';
  /** The most, or the least, that is allowed; without either the row only informs. */
  readonly most?: number;
  readonly least?: number;
  /** What the number was made from. */
  readonly detail?: string;
}

export type Verdict = 'met' | 'missed' | '';

export function verdictOf({ measured, most, least }: Row): Verdict {
  if (most === undefined && least === undefined) return '';
  return measured <= (most ?? measured) && measured >= (least ?? measured) ? 'met' : 'missed';
}

/** A Markdown table. */
export function tableOf(rows: readonly Row[]): string {
  const lines = rows.map((row) => {
    const { what, measured, unit, most, least, detail = '' } = row;
    const limit = most !== undefined ? `≤ ${most}` : least !== undefined ? `≥ ${least}` : '';
    const budget = limit && `${limit} ${unit}`;
    return `| ${what} | ${readable(measured)} ${unit} | ${budget} | ${verdictOf(row)} | ${detail} |`;
  });
  return [
    '| what | measured | budget | verdict | detail |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
  ].join('\n');
}

/** Three digits, for people. */
export function readable(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return Number.isInteger(value) ? String(value) : value.toFixed(digits);
}

/**
 * A text with another content between `<!-- name -->` and `<!-- /name -->`.
 *
 * @throws when the markers are not there.
 */
export function withSection(text: string, name: string, content: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`There is no ${begin} … ${end} to write into.`);
  return `${text.slice(0, from + begin.length)}\n\n${content}\n\n${text.slice(to)}`;
}
