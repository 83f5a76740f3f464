/** Secrets that are in an expression as they are: not masked, not counted, not only asked whether they are there. */
import type { Kind } from '../analysis/kind';
import { propertyName, unwrap } from '../analysis/literal';
import { canonicalName } from '../analysis/name';
import type { Node } from '../analysis/node';
import { assignedValues, functionOf, resultsOf } from '../analysis/results';
import { templateParts } from '../analysis/string-parts';
import { usesOf } from '../analysis/uses';
import { constantString, resolvedValue } from '../analysis/value';
import { wordsOf } from '../analysis/words';
import { isPlainPasswordName } from './crypto/passwords';
import { isSecretName } from './secret-names';

/**
 * How much is lost: a `password` or key for sure, what is `personal` and worth money, a `token` that may be one of a
 * parser, a `request` that may hold any of them.
 */
export type Exposure = 'password' | 'key' | 'personal' | 'token' | 'request' | 'environment';

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
  /^(?:JSON\.stringify|String|toString|inspect|trim|format|concat|join|dump|assign|encodeURIComponent|stringify)$/;

export function* exposedIn(expression: Node): Generator<Exposed> {
  const open = [expression];
  const seen = new Set<string>();
  for (let left = MOST_PARTS, next = open.pop(); next && left > 0; left--, next = open.pop()) {
    const node = unwrap(next);
    const key = `${node.start}:${node.end}`;
    if (seen.has(key)) continue;
    seen.add(key);
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
    case 'assignment_expression':
      return [node.child('right')].flatMap((value) => value ?? []);
    case 'array':
      return node.parts;
    case 'call_expression': {
      const callee = node.child('function');
      const own = callee?.child('property')?.text ?? callee?.text.slice(0, 20);
      const name = callee?.child('object')?.text === 'JSON' ? `JSON.${own}` : own;
      if (name === undefined) return [];
      if (!SAME.test(name)) return callee ? answersOf(callee, name) : [];
      const owner = callee?.child('object');
      return [...(owner ? [owner] : []), ...(node.child('arguments')?.parts.slice(0, 3) ?? [])];
    }
    case 'identifier': {
      // What is put together above: a text, an object.
      const value = resolvedValue(node);
      const isKnown = !value.is(node) && value.kind !== 'identifier';
      if (isKnown && value.kind !== 'object') return [value];
      return [...(isKnown ? [value] : []), ...writtenTo(node)];
    }
    case 'new_expression':
      return /Error$/.test(node.child('constructor')?.text ?? '')
        ? (node.child('arguments')?.parts ?? [])
        : [];
    default:
      return [];
  }
}

/** What hides a value, or makes another of it. */
const HIDING =
  /mask|redact|hide|hash|encrypt|cipher|sanitiz|censor|obscur|strip|omit|digest|sign|verif|valid|check|compar|match|equal/i;

/** What a function of the file answers. */
function answersOf(callee: Node, name: string): readonly Node[] {
  if (HIDING.test(name)) return [];
  const fn = functionOf(callee);
  return fn ? resultsOf(fn).slice(0, 5) : [];
}

/** So many uses of one variable are looked at. */
const MOST_USES = 20;

/** What a variable is given further on: all of it, or one of its properties. */
function writtenTo(use: Node): readonly Node[] {
  const { file } = use.item;
  const declaration = file.lookUp(use.text, use);
  if (!declaration || file.nodeOf(declaration).parent?.kind !== 'variable_declarator') return [];
  const properties = usesOf(declaration, file)
    .slice(0, MOST_USES)
    .flatMap((each) => {
      const member = each.field === 'object' ? each.parent : undefined;
      const assignment = member?.field === 'left' ? member.parent : undefined;
      return assignment?.kind === 'assignment_expression' && assignment.start < use.start ? [assignment] : [];
    });
  const whole = assignedValues(declaration, use).filter((value) => value.start < use.start);
  return [...whole.slice(0, 5), ...properties];
}

/** `{ password: form.value }`, `data.password = form.value` */
function exposedUnderKey(pair: Node): Exposed | undefined {
  const left = pair.child('left');
  const key = pair.child('key') ?? left?.child('property') ?? left?.child('index');
  const value = pair.child('value') ?? pair.child('right');
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
  if (kind === 'pair' || kind === 'assignment_expression') return exposedUnderKey(node);
  if (kind === 'call_expression') return exposedByCall(node);
  if (
    kind !== 'identifier' &&
    kind !== 'member_expression' &&
    kind !== 'subscript_expression' &&
    kind !== 'shorthand_property_identifier'
  )
    return undefined;
  const own = node.child('property') ?? node.child('index') ?? node;
  const object = node.child('object');
  const isOpen = kind === 'subscript_expression' && object !== undefined && constantString(own) === undefined;
  if (isOpen && canonicalName(object) === 'process.env')
    return { node, name: 'process.env', what: 'environment' };
  const name = propertyName(own);
  if (name === undefined) return undefined;
  if (name === 'env' && canonicalName(node) === 'process.env')
    return { node, name: 'process.env', what: 'environment' };
  if (object && REQUEST_PARTS.test(name) && isOfRequest(object)) return { node, name, what: 'request' };
  if (kind === 'identifier' && name === 'req' && isHandlers(node))
    return { node, name: 'headers', what: 'request' };
  const what = secretIn(name);
  return what && !isConstantName(node, object) ? { node, name, what } : undefined;
}

