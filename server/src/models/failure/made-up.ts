/** Data that was made up: by what it is called, and by what is written in it. */
import { propertyName, unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { constantString, resolvedValue } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import { withoutAwait } from '../auth/denial';

/** Words that say it alone, and words that say it beside one of `DATA`. */
const MADE_UP: ReadonlySet<string> = new Set(['mock', 'mocked', 'mocks']);
const EXAMPLES: ReadonlySet<string> = new Set(
  'sample samples demo placeholder hardcoded example simulated dummy fake faked'.split(' '),
);
const DATA: ReadonlySet<string> = new Set(
  (
    'data user users customer customers product products item items order orders record records result results ' +
    'response responses list account accounts transaction transactions post posts row rows entry entries payment ' +
    'payments invoice invoices profile profiles balance balances stats metrics report reports price prices ' +
    'portfolio analytics events jobs leads members employees patients students'
  ).split(' '),
);
/** First words of functions that hand data out: `getDemoReviews()`. */
const MAKING: ReadonlySet<string> = new Set('get generate build make load fetch'.split(' '));
/** What applications have that goes by these words, and is none of it: mock servers, mock interviews, dummy hashes. */
const OTHERWISE: ReadonlySet<string> = new Set(
  (
    'server servers interview interviews exam exams test tests quiz quizzes trial api adapter module service client ' +
    'hash password compare timing mode url image img text component implementation return resolved once hint color ' +
    'trading news detection fn function'
  ).split(' '),
);

/** Whether an expression is data that is called made up: `mockUsers`, `MOCK.orders`, `generateMockStats()`. */
export function isCalledMadeUp(expression: Node): boolean {
  return namesIn(withoutAwait(expression)).some((name) => {
    const words = wordsOf(name);
    if (words.some((word) => OTHERWISE.has(word))) return false;
    if (words.some((word) => MADE_UP.has(word))) return true;
    const isMade = MAKING.has(words[0] ?? '') || words.some((word) => DATA.has(word));
    // The tokens of a parser, and one of several that will do.
    return isMade && !/token|instance/i.test(name) && words.some((word) => EXAMPLES.has(word));
  });
}

/** Whether a text says that made-up data is used: a comment, or a line for the log. */
export const SAYS_MADE_UP =
  /\b(?:mock(?:ed)?|dummy|fake|sample|placeholder|demo|simulated|hard-?coded|made-up) (?:\w+ )?(?:data|users?|products?|orders?|items?|records?|results?|responses?|values?|list|metrics|stats|analytics|balances?|prices?|transactions?)\b/i;

/** Whether a name says that what goes by it is not the real thing. */
export function isMockName(name: string): boolean {
  return wordsOf(name).some((word) => MADE_UP.has(word) || EXAMPLES.has(word));
}

/** The names on the way to a value: of `mockData.users.filter(…)` they are `filter`, `users`, `mockData`. */
function namesIn(expression: Node): readonly string[] {
  const names: string[] = [];
  let node = unwrap(expression);
  for (let steps = 24; steps > 0; steps--) {
    const property = node.child('property');
    if (property) names.push(property.text);
    else if (/identifier$/.test(node.kind)) names.push(node.text);
    const inner = node.child('function') ?? node.child('object');
    if (!inner) break;
    node = unwrap(inner);
  }
  return names;
}

/** Keys of what is about people or money: nobody has a default for them. */
const PERSONAL: ReadonlySet<string> = new Set(
  (
    'email phone balance amount price total revenue salary income username firstname lastname fullname userid ' +
    'customerid orderid transactionid accountnumber cost sales earnings iban address ssn dob'
  ).split(' '),
);
const PLACEHOLDER =
  /\b(?:john|jane|alice|bob) ?(?:doe|smith|johnson)?\b|@example\.|\blorem\b|\b(?:sample|mock|demo|dummy|fake|test) |\b(?:user|product|item|customer|order) ?[1a]\b/i;

/** Names of lists that stand in on purpose: what is there before anything was saved. */
const STARTING_POINT = /^(?:default|initial|empty|starter|builtin|fallback)/i;

/**
 * How sure it is that a literal holds records that somebody made up: a list of records with two constant fields or
 * more, or one record of several numbers. What they are about, or a placeholder in them, tells them from defaults.
 */
export function madeUpRecords(expression: Node): 'surely' | 'maybe' | undefined {
  const name = unwrap(expression);
  if (name.kind === 'identifier' && STARTING_POINT.test(name.text)) return undefined;
  const value = resolvedValue(expression);
  if (value.kind === 'object') {
    const isMeasured = value.parts.filter((part) => numberIn(part) !== undefined).length >= 4;
    const found = ofRecord(value);
    return found === 'surely' || isMeasured ? found : undefined;
  }
  if (value.kind !== 'array') return undefined;
  const records = value.parts.map((part) => ofRecord(resolvedValue(part)));
  if (records.length === 0 || records.includes(undefined)) return undefined;
  return records.includes('surely') ? 'surely' : 'maybe';
}

function ofRecord(record: Node): 'surely' | 'maybe' | undefined {
  if (record.kind !== 'object') return undefined;
  const fields = record.parts.flatMap((part) => {
    const [key, value] = [part.child('key'), part.child('value')];
    const text = value && (numberIn(part) ?? textIn(value));
    return key && text ? [{ name: propertyName(key) ?? '', text }] : [];
  });
  if (fields.length < 2 || fields.length < record.parts.length / 2) return undefined;
  const isSure = fields.some(
    ({ name, text }) => PERSONAL.has(name.toLowerCase().replace(/[_-]/g, '')) || PLACEHOLDER.test(text),
  );
  return isSure ? 'surely' : 'maybe';
}

function textIn(value: Node): string | undefined {
  return resolvedValue(value).kind === 'number' ? undefined : constantString(value) || undefined;
}

/** The number other than zero that a pair gives, as written. */
function numberIn(pair: Node): string | undefined {
  const given = pair.child('value');
  const value = given && resolvedValue(given);
  return value?.kind === 'number' && Number(value.text) !== 0 ? value.text : undefined;
}
