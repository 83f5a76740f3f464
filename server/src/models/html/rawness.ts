/** How sure it is that a string holds markup which somebody else may have written. */
import type { Confidence } from '../../analysis/finding';
import { callAt } from '../../analysis/item-facts';
import { propertyName } from '../../analysis/literal';
import { canonicalName } from '../../analysis/name';
import type { Node } from '../../analysis/node';
import { argumentHolding, assignedValues, functionOf, resultsOf } from '../../analysis/results';
import { stringParts } from '../../analysis/string-parts';
import { usesOf } from '../../analysis/uses';
import { constantBoolean, constantString, propertyOf, resolvedValue } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import { settingRead } from '../environment';
import { isUntrusted, isWrittenByUsers } from '../untrusted';
import {
  CAREFUL_RENDERERS,
  CLEAN_WORDS,
  CLEANING,
  CLEANING_METHODS,
  DRAWN_WORDS,
  NO_TEXT,
  RAW_RENDERERS,
  TRANSLATING,
} from './libraries';

/** Functions and variables are followed so many steps. */
const MOST_STEPS = 8;
/** Methods whose answer is as clean as what they are called on. */
const KEEPING =
  /^(?:trim|trimStart|trimEnd|toString|slice|substring|substr|join|concat|replace|replaceAll|flat|filter|at|split|reverse|value|html)$/;
