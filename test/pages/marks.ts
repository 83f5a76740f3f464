// Mark lines: the `// ~~~ message` and `// --- message` under a line of code that say where a finding and
// its related places are. Marks are no part of the code; they are removed before it is parsed, since
// JSON, JSX and Markdown have no place for comments.

import type { Language } from './languages';

/** A place that a page expects. Offsets are 0-based UTF-16 in the text without marks, `end` is exclusive. */
export interface Mark {
  readonly kind: 'primary' | 'related';
  readonly start: number;
  readonly end: number;
  /** What the finding must say; any message will do where there is none. */
  readonly message: string | undefined;
  /** Where the mark is written, as indices into the block's lines; two where a range spans lines. */
  readonly writtenAt: readonly number[];
}

/** Something wrong with a page. `line` is 1-based; `message` says what is wrong and what to do. */
export interface Problem {
  readonly line: number;
  readonly message: string;
}

/** A block whose marks were taken out of its text. */
export interface MarkedText {
  readonly text: string;
  readonly marks: readonly Mark[];
  readonly problems: readonly Problem[];
}

interface Run {
  /** Not known of a lone `<`, which ends the range begun last. */
  readonly kind: Mark['kind'] | undefined;
  readonly start: number;
  readonly end: number;
  readonly opens: boolean;
  readonly closes: boolean;
  readonly message: string | undefined;
}

/** Reads the marks of a block; `firstLine` is the 1-based line of the page at which `lines` begin. */
export function readMarks(lines: readonly string[], language: Language, firstLine: number): MarkedText {
  const code: string[] = [];
  const marks: Mark[] = [];
  const problems: Problem[] = [];
  const open: { kind: Mark['kind']; start: number; message: string | undefined; index: number }[] = [];
  let lineStart = 0;
  for (const [index, line] of lines.entries()) {
    const complain = (message: string) => problems.push({ line: firstLine + index, message });
    const above = code.at(-1);
    const run = runOf(line, language);
    if (run === undefined) {
      const mistake = mistakeIn(line, language);
      if (mistake !== undefined) complain(mistake);
      lineStart += above === undefined ? 0 : above.length + 1;
      code.push(line);
      continue;
    }
    const outside = outsideOf(above, run);
    const begun = run.closes ? open.findLastIndex(({ kind }) => kind === (run.kind ?? kind)) : -1;
    const { kind = 'primary', message } = run;
    if (outside !== undefined) {
      complain(outside);
    } else if (run.opens) {
      open.push({ kind, start: lineStart + run.start, message, index });
    } else if (!run.closes) {
      marks.push({
        kind,
        start: lineStart + run.start,
        end: lineStart + run.end,
        message,
        writtenAt: [index],
      });
    } else if (begun < 0) {
      complain('This mark ends a range that no mark above begins with `~~~>`.');
    } else {
      if (message !== undefined) complain('Write the message behind the mark that begins the range.');
      const { index: from, ...first } = open.splice(begun, 1)[0]!;
      marks.push({ ...first, end: lineStart + run.end, writtenAt: [from, index] });
    }
  }
  for (const { index } of open) {
    const message = 'The range begun here never ends; put a `<~~~` mark under its last line.';
    problems.push({ line: firstLine + index, message });
  }
  return { text: code.map((line) => `${line}\n`).join(''), marks, problems };
}

function outsideOf(above: string | undefined, run: Run): string | undefined {
  if (above === undefined) return 'A mark belongs under a line of code; this one has none above it.';
  if (run.opens ? run.start < above.length : run.end <= above.length) return undefined;
  return `The mark goes to column ${run.end}, but the line above it ends at column ${above.length}. Mark the columns exactly.`;
}

function runOf(line: string, language: Language): Run | undefined {
  const match = MARK_LINE[language.sign].exec(line);
  if (match === null) return undefined;
  const [, before, less, tail, run, greater, message] = match;
  const characters = run ?? tail!;
  const start = before!.length;
  return {
    kind: characters === '' ? undefined : characters.startsWith('~') ? 'primary' : 'related',
    start,
    end: start + (less ?? '').length + characters.length,
    opens: greater === '>',
    closes: less === '<',
    message: message === undefined || message === '' ? undefined : message,
  };
}

const MARK_LINE = {
  '//': /^([ \t]*\/\/[ \t]*)(?:(<)(~*|-*)|(~+|-+)(>?))(?:[ \t]+(.*?))?[ \t]*$/,
  '#': /^([ \t]*#[ \t]*)(?:(<)(~*|-*)|(~+|-+)(>?))(?:[ \t]+(.*?))?[ \t]*$/,
};

function mistakeIn(line: string, language: Language): string | undefined {
  const other = language.sign === '#' ? '//' : '#';
  if (/^[ \t]*<?~~+/.test(line)) {
    return `A mark line begins with \`${language.sign}\`. A mark cannot lie in the columns of that sign; where a range begins there, indent the example.`;
  }
  if (MARK_LINE[other].test(line) && line.includes('~')) {
    return `A mark line in this language begins with \`${language.sign}\`, not \`${other}\`.`;
  }
  if (new RegExp(`^[ \\t]*${language.sign}[ \\t]*<?~~+`).test(line)) {
    return 'Put a space between the mark and its message, and one mark on a line.';
  }
  return undefined;
}
