/** Whether a parameter of a function is a request, or what a client sent. */

import { bindingOf, parameterAt } from '../../analysis/flow/binding';
import type { Cleans } from '../../analysis/flow/capability';
import type { Source } from '../../analysis/flow/flow-model';
import type { Path } from '../../analysis/flow/path';
import { callAt } from '../../analysis/item-facts';
import { stringLiteral, wrapped } from '../../analysis/literal';
import { canonicalName } from '../../analysis/name';
import { Node } from '../../analysis/node';
import { argumentHolding } from '../../analysis/results';
import { constantString, propertyOf, resolvedValue } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import { nameOfFunction } from '../auth/guard';
import { ofField } from './dto-fields';
import { inputSource, registeredReads, typedReads } from './registered-reads';
import type { Reads } from './request-reads';
import * as reads from './request-reads';
import { part, sourceOf } from './request-source';

export function requestSource(fn: Node, index: number, path: Path): Source | undefined {
  const parameter = parameterAt(fn, index);
  if (!parameter) return undefined;
  if (index === 0 && isPieceOfBody(fn)) return sourceOf(['nosql']);
  const decorated = ofDecorators(parameter, path);
  if (decorated) return decorated === 'request' ? part(reads.REQUEST, path) : sourceOf(decorated);
  if (isServerAction(fn)) return sourceOf([]);
  if (path.length === 0) return undefined;
  for (const each of formsOf(parameter, fn, index)) {
    const source = part(each, path);
    if (source) return source;
  }
  if (!looksLikeRead(path)) return undefined;
  const registered = registeredReads(fn, index);
  return registered ? part(registered, path) : inputSource(fn, index, path);
}

/** `request.on('data', (piece) => …)` of Node. */
function isPieceOfBody(fn: Node): boolean {
  const list = argumentHolding(fn)?.parent;
  const call = list?.kind === 'arguments' && list.parent ? callAt(list.parent) : undefined;
  const receiver = call?.callee.child('object');
  if (!call || receiver?.kind !== 'identifier' || !/^(?:on|once|addListener)$/.test(call.method ?? ''))
    return false;
  const [event] = call.args;
  if (!event || constantString(event) !== 'data') return false;
  const { file } = fn.item;
  const declaration = file.lookUp(receiver.text, receiver);
  const binding = declaration && bindingOf(file.nodeOf(declaration));
  if (binding?.how !== 'parameter' || binding.path.length > 0) return false;
  return requestSource(binding.fn, binding.index, ['url']) !== undefined;
}

const FIRST_STEPS: ReadonlySet<string> = new Set(
  [reads.REQUEST, reads.KOA, reads.HONO, reads.LAMBDA, reads.EVENT, reads.ELYSIA, reads.TRPC].flatMap(
    (table) => Object.keys(table).map((key) => key.split('.')[0] as string),
  ),
);

function looksLikeRead(path: Path): boolean {
  return FIRST_STEPS.has(path[0] as string);
}

/** Of NestJS: `@Body() dto`, `@Req() request`. */
function ofDecorators(parameter: Node, path: Path): Cleans | 'request' | undefined {
  for (const decorator of parameter.children) {
    if (decorator.kind !== 'decorator') continue;
    const call = decorator.parts[0] && callAt(decorator.parts[0]);
    if (!call?.name) continue;
    if (reads.REQUEST_DECORATORS.has(call.name)) return 'request';
    if (!reads.DECORATORS.has(call.name)) continue;
    const isStrict = call.args.some((argument) => {
      const pipe = argument.kind === 'new_expression' ? argument.child('constructor') : argument;
      return reads.STRICT_PIPES.test((pipe && canonicalName(pipe)) ?? '');
    });
    const isNumber = /^:\s*(?:number|boolean)\b/.test(parameter.child('type')?.text ?? '');
    return isStrict || isNumber ? 'all but record' : ofField(parameter, path);
  }
  return undefined;
}

/** `'use server'` at the head of the file or of the function: each exported function is an endpoint. */
function isServerAction(fn: Node): boolean {
  const body = fn.child('body');
  if (body && directiveOf(body) === 'use server') return true;
  const program = new Node(fn.item.file.root, 0);
  if (directiveOf(program) !== 'use server') return false;
  // What a wrapper such as `authenticated(async (input) => …)` is given, it decides itself.
  const outer = wrapped(fn).parent;
  const declared = outer?.kind === 'variable_declarator' ? outer.parent : fn;
  return (declared ?? fn).parent?.kind === 'export_statement';
}

