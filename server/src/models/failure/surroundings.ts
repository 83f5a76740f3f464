/** What stands around the answer to a failure, and may make it the right one. */
import { callAt } from '../../analysis/item-facts';
import { propertyName } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { inProduction } from '../../analysis/production';
import { constantBoolean } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import { nameOfFunction } from '../auth/guard';
import type { Caught } from './caught';
import { mentions } from './claim';
import { isCalledMadeUp } from './made-up';

/** Calls with these words write to a log. */
const LOGGING: ReadonlySet<string> = new Set(
  'log logger logging sentry warn info debug trace fatal verbose capture exception winston pino'.split(' '),
);
/** Calls with these words look at something, or undo; the failure is as unanswered as before. */
const QUIET: ReadonlySet<string> = new Set(
  (
    'warning error err print ' +
    'rollback abort release close end json stringify status code send header headers type now date string number ' +
    'boolean parse includes join slice trim text html format stop span clear cookie parseint parsefloat iso ' +
    'record message startswith test match keys entries map'
  ).split(' '),
);
/** Calls with these words keep what has failed, so that it is not lost. */
const KEEPING: ReadonlySet<string> = new Set(
  (
    'queue enqueue requeue retry schedule defer dlq dead store save insert create persist write update upsert ' +
    'mark fail failed publish emit dispatch add push append enlist park postpone compensate'
  ).split(' '),
);
/** Calls with these words tell whoever waits. */
const TELLING: ReadonlySet<string> = new Set('toast alert snackbar notify notification notifier'.split(' '));

/** Work of which nobody misses the result. */
const ASIDE: ReadonlySet<string> = new Set(
  (
    'track tracking telemetry analytics metric metrics beacon vitals pageview impression impressions health healthz ' +
    'healthcheck ping liveness readiness heartbeat unlink unlinksync rm rmsync rmdir mkdir mkdirsync exists access ' +
    'stat warmup prefetch preload csp'
  ).split(' '),
);
/** Requests that are answered alike whatever happens, so that nobody learns which accounts there are. */
const ALIKE: ReadonlySet<string> = new Set('forgot forget reset resend recover recovery magic'.split(' '));
/** What is right to let go when it fails, to some. */
const LENIENT: ReadonlySet<string> = new Set(
  'logout signout rate ratelimit limit limiter throttle quota cache cached optional fallback'.split(' '),
);
/** Services that send an event again and again until it is answered with 200, and mean chats by events. */
const MESSENGERS: ReadonlySet<string> = new Set(
  'telegram whatsapp messenger instagram facebook slack discord line viber bot meta twilio'.split(' '),
);

