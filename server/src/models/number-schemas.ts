/** Numbers in schemas of requests that have no lower bound. */
import type { Fix } from '../analysis/fix';
import { callAt, type ItemFacts } from '../analysis/item-facts';
import type { Kind } from '../analysis/kind';
import { propertyName } from '../analysis/literal';
import { canonicalName } from '../analysis/name';
import type { Node } from '../analysis/node';
import { usesOf } from '../analysis/uses';
import { resolvedValue } from '../analysis/value';
import { wordsOf } from '../analysis/words';
import { validatorCall } from './validators';

export interface OpenNumber {
  readonly at: Node;
  /** The name of the field. */
  readonly name: string;
  /** Whether the file holds a request against the schema. */
  readonly isHeld: boolean;
  readonly fix: readonly Fix[];
}

/** What is counted. */
const COUNTED: ReadonlySet<string> = new Set(
  'qty quantity quantities units seats credits tickets'.split(' '),
);
const PAID: ReadonlySet<string> = new Set('amount price'.split(' '));
/** Names of schemas of payments; in a list of bookings amounts are below zero as often as not. */
const PAYING =
  /checkout|order|transfer|purchase|buy|deposit|withdraw|payment|charge|invoice|product|donat|\bbid/i;
/** Fields that may well be below zero. */
const SIGNED = /delta|chang|adjust|diff|max|min|before|after/i;
/** Words in the names of schemas of what clients send. */
const OF_REQUESTS =
  /create|update|insert|new|add|input|body|request|req|payload|dto|checkout|order|cart|transfer|purchase|buy|deposit|withdraw|payment|form/i;
const OF_ANSWERS = /response|result|output|reply|config|row|record/i;

const NUMBER =
  /^(?:[@\w/-]*zod(?:\/[\w-]+)*\.(?:z\.)?(?:coerce\.)?|joi\.(?:Joi\.)?|@hapi\/joi\.|yup\.)number$/;
const OBJECT =
  /^(?:[@\w/-]*zod(?:\/[\w-]+)*\.(?:z\.)?(?:strictObject|object)|joi\.(?:Joi\.)?object(?:\(\)\.keys)?|@hapi\/joi\.object(?:\(\)\.keys)?|yup\.object(?:\(\)\.shape)?)$/;
/** Methods behind which a number has a lower bound, or may have one that nobody sees. */
const BOUNDING =
  /^(?:positive|nonnegative|min|gt|gte|moreThan|greater|refine|superRefine|transform|pipe|check|custom|test|when|valid|oneOf|multipleOf|port|preprocess)$/;
const MOST = 12;

export function* openNumbers(facts: ItemFacts): Generator<OpenNumber> {
  for (const call of facts.calls) {
    if (!/^(?:object|strictObject|keys|shape)$/.test(call.method ?? '') || !OBJECT.test(call.name ?? ''))
      continue;
    const object = call.args[0] && resolvedValue(call.args[0]);
    if (object?.kind !== 'object') continue;
    let isHeld: boolean | undefined;
    for (const part of object.parts) {
      const [key, value] = [part.child('key'), part.child('value')];
      const name = (key && propertyName(key)) ?? '';
      if (!key || !value || SIGNED.test(name)) continue;
      const last = wordsOf(name).at(-1) ?? '';
      if (!COUNTED.has(last) && !PAID.has(last)) continue;
      const base = openNumber(value);
      if (!base) continue;
      const schema = nameOf(call.node);
      isHeld ??= schema !== undefined && isHeldAgainst(schema);
      const says = schema?.text ?? '';
      if (!isHeld && (!OF_REQUESTS.test(says) || OF_ANSWERS.test(says))) continue;
      if (PAID.has(last) && !PAYING.test(says)) continue;
      yield { at: value, name, isHeld, fix: fixFor(name, base) };
    }
  }
}

/** class-validator: `@IsInt() quantity: number;`. Source: its documentation, version 0.14. */
const IS_NUMBER = /^class-validator\.(?:IsInt|IsNumber)$/;
/** Beside which a number has a lower bound, or may have one that nobody sees. */
const BOUNDS =
  /^(?:Min|IsPositive|IsIn|IsEnum|Equals|Validate\w*|IsDivisibleBy|Transform|Is[A-Z]\w*(?:Amount|Price|Quantity))$/;

export function* openFields(facts: ItemFacts): Generator<OpenNumber> {
  for (const decorator of facts.nodes('decorator')) {
    const call = decorator.parts[0] && callAt(decorator.parts[0]);
    if (!call || !IS_NUMBER.test(call.name ?? '')) continue;
    const field = decorator.parent;
    const name = field?.child('name')?.text ?? '';
    const owner = field?.enclosing(CLASSES)?.child('name')?.text ?? '';
    const last = wordsOf(name).at(-1) ?? '';
    if (!field || SIGNED.test(name) || !(COUNTED.has(last) || (PAID.has(last) && PAYING.test(owner))))
      continue;
    if (!OF_REQUESTS.test(owner) || OF_ANSWERS.test(owner)) continue;
    const others = field.children.filter(({ kind }) => kind === 'decorator');
    const isBound = others.some((each) => {
      const other = each.parts[0] && callAt(each.parts[0]);
      return BOUNDS.test(other?.name?.split('.').at(-1) ?? other?.callee.text ?? '');
    });
    if (!isBound) yield { at: field.child('name') ?? field, name, isHeld: false, fix: [] };
  }
}

const CLASSES: ReadonlySet<Kind> = new Set<Kind>(['class_declaration', 'class']);

/** The call of `number()` that a schema begins with, where nothing in its chain is a lower bound. */
function openNumber(schema: Node): Node | undefined {
  let node: Node | undefined = resolvedValue(schema);
  for (let steps = MOST; node && steps > 0; steps--) {
    const call = callAt(node);
    if (!call || BOUNDING.test(call.method ?? '')) return undefined;
    if (call.method === 'number') return NUMBER.test(call.name ?? '') ? node : undefined;
    const object: Node | undefined = call.callee.child('object');
    node = object && resolvedValue(object);
  }
  return undefined;
}

/** The variable that a schema is stored in, maybe inside of another one. */
function nameOf(schema: Node): Node | undefined {
  for (let node = schema.parent, steps = MOST; node && steps > 0; steps--, node = node.parent) {
    if (node.kind === 'variable_declarator') return node.child('name');
    if (/statement|function|class/.test(node.kind)) return undefined;
  }
  return undefined;
}

/** Whether the file holds something of a request against a schema: `schema.parse(req.body)`. */
function isHeldAgainst(name: Node): boolean {
  const { file } = name.item;
  const declaration = file.lookUp(name.text, name);
  return (declaration ? usesOf(declaration, file) : []).some((use) => {
    const member = use.field === 'object' ? use.parent : undefined;
    const call = member?.parent ? callAt(member.parent) : undefined;
    const input = call && validatorCall(call) ? call.args[0] : undefined;
    return (
      input !== undefined && /\b(?:body|query|payload|json\(\)|formData)/.test(resolvedValue(input).text)
    );
  });
}

/** Prices may be nothing; what is counted is at least one. */
function fixFor(name: string, base: Node): readonly Fix[] {
  const isPrice = /price/i.test(name);
  const root = canonicalName(base.child('function') ?? base) ?? '';
  const text = isPrice ? (root.includes('zod') ? '.nonnegative()' : '.min(0)') : '.positive()';
  return [{ title: `Add \`${text}\``, safety: 'choice', edits: [{ start: base.end, end: base.end, text }] }];
}
