/** Paths as they are written in registrations. */
import { stringLiteral } from '../analysis/literal';
import type { Node } from '../analysis/node';
import { stringParts } from '../analysis/string-parts';
import { constantString, resolvedValue } from '../analysis/value';
import type { PathText } from './facts';

const LONGEST_UNKNOWN = 40;
const LONGEST_PATTERN = 80;
export const ROOT: PathText = { text: '' };

/** One, or each of a list. */
export function pathsOf(expression: Node): readonly PathText[] {
  const value = resolvedValue(expression);
  return value.kind === 'array' ? value.parts.flatMap(pathsOf) : [pathText(expression)];
}

/** A path as far as it is constant: `/users/:id`, `{API}/users`. */
export function pathText(path: Node): PathText {
  const constant = constantString(path);
  if (constant !== undefined) return { text: constant };
  const value = resolvedValue(path);
  if (value.kind === 'template_string' || value.kind === 'binary_expression') {
    const text = stringParts(value)
      .map((part) => (typeof part === 'string' ? part : (textOf(part) ?? unknown(part))))
      .join('');
    return { text, isComputed: true };
  }
  const text = value.kind === 'regex' ? value.text.slice(0, LONGEST_PATTERN) : unknown(path);
  return { text, isComputed: true };
}

function textOf(part: Node): string | undefined {
  return constantString(part) ?? stringLiteral(part);
}

function unknown(part: Node): string {
  return `{${part.text.slice(0, LONGEST_UNKNOWN).replaceAll('/', '∕')}}`;
}

const PATH_NAME = /(?:prefix|path|base|version|url|root|api)\w*$/i;

/** Whether an expression is a path by its form, or by its name: `API_PREFIX`, `config.basePath`. */
export function isPath(expression: Node): boolean {
  const value = resolvedValue(expression);
  if (/^(?:string|template_string|regex|binary_expression)$/.test(value.kind)) return true;
  if (value.kind === 'array') return value.parts.length > 0 && value.parts.every(isPath);
  const isName = value.kind === 'identifier' || value.kind === 'member_expression';
  return isName && PATH_NAME.test(expression.text) && !/rout(?:er|es)\w*$/i.test(expression.text);
}

/** The constant texts of an expression or a list, in capitals; `ALL` where there are none. */
export function methodsIn(expression: Node | undefined): readonly string[] {
  const node = expression && resolvedValue(expression);
  const all = node?.kind === 'array' ? node.parts : node ? [node] : [];
  const texts = all.flatMap((each) => constantString(each)?.toUpperCase() ?? []);
  return texts.length > 0 ? texts : ['ALL'];
}
