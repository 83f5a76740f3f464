/** A function of its own that a fix needs, put behind the imports of a file. */
import type { Edit } from './fix';
import { isLoading } from './loading';
import { Node } from './node';

/**
 * None where the file has the function already, word by word; undefined where it means something else by the name.
 *
 * @param parameters may be anything, so their type is `unknown` where types are written.
 */
export function addedFunction(
  at: Node,
  name: string,
  parameters: readonly string[],
  lines: readonly string[],
): Edit[] | undefined {
  const { file } = at.item;
  const { text } = file;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const program = new Node(file.root, 0);
  const isTyped = /\.[cm]?tsx?$/.test(file.path);
  const list = parameters.map((parameter) => (isTyped ? `${parameter}: unknown` : parameter)).join(', ');
  const body = lines.map((line) => `  ${line}${eol}`).join('');
  const written = `function ${name}(${list}) {${eol}${body}}`;
  const declaration = file.lookUp(name, at);
  if (declaration) return file.nodeOf(declaration).parent?.text === written ? [] : undefined;
  const last = program.parts.findLast(isLoading);
  if (last) {
    const { end } = last;
    // Behind what else stands on the line.
    const newline = text.indexOf('\n', end);
    const rest = newline < 0 ? text.slice(end) : text.slice(end, newline);
    const isLast = /^\s*(?:\/\/.*)?\r?$/.test(rest);
    const place = isLast ? end + rest.trimEnd().length : end;
    const isBlankBehind = newline < 0 || /^\r?\n[ \t]*\r?\n|^\s*$/.test(text.slice(place, place + 400));
    return [{ start: place, end: place, text: eol + eol + written + (isBlankBehind ? '' : eol) }];
  }
  const first = program.parts.find(({ kind }) => kind !== 'hash_bang_line');
  const isDirective = first?.kind === 'expression_statement' && first.parts[0]?.kind === 'string';
  if (first && isDirective) return [{ start: first.end, end: first.end, text: `${eol}${eol}${written}` }];
  const start = first?.start ?? text.length;
  return [{ start, end: start, text: `${written}${eol}${eol}` }];
}
