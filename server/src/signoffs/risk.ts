/** Which regions a person should look at first. */

/** What security depends on in a region. */
export interface Touch {
  /** `sink`: what does harm with a wrong value. `guard`: what keeps somebody or something out. */
  readonly kind: 'sink' | 'guard';
  /** As it is written: `db.query`, `requireAuth`. */
  readonly name: string;
}

export interface Risk {
  readonly level: 'high' | 'medium' | 'low';
  /** Names, each once, sinks first. */
  readonly touches: readonly string[];
  /** Lines that are not blank. */
  readonly lines: number;
}

const MOST_TOUCHES = 8;
const LEVELS: readonly Risk['level'][] = ['high', 'medium', 'low'];

/**
 * `high`: it has open findings, or touches a sink; `medium`: it touches a guard.
 *
 * @param open how many findings at warning or above are open in it.
 */
export function riskOf({
  open,
  touches,
  lines,
}: {
  readonly open: number;
  readonly touches: readonly Touch[];
  readonly lines: number;
}): Risk {
  const namesOf = (kind: Touch['kind']) =>
    touches.filter((each) => each.kind === kind).map(({ name }) => name);
  const [sinks, guards] = [namesOf('sink'), namesOf('guard')];
  const level = open > 0 || sinks.length > 0 ? 'high' : guards.length > 0 ? 'medium' : 'low';
  return { level, touches: [...new Set([...sinks, ...guards])].slice(0, MOST_TOUCHES), lines };
}

interface Ranked {
  readonly uri: string;
  readonly start: number;
  readonly risk: Risk;
  readonly open: readonly unknown[];
}

/** By level, then by how many findings are open, then by size; equal ones by their place. */
export function byRisk(a: Ranked, b: Ranked): number {
  return (
    LEVELS.indexOf(a.risk.level) - LEVELS.indexOf(b.risk.level) ||
    b.open.length - a.open.length ||
    b.risk.lines - a.risk.lines ||
    (a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : a.start - b.start)
  );
}