const EXCUSED =
  /\balready\b|idempot|n['’]t (?:exist|support)|not support|unsupported|not exist|enumerat|reveal|leak|disclos|best[- ]effort|non-?critical|optional|telemetry|analytics|\btracking\b|view count|fire[- ]and[- ]forget/i;

/**
 * - `plain`: nothing speaks for an answer. `doubtful`: something might.
 * - `handled`: the failure is told apart, kept, told or of no weight.
 */
export type Bearing = 'plain' | 'doubtful' | 'handled';

/**
 * How sure it is that an answer is wrong for the failure that it is given for.
 *
 * @param isMadeUp whether it hands out what was made up.
 */
export function surroundingsOf(answer: Node, caught: Caught, isMadeUp: boolean): Bearing {
  const condition = conditionOf(answer, caught);
  if (condition === 'handled') return 'handled';
  const around = [condition, ofCalls(answer, caught)];
  // What the code is for excuses a success that is none, but nothing that is made up.
  if (!isMadeUp) around.push(ofNames(caught), ofWork(caught));
  if (around.includes('handled') || hasExcuse(answer, caught)) return 'handled';
  return around.includes('doubtful') ? 'doubtful' : 'plain';
}

/** Conditions around the answer: on the error they tell it apart. */
function conditionOf(answer: Node, { body, error }: Caught): Bearing {
  let verdict: 'plain' | 'doubtful' = 'plain';
  for (const outer of answer.ancestors()) {
    if (!body.contains(outer) || outer.is(body)) return verdict;
    if (outer.kind === 'if_statement') {
      const condition = outer.child('condition');
      const text = condition?.text ?? '';
      if (/headersSent|writableEnded|\bsent\b/.test(text)) continue;
      const isTold = !condition || mentions(condition, error) || inProduction(condition) !== undefined;
      if (isTold || /mock|demo|dev|debug|test|fallback|code|status|retry|dry/i.test(text)) return 'handled';
      verdict = 'doubtful';
    } else if (/^(?:switch|for|while|do|try|ternary)_/.test(outer.kind)) return 'handled';
  }
  return verdict;
}

/** What else is done about the failure. */
function ofCalls(answer: Node, { body }: Caught): Bearing {
  let verdict: 'plain' | 'doubtful' = 'plain';
  for (const node of body.walk()) {
    if (answer.contains(node)) continue;
    if (node.kind === 'augmented_assignment_expression' || node.kind === 'update_expression')
      return 'handled';
    if (node.kind === 'assignment_expression') {
      const left = node.child('left')?.text ?? '';
      if (/err|fail|status(?!Code)|state|ok|success|last|cause/i.test(left.replace(/^.*\./s, '')))
        return 'handled';
    }
    const call = callAt(node);
    if (!call || (node.kind !== 'call_expression' && node.kind !== 'new_expression')) continue;
    const words = wordsOfCallee(call.callee);
    if (words.some((word) => TELLING.has(word)) || /^set\w*(?:err|fail|message)/i.test(call.callee.text))
      return 'handled';
    if (isLogging(words) || words[0] === 'set' || isCalledMadeUp(call.callee)) continue;
    if (words.some((word) => KEEPING.has(word))) return 'handled';
    if (!words.some((word) => QUIET.has(word))) verdict = 'doubtful';
  }
  return verdict;
}

function isLogging(words: readonly string[]): boolean {
  return words[0] === 'console' || words.some((word) => LOGGING.has(word));
}

/** The words of what is called and of the object that it is called on, arguments left out. */
function wordsOfCallee(callee: Node): readonly string[] {
  const object = callee.child('object');
  const property = callee.child('property');
  if (!property) return wordsOf(callee.text);
  const owner = object?.kind === 'call_expression' ? '' : (object?.text ?? '');
  return [...wordsOf(owner), ...wordsOf(property.text)];
}

/** What the functions around are for, and the file where a framework goes by its path. */
function ofNames({ handler }: Caught): Bearing {
  const names: string[] = [];
  for (let fn = handler.enclosingFunction; fn; fn = fn.enclosingFunction) names.push(nameOfFunction(fn));
  const words = names.flatMap(wordsOf);
  if (words.some((word) => ASIDE.has(word) || ALIKE.has(word))) return 'handled';
  const { path } = handler.item.file;
  const all = [...words, ...wordsOf(path.split('/').slice(-4).join('/'))];
  const isDoubtful = (word: string) =>
    ASIDE.has(word) || ALIKE.has(word) || LENIENT.has(word) || MESSENGERS.has(word);
  return all.some(isDoubtful) || /log[-_]?out|sign[-_]?out/i.test(`${path} ${names}`) ? 'doubtful' : 'plain';
}

/** What has failed. */
function ofWork({ tried }: Caught): Bearing {
  const calls = [...tried.walk()].flatMap((node) => {
    const call = node.kind === 'call_expression' ? callAt(node) : undefined;
    return call ? [wordsOfCallee(call.callee)] : [];
  });
  const isAside = (words: readonly string[]) => words.some((word) => ASIDE.has(word));
  const work = calls.filter(
    (words) => isAside(words) || (!isLogging(words) && !words.some((word) => QUIET.has(word))),
  );
  if (work.length > 0 && work.every(isAside)) return 'handled';
  if (calls.length === 0) return 'handled';
  // Text that could not be read: what it is for is not seen here.
  return work.length === 0 ? 'doubtful' : 'plain';
}

/** Whether what is tried answers only no: then a failure is what is hoped for. */
export function isInverted(key: string, { tried }: Caught): boolean {
  const values = [...tried.walk()].flatMap((node) => {
    const [name, value] = node.kind === 'pair' ? [node.child('key'), node.child('value')] : [];
    return name && value && propertyName(name) === key ? [constantBoolean(value)] : [];
  });
  return values.includes(false) && !values.includes(true) && !values.includes(undefined);
}

/** Whether a comment in the handler, or a line for the log, says why this is right. */
function hasExcuse(answer: Node, { body }: Caught): boolean {
  for (const node of body.walkOwn()) {
    const isText = node.kind === 'comment' || (node.kind === 'string' && !answer.contains(node));
    if (isText && EXCUSED.test(node.text)) return true;
  }
  return false;
}
