/**
 * The names that an item declares: which scope each belongs to, and which names it assigns to. Computed
 * once per item, from its own content alone; `SourceFile` puts the items together.
 */
import type { Item } from './item';
import { FUNCTION_KINDS, type Kind } from './kind';

/** Where a name is declared: the identifier's node. What declares it is its parent. */
export interface Declaration {
  readonly name: string;
  readonly item: Item;
  readonly index: number;
}

export type Scope = Map<string, Declaration>;

export interface ItemDeclarations {
  /** The scopes that begin in the item, by the index of the node that opens them. */
  readonly scopes: ReadonlyMap<number, Scope>;
  /** Names for the block around the item: `let`, `const`, functions, classes, imports. */
  readonly toBlock: readonly Declaration[];
  /** Names for the function around the item: `var`. */
  readonly toFunction: readonly Declaration[];
  /** Members for the class around the item, under the names that its code has for them: `this.name`. */
  readonly toClass: readonly Declaration[];
  /** Names that are assigned to after their declaration: `x = 1`, `x++`, `for (x of y)`. */
  readonly assigned: readonly string[];
}

const BLOCK_SCOPES: ReadonlySet<Kind> = new Set<Kind>([
  'program',
  'statement_block',
  'switch_body',
  'for_statement',
  'for_in_statement',
  'catch_clause',
  'class_static_block',
  ...FUNCTION_KINDS,
]);
const FUNCTION_SCOPES: ReadonlySet<Kind> = new Set<Kind>([
  'program',
  'class_static_block',
  ...FUNCTION_KINDS,
]);

/** An object's methods are its own, not those of a class around it. */
const CLASS_SCOPES: ReadonlySet<Kind> = new Set<Kind>(['class_body', 'object']);
const SCOPES = { block: BLOCK_SCOPES, function: FUNCTION_SCOPES, class: CLASS_SCOPES } as const;
/** What the scope is that a declaration belongs to: the nearest around it that is one of these. */
export type ScopeSort = keyof typeof SCOPES;

/** The declarations of an item; kept with it, since equal content declares the same. */
export function declarationsOf(item: Item): ItemDeclarations {
  item.declarations ??= collect(item);
  return item.declarations;
}

/** All names that some items declare, wherever they can be seen. */
export function declaredNames(items: readonly Item[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const item of items) {
    const { scopes, toBlock, toFunction, toClass } = declarationsOf(item);
    for (const scope of scopes.values()) for (const name of scope.keys()) names.add(name);
    for (const declared of [toBlock, toFunction, toClass]) for (const { name } of declared) names.add(name);
  }
  return names;
}

/** The node of an item that opens the scope around a node; undefined when it begins outside the item. */
export function scopeAround(item: Item, index: number, of: ScopeSort): number | undefined {
  const kinds = SCOPES[of];
  for (let at = item.parentAt(index); at >= 0; at = item.parentAt(at)) {
    if (kinds.has(item.kindAt(at))) return at;
  }
  return undefined;
}

function collect(item: Item): ItemDeclarations {
  const scopes = new Map<number, Scope>();
  const toBlock: Declaration[] = [];
  const toFunction: Declaration[] = [];
  const toClass: Declaration[] = [];
  const outwards = { block: toBlock, function: toFunction, class: toClass };
  const text = (index: number) => item.file.slice(item.startAt(index), item.endAt(index));

  const put = (scope: number, index: number, name = text(index)) => {
    const names = scopes.get(scope) ?? new Map<string, Declaration>();
    scopes.set(scope, names);
    if (!names.has(name)) names.set(name, { name, item, index });
  };
  const declare = (from: number, index: number, of: ScopeSort, name = text(index)) => {
    const scope = scopeAround(item, from, of);
    if (scope !== undefined) put(scope, index, name);
    else outwards[of].push({ name, item, index });
  };

  for (const index of item.indicesOf('variable_declarator')) {
    const isVar = item.kindAt(item.parentAt(index)) === 'variable_declaration';
    for (const name of boundNames(item, fieldOf(item, index, 'name')))
      declare(index, name, isVar ? 'function' : 'block');
  }
  for (const kind of NAMED_DECLARATIONS) {
    for (const index of item.indicesOf(kind)) {
      const name = fieldOf(item, index, 'name');
      if (name !== undefined) declare(index, name, 'block');
    }
  }
  for (const kind of SELF_NAMED) {
    for (const index of item.indicesOf(kind)) {
      const name = fieldOf(item, index, 'name');
      if (name !== undefined) put(index, name);
    }
  }
  for (const index of item.indicesOf('import_specifier')) {
    const name = fieldOf(item, index, 'alias') ?? fieldOf(item, index, 'name');
    if (name !== undefined) declare(index, name, 'block');
  }
  for (const kind of IMPORTING) {
    for (const index of item.indicesOf(kind)) {
      const name = childrenOf(item, index).find((child) => item.kindAt(child) === 'identifier');
      if (name !== undefined) declare(index, name, 'block');
    }
  }
  for (const kind of FUNCTION_KINDS) {
    for (const index of item.indicesOf(kind)) {
      const parameters = fieldOf(item, index, 'parameters') ?? fieldOf(item, index, 'parameter');
      for (const name of boundNames(item, parameters)) put(index, name);
    }
  }
  for (const index of item.indicesOf('catch_clause')) {
    for (const name of boundNames(item, fieldOf(item, index, 'parameter'))) put(index, name);
  }

  for (const index of membersOfClass(item)) declare(index, index, 'class', `this.${text(index)}`);

  const assigned: string[] = [];
  for (const index of item.indicesOf('for_in_statement')) {
    const left = fieldOf(item, index, 'left');
    if (left === undefined) continue;
    const head = item.file.slice(item.startAt(index), item.startAt(left));
    const names = boundNames(item, left);
    if (/\b(?:const|let)\s*$/.test(head)) for (const name of names) put(index, name);
    else if (/\bvar\s*$/.test(head)) for (const name of names) declare(index, name, 'function');
    else for (const name of names) assigned.push(text(name));
  }
  for (const kind of ASSIGNING) {
    for (const index of item.indicesOf(kind)) {
      const target = fieldOf(item, index, kind === 'update_expression' ? 'argument' : 'left');
      for (const name of boundNames(item, target)) assigned.push(text(name));
    }
  }
  return { scopes, toBlock, toFunction, toClass, assigned };
}

