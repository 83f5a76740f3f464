/** The tables, as the engine asks for them. */
import { type Cleans, maskOf, NOTHING } from '../../analysis/flow/capability';
import type { Answer, CallbackParameter, FlowModel, Source } from '../../analysis/flow/flow-model';
import type { Call } from '../../analysis/item-facts';
import { canonicalName } from '../../analysis/name';
import type { Node } from '../../analysis/node';
import { rememberedByName } from '../../analysis/remembered';
import { functionOf } from '../../analysis/results';
import { constantString, resolvedValue } from '../../analysis/value';
import { cleanBehind, cleanInto } from './address-text';
import { type AnswerRow, CALLBACKS, FUNCTIONS, METHODS, type MethodRow } from './answers';
import { assertedBy, assuredBy, mayAssert } from './assurance';
import { callbackSource } from './callback-sources';
import { escapingOf } from './html-pattern';
import { assuredBefore } from './middleware';
import { modelAnswer } from './model-answers';
import { messageSource } from './page-message';
import { contextSource } from './registered-reads';
import { renderedAnswer } from './rendered';
import { requestSource } from './request-parameter';
import { autoImported, resolverSource } from './resolvers';
import { validatedAnswer } from './schemas';
import { isCutting } from './size-checks';
import { NAMED_SOURCES } from './source-names';
import { harmlessFor, isArithmetic, isStripping, patternOf } from './strict-pattern';
import { toolSource } from './tool-parameter';

export const FLOW_MODEL: FlowModel = {
  sourceNamed: rememberedByName((name): Source | undefined => {
    const found = NAMED_SOURCES.find((source) => isBelow(name, source.name));
    return found && { kind: found.kind, clean: NOTHING };
  }),
  sourceOfCall: (call, name, path) => modelAnswer(call, name, path) ?? autoImported(call, name),
  sourceInParameter: (fn, index, path) =>
    // What MCP calls `request.params` is no request of a browser.
    toolSource(fn, index, path) ??
    callbackSource(fn, index, path) ??
    requestSource(fn, index, path) ??
    resolverSource(fn, index) ??
    messageSource(fn, index, path),
  sourceInThis: contextSource,
  assuredBefore,
  answerOf: rememberedByName((name) => {
    const known = BY_NAME.get(name);
    if (known) return known;
    return PREFIXES.find(([prefix]) => name.startsWith(prefix))?.[1];
  }),
  answerOfMethod(call, method) {
    if (method === 'replace' || method === 'replaceAll') return replaced(call);
    // `pattern.exec(text)`; the `exec` of queries has no argument.
    if (method === 'exec' && isPattern(call)) return answer([{ of: 0, as: 'text' }]);
    if (method === 'toString' && isDigits(call)) return answer([], 'all');
    const row = BY_METHOD.get(method);
    if (isCutting(call, method)) return answer(row?.from ?? [], ['size']);
    if (!row || (row.withCallback && !call.args.some(isFunction))) return undefined;
    return answer(row.from ?? [], row.cleans);
  },
  answerOfValidator: (call, path) => renderedAnswer(call) ?? validatedAnswer(call, path),
  callbackParameters: (method) => GIVEN.get(method) ?? [],
  assured: (test, outcome, isMeant) => assuredBy(test, outcome, isMeant),
  mayAssert,
  asserted: assertedBy,
  cleanBehind,
  cleanInto,
};

function answer(from: Answer['from'], cleans: Cleans = [], soils?: Cleans): Answer {
  return { from, clean: maskOf(cleans), ...(soils && { soils: maskOf(soils) }) };
}

function partsOf(parts: AnswerRow['parts']): Pick<Answer, 'parts'> {
  if (!parts) return {};
  const entries = Object.entries(parts).map(
    ([step, { cleans = [], soils: dirty = [] }]) =>
      [step, { clean: maskOf(cleans), soils: maskOf(dirty) }] as const,
  );
  return { parts: new Map(entries) };
}