/** `/</g`, `'<'` and `/[&<>]/g` as what is replaced: then it is escaped by hand. */
const ESCAPED = /^\/<\/|^['"`]<['"`]$|^\/\(?\[[^\]]*<[^\]]*\]/;
const CLEANING_CALLS: ReadonlySet<string> = new Set(CLEANING);
const RAW_CALLS: ReadonlySet<string> = new Set(RAW_RENDERERS);
/** Functions of the language that answer what they are given, decoded or as a text. */
const HANDING_ON = /^globalThis\.(?:String|decodeURIComponent|decodeURI|unescape|atob)$/;
const FILE_READER = /^fs(?:\/promises|\.promises)?\.readFile(?:Sync)?\(\)$/;

/** Undefined where the string is constant, made by the program, or clean. */
export function rawness(expression: Node): Confidence | undefined {
  return judge(expression, MOST_STEPS);
}

function judge(expression: Node, steps: number): Confidence | undefined {
  if (steps === 0) return 'low';
  const node = resolvedValue(expression);
  if (constantString(node) !== undefined) return undefined;
  switch (node.kind) {
    case 'number':
    case 'true':
    case 'false':
    case 'null':
    case 'undefined':
    case 'regex':
    case 'unary_expression':
      return undefined;
    case 'await_expression':
      return most(node.parts, steps);
    case 'ternary_expression':
      return most([node.child('consequence'), node.child('alternative')], steps);
    case 'array':
      return most(node.parts, steps);
    case 'template_string':
      return ofParts(node, steps);
    case 'binary_expression':
      if (node.operator === '+') return ofParts(node, steps);
      if (node.operator === '&&') return most([node.child('right')], steps);
      return /^(?:\|\||\?\?)$/.test(node.operator)
        ? most([node.child('left'), node.child('right')], steps)
        : undefined;
    case 'call_expression':
      return ofCall(node, steps);
    case 'identifier':
    case 'shorthand_property_identifier':
      return ofVariable(node, steps);
    default:
      return ofName(node);
  }
}

const ORDER: readonly (Confidence | undefined)[] = [undefined, 'low', 'medium', 'high'];

function most(nodes: readonly (Node | undefined)[], steps: number): Confidence | undefined {
  const levels = nodes.map((node) => (node ? ORDER.indexOf(judge(node, steps - 1)) : 0));
  return ORDER[Math.max(0, ...levels)];
}

/** `<b>${name}</b>`: what is put between tags without being escaped is text that becomes markup. */
function ofParts(sum: Node, steps: number): Confidence | undefined {
  const parts = stringParts(sum);
  const hasTags = parts.some((part) => /<\/?[a-z]/i.test(typeof part === 'string' ? part : textOf(part)));
  const open = parts.filter((part): part is Node => typeof part !== 'string');
  const level = most(open, steps);
  if (level !== 'medium' || !hasTags) return level;
  return open.some((part) => judge(part, steps - 1) === 'medium' && isText(part)) ? 'high' : level;
}

function textOf(part: Node): string {
  return constantString(part) ?? '';
}

/** Whether a value is a plain text by its name, neither markup nor a number. */
function isText(part: Node): boolean {
  const node = resolvedValue(part);
  if (node.kind !== 'identifier' && node.kind !== 'member_expression') return false;
  const word = wordsOf((node.child('property') ?? node).text).at(-1) ?? '';
  return !NO_TEXT.has(word) && !DRAWN_WORDS.has(word);
}

function ofCall(node: Node, steps: number): Confidence | undefined {
  const call = callAt(node);
  if (!call) return 'medium';
  const { name, callee, args } = call;
  const method = callee.child('property');
  const object = method && callee.child('object');
  const own = propertyName(method ?? callee) ?? '';
  if (name !== undefined && CLEANING_CALLS.has(name)) return undefined;
  const fn = functionOf(callee);
  if (fn) return ofFunction(fn, steps);
  if (isTranslation(own, name)) return undefined;
  if (isUntrusted(node)) return 'high';
  if (name !== undefined && RAW_CALLS.has(name)) return ofRendered(args[0], steps);
  const option = name === undefined ? undefined : CAREFUL_RENDERERS.get(name);
  if (option !== undefined) return isSetTo(callee, args, option) ? ofRendered(args[0], steps) : undefined;
  if (name === 'react.useMemo' || name === 'react.useCallback') return ofFunction(args[0], steps);
  if (name !== undefined && HANDING_ON.test(name)) return most([args[0]], steps);
  if (name !== undefined && (FILE_READER.test(`${name}()`) || settingRead(node))) return undefined;
  if (CLEANING_METHODS.has(own) || wordsOf(own).some((word) => CLEAN_WORDS.has(word))) return undefined;
  if (wordsOf(own).some((word) => DRAWN_WORDS.has(word))) return 'low';
  if (object && own === 'map') return ofFunction(args[0], steps);
  if (object && KEEPING.test(own)) return ofMethod(object, own, args, steps);
  // A function of another file may clean what it is given.
  return name?.startsWith('.') || (!object && callee.kind === 'identifier') ? 'low' : 'medium';
}

/** `t('key')`, whatever the function is called here. */
function isTranslation(own: string, name = ''): boolean {
  const last = name.replace(/\(\)/g, '').split('.').at(-1) ?? '';
  return TRANSLATING.has(own) || TRANSLATING.has(last) || last === 'useTranslations';
}

function ofFunction(expression: Node | undefined, steps: number): Confidence | undefined {
  const fn = expression && functionOf(expression);
  return fn ? most(resultsOf(fn), steps) : 'low';
}

/** Markdown of the program's own is as good as HTML of its own. */
function ofRendered(source: Node | undefined, steps: number): Confidence | undefined {
  return most([source], steps);
}

/** Whether `markdownIt({ html: true }).render(text)` or `micromark(text, { allowDangerousHtml: true })` asks for HTML. */
function isSetTo(callee: Node, args: readonly Node[], option: string): boolean {
  const maker = callee.child('object');
  const made = maker && callAt(resolvedValue(maker));
  return [...args.slice(1), ...(made?.args ?? [])].some((arg) => {
    const value = propertyOf(resolvedValue(arg), option);
    return value !== undefined && constantBoolean(value) === true;
  });
}

function ofMethod(
  object: Node,
  method: string,
  args: readonly Node[],
  steps: number,
): Confidence | undefined {
  const [pattern, replacement] = method.startsWith('replace') ? args : [];
  if (pattern && ESCAPED.test(resolvedValue(pattern).text)) return undefined;
  const level = judge(object, steps - 1);
  if (!pattern || !replacement || level !== 'medium') return level;
  // `text.replace(/\n/g, '<br>')`: a text is made into markup without being escaped.
  const makesTags = /['"`]\s*<[a-z]/i.test(resolvedValue(replacement).text);
  return makesTags && !resolvedValue(pattern).text.includes('<') && isText(object) ? 'high' : level;
}

function ofVariable(node: Node, steps: number): Confidence | undefined {
  const { file } = node.item;
  const declaration = file.lookUp(node.text, node);
  const declared = declaration && file.nodeOf(declaration);
  const declarator = declared?.parent;
  if (declaration && declarator?.kind === 'variable_declarator' && file.isAssigned(declaration.name)) {
    return most(
      assignedValues(declaration, node).filter((value) => !mentions(value, node)),
      steps,
    );
  }
  if (declared && declarator?.kind === 'array_pattern') return ofState(declared, declarator, steps);
  const fn = declared?.enclosingFunction;
  const promise = fn && fn.child('body')?.contains(declared) !== true ? promiseBefore(fn) : undefined;
  if (promise && parameterOf(fn)?.is(declared)) return judge(promise, steps - 1);
  return ofName(node);
}

function parameterOf(fn: Node | undefined): Node | undefined {
  const first = fn?.child('parameter') ?? fn?.child('parameters')?.parts[0];
  return first?.child('pattern') ?? first;
}

/** `html = html.replace(…)` says nothing of its own. */
function mentions(value: Node, variable: Node): boolean {
  const [first] = [...value.walk()].filter((part) => part.kind === 'identifier');
  return first?.text === variable.text;
}

/** `const [html, setHtml] = useState('')`: what the setter is given. */
function ofState(state: Node, pattern: Node, steps: number): Confidence | undefined {
  const [first, setter] = pattern.parts;
  const made = pattern.parent?.child('value');
  const call = made && callAt(resolvedValue(made));
  if (!call || call.name !== 'react.useState' || !first?.is(state) || setter?.kind !== 'identifier')
    return ofName(state);
  const { file } = state.item;
  const declaration = file.lookUp(setter.text, setter);
  const uses = declaration ? usesOf(declaration, file) : [];
  const given = uses.map((use) =>
    use.field === 'function' ? use.parent && callAt(use.parent)?.args[0] : promiseBefore(use),
  );
  const values = [...call.args, ...given.flatMap((value) => value ?? [])];
  // Handed on, the setter may be given anything.
  if (given.includes(undefined)) return ofName(state);
  const answers = values.map((value) =>
    functionOf(value) ? ofFunction(value, steps) : judge(value, steps - 1),
  );
  const level = ORDER[Math.max(0, ...answers.map((each) => ORDER.indexOf(each)))];
  return level === 'high' || ofName(state) !== undefined ? level : undefined;
}

/** `promise` where a function is handed to `promise.then`. */
function promiseBefore(callback: Node): Node | undefined {
  const argument = callback.parent?.kind === 'arguments' ? callback : argumentHolding(callback);
  const list = argument?.parent;
  const callee = list?.kind === 'arguments' ? list.parent?.child('function') : undefined;
  const isFirst = list?.parts[0]?.is(argument);
  return isFirst && callee?.child('property')?.text === 'then' ? callee.child('object') : undefined;
}

function ofName(node: Node): Confidence | undefined {
  if (node.child('property')?.text === 'length') return undefined;
  const canonical = canonicalName(node);
  if (settingRead(node)) return undefined;
  if (isUntrusted(node) || isWrittenByUsers(node)) return 'high';
  // A constant of another file, or a file that the bundler puts in.
  if (canonical !== undefined && !canonical.includes('()')) return undefined;
  if ([...CLEANING_CALLS].some((name) => canonical?.startsWith(`${name}().`))) return undefined;
  const names = [node, node.child('property'), node.child('object')].flatMap((part) =>
    part ? wordsOf(propertyName(part) ?? '') : [],
  );
  if (names.some((word) => CLEAN_WORDS.has(word))) return undefined;
  if (isConstantName(node)) return undefined;
  return names.some((word) => DRAWN_WORDS.has(word)) ? 'low' : 'medium';
}

/** `GA_ID`, `icons.CLOSE` */
function isConstantName(node: Node): boolean {
  return /^[A-Z][A-Z\d_]+$/.test((node.child('property') ?? node).text);
}
