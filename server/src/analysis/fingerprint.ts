/**
 * Recognises a finding again after edits elsewhere in the file: by its rule, the names of the functions and
 * classes around it, and what it underlines. The path is left out, so that a moved file keeps its findings.
 *
 * **Invariant:** nothing of a secret is in it: reports and baselines are for others to read, and a short secret is found
 * again from its hash by trying.
 */
import type { Kind } from './kind';
import type { Node } from './node';
import { withoutStrings } from './without-strings';

const NAMED: ReadonlySet<Kind> = new Set<Kind>([
  'function_declaration',
  'generator_function_declaration',
  'method_definition',
  'class_declaration',
  'abstract_class_declaration',
  'variable_declarator',
  'pair',
  'public_field_definition',
  'assignment_expression',
]);

/** Makes the fingerprints of one file; alike findings are numbered in the order of the text. */
export class Fingerprints {
  readonly #seen = new Map<string, number>();

  /**
   * @param at a node at the finding
   * @param text what is underlined, without what strings hold
   */
  next(ruleId: string, at: Node, text: string): string {
    const around = [...at.ancestors()].filter((node) => NAMED.has(node.kind));
    const names = around.map(nameOf).reverse();
    return this.nextNamed(ruleId, names, text);
  }

  /** @param names of what is around the finding, from the outside, where there is no syntax of ours. */
  nextNamed(ruleId: string, names: readonly string[], text: string): string {
    // What rules for secrets underline is the secret.
    const underlined = ruleId.startsWith('secrets/') ? '' : text.replace(/\s+/g, ' ').trim();
    const key = [ruleId, names.join('.'), underlined].join('\0');
    const ordinal = this.#seen.get(key) ?? 0;
    this.#seen.set(key, ordinal + 1);
    return hash(`${key}\0${ordinal}`);
  }
}

function nameOf(node: Node): string {
  const name = node.child('name') ?? node.child('key') ?? node.child('left');
  // A pattern has defaults in it.
  return name ? withoutStrings(name, name) : '';
}

/** 64 bits of a text as 16 hexadecimal digits: FNV-1a twice, from two offsets. Not for secrecy. */
export function hash(text: string): string {
  return [0x811c9dc5, 0x01000193]
    .map((basis) => {
      let h = basis;
      for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
      h ^= h >>> 15;
      h = Math.imul(h, 0x85ebca6b);
      h ^= h >>> 13;
      return (h >>> 0).toString(16).padStart(8, '0');
    })
    .join('');
}
