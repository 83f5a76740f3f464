// What menus, key bindings and code actions hand to commands. Pure: anybody can call a command with anything.
import type { FindingGroup, FindingRow } from './findings/finding-tree';
import type { ShownFinding } from './findings/shown-finding';
import type { OpenFindingRow, RegionRow } from './reviews/region-rows';
import type { SuppressionRow } from './suppressions/suppression-rows';

/** The row of a view that a command was called on. */
export function findingRow(argument: unknown): FindingRow | undefined {
  return isKind(argument, 'finding') ? (argument as FindingRow) : undefined;
}

/** The row of the view of suppressions that a command was called on. */
export function suppressionRow(argument: unknown): SuppressionRow | undefined {
  return isKind(argument, 'suppression') ? (argument as SuppressionRow) : undefined;
}

/** The row of the view of AI code to review that a command was called on. */
export function regionRow(argument: unknown): RegionRow | undefined {
  return isKind(argument, 'region') ? (argument as RegionRow) : undefined;
}

/** The rule that a command is about: its id, or a row that belongs to it. */
export function ruleIdIn(argument: unknown): unknown {
  if (isKind(argument, 'finding')) return (argument as FindingRow).finding.ruleId;
  if (isKind(argument, 'group')) {
    const { by, ruleId } = argument as FindingGroup;
    return by === 'rule' ? ruleId : undefined;
  }
  if (isKind(argument, 'open-finding')) return (argument as OpenFindingRow).finding.ruleId;
  const row = suppressionRow(argument);
  return row ? row.suppression.ruleId : argument;
}

/** The finding that a prompt is asked for: by a row, or as a code action names it. */
export function findingIn(argument: unknown): Pick<ShownFinding, 'uri' | 'fingerprint'> | undefined {
  const row = findingRow(argument);
  if (row) return row.finding;
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { uri, fingerprint } = argument as Record<string, unknown>;
  return typeof uri === 'string' && typeof fingerprint === 'string' ? { uri, fingerprint } : undefined;
}

function isKind(argument: unknown, kind: string): boolean {
  return typeof argument === 'object' && argument !== null && (argument as { kind?: unknown }).kind === kind;
}
