import type { Fix } from '../../analysis/fix';
import type { Rule } from '../../analysis/rule';
import { schemaOf, type TypeClaim } from '../../models/type-assertions';
import { unvalidatedWrites } from '../../models/unvalidated-writes';

export const typeAssertion: Rule = {
  id: 'validation/type-assertion',
  title: 'A type is claimed of what a client sends, and nothing makes sure of it',
  severity: 'warning',
  aiSeverity: 'warning',
  confidence: 'medium',
  cwe: ['CWE-20'],
  owasp: ['A05:2025'],
  fixable: true,

  *check(facts) {
    for (const { at, claim, entity } of facts.once(unvalidatedWrites)) {
      if (!claim) continue;
      yield {
        at: claim.at,
        message: `Nothing makes sure that ${claim.type.length > 40 ? 'this is what its type says' : `this is \`${claim.type}\``}, and it goes into \`${entity}\`. Parse it with a schema.`,
        related: [{ at, message: 'Here it is written.' }],
        fixes: () => fixesOf(claim),
      };
    }
  },
};

/** `Schema.parse(…)` for the cast, where the file makes the type from a schema. */
function fixesOf(claim: TypeClaim): readonly Fix[] {
  const schema = schemaOf(claim);
  const { at } = claim;
  if (schema === undefined) return [];
  const isCast = at.kind === 'as_expression';
  const value = isCast ? at.parts[0] : at.kind === 'type_assertion' ? at.parts.at(-1) : at;
  if (!value) return [];
  const inner = value.kind === 'parenthesized_expression' ? (value.parts[0] ?? value) : value;
  // `await request.json() as T` is read as a cast of the promise.
  const isAwaited = at.parent?.kind === 'await_expression';
  const { start, end } = isAwaited && at.parent ? at.parent : at;
  const text = `${schema}.parse(${isAwaited ? 'await ' : ''}${inner.text})`;
  return [{ title: `Parse it with \`${schema}\``, safety: 'unsafe', edits: [{ start, end, text }] }];
}
