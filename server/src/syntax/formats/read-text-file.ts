/** From a text and its format to what rules see of it. */
import type { Span } from '../../analysis/span';
import { type Format, type FormatReader, TextFile } from '../../analysis/text-file';
import { commentSyntaxOf, commentsIn } from './comment-syntax';
import { DOCKERFILE_READER } from './dockerfile';
import { ENV_READER } from './env';
import { JSON_READER } from './json';
import { YAML_READER } from './yaml';

/** Documents have no settings. */
const MARKDOWN_READER: FormatReader = {
  entries: () => ({ entries: [], faults: 0 }),
  comments(text) {
    const comments: Span[] = [];
    for (let start = text.indexOf('<!--'); start >= 0; start = text.indexOf('<!--', start)) {
      const close = text.indexOf('-->', start);
      if (close < 0) break;
      comments.push({ start, end: close + 3 });
      start = close + 3;
    }
    return comments;
  },
};

const PLAIN_READER: FormatReader = { entries: () => ({ entries: [], faults: 0 }), comments: () => [] };

const READERS: Readonly<Record<Format, FormatReader>> = {
  json: JSON_READER,
  yaml: YAML_READER,
  env: ENV_READER,
  dockerfile: DOCKERFILE_READER,
  markdown: MARKDOWN_READER,
  text: PLAIN_READER,
};

/** @param path below the workspace folder, with `/`. */
export function readTextFile(path: string, format: Format, text: string): TextFile {
  return new TextFile(path, format, text, readerOf(path, format));
}

function readerOf(path: string, format: Format): FormatReader {
  const syntax = format === 'text' ? commentSyntaxOf(path, format) : undefined;
  return syntax ? { ...PLAIN_READER, comments: (text) => commentsIn(text, syntax) } : READERS[format];
}
