/** From a text and its format to what rules see of it. */
import { type Format, type FormatReader, TextFile } from '../../analysis/text-file';
import { DOCKERFILE_READER } from './dockerfile';
import { ENV_READER } from './env';
import { JSON_READER } from './json';
import { YAML_READER } from './yaml';

/** Documents have no settings. */
const MARKDOWN_READER: FormatReader = {
  entries: () => ({ entries: [], faults: 0 }),
  comments: (text) =>
    [...text.matchAll(/<!--[\s\S]*?-->/g)].map(({ index, 0: comment }) => ({
      start: index,
      end: index + comment.length,
    })),
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
  return new TextFile(path, format, text, READERS[format]);
}
