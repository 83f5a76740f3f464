// The words behind the opening fence of a block: ```ts file=a.ts fixed="Use `execFile`"

import { LANGUAGES, type Language } from './languages';

/** What a fence says about its block. */
export interface Fence {
  /** The language's word, such as `ts`. */
  readonly word: string;
  readonly language: Language;
  readonly file: string | undefined;
  /** Set where the block shows a text after a fix. */
  readonly fixed: { readonly title: string | undefined } | undefined;
}

const WORD = /^([A-Za-z]+)(?:=(?:"([^"]*)"|'([^']*)'|([^\s"']+)))?(?:\s+|$)/;

/** Reads a fence, or says what is wrong with it. */
export function readFence(info: string): Fence | string {
  const word = /^[a-z]+/.exec(info)?.[0] ?? '';
  const language = LANGUAGES.get(word);
  if (language === undefined) {
    return `Unknown language \`${info}\`; begin the fence with one of ${[...LANGUAGES.keys()].join(', ')}.`;
  }
  let rest = info.slice(word.length).trimStart();
  let file: string | undefined;
  let fixed: Fence['fixed'];
  while (rest !== '') {
    const match = WORD.exec(rest);
    const name = match?.[1];
    const value = match?.[2] ?? match?.[3] ?? match?.[4];
    if (match !== null && name === 'file' && value !== undefined && value !== '') file = value;
    else if (match !== null && name === 'fixed' && value !== '') fixed = { title: value };
    else
      return `\`${rest}\` is unknown here; a fence has \`file=name\`, \`fixed\` or \`fixed="Title of the fix"\`.`;
    rest = rest.slice(match[0].length);
  }
  return { word, language, file, fixed };
}
