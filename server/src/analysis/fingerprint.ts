/**
 * Recognises a finding again after edits elsewhere in the file: by its rule, the names of the functions and
 * classes around it, and what it underlines. The path is left out, so that a moved file keeps its findings.
 */
import type { Kind } from './kind';
import type { Node } from './node';

const NAMED: ReadonlySet<Kind> = new Set<Kind>([
  'function_declaration',
  'generator_function_declaration',
  'method_definition',
  'class_declaration',
  'abstract_class_declaration',
  'variable_declarator',
  'pair',
  'public_field_definition',
]);

/** Makes the fingerprints of one file; alike findings are numbered in the order of the text. */
export class Fingerprints {
  readonly #seen = new Map<string, number>();

  /** @param at a node at the finding; its text is what is underlined. */
  next(ruleId: string, at: Node, text: string): string {
    const around = [...at.ancestors()].filter((node) => NAMED.has(node.kind));
    const names = around.map((node) => (node.child('name') ?? node.child('key'))?.text ?? '').reverse();
    return this.nextNamed(ruleId, names, text);
  }

  /** @param names of what is around the finding, from the outside, where there is no syntax of ours. */
  nextNamed(ruleId: string, names: readonly string[], text: string): string {
    const key = [ruleId, names.join('.'), text.replace(/\s+/g, ' ').trim()].join('\0');
    const ordinal = this.#seen.get(key) ?? 0;
    this.#seen.set(key, ordinal + 1);
    return hash(`${key}\0${ordinal}`);
  }
}

/** 64 bits of a text as 16 hexadecimal digits: FNV-1a twice, from two offsets. Not for secrecy. */
function hash(text: string): string {
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
