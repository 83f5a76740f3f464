/** Places where a stored password is compared with one that somebody typed, as both are. */
import type { Confidence } from '../../analysis/finding';
import type { ItemFacts } from '../../analysis/item-facts';
import { FUNCTION_KINDS } from '../../analysis/kind';
import { propertyName, unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { resolvedValue } from '../../analysis/value';
import { isTypedPassword } from './plain';

export interface PlainPassword {
  readonly at: Node;
  readonly confidence: Confidence;
}

/** `user.password === req.body.password` */
export function* comparedPasswords(facts: ItemFacts): Generator<PlainPassword> {
  for (const node of facts.nodes('binary_expression')) {
    if (!/^[!=]==?$/.test(node.operator)) continue;
    const [left, right] = [node.child('left'), node.child('right')];
    if (!left || !right) continue;
    for (const [some, other] of [
      [left, right],
      [right, left],
    ] as const) {
      const stored = storedIn(unwrap(some));
      if (!stored || !isTypedPassword(other)) continue;
      yield { at: node, confidence: stored };
      break;
    }
  }
}

const STORED = /^(?:password|passwd|pass|pwd|user_?password|pw)$/i;
/** What an entry of a table or a list of people is called. */
const ENTRY =
  /^(?:\w*(?:user|account|admin|customer|member|person|row|rows|result|results|doc|document|record|found|existing|entry|student|employee|teacher|client|profile|player|owner|u|acc|usr)s?\d?)$/i;

/** Whether a member is the password of an entry, and how sure that is. */
function storedIn(member: Node): Confidence | undefined {
  if (member.kind !== 'member_expression' && member.kind !== 'subscript_expression') return undefined;
  const own = member.child('property') ?? member.child('index');
  const name = own && propertyName(own);
  if (name === undefined || !STORED.test(name)) return undefined;
  let root = member;
  for (let object = root.child('object'); object; object = root.child('object')) root = object;
  if (
    root.kind !== 'identifier' ||
    /^(?:req|request|body|query|ctx|params|data|dto|input|process|config|settings|env|options|opts|formik|form|values|errors|state|props)$/.test(
      root.text,
    )
  )
    return undefined;
  const value = resolvedValue(root);
  if (value.kind === 'await_expression' || value.kind === 'call_expression') return 'high';
  if (isOfCallback(root)) return 'high';
  return ENTRY.test(root.text) ? 'medium' : undefined;
}

/** `users.find((u) => u.password === password)`, `db.get(…, (err, row) => …)` */
function isOfCallback(root: Node): boolean {
  const { file } = root.item;
  const declaration = file.lookUp(root.text, root);
  if (!declaration) return false;
  for (const outer of file.nodeOf(declaration).ancestors()) {
    if (FUNCTION_KINDS.has(outer.kind)) return outer.parent?.kind === 'arguments';
    if (outer.kind === 'statement_block') return false;
  }
  return false;
}
