/** JSON with comments and trailing commas: its tree, as far as it can be read, and what is wrong with it. */
import { createScanner, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';

import { CONFIG_BAD_VALUE } from '../../analysis/engine-rules';
import type { ConfigurationProblem } from './configuration-problem';

/** The parser goes down by recursion, and no configuration is nested nearly as deeply. */
const DEEPEST = 100;

const EXAMPLE = '`{ "profile": "strict" }`';

/** By the names that the parser has for its errors. */
const MESSAGES: Readonly<Record<string, string>> = {
  InvalidSymbol:
    'This is neither a string nor a number, `true`, `false` or `null`. Put text into double quotes.',
  PropertyNameExpected: 'A key is missing here. Write one in double quotes.',
  ValueExpected: 'A value is missing here. Write one.',
  ColonExpected: 'A colon is missing here. Put one behind the key.',
  CommaExpected: 'A comma is missing here. Put one between the entries.',
  CloseBraceExpected: 'A closing brace is missing here. Add it.',
  CloseBracketExpected: 'A closing bracket is missing here. Add it.',
  EndOfFileExpected: 'The configuration ended before this. Remove what follows it.',
  UnexpectedEndOfComment: 'This comment has no end. Add `*/`.',
  UnexpectedEndOfString: 'This string has no end in its line. Close it with a double quote.',
  InvalidEscapeCharacter: 'There is no such escape. Write a backslash as two.',
};

export interface ConfigurationSyntax {
  /** Undefined when nothing can be read. */
  readonly root: Node | undefined;
  readonly problems: readonly ConfigurationProblem[];
}

/** Never throws: what cannot be read is a problem, and the rest is in the tree. */
export function parseConfiguration(text: string): ConfigurationSyntax {
  const tooDeep = offsetBelow(text, DEEPEST);
  if (tooDeep !== undefined) {
    const message = `This is nested more than ${DEEPEST} levels deep, so nothing is read. Write ${EXAMPLE}.`;
    return { root: undefined, problems: [problemAt(tooDeep, 1, message)] };
  }
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  if (!root && errors.every(({ error }) => printParseErrorCode(error) === 'ValueExpected')) {
    return {
      root,
      problems: [
        problemAt(0, text.length, `The configuration is empty. Write an object, such as ${EXAMPLE}.`),
      ],
    };
  }
  return {
    root,
    problems: errors.map(({ error, offset, length }) => ({
      ...problemAt(offset, length, MESSAGES[printParseErrorCode(error)] ?? 'This is no JSON. Correct it.'),
      isOfJson: true,
    })),
  };
}

function problemAt(start: number, length: number, message: string): ConfigurationProblem {
  return { rule: CONFIG_BAD_VALUE, start, end: start + length, message, keys: [] };
}

/** Where a text is nested deeper than so many levels first; undefined when it never is. */
function offsetBelow(text: string, levels: number): number | undefined {
  const scanner = createScanner(text, true);
  let depth = 0;
  for (scanner.scan(); scanner.getTokenOffset() < text.length; scanner.scan()) {
    // A token is known by its first character: strings begin with a quote, and all else with neither of these.
    const first = text.charAt(scanner.getTokenOffset());
    if (first === '{' || first === '[') depth++;
    if (first === '}' || first === ']') depth--;
    if (depth > levels) return scanner.getTokenOffset();
  }
  return undefined;
}
