import { isMap, isPair, isScalar, isSeq, Lexer, parseAllDocuments, type Scalar } from 'yaml';

import type { Span } from '../../analysis/span';
import type { Entry, FormatReader, ReadEntries } from '../../analysis/text-file';

/** What stands deeper is no setting. */
const MOST_DEPTH = 200;
const TOO_DEEP = 'The file is nested too deeply for its settings to be read.';
/** Parsing longer text would be felt while typing. */
const LONGEST = 100_000;

/** YAML 1.2, several documents in a file included; what is broken is passed over. Aliases are not followed. */
export const YAML_READER: FormatReader = {
  entries(text): ReadEntries {
    if (text.length > LONGEST) return nothing('The file is too large for its settings to be read.');
    // The parser needs minutes, or ends the process, where a hostile file nests without end.
    if (isNestedWithoutEnd(text)) return nothing(TOO_DEEP);
    try {
      const options = { uniqueKeys: false, strict: false, logLevel: 'silent' } as const;
      const documents = [...parseAllDocuments(text, options)];
      const read = documents.map(({ contents }) => scalarsOf(contents));
      return {
        entries: read.flatMap(({ entries }) => entries),
        faults: documents.reduce((sum, { errors }) => sum + errors.length, 0),
        cause: read.some(({ isCut }) => isCut) ? TOO_DEEP : undefined,
      };
    } catch {
      // The parser is recursive.
      return nothing(TOO_DEEP);
    }
  },
  comments(text) {
    const comments: Span[] = [];
    let start = 0;
    let before = '';
    if (text.length > LONGEST || isNestedWithoutEnd(text)) return [];
    for (const token of new Lexer().lex(text)) {
      // Tokens are stretches of the text, apart from the marks that the lexer puts between them.
      const isMark = token === DOCUMENT || token === FLOW_ERROR || token === SCALAR;
      const end = start + (isMark ? 0 : token.length);
      if (token.startsWith('#') && before !== SCALAR) comments.push({ start, end });
      start = end;
      before = token;
    }
    return comments;
  },
};

/** Whether brackets, marks at the head of a line, or anything in a long line may nest deeper than any setting. */
function isNestedWithoutEnd(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth = bracket === '[' || bracket === '{' ? depth + 1 : Math.max(0, depth - 1);
    if (depth > MOST_DEPTH) return true;
  }
  return /^(?:[ \t]*[-?:&!]){200}|[^\n]{5000}/m.test(text);
}

const DOCUMENT = '\u0002';
const FLOW_ERROR = '\u0018';
const SCALAR = '\u001f';

function nothing(cause: string): ReadEntries {
  return { entries: [], faults: 0, cause };
}

function scalarsOf(root: unknown): { entries: Entry[]; isCut: boolean } {
  const entries: Entry[] = [];
  let isCut = false;
  const open: { node: unknown; path: readonly string[]; key: Span | undefined }[] = [
    { node: root, path: [], key: undefined },
  ];
  for (let at = open.pop(); at; at = open.pop()) {
    const { node, path, key } = at;
    if (path.length > MOST_DEPTH) {
      isCut = true;
    } else if (isMap(node)) {
      for (const pair of node.items.toReversed()) {
        if (!isPair(pair) || !isScalar(pair.key)) continue;
        open.push({ node: pair.value, path: [...path, String(pair.key.value)], key: spanOf(pair.key) });
      }
    } else if (isSeq(node)) {
      const elements = node.items.map((element, i) => ({
        node: element,
        path: [...path, String(i)],
        key: undefined,
      }));
      open.push(...elements.toReversed());
    } else if (isScalar(node)) {
      const value = spanOf(node);
      if (!value) continue;
      const isString = typeof node.value === 'string';
      entries.push({ path, key, value, text: isString ? String(node.value) : (node.source ?? ''), isString });
    }
  }
  return { entries, isCut };
}

function spanOf({ range }: Scalar): Span | undefined {
  return range ? { start: range[0], end: range[1] } : undefined;
}
