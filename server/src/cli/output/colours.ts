import type { Severity } from '../../analysis/finding';

type Paint = (text: string) => string;

export interface Colours {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly green: Paint;
  readonly severity: Readonly<Record<Severity, Paint>>;
}

export function coloursFor(isColoured: boolean): Colours {
  const paint =
    (open: number, close: number): Paint =>
    (text) =>
      isColoured && text !== '' ? `\u001B[${open}m${text}\u001B[${close}m` : text;
  return {
    bold: paint(1, 22),
    dim: paint(2, 22),
    green: paint(32, 39),
    severity: { error: paint(31, 39), warning: paint(33, 39), info: paint(36, 39), hint: paint(35, 39) },
  };
}
