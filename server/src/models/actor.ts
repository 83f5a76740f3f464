/** Who is logged in, as handlers ask for it: `req.user`, `session.userId`, `await auth()`, and what is made of these. */
import { bindingOf } from '../analysis/flow/binding';
import { callAt } from '../analysis/item-facts';
import { unwrap } from '../analysis/literal';
import type { Node } from '../analysis/node';
import { rememberedByNode } from '../analysis/remembered';
import { argumentHolding, assignedValues } from '../analysis/results';
import { constantString } from '../analysis/value';
import { wordsOf } from '../analysis/words';

const HOLDERS: ReadonlySet<string> = new Set(
  'req request ctx context c event socket locals state'.split(' '),
);
const ACTORS: ReadonlySet<string> = new Set(
  (
    'user auth session userid uid currentuser authuser loggedinuser account principal decoded jwt claims authorizer ' +
    'oidc userdata tokenpayload decodedtoken decodeduser'
  ).split(' '),
);
/** Functions that tell who is logged in. */
const ASKING =
  /^(?:auth|currentUser|getServerSession|get\w*(?:Session|User|Auth|UserId)\w*|require(?:User|Auth)\w*|(?:verify|decode|validate)\w*(?:Token|Jwt|JWT)|jwtVerify)$/;
/** Names of variables and parameters of those who are logged in. */
const FIRST_WORDS = /^(?:session|current|actor|logged|signed|authenticated|auth|decoded)$/;

/** Whether a handler asks who is logged in, in whatever way: `req.user`, `await auth()`, `session.userId`. */
export function usesActor(fn: Node): boolean {
  for (const node of fn.walk()) {
    if (node.kind === 'member_expression' && isKept(node)) return true;
    if (node.kind === 'call_expression' && ASKING.test(callAt(node)?.callee.text ?? '')) return true;
    if (
      node.kind === 'identifier' &&
      /^(?:session|current|actor)$/.test(wordsOf(node.text).find((word) => word !== 'the') ?? '')
    )
      return true;
  }
  return false;
}

/** `req.user`, `req.session.role`, `ctx.state.user`, `res.locals.user` */
export function isKept(member: Node): boolean {
  let node: Node | undefined = member;
  for (let steps = 4; node?.kind === 'member_expression' && steps > 0; steps--) {
    const [object, property]: (Node | undefined)[] = [node.child('object'), node.child('property')];
    const holder: Node | undefined = object && (object.child('property') ?? object);
    if (holder && isHolder(holder) && ACTORS.has(property?.text.toLowerCase() ?? '')) return true;
    node = object;
  }
  return false;
}

function isHolder(holder: Node): boolean {
  return HOLDERS.has(wordsOf(holder.text.slice(-40)).at(-1) ?? '');
}

/** So far is followed what a variable was given. */
const DEEPEST = 6;

/** Whether an expression is who is logged in, or something of them: an id, a role, their record. */
export const isActor = rememberedByNode((expression: Node): boolean => ofActor(expression, DEEPEST));

/** Whether there is something of who is logged in anywhere in some code. */
export function containsActor(code: Node): boolean {
  if (isActor(code)) return true;
  for (const node of code.walk()) if (ASKED_OF.test(node.kind) && isActor(node)) return true;
  return false;
}

const ASKED_OF = /^(?:identifier|shorthand_property_identifier|member_expression|call_expression)$/;

function ofActor(expression: Node, depth: number): boolean {
  const node = unwrap(expression);
  if (depth === 0) return false;
  const inner = (part: Node | undefined) => part !== undefined && ofActor(part, depth - 1);
  switch (node.kind) {
    case 'member_expression':
    case 'subscript_expression':
      return isKept(node) || inner(node.child('object'));
    case 'identifier':
    case 'shorthand_property_identifier':
      return ofVariable(node, depth);
    case 'await_expression':
      return inner(node.parts[0]);
    case 'binary_expression':
      return (
        /^(?:\|\||\?\?|&&)$/.test(node.operator) && (inner(node.child('left')) || inner(node.child('right')))
      );
    case 'template_string':
      return node.parts.some((part) => part.kind === 'template_substitution' && inner(part.parts[0]));
    case 'call_expression':
    case 'new_expression':
      return ofCall(node, depth);
    default:
      return false;
  }
}