const GIVING = /^(?:get|read|load|fetch|generate|create|make|decrypt)(?=[A-Z_])_?/;

/** `getPassword()`, `vault.readSecret(…)`, `req.get('authorization')` */
function exposedByCall(node: Node): Exposed | undefined {
  const callee = node.child('function');
  const own = callee?.child('property') ?? callee;
  const object = callee?.child('object');
  if (!own || (own.kind !== 'identifier' && own.kind !== 'property_identifier')) return undefined;
  const [first] = node.child('arguments')?.parts ?? [];
  if (object && /^(?:get|header)$/.test(own.text) && first && isOfRequest(object))
    return /^(?:authorization|cookie|x-api-key|x-auth-token)$/i.test(constantString(first) ?? '')
      ? { node, name: constantString(first) ?? '', what: 'key' }
      : undefined;
  if (!GIVING.test(own.text) || HIDING.test(own.text)) return undefined;
  const name = own.text.replace(GIVING, '');
  const what = secretIn(name.charAt(0).toLowerCase() + name.slice(1));
  return what === 'password' || (what === 'key' && !/keys?$/i.test(name))
    ? { node, name: own.text, what }
    : undefined;
}

function isOfRequest(object: Node): boolean {
  const name = propertyName(object.child('property') ?? object) ?? '';
  return /^(?:the)?(?:req|request|headers)$/i.test(name);
}

/** Whether a variable is the request of a handler, with the response beside it. */
function isHandlers(use: Node): boolean {
  const { file } = use.item;
  const declaration = file.lookUp(use.text, use);
  const list = declaration && file.nodeOf(declaration).enclosing(PARAMETERS);
  return list?.parts.some((part) => /^(?:res|response)\b/.test(part.text)) === true;
}

const PARAMETERS: ReadonlySet<Kind> = new Set<Kind>(['formal_parameters']);

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

/** What is worth money to whoever has it, and is the matter of laws. */
const PERSONAL =
  /^(?:user|customer|client|my|the|full)?_?(?:ssn|social_?security(?:_?(?:number|no))?|credit_?card(?:_?(?:number|num|no))?|card_?(?:number|num)|cc_?(?:number|num)|cvv2?|cvc2?|security_?code|bank_?account(?:_?(?:number|no))?|iban|routing_?number|passport_?(?:number|no)|drivers?_?license(?:_?number)?|tax_?(?:id|payer_?id)|national_?id)$/i;

/** Addresses that have a password in them, as a rule. */
const CONNECTION =
  /^(?:database_?ur[il]|db_?ur[il]|mongo(?:db)?_?ur[il]|(?:db_?)?connection_?string|postgres(?:ql)?_?ur[il]|redis_?ur[il])$/i;
/** What somebody types to show who they are. */
const CODE = /(?:^|[a-z_])(?:t?otp|(?:otp|verification|reset|mfa|login|auth)_?code)$/i;

/** `tokenKey`, `callSessionKey`: under which something is kept. A `sessionKey` alone may be one to encrypt with. */
function isKeyOfPlace(words: readonly string[]): boolean {
  const [owner, head] = words.slice(-2);
  if (head !== 'key' && head !== 'keys') return false;
  return owner === 'token' || owner === 'cookie' || (owner === 'session' && words.length > 2);
}

function secretIn(name: string): Exposure | undefined {
  if (PERSONAL.test(name)) return 'personal';
  if (CONNECTION.test(name) || CODE.test(name)) return 'key';
  if (isPlainPasswordName(name))
    return /^(?:is|has)[A-Z]/.test(name) || /pin$|^pass$/i.test(name) ? undefined : 'password';
  const words = wordsOf(name);
  if (
    !isSecretName(name) ||
    ABOUT.test(name) ||
    words.some((word) =>
      /^(?:is|has|no|signing|public|csrf|xsrf|next|prev|cancel|debug|parse|syntax|design|page)$/.test(word),
    ) ||
    isKeyOfPlace(words)
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
