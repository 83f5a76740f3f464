/** Where a variable is used, and where a value goes from the place it is written at. */
import type { Declaration } from './declarations';
import { VARIABLES } from './item-keys';
import type { Kind } from './kind';
import { Node } from './node';
import type { SourceFile } from './source-file';

/** So many steps are followed from one value; what needs more goes elsewhere as well, for all that is known. */
const MOST_STEPS = 200;

/** All places that use a variable by name, its declaration not among them. */
export function usesOf(declaration: Declaration, file: SourceFile): readonly Node[] {
  const key = file.declarationKey(declaration);
  return file.ofWholeFile(`uses of ${key}`, () => {
    const uses: Node[] = [];
    for (const item of file.itemsWith(VARIABLES, declaration.name)) {
      for (const index of item.indicesNamed(declaration.name)) {
        if (item === declaration.item && index === declaration.index) continue;
        const node = new Node(item, index);
        if (isDeclaredAgain(node)) continue;
        if (file.declarationKey(file.lookUp(declaration.name, node)) === key) uses.push(node);
      }
    }
    return uses;
  });
}

/** `var a = 1; var a = 2;` */
function isDeclaredAgain(node: Node): boolean {
  return node.field === 'name' && node.parent?.kind === 'variable_declarator';
}

/** What stands around a value without changing it. */
const PASSED_ON: ReadonlySet<Kind> = new Set<Kind>([
  'parenthesized_expression',
  'as_expression',
  'satisfies_expression',
  'non_null_expression',
  'type_assertion',
  'await_expression',
  'spread_element',
  'array',
  'ternary_expression',
  'binary_expression',
  'template_substitution',
  'template_string',
]);

/**
 * Whether a value only goes to calls and object literals of one sort: on every way from where it is written,
 * through variables, objects and arguments, there is one that passes the test.
 *
 * @param isMeant asked for each pair, object literal, call and `new` that the value becomes a part of.
 */
export function goesOnlyTo(value: Node, isMeant: (holder: Node) => boolean): boolean {
  return goes(value, isMeant, { left: MOST_STEPS });
}

/** **Invariant:** all that is followed from one value takes from the same budget: ways fork with each use. */
function goes(value: Node, isMeant: (holder: Node) => boolean, steps: { left: number }): boolean {
  const { parent } = value;
  if (!parent || steps.left-- <= 0) return false;
  const onwards = (holder: Node | undefined) =>
    holder !== undefined && (isMeant(holder) || goes(holder, isMeant, steps));
  if (PASSED_ON.has(parent.kind)) return goes(parent, isMeant, steps);
  if (parent.kind === 'object') return onwards(parent);
  if (parent.kind === 'pair') return isMeant(parent) || onwards(parent.parent);
  if (parent.kind === 'arguments') return onwards(parent.parent);
  const name = parent.kind === 'variable_declarator' ? parent.child('name') : undefined;
  if (name?.kind !== 'identifier') return false;
  const { file } = name.item;
  const declaration = file.lookUp(name.text, name);
  const uses = declaration ? usesOf(declaration, file) : [];
  return uses.length > 0 && uses.every((use) => goes(use, isMeant, steps));
}
