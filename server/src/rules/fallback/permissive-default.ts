import type { Report } from '../../analysis/finding';
import type { Fix } from '../../analysis/fix';
import type { ItemFacts } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { isTestPath } from '../../analysis/test-path';
import { constantBoolean } from '../../analysis/value';
import { guardAround } from '../../models/auth/guard';
import { type PrivilegeDefault, privilegeDefaults } from '../../models/privilege-default';
import { runtimeOf } from '../../models/runtime';

export const permissiveDefault: Rule = {
  id: 'fallback/permissive-default',
  title: 'Where something is missing or unknown, somebody gets more rights instead of fewer',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-1188', 'CWE-636'],
  owasp: ['A10:2025'],
  fixable: true,

  *check(facts) {
    const reports = [...[...privilegeDefaults(facts)].map(reportOf), ...switchDefaults(facts)];
    // What a browser shows is no right. Asked last, as the whole file is looked at.
    if (reports.length > 0 && runtimeOf(facts.file) !== 'client') yield* reports;
  },
};

function reportOf({ name, value, grants, isSure }: PrivilegeDefault): Report {
  // A role may be the one that is asked for, or that of whoever makes an account; the code does not say.
  const isHigh = isSure && grants !== 'role' && !isTestPath(value.item.file.path);
  const written = value.text.length > 40 ? 'more than the least' : `\`${value.text}\``;
  return {
    at: value,
    message: `Where \`${name}\` is missing, it becomes ${written}. Default to the least.`,
    confidence: isHigh ? 'high' : 'medium',
    fixes: () => fixesOf(value, grants),
  };
}

function fixesOf(value: Node, grants: PrivilegeDefault['grants']): readonly Fix[] {
  const node = unwrap(value);
  if (grants === 'yes') return [replaced('Default to no', node, 'false')];
  // What the least role is called, the file does not say.
  return grants === 'everything' && node.kind === 'array'
    ? [replaced('Default to no permissions', node, '[]')]
    : [];
}

function replaced(title: string, { start, end }: Node, text: string): Fix {
  return { title, safety: 'unsafe', edits: [{ start, end, text }] };
}

/** `default: return true` in a function that says who may do what. */
function* switchDefaults(facts: ItemFacts): Generator<Report> {
  for (const node of facts.nodes('switch_default')) {
    const [only, ...others] = node.parts.flatMap((part) =>
      part.kind === 'statement_block' ? part.parts : [part],
    );
    const returned = only?.kind === 'return_statement' && others.length === 0 ? only.parts[0] : undefined;
    if (!returned || constantBoolean(returned) !== true) continue;
    const guard = guardAround(node);
    if (guard?.form !== 'predicate' || (guard.says !== 'insists' && guard.says !== 'checks')) continue;
    yield {
      at: returned,
      message: 'What no case knows is allowed here. Answer `false` by default.',
      confidence: guard.says === 'insists' && !isTestPath(facts.file.path) ? 'high' : 'medium',
      fixes: () => [replaced('Default to no', unwrap(returned), 'false')],
    };
  }
}
