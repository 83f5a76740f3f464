/** Types that are claimed of a value, by a cast or a declaration, where nothing has looked at it. */
import type { Node } from '../analysis/node';

export interface TypeClaim {
  /** The cast, or the value that is declared to be of the type. */
  readonly at: Node;
  /** As written. */
  readonly type: string;
}

/** What a value is read through: `(await request.json() as T).name`. */
const READING: ReadonlySet<string> = new Set([
  'member_expression',
  'subscript_expression',
  'call_expression',
  'arguments',
  'await_expression',
  'parenthesized_expression',
  'non_null_expression',
  'satisfies_expression',
]);
/** Types that say nothing of what is inside. */
const OPEN =
  /^(?:any|unknown|object|const|string|number|boolean|\{\}|Record<.*|any\[\]|unknown\[\]|Buffer|FormData|URLSearchParams)$/s;
const INNER: ReadonlySet<string> = new Set(['parenthesized_expression', 'await_expression', 'as_expression']);
const MOST = 20;

/** The type that is claimed of a value where it is read; undefined where none is, or one that promises nothing. */
export function claimedType(from: Node): TypeClaim | undefined {
  let node: Node | undefined = from;
  for (let steps = MOST; node && steps > 0; steps--) {
    const claim = claimAt(node) ?? claimInside(node);
    if (claim) return claim;
    const outer: Node | undefined = node.parent;
    if (outer?.kind === 'variable_declarator') return ofDeclaration(outer, node);
    if (!outer || (!READING.has(outer.kind) && !/^(?:as_expression|type_assertion)$/.test(outer.kind)))
      return undefined;
    node = outer;
  }
  return undefined;
}

function claimAt(node: Node): TypeClaim | undefined {
  if (node.kind !== 'as_expression' && node.kind !== 'type_assertion') return undefined;
  const [first, last] = [node.parts[0], node.parts.at(-1)];
  if (!first || !last) return undefined;
  // `x as T`, `<T>x`
  const type =
    node.kind === 'as_expression'
      ? node.text.slice(first.text.length)
      : node.text.slice(0, -last.text.length);
  const named = type.replace(/^\s*as\b|^<|>\s*$/g, '').trim();
  return OPEN.test(named) ? undefined : { at: node, type: named };
}

/** `(req.body as T).name` */
function claimInside(node: Node): TypeClaim | undefined {
  let inner: Node | undefined = node;
  for (let steps = MOST; inner && steps > 0; steps--) {
    const claim = claimAt(inner);
    if (claim) return claim;
    inner = inner.child('object') ?? (INNER.has(inner.kind) ? inner.parts[0] : undefined);
  }
  return undefined;
}

/** `const body: CreateUser = await request.json()` */
function ofDeclaration(declarator: Node, value: Node): TypeClaim | undefined {
  const type = declarator.child('type')?.text.replace(/^:/, '').trim();
  return type !== undefined && !OPEN.test(type) ? { at: value, type } : undefined;
}

/** The name of the schema in the file that a type is made from: `type T = z.infer<typeof TSchema>`. */
export function schemaOf({ type, at }: TypeClaim): string | undefined {
  const { file } = at.item;
  if (!/^\w+$/.test(type)) return undefined;
  const name = file.ofWholeFile(`schema of ${type}`, () => {
    const made = new RegExp(`\\btype\\s+${type}\\s*=\\s*z\\.(?:infer|output)<\\s*typeof\\s+(\\w+)\\s*>`);
    return made.exec(file.text)?.[1];
  });
  return name !== undefined && file.lookUp(name, at) ? name : undefined;
}
