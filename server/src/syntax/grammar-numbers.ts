/**
 * A grammar's numbers for its node types and fields, translated into ours. They differ between grammars and
 * are learned while walking, so that nothing depends on how a runtime lists them.
 */
import type { Cursor } from '../../../grammars/parser';
import { fieldNumber, type Kind, kindNumber, operatorNumber } from '../analysis/kind';

/** Kinds whose inside is never visited: their text is enough. */
const LEAVES: ReadonlySet<Kind> = new Set<Kind>([
  ...([
    'hash_bang_line',
    'comment',
    'html_comment',
    'import',
    'accessibility_modifier',
    'override_modifier',
  ] as const),
  ...(['optional_chain', 'identifier', 'property_identifier', 'private_property_identifier'] as const),
  ...([
    'shorthand_property_identifier',
    'shorthand_property_identifier_pattern',
    'statement_identifier',
  ] as const),
  ...([
    'string',
    'string_fragment',
    'escape_sequence',
    'number',
    'true',
    'false',
    'null',
    'undefined',
  ] as const),
  ...(['regex', 'this', 'super', 'meta_property', 'jsx_text', 'html_character_reference'] as const),
  ...(['interface_declaration', 'type_alias_declaration', 'type_annotation', 'type_arguments'] as const),
  ...([
    'type_parameters',
    'type_identifier',
    'predefined_type',
    'generic_type',
    'asserts_annotation',
  ] as const),
  ...([
    'type_predicate_annotation',
    'function_signature',
    'abstract_method_signature',
    'method_signature',
  ] as const),
  ...(['index_signature', 'implements_clause', 'nested_identifier', 'empty_statement'] as const),
]);
/** Types that the grammars name apart; they are kept as `other` and not entered. */
const TYPE_NODES = /(?:^|_)type$|^type_query$|^constraint$|^infer_type$|^literal_type$|^default_type$/;
/** What is known of a grammar's node type, by its number there. */
interface NodeType {
  readonly isNamed: boolean;
  readonly isLeaf: boolean;
  readonly kind: number;
  /** Of a token that is an operator; 0 for all else. */
  readonly operator: number;
}

/** Numbers of a grammar's types and fields, learned while walking; one per grammar and runtime. */
export class GrammarNumbers {
  readonly #types: (NodeType | undefined)[] = [];
  readonly #fields: (number | undefined)[] = [];

  typeAt(cursor: Cursor): NodeType {
    const id = cursor.nodeTypeId;
    return this.#types[id] ?? this.#learnType(id, cursor);
  }

  fieldAt(cursor: Cursor): number {
    const id = cursor.currentFieldId;
    return this.#fields[id] ?? this.#learnField(id, cursor);
  }

  #learnType(id: number, cursor: Cursor): NodeType {
    const name = cursor.nodeType;
    const isNamed = cursor.nodeIsNamed;
    const kind = isNamed ? kindNumber(name) : 0;
    const isLeaf = !isNamed || LEAVES.has(name as Kind) || TYPE_NODES.test(name);
    const type = { isNamed, isLeaf, kind, operator: isNamed ? 0 : operatorNumber(name) };
    this.#types[id] = type;
    return type;
  }

  #learnField(id: number, cursor: Cursor): number {
    const field = fieldNumber(cursor.currentFieldName ?? '');
    this.#fields[id] = field;
    return field;
  }
}
