/** Puts an entry into `suppress` of a configuration's text: behind the last one, and else in a list of its own. */
import { type FormattingOptions, findNodeAtLocation, modify, type ParseError, parseTree } from 'jsonc-parser';
import type { Edit } from '../../analysis/fix';

/** The edits; undefined where the text is no JSON, or its list is none. */
export function suppressEntryInsertion(whole: string, entry: object): readonly Edit[] | undefined {
  const errors: ParseError[] = [];
  const tree = parseTree(whole, errors, { allowTrailingComma: true });
  const list = tree && findNodeAtLocation(tree, ['suppress']);
  if (tree?.type !== 'object' || errors.length > 0 || (list && list.type !== 'array')) return undefined;
  const last = list?.children?.at(-1);
  if (last) {
    const before = whole.slice(whole.lastIndexOf('\n', last.offset) + 1, last.offset);
    const space = before.trim() === '' ? `${whole.includes('\r\n') ? '\r\n' : '\n'}${before}` : ' ';
    const end = last.offset + last.length;
    return [{ start: end, end, text: `,${space}${inOneLine(entry)}` }];
  }
  return modify(whole, ['suppress'], [entry], { formattingOptions: formatOf(whole) }).map(
    ({ offset, length, content }) => ({ start: offset, end: offset + length, text: content }),
  );
}

function inOneLine(entry: object): string {
  const pairs = Object.entries(entry).map(([key, value]) => `"${key}": ${JSON.stringify(value)}`);
  return `{ ${pairs.join(', ')} }`;
}

/** As the file is written already. */
function formatOf(text: string): FormattingOptions {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  const insertSpaces = !indent.startsWith('\t');
  return {
    insertSpaces,
    tabSize: insertSpaces ? indent.length : 1,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
}
