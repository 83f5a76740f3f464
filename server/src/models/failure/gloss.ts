/** Answers to a failure that gloss it over: they report success, or hand out what was made up. */
import { type Decided, pathsThrough } from '../../analysis/control-flow';
import type { Confidence } from '../../analysis/finding';
import { callAt, type ItemFacts } from '../../analysis/item-facts';
import { propertyName, unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { mayRunInProduction } from '../../analysis/production';
import { resolvedValue } from '../../analysis/value';
import { withoutAwait } from '../auth/denial';
import { isNext } from '../auth/guard';
import { type Answer, answerAt, isSuccessful } from './answer';
import type { Caught } from './caught';
import { claimingPair, claimOf, mentions, saysFailure, TELLS_NOTHING } from './claim';
import { isCalledMadeUp, isMockName, madeUpRecords, SAYS_MADE_UP } from './made-up';
import { isInverted, surroundingsOf } from './surroundings';

export interface Gloss {
  readonly caught: Caught;
  /** The expression that answers. */
  readonly at: Node;
  /**
   * - `success`: it says that all went well. `received`: that an event arrived, so that it is not sent again.
   * - `answers`: nothing but a status of 2xx. `made-up`: data that was made up.
   */
  readonly sort: 'success' | 'received' | 'answers' | 'made-up';
  readonly confidence: Confidence;
  /** How it is answered; undefined for what is returned to a caller. */
  readonly answer: Answer | undefined;
}

/** Made-up data that stands in for what is missing: `users ?? mockUsers`. */
export function* madeUpDefaultsIn(
  facts: ItemFacts,
): Generator<{ readonly left: Node; readonly right: Node }> {
  for (const node of facts.nodes('binary_expression')) {
    const { operator } = node;
    if (operator !== '??' && operator !== '||') continue;
    const [left, right] = [node.child('left'), node.child('right')];
    if (!left || !right) continue;
    if (!isCalledMadeUp(right) || isCalledMadeUp(left) || isEmpty(resolvedValue(right))) continue;
    // A setting that is asked for, and code that is there to make things up.
    if (/mock|demo|sample|fixture|env\b/i.test(left.text) || isInMock(node) || !mayRunInProduction(node))
      continue;
    yield { left, right };
  }
}

type Found = Omit<Gloss, 'caught'>;

/** The answers of a handler that gloss the failure over. Where it tells errors apart, none do. */
export function* glossesIn(caught: Caught): Generator<Gloss> {
  const { body } = caught;
  const decided =
    body.kind === 'statement_block'
      ? pathsThrough(body.parts, (node) => decisionOf(node, caught)).decided
      : ofArrow(body, caught);
  const glosses = decided.flatMap(({ decision }) => (decision === 'else' ? [] : [decision]));
  if (glosses.length < decided.filter(({ node }) => !isForSent(node)).length) return;
  for (const found of glosses) {
    const around = surroundingsOf(found.at, caught, found.sort === 'made-up');
    if (around === 'handled') continue;
    const confidence = around === 'plain' ? found.confidence : found.confidence === 'high' ? 'medium' : 'low';
    yield { ...found, confidence, caught };
  }
}

function ofArrow(body: Node, caught: Caught): Decided<Found | 'else'>[] {
  const decision = glossOf(body, true, caught);
  return decision ? [{ node: body, decision }] : [];
}

/** `if (res.headersSent) return;` tells no errors apart. */
function isForSent(node: Node): boolean {
  const condition = node.parent?.kind === 'if_statement' ? node.parent : node.parent?.parent;
  return condition?.kind === 'if_statement' && /headersSent/.test(condition.child('condition')?.text ?? '');
}

/** What a simple statement of a handler does: it glosses over, it ends in another way, or the code goes on. */
function decisionOf(statement: Node, caught: Caught): Found | 'else' | undefined {
  const [expression] = statement.parts;
  switch (statement.kind) {
    case 'throw_statement':
      return 'else';
    case 'return_statement':
      return (expression && glossOf(expression, true, caught)) ?? 'else';
    case 'expression_statement': {
      if (!expression) return undefined;
      return glossOf(expression, false, caught) ?? (isEnding(expression) ? 'else' : undefined);
    }
    default:
      return undefined;
  }
}

/** `next(err)`, `reject(err)`, `process.exit(1)` */
function isEnding(expression: Node): boolean {
  const call = callAt(withoutAwait(expression));
  if (!call) return false;
  const name = (call.callee.child('property') ?? call.callee).text;
  return isNext(name) || /^(?:reject|exit|abort|callback|cb|fail|sendError|handleError)$/.test(name);
}

function glossOf(expression: Node, isReturned: boolean, caught: Caught): Found | 'else' | undefined {
  const node = withoutAwait(expression);
  const resolved = resolvedBy(node);
  if (resolved) return ofValue(resolved, caught);
  const answer = answerAt(node);
  if (!answer) return isReturned ? ofValue(node, caught) : ofKept(node, caught);
  const isMade = answer.form === 'maker' || answer.form === 'hono' || answer.form === 'lambda';
  if (isMade && !isReturned) return undefined;
  return ofAnswer(answer, caught);
}

/** What the code goes on with: `users = mockUsers`, `setUsers(mockUsers)`. */
function ofKept(node: Node, caught: Caught): Found | undefined {
  const call = callAt(node);
  const setter = call && /^set[A-Z]/.test(call.callee.text) && call.args.length === 1 ? call : undefined;
  const [target, value] = setter
    ? [setter.callee, setter.args[0]]
    : node.kind === 'assignment_expression'
      ? [node.child('left'), node.child('right')]
      : [];
  if (!target || !value || isMockName(target.text) || !madeUpIn(value, caught)) return undefined;
  if (!isCalledMadeUp(value) && !isSaidToBeMadeUp(caught)) return undefined;
  // Where it is remembered that the data is made up, it can be said.
  const isKnown = [...caught.body.walk()].some((each) => {
    const name = each.child(each.kind === 'assignment_expression' ? 'left' : 'function');
    return name !== undefined && each.kind !== 'member_expression' && saysItself(each, name);
  });
  return isKnown ? undefined : { at: node, sort: 'made-up', confidence: 'medium', answer: undefined };
}

/** `useMockData = true`, `setIsDemo(true)` */
function saysItself(node: Node, name: Node): boolean {
  const said = node.child('right') ?? callAt(node)?.args[0];
  return said !== undefined && /^(?:true|string)$/.test(resolvedValue(said).kind) && isMockName(name.text);
}

/** What a promise is resolved with: `resolve(value)`, `Promise.resolve(value)`. */
function resolvedBy(node: Node): Node | undefined {
  const call = callAt(node);
  const [first] = call?.args ?? [];
  return call?.callee.text === 'resolve' || call?.name === 'globalThis.Promise.resolve' ? first : undefined;
}

function ofAnswer(answer: Answer, caught: Caught): Found | 'else' {
  const { body, node, status } = answer;
  if (isSuccessful(answer) !== true || isStatusSet(answer, caught)) return 'else';
  const claim = body ? claimOf(body, caught.error) : 'nothing';
  if (claim === 'admits' || (body && TELLS_NOTHING.test(body.text))) return 'else';
  const found = (sort: Found['sort'], confidence: Confidence) => ({ at: node, sort, confidence, answer });
  const madeUp = body && madeUpIn(body, caught);
  if (madeUp) return found('made-up', madeUp);
  if (claim === 'success' || claim === 'received') {
    const object = body && resolvedValue(body);
    if (object && isHoped(object, caught)) return 'else';
    return found(claim, object && (holdsResults(object) || holdsNothing(object)) ? 'medium' : 'high');
  }
  return claim === 'nothing' && status !== '' ? found('answers', 'medium') : 'else';
}

/** What is returned to a caller who asks for it. */
function ofValue(value: Node, caught: Caught): Found | undefined {
  const object = resolvedValue(value);
  const claim = object.kind === 'object' ? claimOf(object, caught.error) : 'nothing';
  if (claim === 'admits' || mentions(object, caught.error)) return undefined;
  const found = (sort: Found['sort'], confidence: Confidence) => ({
    at: unwrap(value),
    sort,
    confidence,
    answer: undefined,
  });
  const madeUp = madeUpIn(value, caught);
  if (madeUp) return isInMock(caught.handler) ? undefined : found('made-up', madeUp);
  if ((claim !== 'success' && claim !== 'received') || isHoped(object, caught)) return undefined;
  const isDoubtful = holdsResults(object) || holdsNothing(object) || !isAwaiting(caught);
  return found('success', isDoubtful ? 'medium' : 'high');
}

function isHoped(object: Node, caught: Caught): boolean {
  const key = claimingPair(object)?.child('key');
  const name = key && propertyName(key);
  return name !== undefined && isInverted(name, caught);
}

function isAwaiting({ tried }: Caught): boolean {
  if (tried.kind !== 'statement_block') return true;
  for (const node of tried.walk()) if (node.kind === 'await_expression') return true;
  return false;
}

/** Whether an object holds something beside its claim that may be what was asked for: `data: found`. */
function holdsResults(object: Node): boolean {
  return object.parts.some((part) => {
    const key = part.child('key') ?? part;
    if (
      !/^(?:data|results?|items?|response|value|body|content|payload|output|records?|rows)$/i.test(
        propertyName(key) ?? '',
      )
    )
      return false;
    const value = resolvedValue(part.child('value') ?? part);
    return !/^(?:object|array|string|number|true|false|undefined)$/.test(value.kind);
  });
}

/** Whether an object says beside its claim that there is nothing: `{ ok: true, items: [] }`, an ordinary default. */
function holdsNothing(object: Node): boolean {
  return object.parts.some((part) => {
    const given = part.child('value');
    const value = given && resolvedValue(given);
    return value !== undefined && (isEmpty(value) || value.kind === 'null' || value.kind === 'undefined');
  });
}

/** How sure it is that something in a value was made up. */
function madeUpIn(value: Node, caught: Caught): Confidence | undefined {
  const object = resolvedValue(value);
  // What the code that was tried hands out as well is a stub, not an answer to its failure.
  const isStub = caught.tried.text.includes(withoutAwait(value).text);
  if (isCalledMadeUp(value)) return isEmpty(object) ? undefined : isStub ? 'medium' : 'high';
  const parts = object.kind === 'object' ? object.parts : [];
  const inner = parts.map(
    (part) => (part.kind === 'spread_element' ? part.parts[0] : part.child('value')) ?? part,
  );
  if (inner.some((each) => isCalledMadeUp(each) && !isEmpty(resolvedValue(each)))) return 'high';
  const lists = inner.filter((each) => resolvedValue(each).kind === 'array');
  const records = [value, ...lists].flatMap((each) => madeUpRecords(each) ?? []);
  if (records.length === 0 || claimOf(object, caught.error) === 'admits' || saysFailure(object))
    return undefined;
  if (isSaidToBeMadeUp(caught)) return 'high';
  return records.includes('surely')
    ? madeUpRecords(value) && object.kind === 'object'
      ? 'medium'
      : 'high'
    : 'medium';
}

function isEmpty({ kind, parts }: Node): boolean {
  return (kind === 'array' || kind === 'object') && parts.length === 0;
}

/** Whether a comment or a line for the log in the handler says that what is answered was made up. */
function isSaidToBeMadeUp({ body }: Caught): boolean {
  for (const node of body.walk())
    if (/^(?:comment|string|template_string)$/.test(node.kind) && SAYS_MADE_UP.test(node.text)) return true;
  return false;
}

/** Whether the code around is itself there to make something up, or is told to by its parameters. */
function isInMock(code: Node): boolean {
  for (let fn = code.enclosingFunction; fn; fn = fn.enclosingFunction) {
    const name = fn.child('name')?.text ?? fn.parent?.child('name')?.text ?? '';
    if (isMockName(name)) return true;
  }
  return false;
}

/** Whether a handler has set the status by itself before it answers. */
function isStatusSet({ by, form, node }: Answer, { body }: Caught): boolean {
  if (form === 'maker' || form === 'lambda') return false;
  for (const each of body.walk()) {
    if (each.start >= node.start) return false;
    const target = each.child(each.kind === 'assignment_expression' ? 'left' : 'function');
    if (target?.child('object')?.text !== by) continue;
    if (!/^(?:status|statusCode|code|writeHead)$/.test(target.child('property')?.text ?? '')) continue;
    const given = each.child('right') ?? callAt(each)?.args[0];
    if (!/^2\d\d$/.test(given?.text ?? '')) return true;
  }
  return false;
}
