import { createScanner, type Node, type ParseError, parseTree } from 'jsonc-parser';

import type { Span } from '../../analysis/span';
import type { Entry, FormatReader, ReadEntries } from '../../analysis/text-file';

/** What stands deeper is no setting. */
const MOST_DEPTH = 200;
const TOO_DEEP = 'The file is nested too deeply for its settings to be read.';
/** Parsing longer text would be felt while typing. */
const LONGEST = 1_000_000;

/** Of the package's `SyntaxKind`, whose names exist for its own compiler only. */
const LINE_COMMENT = 12;
const BLOCK_COMMENT = 13;
const END_OF_TEXT = 17;

/** JSON, with comments and trailing commas, which many tools allow; what is broken is passed over. */
export const JSON_READER: FormatReader = {
  entries(text): ReadEntries {
    if (text.length > LONGEST) return nothing('The file is too large for its settings to be read.');
    const errors: ParseError[] = [];
    try {
      const root = parseTree(text, errors, { allowTrailingComma: true });
      const { entries, isCut } = root ? scalarsOf(root, text) : { entries: [], isCut: false };
      return { entries, faults: errors.length, cause: isCut ? TOO_DEEP : undefined };
    } catch {
      // The parser is recursive.
      return nothing(TOO_DEEP);
    }
  },
  comments(text) {
    const scanner = createScanner(text);
    const comments: Span[] = [];
    for (let kind: number = scanner.scan(); kind !== END_OF_TEXT; kind = scanner.scan()) {
      if (kind !== LINE_COMMENT && kind !== BLOCK_COMMENT) continue;
      const start = scanner.getTokenOffset();
      comments.push({ start, end: start + scanner.getTokenLength() });
    }
    return comments;
  },
};

function nothing(cause: string): ReadEntries {
  return { entries: [], faults: 0, cause };
}

function scalarsOf(root: Node, text: string): { entries: Entry[]; isCut: boolean } {
  const entries: Entry[] = [];
  let isCut = false;
  const open: { node: Node; path: readonly string[]; key: Span | undefined }[] = [
    { node: root, path: [], key: undefined },
  ];
  for (let at = open.pop(); at; at = open.pop()) {
    const { node, path, key } = at;
    if (path.length > MOST_DEPTH) {
      isCut = true;
      continue;
    }
    const value = spanOf(node);
    if (node.type === 'object') {
      // Last in, first out: the order of the text is kept by going backwards.
      for (const property of (node.children ?? []).toReversed()) {
        const [name, content] = property.children ?? [];
        if (name && content)
          open.push({ node: content, path: [...path, String(name.value)], key: spanOf(name) });
      }
    } else if (node.type === 'array') {
      const elements = (node.children ?? []).map((element, i) => ({
        node: element,
        path: [...path, String(i)],
        key: undefined,
      }));
      open.push(...elements.toReversed());
    } else if (node.type === 'string') {
      entries.push({ path, key, value, text: String(node.value), isString: true });
    } else {
      entries.push({ path, key, value, text: text.slice(value.start, value.end), isString: false });
    }
  }
  return { entries, isCut };
}

function spanOf({ offset, length }: Node): Span {
  return { start: offset, end: offset + length };
}
