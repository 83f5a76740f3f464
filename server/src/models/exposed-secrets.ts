/** Secrets that are in an expression as they are: not masked, not counted, not only asked whether they are there. */
import { propertyName, unwrap } from '../analysis/literal';
import { canonicalName } from '../analysis/name';
import type { Node } from '../analysis/node';
import { templateParts } from '../analysis/string-parts';
import { resolvedValue } from '../analysis/value';
import { wordsOf } from '../analysis/words';
import { isPlainPasswordName } from './crypto/passwords';
import { isSecretName } from './secret-names';

/** How much is lost: a `password` or key for sure, a `token` that may be one of a parser, a `request` that may hold either. */
export type Exposure = 'password' | 'key' | 'token' | 'request' | 'environment';

export interface Exposed {
  readonly node: Node;
  /** As it is called. */
  readonly name: string;
  readonly what: Exposure;
}

/** So many parts are looked at. */
const MOST_PARTS = 60;
/** Calls that say the same in other words. */
const SAME =
  /^(?:JSON\.stringify|String|toString|inspect|trim|format|concat|join|dump|encodeURIComponent|stringify)$/;

export function* exposedIn(expression: Node): Generator<Exposed> {
  const open = [expression];
  for (let left = MOST_PARTS, next = open.pop(); next && left > 0; left--, next = open.pop()) {
    const node = unwrap(next);
    const found = exposureOf(node);
    if (found) yield found;
    else open.push(...partsOf(node));
  }
}

function partsOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'template_string':
      return templateParts(node).flatMap((part) => (typeof part === 'string' ? [] : [part]));
    case 'binary_expression': {
      const sides = [node.child('left'), node.child('right')].flatMap((side) => side ?? []);
      if (node.operator === '+' || node.operator === '||' || node.operator === '??') return sides;
      return node.operator === '&&' ? sides.slice(1) : [];
    }
    case 'ternary_expression':
      return [node.child('consequence'), node.child('alternative')].flatMap((side) => side ?? []);
    case 'await_expression':
    case 'spread_element':
      return node.parts;
    case 'object':
      return node.parts;
    case 'pair':
      return [node.child('value')].flatMap((value) => value ?? []);
    case 'array':
      return node.parts;
    case 'call_expression': {
      const callee = node.child('function');
      const own = callee?.child('property')?.text ?? callee?.text.slice(0, 20);
      const name = callee?.child('object')?.text === 'JSON' ? `JSON.${own}` : own;
      if (name === undefined || !SAME.test(name)) return [];
      const owner = callee?.child('object');
      return [...(owner ? [owner] : []), ...(node.child('arguments')?.parts.slice(0, 3) ?? [])];
    }
    case 'identifier': {
      // What is put together above: a text, an object.
      const value = resolvedValue(node);
      return value.is(node) || value.kind === 'identifier' ? [] : [value];
    }
    default:
      return [];
  }
}

/** `{ password: form.value }` */
function exposedUnderKey(pair: Node): Exposed | undefined {
  const key = pair.child('key');
  const value = pair.child('value');
  const name = key && propertyName(key);
  const what = name === undefined ? undefined : secretIn(name);
  if (!what || what === 'token' || !value || name === undefined) return undefined;
  const given = unwrap(value);
  return given.kind === 'identifier' || given.kind === 'member_expression'
    ? { node: given, name, what }
    : undefined;
}

const REQUEST_PARTS = /^(?:headers|body|cookies|authorization|cookie)$/;

function exposureOf(node: Node): Exposed | undefined {
  const { kind } = node;
  if (kind === 'pair') return exposedUnderKey(node);
  if (
    kind !== 'identifier' &&
    kind !== 'member_expression' &&
    kind !== 'subscript_expression' &&
    kind !== 'shorthand_property_identifier'
  )
    return undefined;
  const own = node.child('property') ?? node.child('index') ?? node;
  const name = propertyName(own);
  if (name === undefined) return undefined;
  const object = node.child('object');
  if (name === 'env' && canonicalName(node) === 'process.env')
    return { node, name: 'process.env', what: 'environment' };
  if (object && REQUEST_PARTS.test(name) && isOfRequest(object)) return { node, name, what: 'request' };
  const what = secretIn(name);
  return what && !isConstantName(node, object) ? { node, name, what } : undefined;
}

function isOfRequest(object: Node): boolean {
  const name = propertyName(object.child('property') ?? object) ?? '';
  return /^(?:the)?(?:req|request|headers)$/i.test(name);
}

/** `TokenType.PASSWORD`, `ErrorCodes.INVALID_TOKEN` */
function isConstantName(node: Node, object: Node | undefined): boolean {
  const own = node.child('property')?.text ?? '';
  return (
    object !== undefined &&
    /^[A-Z][A-Z_\d]*$/.test(own) &&
    /^[A-Z]/.test(object.text) &&
    !/env/i.test(object.text)
  );
}

const ABOUT =
  /(?:error|errors|err|message|valid|type|name|id|ids|length|count|status|field|input|url|uri|path|header|expiry|expires|exp|usage|used|limit|info|list|index|kind|position|stream|policy|hash|hashed|hint|strength|reset|symbol|address|price|balance)$/i;

function secretIn(name: string): Exposure | undefined {
  if (isPlainPasswordName(name))
    return /^(?:is|has)[A-Z]/.test(name) || /pin$|^pass$/i.test(name) ? undefined : 'password';
  const words = wordsOf(name);
  if (
    !isSecretName(name) ||
    ABOUT.test(name) ||
    words.some((word) =>
      /^(?:is|has|no|signing|public|csrf|xsrf|next|prev|cancel|parse|syntax|design|page)$/.test(word),
    )
  )
    return undefined;
  const head = words.at(-1) ?? '';
  if (
    /^(?:key|keys|secret|secrets|credential|credentials|passphrase|apikey)$/.test(head) ||
    /(?:apikey|secretkey|privatekey)$/i.test(name)
  )
    return 'key';
  return /access|refresh|auth|jwt|bearer|reset|api|session/i.test(name) ? 'key' : 'token';
}
