/** What `countersign rules` prints. */
import { ENGINE_RULES } from '../../analysis/engine-rules';
import { GOVERNANCE_RULES } from '../../analysis/governance-rules';
import type { RuleMeta } from '../../analysis/rule';
import type { Host } from '../../host/host';
import { RULES } from '../../rules/index';
import { nearestName } from '../../session/configuration/nearest-name';
import { quoted } from '../arguments/parse-arguments';
import { UsageError } from '../command';

/** @throws UsageError */
export function listedRules(
  wanted: readonly string[],
  { isJson, rulePage }: { readonly isJson: boolean; readonly rulePage: Host['rulePage'] },
): string {
  const all = allRules();
  const [id, ...more] = wanted;
  if (more.length > 0) throw new UsageError('`rules` explains one rule at a time.');
  const rules = id === undefined ? all : all.filter((rule) => rule.id === id);
  if (rules.length === 0) throw unknownRule(id ?? '', all);
  if (isJson) return `${JSON.stringify({ version: 1, rules: rules.map(metadataOf) }, null, 2)}\n`;
  if (id !== undefined) return rulePage(id) ?? `${rules[0]?.title}.\n`;
  const width = Math.max(...rules.map((rule) => rule.id.length));
  const lines = rules.map(
    (rule) =>
      `${rule.id.padEnd(width)}  ${rule.severity.padEnd(7)}  ${rule.confidence.padEnd(6)}  ${rule.fixable ? 'fix' : '   '}  ${rule.title}`,
  );
  return `${lines.join('\n')}\n\n${rules.length} rules. \`countersign rules <rule>\` explains one.\n`;
}

/** Those of the engine and of `verify` too, in alphabetical order. */
export function allRules(): RuleMeta[] {
  return [...RULES, ...ENGINE_RULES, ...GOVERNANCE_RULES].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function metadataOf({
  id,
  title,
  severity,
  aiSeverity,
  confidence,
  cwe,
  owasp,
  fixable,
}: RuleMeta): RuleMeta {
  return { id, title, severity, aiSeverity, confidence, cwe, owasp, fixable };
}

function unknownRule(written: string, all: readonly RuleMeta[]): UsageError {
  const nearest = nearestName(
    written,
    all.map(({ id }) => id),
  );
  const advice = nearest ? `Did you mean \`${nearest}\`?` : '`countersign rules` lists them.';
  return new UsageError(`There is no rule ${quoted(written)}. ${advice}`);
}