/** Methods and functions whose result is about whom they are given. */
const LOOKING_UP =
  /^(?:find(?!ByIdAnd|OneAnd)\w*|get\w*|query|load\w*|fetch\w*|select|first|one|lean|exec|populate)$/;
const CONVERTING =
  /^(?:String|Number|parseInt|BigInt|ObjectId|ObjectID|toString|valueOf|trim|toHexString|createFromHexString)$/;

function ofCall(node: Node, depth: number): boolean {
  const call = callAt(node);
  if (!call) return false;
  const own = call.method ?? call.callee.text;
  if (
    (ASKING.test(own) && !/By[A-Z]|Users$/.test(own)) ||
    /^(?:jsonwebtoken|jwt-simple)\.(?:verify|decode)$/.test(call.name ?? '')
  )
    return true;
  const object = call.callee.child('object');
  const [first] = call.args;
  if (own === 'get' && object && isHolder(object.child('property') ?? object) && first)
    return ACTORS.has((constantString(first) ?? '').toLowerCase());
  if (object && ofActor(object, depth - 1)) return true;
  if (!CONVERTING.test(own) && !LOOKING_UP.test(own)) return false;
  return call.args.some((argument) =>
    argument.kind === 'object' || argument.kind === 'array'
      ? partsOf(argument).some((part) => ofActor(part, depth - 1))
      : ofActor(argument, depth - 1),
  );
}

/** The values in an object or a list, and in the objects in it. */
function partsOf(node: Node): readonly Node[] {
  return node.parts.flatMap((part) => {
    const value = part.kind === 'pair' ? part.child('value') : part;
    if (!value) return [];
    return value.kind === 'object' || value.kind === 'array' ? partsOf(value) : [value];
  });
}

function ofVariable(use: Node, depth: number): boolean {
  const { file } = use.item;
  const declaration = file.lookUp(use.text, use);
  if (!declaration) return false;
  const at = file.nodeOf(declaration);
  const binding = bindingOf(at);
  const [step = '', next = ''] = binding.path;
  if (binding.how === 'parameter') return ofParameter(binding.fn, at, binding.path);
  if (binding.how !== 'value') return false;
  const { value } = binding;
  // `const { user } = req`, `const { session: { userId } } = req`
  if (value && step !== '' && isHolder(value.child('property') ?? value) && ACTORS.has(step.toLowerCase()))
    return true;
  if (HOLDERS.has(step) && ACTORS.has(next.toLowerCase())) return true;
  const values = value ? [value] : assignedValues(declaration, use);
  return values.some((each) => !each.contains(use) && ofActor(each, depth - 1));
}

function ofParameter(fn: Node, at: Node, path: readonly string[]): boolean {
  const words = wordsOf(at.text).filter((word) => word !== 'the');
  if (FIRST_WORDS.test(words[0] ?? '') && at.text !== 'authorization') return true;
  if (HOLDERS.has(path[0] ?? '') && ACTORS.has((path[1] ?? '').toLowerCase())) return true;
  const parameter = at.parent?.kind === 'required_parameter' ? at.parent : undefined;
  if (
    parameter?.children.some(
      ({ kind, text }) => kind === 'decorator' && /User|Auth|Session|Actor|Principal|Jwt/.test(text),
    )
  )
    return true;
  // `jwt.verify(token, key, (error, claims) => …)`
  const argument = argumentHolding(fn);
  const call = argument?.parent?.parent && callAt(argument.parent.parent);
  if (!call) return false;
  const object = call.callee.child('object');
  const isThen = call.method === 'then' && object !== undefined;
  return isThen ? ofActor(object, DEEPEST - 2) : ofCall(call.node, DEEPEST - 2);
}
