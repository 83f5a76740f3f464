/** Functions that are meant to be somebody else's place: doubles of tests, what is overridden or assigned anew. */
import { callAt } from '../../analysis/item-facts';
import type { ItemKeys } from '../../analysis/item-index';
import type { Kind } from '../../analysis/kind';
import { wrapped } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { wordsOf } from '../../analysis/words';
import { PRETENDING } from '../guards';

/** Functions that tests are written in, and what puts doubles into them. */
const TESTING =
  /^(?:describe|context|suite|it|test|before|beforeAll|beforeEach|after|afterAll|afterEach)$|^(?:jest|vi|sinon|td|mock|cy)\b|^(?:useValue|useClass|useFactory|overrideGuard|overrideProvider|mockImplementation|mockReturnValue|spyOn|stub)$/;

/** Whether some code runs in a test only, as far as its surroundings tell. */
export function isInTest(node: Node): boolean {
  for (const outer of node.ancestors()) {
    const callee = outer.kind === 'call_expression' ? callAt(outer)?.callee : undefined;
    if (!callee) continue;
    let root = callee;
    for (
      let inner: Node | undefined = callee;
      inner;
      inner = inner.child('object') ?? inner.child('function')
    )
      root = inner;
    if (TESTING.test(root.text) || TESTING.test(callee.child('property')?.text ?? '')) return true;
  }
  return false;
}

/** Whether a name around a function says that it stands in, or something else takes its place. */
export function isReplaced(fn: Node): boolean {
  if (isAssignedAnew(fn)) return true;
  for (const outer of [fn, ...fn.ancestors()]) {
    const named = outer.child('name') ?? (outer.kind === 'pair' ? outer.child('key') : undefined);
    if (named && wordsOf(named.text).some((word) => PRETENDING.has(word))) return true;
    if (outer.kind === 'abstract_class_declaration') return true;
    if ((outer.kind === 'class_declaration' || outer.kind === 'class') && isExtended(outer)) return true;
  }
  return false;
}

/** `let isAllowed = () => true;` before it is set to what is in force. */
function isAssignedAnew(fn: Node): boolean {
  const value = wrapped(fn);
  const declarator = value.parent?.kind === 'variable_declarator' ? value.parent : undefined;
  const name = (declarator ?? fn).child('name')?.text;
  const isVariable = declarator !== undefined || fn.kind === 'function_declaration';
  return isVariable && name !== undefined && fn.item.file.isAssigned(name);
}

/** Whether another class of the file extends this one. */
function isExtended(subject: Node): boolean {
  const name = subject.child('name')?.text;
  if (name === undefined) return false;
  const { file } = subject.item;
  return file.ofWholeFile(`extended ${name}`, () => file.itemsWith(EXTENDED, name).length > 0);
}

/** The names in what classes extend. */
const EXTENDED: ItemKeys = {
  of: (item) =>
    item.indicesOf('extends_clause').flatMap((clause) =>
      NAMES.flatMap((kind) => item.indicesOf(kind))
        .filter((index) => clause < index && index < item.nextAt(clause))
        .map((index) => item.leafTextAt(index)),
    ),
};

const NAMES: readonly Kind[] = ['identifier', 'property_identifier', 'type_identifier'];
