/**
 * The kinds and fields of syntax that the engine speaks of: the names of the grammars' named nodes.
 * Each has a number, its place in the list, which is what the compact arrays of an `Item` hold. A node
 * of a kind that is not listed is kept as `other`. Operators are kept with their expression; other punctuation
 * and keywords are not kept at all, they are read from the text where somebody asks (`Node.hasKeyword`).
 */
export const KINDS = [
  'other',
  'ERROR',
  'program',
  'hash_bang_line',
  'comment',
  'html_comment',
  // Modules.
  'import_statement',
  'import_clause',
  'named_imports',
  'import_specifier',
  'namespace_import',
  'import_require_clause',
  'import_attribute',
  'import_alias',
  'import',
  'export_statement',
  'export_clause',
  'export_specifier',
  'namespace_export',
  // Declarations.
  'lexical_declaration',
  'variable_declaration',
  'variable_declarator',
  'function_declaration',
  'generator_function_declaration',
  'function_signature',
  'class_declaration',
  'abstract_class_declaration',
  'class',
  'class_body',
  'class_heritage',
  'extends_clause',
  'implements_clause',
  'method_definition',
  'public_field_definition',
  'class_static_block',
  'abstract_method_signature',
  'method_signature',
  'index_signature',
  'enum_declaration',
  'enum_body',
  'enum_assignment',
  'interface_declaration',
  'type_alias_declaration',
  'ambient_declaration',
  'internal_module',
  'module',
  'decorator',
  'accessibility_modifier',
  'override_modifier',
  // Parameters and patterns.
  'formal_parameters',
  'required_parameter',
  'optional_parameter',
  'rest_pattern',
  'object_pattern',
  'array_pattern',
  'pair_pattern',
  'assignment_pattern',
  'object_assignment_pattern',
  'shorthand_property_identifier_pattern',
  // Statements.
  'expression_statement',
  'statement_block',
  'if_statement',
  'else_clause',
  'switch_statement',
  'switch_body',
  'switch_case',
  'switch_default',
  'for_statement',
  'for_in_statement',
  'while_statement',
  'do_statement',
  'try_statement',
  'catch_clause',
  'finally_clause',
  'return_statement',
  'throw_statement',
  'break_statement',
  'continue_statement',
  'labeled_statement',
  'empty_statement',
  'debugger_statement',
  'with_statement',
  // Expressions.
  'call_expression',
  'new_expression',
  'arguments',
  'member_expression',
  'subscript_expression',
  'optional_chain',
  'identifier',
  'property_identifier',
  'private_property_identifier',
  'shorthand_property_identifier',
  'statement_identifier',
  'computed_property_name',
  'assignment_expression',
  'augmented_assignment_expression',
  'update_expression',
  'binary_expression',
  'unary_expression',
  'ternary_expression',
  'sequence_expression',
  'parenthesized_expression',
  'await_expression',
  'yield_expression',
  'spread_element',
  'as_expression',
  'satisfies_expression',
  'non_null_expression',
  'instantiation_expression',
  'type_assertion',
  'arrow_function',
  'function_expression',
  'generator_function',
  'object',
  'pair',
  'array',
  'meta_property',
  'this',
  'super',
  // Literals.
  'string',
  'template_string',
  'template_substitution',
  'string_fragment',
  'escape_sequence',
  'number',
  'true',
  'false',
  'null',
  'undefined',
  'regex',
  // Types; kept as leaves, their text is enough.
  'type_annotation',
  'type_arguments',
  'type_parameters',
  'type_identifier',
  'predefined_type',
  'generic_type',
  'asserts_annotation',
  'type_predicate_annotation',
  'nested_identifier',
  // JSX.
  'jsx_element',
  'jsx_self_closing_element',
  'jsx_opening_element',
  'jsx_closing_element',
  'jsx_attribute',
  'jsx_expression',
  'jsx_namespace_name',
  'jsx_text',
  'html_character_reference',
] as const;

/** The name of a kind of syntax node, as the grammars spell it. */
export type Kind = (typeof KINDS)[number];

/** The fields of nodes that the engine asks for, as the grammars spell them; `''` for a child without one. */
export const FIELDS = [
  '',
  'alias',
  'alternative',
  'argument',
  'arguments',
  'body',
  'condition',
  'consequence',
  'constructor',
  'declaration',
  'decorator',
  'finalizer',
  'function',
  'handler',
  'increment',
  'index',
  'initializer',
  'key',
  'left',
  'name',
  'object',
  'optional_chain',
  'operand',
  'parameter',
  'parameters',
  'pattern',
  'property',
  'return_type',
  'right',
  'source',
  'type',
  'type_arguments',
  'value',
] as const;

/** The name of a field of a syntax node. */
export type Field = (typeof FIELDS)[number];

/** The operators of binary, unary, update and compound assignment expressions; `''` for what has none. */
export const OPERATORS = [
  '',
  ...(['&&', '||', '??', '==', '===', '!=', '!==', '<', '<=', '>', '>=', 'in', 'instanceof'] as const),
  ...(['+', '-', '*', '/', '%', '**', '&', '|', '^', '<<', '>>', '>>>'] as const),
  ...(['!', '~', 'typeof', 'void', 'delete', '++', '--'] as const),
  ...(['+=', '-=', '*=', '/=', '%=', '**=', '&=', '|=', '^=', '<<=', '>>=', '>>>='] as const),
  ...(['&&=', '||=', '??='] as const),
] as const;

const KIND_NUMBERS: ReadonlyMap<string, number> = new Map(KINDS.map((kind, number) => [kind, number]));
const FIELD_NUMBERS: ReadonlyMap<string, number> = new Map(FIELDS.map((field, number) => [field, number]));
const OPERATOR_NUMBERS: ReadonlyMap<string, number> = new Map(
  OPERATORS.map((sign, number) => [sign, number]),
);

/** The number of a kind that a grammar names; 0 (`other`) for one that is not listed. */
export function kindNumber(name: string): number {
  return KIND_NUMBERS.get(name) ?? 0;
}

/** The number of a field that a grammar names; 0 (no field) for one that is not listed. */
export function fieldNumber(name: string): number {
  return FIELD_NUMBERS.get(name) ?? 0;
}

/** The number of an operator that a grammar names; 0 (none) for what is none. */
export function operatorNumber(name: string): number {
  return OPERATOR_NUMBERS.get(name) ?? 0;
}

/** The kinds that are functions with a body of their own, accessors and constructors included. */
export const FUNCTION_KINDS: ReadonlySet<Kind> = new Set<Kind>([
  'function_declaration',
  'generator_function_declaration',
  'function_expression',
  'generator_function',
  'arrow_function',
  'method_definition',
]);
