/** Records with secrets in them that are sent to clients whole, as far as the file says what is in them. */
import { type Call, callAt } from '../analysis/item-facts';
import { propertyName, unwrap } from '../analysis/literal';
import { canonicalName } from '../analysis/name';
import type { Node } from '../analysis/node';
import { argumentHolding } from '../analysis/results';
import { constantBoolean, constantString, propertyOf, resolvedValue } from '../analysis/value';
import { wordsOf } from '../analysis/words';

export interface ExposedRecord {
  /** The field that clients must not see; undefined where only the table is known. */
  readonly field: string | undefined;
  /** The table or the model. */
  readonly of: string;
}

const SECRET =
  /^(?:(?:hashed|encrypted)?_?pass(?:word|wd|phrase)?(?:_?(?:hash|digest|salt))?|pwd|salt|ssn|cvv|cvc|card_?number|credit_?card(?:_?number)?|(?:reset|refresh|verification)_?(?:password_?)?token|api_?(?:key|secret)|secret(?:_?key)?|private_?key|two_?factor_?secret|mfa_?secret)$/i;
/** Tables whose rows have passwords, as a rule. */
const SELECT_ALL =
  /^\s*select\s+(?:\w+\.)?\*\s+from\s+["'`[]?(\w*(?:users?|accounts?|customers?|employees?|members?|admins?|credentials?))["'`\]]?(?:\s|;|$)/i;
const PROJECTING =
  /\.(?:select|omit|pick|project|exclude|without)\s*\(|\b(?:attributes|projection|select|omit|exclude)\s*:/;

/** What is sent of a record that a response has whole. */
export function exposedIn(value: Node, depth = 5): ExposedRecord | undefined {
  const node = withoutAwait(resolvedValue(value));
  if (depth === 0) return undefined;
  switch (node.kind) {
    case 'identifier':
    case 'shorthand_property_identifier':
      return ofParameter(node, depth);
    case 'subscript_expression':
    case 'member_expression': {
      const object = node.child('object');
      const isRows =
        node.kind === 'subscript_expression' || /^rows?$/.test(node.child('property')?.text ?? '');
      return object && isRows ? exposedIn(object, depth - 1) : undefined;
    }
    case 'call_expression':
      return ofCall(node, depth);
    case 'array':
      return ofList(node, value);
    default:
      return undefined;
  }
}

/** `const users = [{ name: 'ann', password: … }]` */
function ofList(array: Node, value: Node): ExposedRecord | undefined {
  const [first] = array.parts;
  const field = first && secretKey(unwrap(first));
  return field === undefined ? undefined : { field, of: value.text.slice(0, 40) };
}

function secretKey(object: Node): string | undefined {
  if (object.kind !== 'object') return undefined;
  return object.parts
    .map((part) => propertyName(part.child('key') ?? part))
    .find((name) => name !== undefined && SECRET.test(name));
}

function ofCall(node: Node, depth: number): ExposedRecord | undefined {
  const call = callAt(node);
  if (!call || PROJECTING.test(node.text)) return undefined;
  const sql = ofSql(call);
  if (sql) return sql;
  const receiver = call.callee.child('object');
  if (!receiver) return undefined;
  if (
    /^(?:lean|exec|sort|limit|skip|populate|toObject|find|filter|slice|at|reverse|concat)$/.test(
      call.method ?? '',
    )
  ) {
    const inner = exposedIn(receiver, depth - 1);
    if (inner) return inner;
  }
  return /^(?:find\w*|create|save)$/.test(call.method ?? '') &&
    (call.args.length < 2 || call.method?.includes('Update') === true)
    ? ofModel(receiver)
    : undefined;
}

function ofSql({ args }: Call): ExposedRecord | undefined {
  const text = args[0] && constantString(args[0]);
  const table = text === undefined ? undefined : SELECT_ALL.exec(text)?.[1];
  return table === undefined ? undefined : { field: undefined, of: table };
}

/** `mongoose.model('User', new Schema({ password: … }))` in the file. */
function ofModel(receiver: Node): ExposedRecord | undefined {
  const made = callAt(resolvedValue(receiver));
  if (!made || !/(?:^|\.)(?:model|define)$/.test(made.name ?? '')) return undefined;
  const given = made.args[1] && resolvedValue(made.args[1]);
  if (!given || !/^(?:mongoose|sequelize)\b/.test(canonicalName(receiver) ?? '')) return undefined;
  if (/\btoJSON\b|transform|defaultScope/.test(made.node.text + given.text)) return undefined;
  const schema = given.kind === 'new_expression' ? callAt(given)?.args[0] : given;
  const fields = schema && resolvedValue(schema);
  const field = fields && secretKey(fields);
  const how = fields && field !== undefined ? propertyOf(fields, field) : undefined;
  const selected = how && propertyOf(resolvedValue(how), 'select');
  if (selected && constantBoolean(selected) === false) return undefined;
  const name = made.args[0] && constantString(made.args[0]);
  return field === undefined ? undefined : { field, of: name ?? receiver.text };
}

/** `.then((users) => …)`, `db.all(sql, (error, rows) => …)` */
function ofParameter(identifier: Node, depth: number): ExposedRecord | undefined {
  const { file } = identifier.item;
  const declaration = file.lookUp(identifier.text, identifier);
  const declared = declaration && file.nodeOf(declaration);
  const fn = declared?.enclosingFunction;
  if (!declared || !fn || !/parameter/.test(`${declared.parent?.kind} ${declared.field}`)) return undefined;
  const argument = argumentHolding(fn);
  const call = argument?.parent?.parent && callAt(argument.parent.parent);
  if (!call) return undefined;
  const index = (fn.child('parameters')?.parts ?? [declared]).findIndex((part) => part.contains(declared));
  if (call.method === 'then' && index === 0) {
    const receiver = call.callee.child('object');
    return receiver && exposedIn(receiver, depth - 1);
  }
  if (index !== 1) return undefined;
  return PROJECTING.test(call.node.text.slice(0, 200)) ? undefined : (ofSql(call) ?? ofFound(call));
}

/** `User.find({}, (error, users) => …)` */
function ofFound({ method, callee, args }: Call): ExposedRecord | undefined {
  const receiver = callee.child('object');
  return receiver && /^find/.test(method ?? '') && args.length <= 2 ? ofModel(receiver) : undefined;
}

/** A password by its name: `user.password`. */
export function isSecretMember(value: Node): string | undefined {
  const node = resolvedValue(value);
  if (node.kind !== 'member_expression') return undefined;
  const name = propertyName(node.child('property') ?? node) ?? '';
  const isOfRecord = /^(?:user|account|customer|member|employee|admin|row|result|doc|found|profile)s?$/.test(
    wordsOf(node.child('object')?.text.slice(-40) ?? '').at(-1) ?? '',
  );
  return isOfRecord && /^(?:(?:hashed)?_?password(?:_?hash)?|passwd|pwd|salt|ssn|cvv)$/i.test(name)
    ? name
    : undefined;
}

function withoutAwait(node: Node): Node {
  const inner = node.kind === 'await_expression' ? node.parts[0] : undefined;
  return inner ? unwrap(inner) : node;
}
