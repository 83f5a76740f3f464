// The rows of the view of findings. Pure: findings go in, rows with stable identity come out, so that the
// editor keeps what is expanded and selected, and draws again only what is different.
import { SEVERITY_ORDER, type ShownFinding } from './shown-finding';

export type Grouping = 'rule' | 'file';

export interface FindingRow {
  readonly kind: 'finding';
  /** Stays the same when the document changes elsewhere. */
  readonly id: string;
  readonly finding: ShownFinding;
  readonly group: FindingGroup;
}

/**
 * All findings of a rule, or of a file.
 * **Invariant:** the group of an id stays one object for as long as it is shown; the editor goes by that.
 */
export interface FindingGroup {
  readonly kind: 'group';
  readonly id: string;
  readonly by: Grouping;
  readonly ruleId: string;
  /** URI of the file. */
  readonly uri: string;
  readonly path: string;
  severity: ShownFinding['severity'];
  rows: readonly FindingRow[];
}

/** What is to be drawn again. */
export type Change = 'nothing' | 'everything' | readonly FindingGroup[];

export class FindingTree {
  #groups: readonly FindingGroup[] = [];
  #looks = new Map<string, string>();

  /** The most severe first; then files by path, and rules by id. */
  get groups(): readonly FindingGroup[] {
    return this.#groups;
  }

  update(findings: readonly ShownFinding[], by: Grouping): Change {
    const known = new Map(this.#groups.map((group) => [group.id, group]));
    const before = this.#groups;
    const looksBefore = this.#looks;
    this.#looks = new Map();
    const groups: FindingGroup[] = [];
    for (const [key, members] of grouped(findings, by)) {
      const group = known.get(`${by} ${key}`) ?? newGroup(`${by} ${key}`, by, members);
      group.severity = worst(members);
      group.rows = rowsOf(group, members);
      groups.push(group);
      this.#looks.set(group.id, JSON.stringify(members));
    }
    this.#groups = groups.sort(
      (a, b) => rank(a.severity) - rank(b.severity) || compare(nameOf(a), nameOf(b)) || compare(a.id, b.id),
    );
    if (before.length !== groups.length || before.some((group, index) => group !== this.#groups[index]))
      return 'everything';
    const changed = groups.filter(({ id }) => this.#looks.get(id) !== looksBefore.get(id));
    return changed.length === 0 ? 'nothing' : changed;
  }
}

function grouped(findings: readonly ShownFinding[], by: Grouping): Map<string, ShownFinding[]> {
  const groups = new Map<string, ShownFinding[]>();
  for (const finding of findings) {
    const key = by === 'rule' ? finding.ruleId : finding.uri;
    const members = groups.get(key);
    if (members) members.push(finding);
    else groups.set(key, [finding]);
  }
  for (const members of groups.values()) members.sort(byPlace);
  return groups;
}

function newGroup(id: string, by: Grouping, members: readonly ShownFinding[]): FindingGroup {
  const { ruleId, uri, path } = members[0]!;
  return { kind: 'group', id, by, ruleId, uri, path, severity: 'hint', rows: [] };
}

function rowsOf(group: FindingGroup, members: readonly ShownFinding[]): FindingRow[] {
  const seen = new Map<string, number>();
  return members.map((finding) => {
    const { uri, ruleId, fingerprint = ruleId } = finding;
    const name = `${uri} ${fingerprint}`;
    const ordinal = seen.get(name) ?? 0;
    seen.set(name, ordinal + 1);
    return { kind: 'finding', id: `${group.id} ${name} ${ordinal}`, finding, group };
  });
}

function worst(members: readonly ShownFinding[]): ShownFinding['severity'] {
  return SEVERITY_ORDER[Math.min(...members.map(({ severity }) => rank(severity)))]!;
}

function rank(severity: ShownFinding['severity']): number {
  return SEVERITY_ORDER.indexOf(severity);
}

function nameOf({ by, path, ruleId }: FindingGroup): string {
  return by === 'rule' ? ruleId : path;
}

function byPlace(a: ShownFinding, b: ShownFinding): number {
  const [one, other] = [a.range.start, b.range.start];
  return (
    compare(a.path, b.path) ||
    one.line - other.line ||
    one.character - other.character ||
    compare(a.ruleId, b.ruleId)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