function directiveOf(block: Node): string | undefined {
  const first = block.parts[0];
  const text = first?.kind === 'expression_statement' ? first.parts[0] : undefined;
  return text && stringLiteral(text);
}

/** What a parameter may be by its type, or by its name together with what is read of it. */
function formsOf(parameter: Node, fn: Node, index: number): readonly Reads[] {
  const typed = typeName(parameter);
  if (typed !== undefined) {
    const known = reads.TYPES[typed];
    if (known) return [known];
  }
  const typedWhole = index === 0 ? typedReads(fn) : undefined;
  if (typedWhole) return [typedWhole];
  const forms: Reads[] = [];
  const pattern = parameter.child('pattern') ?? parameter;
  const word = pattern.kind === 'identifier' ? (wordsOf(pattern.text).at(-1) ?? '') : '';
  if (word === 'req' || word === 'request') forms.push(reads.REQUEST);
  if (word === 'request') forms.push(reads.HAPI);
  const isContext = word === 'ctx' || word === 'context' || word === 'c';
  if (isContext && !hasChecksBeside(fn)) forms.push(reads.HONO, KOA_BY_NAME);
  if (word === 'event' && index === 0) forms.push(LAMBDA_BY_NAME);
  const name = nameOfFunction(fn);
  if (isExported(fn)) {
    if (word === 'event' && index === 0) forms.push(reads.LAMBDA);
    if (reads.PROPS_NAMES.has(name) && index === 0) forms.push(reads.NEXT_PROPS);
    if (reads.LOADER_NAMES.has(name) && index === 0) forms.push(reads.EVENT);
    if (reads.ROUTE_NAMES.has(name)) forms.push(index === 0 ? reads.REQUEST : reads.NEXT_PAGE);
    if (name === 'handler' && index === 0) forms.push(reads.LAMBDA);
    if (isDefault(fn) && index === 0) forms.push(reads.NEXT_PAGE);
  }
  // `(req, res)`, whatever they are called, where the second gives it away.
  if (index === 0 && pattern.kind === 'object_pattern' && isResponse(fn, 1)) forms.push(reads.REQUEST);
  return forms;
}

/**
 * `endpoint(path, { use: [originCheck] }, handler)`: a framework that is not known, with checks that run before the
 * handler, so that nobody can say here what the handler gets.
 */
function hasChecksBeside(fn: Node): boolean {
  const list = argumentHolding(fn)?.parent;
  const others = list?.kind === 'arguments' ? list.parts : [];
  return others.some((other) => {
    const options = resolvedValue(other);
    return options.kind === 'object' && CHECK_KEYS.some((key) => propertyOf(options, key) !== undefined);
  });
}

const CHECK_KEYS: readonly string[] = ['use', 'middleware', 'middlewares', 'guards', 'before'];

/** Without what other contexts have as well. */
const KOA_BY_NAME: Reads = Object.fromEntries(
  Object.entries(reads.KOA).filter(([key]) => key.startsWith('request.') || /^(?:query|params)$/.test(key)),
);
const LAMBDA_BY_NAME: Reads = Object.fromEntries(
  Object.entries(reads.LAMBDA).filter(([key]) => /Parameters$|^raw/.test(key)),
);

function isResponse(fn: Node, index: number): boolean {
  const parameter = parameterAt(fn, index);
  const name = parameter && (parameter.child('pattern') ?? parameter).text;
  return name !== undefined && /^(?:res|response|reply)$/.test(wordsOf(name).at(-1) ?? '');
}

function isExported(fn: Node): boolean {
  for (const outer of fn.ancestors()) {
    if (outer.kind === 'export_statement') return true;
    if (outer.kind === 'assignment_expression') return /^(?:module\.)?exports\b/.test(outer.text);
    if (outer.kind === 'statement_block') return false;
  }
  return false;
}

function isDefault(fn: Node): boolean {
  return fn.parent?.kind === 'export_statement' && fn.parent.hasKeyword('default');
}

function typeName(parameter: Node): string | undefined {
  const text = parameter.child('type')?.text;
  const [first = '', ...rest] = /[\w$]+(?:\.[\w$]+)*/.exec(text ?? '')?.[0].split('.') ?? [];
  if (first === '') return undefined;
  const { file } = parameter.item;
  const declaration = file.lookUp(first, parameter);
  const name = declaration ? canonicalName(file.nodeOf(declaration)) : `globalThis.${first}`;
  return name && [name, ...rest].join('.');
}
