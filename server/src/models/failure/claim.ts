/** What an answer says of how things went: that they went well, that they did not, or nothing. */
import { propertyName, unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { constantString, resolvedValue } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';

/**
 * - `success`: it says that all went well. `received`: that a message arrived.
 * - `admits`: something in it says that not all went well, or where it comes from.
 * - `nothing`: it says neither; `unclear`: what it says is decided elsewhere.
 */
export type Claim = 'success' | 'received' | 'admits' | 'nothing' | 'unclear';

const YES: ReadonlySet<string> = new Set(
  (
    'success succeeded successful ok valid isvalid verified isverified approved paid completed saved sent delivered ' +
    'processed authorized allowed created updated deleted removed refunded accepted confirmed'
  ).split(' '),
);
const RECEIVED: ReadonlySet<string> = new Set(['received', 'acknowledged', 'ack']);
const STATES: ReadonlySet<string> = new Set(['status', 'state', 'result', 'outcome']);
const STATE_YES =
  /^(?:ok|okay|success|succeeded|successful|completed|complete|paid|approved|processed|verified|delivered|sent|refunded|confirmed)$/i;
const STATE_RECEIVED = /^(?:received|acknowledged|event[ _]received)$/i;
const TEXT_YES =
  /\bsuccess(?:ful|fully)?\b|\b(?:has|have|was|were|been) (?:saved|sent|created|updated|deleted|processed|refunded|completed|verified)\b/i;

/** Words of keys that say that something is different from what it should be. */
const ADMITTING: ReadonlySet<string> = new Set(
  (
    'error errors err errored exception fail failed failure failures warning warnings fallback stale cached cache ' +
    'degraded offline mock mocked simulated simulation demo source partial skipped skip reason duplicate duplicated ' +
    'already exists expired ignored retry retrying queued pending unavailable limited unknown unverified missing ' +
    'invalid rejected default estimated dry noop preview timeout incomplete'
  ).split(' '),
);
const TEXT_ADMITS =
  /fail|error|unable|\bcould ?n[o']t|\bcould not|\bcannot|\bcan['’]t|wrong|unavailable|invalid|\bnot\b|\bno\b|n['’]t\b|denied|sorry|\blater\b|attempt|fall ?back|skip|ignor|already|duplicate|expired|offline|degraded|pending|queue|retr|unknown|missing|problem|issue|warning|time(?:d )?-?out|simulat|mock|demo\b|trouble|apolog|unfortunate|\btry\b|please|moment|\bif\b.*\b(?:exists?|account|registered|e-?mail)/i;
/** An answer that is the same whether there is such an account or not, so that nobody can find out. */
export const TELLS_NOTHING = /\bif\b.*\b(?:exists?|account|registered|e-?mail|user)\b/i;

/** @param error the name of the error, which an answer that mentions it does not hide. */
export function claimOf(body: Node, error: string): Claim {
  const value = resolvedValue(body);
  switch (value.kind) {
    case 'object':
      return ofObject(value, error);
    case 'string':
    case 'template_string': {
      const text = constantString(value) ?? value.text;
      if (TEXT_ADMITS.test(text) || mentions(value, error)) return 'admits';
      if (STATE_RECEIVED.test(text)) return 'received';
      return STATE_YES.test(text) || TEXT_YES.test(text) ? 'success' : 'nothing';
    }
    case 'true':
      return 'success';
    case 'null':
    case 'undefined':
      return 'nothing';
    case 'array':
      return value.parts.length === 0 ? 'nothing' : 'unclear';
    default:
      return 'unclear';
  }
}

/** The key of an answer that says yes: `success` of `{ success: true }`. */
export function claimingPair(object: Node): Node | undefined {
  return object.parts.find((part) => {
    const claim = claimOfPair(part);
    return claim === 'success' || claim === 'received';
  });
}

const TEXT_FAILS =
  /\b(?:unavailable|fail(?:s|ed|ure)?|error|try again|unable|could ?n[o']t|offline|sorry|apologi[sz]e)\b/i;

/** Whether a text in a value says that something has failed, however deep. */
export function saysFailure(value: Node): boolean {
  for (const node of value.walk())
    if ((node.kind === 'string' || node.kind === 'template_string') && TEXT_FAILS.test(node.text))
      return true;
  return false;
}

/** Whether an expression is about the error. */
export function mentions(code: Node, error: string): boolean {
  if (error === '') return false;
  for (const node of code.walk()) {
    if ((node.kind === 'identifier' || node.kind === 'shorthand_property_identifier') && node.text === error)
      return true;
  }
  return false;
}

function ofObject(object: Node, error: string): Claim {
  if (object.parts.some(({ kind }) => kind === 'spread_element')) return 'unclear';
  if (admits(object, error, 3)) return 'admits';
  const claims = object.parts.map(claimOfPair);
  if (claims.includes('received')) return 'received';
  return claims.includes('success') ? 'success' : 'nothing';
}

function claimOfPair(part: Node): Claim {
  const [key, given] = [part.child('key'), part.child('value')];
  const name = (key && propertyName(key))?.toLowerCase() ?? '';
  const value = given && resolvedValue(given);
  if (!value) return 'nothing';
  if (value.kind === 'true') return RECEIVED.has(name) ? 'received' : YES.has(name) ? 'success' : 'nothing';
  const text = constantString(value) ?? '';
  if (STATES.has(name) && STATE_RECEIVED.test(text)) return 'received';
  if (STATES.has(name) && STATE_YES.test(text)) return 'success';
  return /^(?:message|msg|detail|details)$/.test(name) && TEXT_YES.test(text) ? 'success' : 'nothing';
}

/** Whether something in an object, or in one that it holds, says that not all went well. */
function admits(object: Node, error: string, depth: number): boolean {
  if (mentions(object, error)) return true;
  return object.parts.some((part) => {
    const key = part.child('key') ?? part;
    const name = propertyName(key) ?? '';
    const value = resolvedValue(part.child('value') ?? part);
    if (value.kind === 'false')
      return !/^(?:has|is|can)?(?:more|next|prev|previous|last|admin|new)/i.test(name);
    if (isNothing(value)) return false;
    if (wordsOf(name).some((word) => ADMITTING.has(word))) return true;
    if (value.kind === 'object') return depth > 0 && admits(value, error, depth - 1);
    if (value.kind === 'array') {
      const held = value.parts.map(resolvedValue).filter(({ kind }) => kind === 'object');
      return depth > 0 && held.some((each) => admits(each, error, depth - 1));
    }
    if (value.kind !== 'string' && value.kind !== 'template_string') return mentions(value, error);
    const isSaid = /message|msg|detail|status|state|note|info|text|title|description/i.test(name);
    return isSaid && TEXT_ADMITS.test(constantString(value) ?? value.text);
  });
}

/** `null`, `0`, `[]`: an error that is none. */
function isNothing(value: Node): boolean {
  const node = unwrap(value);
  return (
    node.kind === 'null' ||
    node.kind === 'undefined' ||
    node.text === '0' ||
    constantString(node) === '' ||
    ((node.kind === 'array' || node.kind === 'object') && node.parts.length === 0)
  );
}