function isBelow(name: string, source: string): boolean {
  if (!name.startsWith(source)) return false;
  const next = name.charAt(source.length);
  return next === '' || next === '.' || next === '(';
}

const ROWS = FUNCTIONS.flatMap(({ names, from = [], cleans, soils, parts }) =>
  names.split(' ').map((name) => [name, { ...answer(from, cleans, soils), ...partsOf(parts) }] as const),
);
const BY_NAME: ReadonlyMap<string, Answer> = new Map(ROWS.filter(([name]) => !name.endsWith('*')));
const PREFIXES = ROWS.filter(([name]) => name.endsWith('*')).map(
  ([name, row]) => [name.slice(0, -1), row] as const,
);
const BY_METHOD: ReadonlyMap<string, MethodRow> = new Map(
  METHODS.flatMap((row) => row.names.split(' ').map((name) => [name, row] as const)),
);
const GIVEN: ReadonlyMap<string, readonly CallbackParameter[]> = grouped();

function grouped(): Map<string, CallbackParameter[]> {
  const groups = new Map<string, CallbackParameter[]>();
  for (const { names, ...given } of CALLBACKS) {
    for (const name of names.split(' ')) groups.set(name, [...(groups.get(name) ?? []), given]);
  }
  return groups;
}

/** `x.replace(/[^\w]/g, '')` leaves nothing that speaks; what doubles or escapes quotes may be enough. */
function replaced(call: Call): Answer {
  const { method, args } = call;
  const [pattern, by] = args;
  const text = by && constantString(by);
  const regex = patternOf(pattern);
  if (regex && text !== undefined && isStripping(regex) && /^[\w\s.-]*$/.test(text))
    return { from: [{ of: 'receiver', as: 'text' }], clean: harmlessFor(regex) };
  if (regex && text === '' && isArithmetic(regex))
    return { ...answer([{ of: 'receiver', as: 'text' }], ['code']), isChecked: true };
  const from = [
    { of: 'receiver', as: 'text' },
    { of: 1, as: 'text' },
  ] as const;
  const all = method === 'replaceAll' && pattern ? constantString(pattern) : undefined;
  const taken = regex ? (regex.flags.includes('g') ? regex.source : '') : (all ?? '');
  // Without line breaks an entry of a log stays one.
  if (/\\[nr]/.test(taken) && text !== undefined && !/[\r\n]/.test(text)) return answer(from, ['log']);
  // In single quotes a shell reads nothing but the quote that ends them.
  if (text === "'\\''" && taken === "'") return answer(from, ['shell']);
  // `x.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')`
  if (/^\\\$(?:&|1)$/.test(text ?? '') && /\[.*\*/.test(taken) && taken.includes('+'))
    return answer(from, ['regex']);
  // Between double quotes a shell reads `$` and back-ticks, whatever stands before a quote or a blank.
  if (/^["\s]$|^\\s$/.test(taken) && text !== undefined && /^\\{1,2}["\s]$|^\\\\\$&$/.test(text))
    return answer(from);
  const escaping = escapingOf(call);
  if (escaping === 'clean') return answer(from, ['html']);
  if (escaping === 'checked') return { ...answer(from), isChecked: true };
  return /^(?!`{3})[\s\S]*(?:['"`$\\]|\.\.)/.test(taken)
    ? { ...answer(from), isChecked: true }
    : answer(from);
}

function isPattern({ args, callee }: Call): boolean {
  const object = callee.child('object');
  const value = args.length === 1 && object ? resolvedValue(object) : undefined;
  return value?.kind === 'regex' || (value !== undefined && canonicalName(value) === 'globalThis.RegExp()');
}

function isFunction(argument: Node): boolean {
  return functionOf(argument) !== undefined || canonicalName(argument) !== undefined;
}

/** `hash.toString('hex')` */
function isDigits({ args: [encoding] }: Call): boolean {
  return encoding !== undefined && /^(?:hex|base64|base64url|\d+)$/.test(constantString(encoding) ?? '');
}