/** The names of methods and fields: those in the class's body, and parameters of its constructor such as `private db`. */
function* membersOfClass(item: Item): Generator<number> {
  for (const kind of MEMBERS) {
    for (const member of item.indicesOf(kind)) {
      const name = fieldOf(item, member, 'name');
      if (name !== undefined) yield name;
    }
  }
  for (const modifier of item.indicesOf('accessibility_modifier')) {
    const parameter = item.parentAt(modifier);
    if (parameter < 0 || !PARAMETERS.has(item.kindAt(parameter))) continue;
    const pattern = fieldOf(item, parameter, 'pattern');
    if (pattern !== undefined && item.kindAt(pattern) === 'identifier') yield pattern;
  }
}

const MEMBERS: readonly Kind[] = ['public_field_definition', 'method_definition'];
const PARAMETERS: ReadonlySet<Kind> = new Set<Kind>(['required_parameter', 'optional_parameter']);
const NAMED_DECLARATIONS: readonly Kind[] = [
  'function_declaration',
  'generator_function_declaration',
  'class_declaration',
  'abstract_class_declaration',
  'enum_declaration',
  'internal_module',
  'import_alias',
];
const SELF_NAMED: readonly Kind[] = ['function_expression', 'generator_function', 'class'];
const IMPORTING: readonly Kind[] = ['import_clause', 'namespace_import', 'import_require_clause'];
const ASSIGNING: readonly Kind[] = [
  'assignment_expression',
  'augmented_assignment_expression',
  'update_expression',
];

function childrenOf(item: Item, index: number): number[] {
  const children: number[] = [];
  for (let child = index + 1; child < item.nextAt(index); child = item.nextAt(child)) children.push(child);
  return children;
}

function fieldOf(item: Item, index: number, field: ReturnType<Item['fieldAt']>): number | undefined {
  const end = item.nextAt(index);
  for (let child = index + 1; child < end; child = item.nextAt(child)) {
    if (item.fieldAt(child) === field && item.kindAt(child) !== 'comment') return child;
  }
  return undefined;
}

/** The identifiers that a pattern binds: `a`, `{ a, b: c, d = 1 }`, `[a, ...b]`, a list of parameters. */
function boundNames(item: Item, pattern: number | undefined): number[] {
  if (pattern === undefined) return [];
  const names: number[] = [];
  const open = [pattern];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    switch (item.kindAt(index)) {
      case 'identifier':
      case 'shorthand_property_identifier_pattern':
        names.push(index);
        break;
      case 'required_parameter':
      case 'optional_parameter': {
        const inner = fieldOf(item, index, 'pattern');
        if (inner !== undefined) open.push(inner);
        break;
      }
      case 'pair_pattern': {
        const inner = fieldOf(item, index, 'value');
        if (inner !== undefined) open.push(inner);
        break;
      }
      case 'assignment_pattern':
      case 'object_assignment_pattern': {
        const inner = fieldOf(item, index, 'left');
        if (inner !== undefined) open.push(inner);
        break;
      }
      case 'formal_parameters':
      case 'object_pattern':
      case 'array_pattern':
      case 'rest_pattern':
        for (const child of childrenOf(item, index)) open.push(child);
        break;
    }
  }
  return names.reverse();
}
