import type { Fix } from '../../analysis/fix';
import type { ItemFacts } from '../../analysis/item-facts';
import type { Node } from '../../analysis/node';
import { requiredVariable } from '../../analysis/required-variable';
import type { Rule } from '../../analysis/rule';
import type { SourceFile } from '../../analysis/source-file';
import type { Span } from '../../analysis/span';
import { isTestPath } from '../../analysis/test-path';
import { constantString } from '../../analysis/value';
import { type ProviderKey, providerKeysIn } from '../../models/provider-keys';

export const providerKey: Rule = {
  id: 'secrets/provider-key',
  title: 'A key, token or password stands in a file',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-798'],
  owasp: ['A07:2025'],
  fixable: true,

  *check(facts) {
    const { item } = facts;
    for (const piece of facts.pieces()) {
      for (const key of providerKeysIn(piece.text)) {
        const at = { in: facts.node, start: piece.from + key.start, end: piece.from + key.end };
        const span = { start: item.start + at.start, end: item.start + at.end };
        const message = `This looks like a live ${key.what}. Revoke it, then read it from the environment.`;
        const { confidence } = key;
        yield {
          at,
          message,
          confidence,
          ...weight(facts.file, key),
          fixes: () => fixesFor(facts, key, span),
        };
      }
    }
  },

  *checkText(file) {
    const isEnvironment = file.format === 'env' && !/example|sample|template|dist$/i.test(file.path);
    for (const key of providerKeysIn(file.text)) {
      const { start, end, what, confidence } = key;
      const remedy = isEnvironment
        ? 'Keep this file out of the repository, and revoke the key if it was ever in there'
        : 'Revoke it, then read it from the environment';
      const message = `This looks like a live ${what}. ${remedy}.`;
      const entry = file.entries.find(({ value }) => value.start <= start && end <= value.end);
      yield {
        at: { start, end },
        ...(entry && { keys: entry.path }),
        message,
        confidence,
        ...(isEnvironment && { severity: 'warning' as const }),
        ...weight(file, key),
      };
    }
  },
};

/** Tests make keys and tokens of their own; a key of a provider is none of these. */
function weight({ path }: { readonly path: string }, { isSelfMade }: ProviderKey): { severity?: 'hint' } {
  return isSelfMade && isTestPath(path) ? { severity: 'hint' } : {};
}

/** Where the key is a whole string of the program, the environment variable of the usual name takes its place. */
function fixesFor(facts: ItemFacts, { variable }: ProviderKey, span: Span): readonly Fix[] {
  if (mayRunInBrowser(facts.file)) return [];
  const literal = facts
    .nodesOf(['string', 'template_string'])
    .find((node) => node.start <= span.start && span.end <= node.end);
  if (!literal || !isValue(literal) || constantString(literal) === undefined) return [];
  const required = requiredVariable(literal, variable);
  if (!required) return [];
  const edits = [{ start: literal.start, end: literal.end, text: required.call }, ...required.edits];
  return [{ title: `Read it from \`${variable}\``, safety: 'choice', edits }];
}

/** Browsers have no environment; a key that they need cannot be kept from their users at all. */
function mayRunInBrowser({ path, text }: SourceFile): boolean {
  return /\.[jt]sx$/.test(path) || /^\s*['"]use client['"]/m.test(text);
}

/** Whether an expression may stand in the string's place; not as a key, an import or an attribute. */
function isValue(literal: Node): boolean {
  const { parent, field } = literal;
  if (!parent || field === 'key' || field === 'source') return false;
  return !/^(?:jsx_|import|export|literal_type)/.test(parent.kind);
}
