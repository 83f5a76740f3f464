/**
 * Code that stands in comments. The syntax of a file does not look into them, so it is parsed apart, and only
 * where somebody asks: adjacent line comments are one text, without the signs and the stars.
 */
import type { Place } from './finding';
import type { ItemFacts } from './item-facts';
import { Node } from './node';
import { SourceFile } from './source-file';

/** Reads a piece of text into a file of its own, and answers whether it has errors; handed in by `syntax`. */
export type CodeReader = (piece: SourceFile, text: string) => boolean;

/** Longer pieces (UTF-16 units) are not read. */
const LONGEST_CODE = 2_000;
/** Runs with more lines are a whole former version of something; what is in them is not looked for. */
const MOST_LINES = 60;
/** So many pieces are remembered for each file. */
const MOST_KNOWN = 200;

const known = new WeakMap<SourceFile, Map<string, Node | undefined>>();

/**
 * The program that a text is; undefined where it has an error or is too long. Remembered by its text, so that
 * an item that is evaluated again because of something else costs nothing here.
 */
export function codeIn(file: SourceFile, text: string): Node | undefined {
  const { readCode } = file;
  if (!readCode || text.length > LONGEST_CODE) return undefined;
  const pieces = known.get(file) ?? new Map<string, Node | undefined>();
  known.set(file, pieces);
  if (pieces.has(text)) return pieces.get(text);
  const piece = new SourceFile(file.path, file.language);
  const hasError = readCode(piece, text);
  const code = hasError ? undefined : new Node(piece.root, 0);
  const [oldest] = pieces.size >= MOST_KNOWN ? pieces.keys() : [];
  if (oldest !== undefined) pieces.delete(oldest);
  pieces.set(text, code);
  return code;
}

export interface CommentLine {
  /** Without the comment's signs. */
  readonly text: string;
  /** Where the text starts in the file. */
  readonly start: number;
  /** The comment that the line is in. */
  readonly comment: Node;
}

/** Line comments with nothing but blank lines between them, or one block comment. */
export interface CommentRun {
  readonly first: Node;
  readonly last: Node;
  readonly isBlock: boolean;
  readonly lines: readonly CommentLine[];
}

/** The comments of an item with a word that is looked for; doc comments, which begin with two stars, are left out. */
export function* commentRuns(facts: ItemFacts, isMeant: (text: string) => boolean): Generator<CommentRun> {
  let run: Node[] = [];
  for (const comment of facts.nodes('comment')) {
    const last = run.at(-1);
    if (last && follows(last, comment)) {
      run.push(comment);
      continue;
    }
    yield* runOf(run, isMeant);
    run = [comment];
  }
  yield* runOf(run, isMeant);
}

function* runOf(comments: readonly Node[], isMeant: (text: string) => boolean): Generator<CommentRun> {
  const [first] = comments;
  const last = comments.at(-1);
  if (!first || !last) return;
  const whole = first.item.file.slice(first.start, last.end);
  if (!isMeant(whole) || whole.startsWith('/**')) return;
  const isBlock = whole.startsWith('/*');
  const lines = isBlock ? linesOfBlock(first) : comments.map(lineOf);
  if (lines.length <= MOST_LINES) yield { first, last, isBlock, lines };
}

function follows(former: Node, comment: Node): boolean {
  const between = former.item.file.slice(former.end, comment.start);
  return (
    /^\s*\n\s*$/.test(between) &&
    former.text.startsWith('//') &&
    comment.text.startsWith('//') &&
    startsLine(former)
  );
}

/** Whether nothing but blanks stands before a node in its line. */
function startsLine(node: Node): boolean {
  const { file } = node.item;
  let before = '';
  for (let at = node.start - 1; at >= 0 && before.trim() === ''; at--) {
    before = file.slice(at, at + 1);
    if (before === '\n') return true;
  }
  return before.trim() === '';
}

function lineOf(comment: Node): CommentLine {
  const sign = /^\/\/+[ \t]?/.exec(comment.text)?.[0] ?? '';
  return { text: comment.text.slice(sign.length).trimEnd(), start: comment.start + sign.length, comment };
}

function linesOfBlock(comment: Node): readonly CommentLine[] {
  const lines: CommentLine[] = [];
  let start = comment.start + 2;
  const rows = comment.text.slice(2, -2).split('\n');
  const isStarred = rows.length > 1 && rows.slice(1).every((row) => /^\s*(?:\*|$)/.test(row));
  for (const row of rows) {
    const sign = (isStarred && /^\s*\*[ \t]?/.exec(row)?.[0]) || '';
    lines.push({ text: row.slice(sign.length).trimEnd(), start: start + sign.length, comment });
    start += row.length + 1;
  }
  return lines;
}

/** Lines of a run, by their first and last index. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * The lines that belong together with one, as their brackets tell: up to the outermost bracket that is open
 * around it. Undefined where a bracket has no other in the run.
 */
export function stretchAround({ lines }: CommentRun, index: number): Stretch | undefined {
  let [from, to] = [index, index];
  for (;;) {
    while (lowestDepth(lines, from, to) < 0) if (--from < 0) return undefined;
    while (endDepth(lines, from, to) > 0) if (++to >= lines.length) return undefined;
    const opener = openerAbove(lines, from);
    if (opener === undefined) return { from, to };
    from = opener;
  }
}

const OPENING = /[{[]\s*$|[\w$]\(\s*$|=>\s*$/;

/** The line above that opens what a line stands in. */
function openerAbove(lines: readonly CommentLine[], index: number): number | undefined {
  let depth = 0;
  for (let i = index - 1; i >= 0; i--) {
    const line = lines[i]?.text ?? '';
    depth += netDepth(line);
    if (depth > 0 && OPENING.test(line)) return i;
    if (depth > 0) depth = 0;
  }
  return undefined;
}

function lowestDepth(lines: readonly CommentLine[], from: number, to: number): number {
  let [depth, lowest] = [0, 0];
  for (let i = from; i <= to; i++) {
    for (const sign of bracketsIn(lines[i]?.text ?? '')) {
      depth += /[{([]/.test(sign) ? 1 : -1;
      lowest = Math.min(lowest, depth);
    }
  }
  return lowest;
}

function endDepth(lines: readonly CommentLine[], from: number, to: number): number {
  let depth = 0;
  for (let i = from; i <= to; i++) depth += netDepth(lines[i]?.text ?? '');
  return depth;
}

function netDepth(line: string): number {
  let depth = 0;
  for (const sign of bracketsIn(line)) depth += /[{([]/.test(sign) ? 1 : -1;
  return depth;
}

function bracketsIn(line: string): readonly string[] {
  return line.replace(/'[^']*'|"[^"]*"|`[^`]*`|\/\/.*/g, '').match(/[{}()[\]]/g) ?? [];
}

export function textOf({ lines }: CommentRun, { from, to }: Stretch): string {
  return lines
    .slice(from, to + 1)
    .map(({ text }) => text)
    .join('\n');
}

/** Whether words before some lines say that they are an example. */
export function isExample(run: CommentRun, { from }: Stretch): boolean {
  const before = run.lines[from - 1]?.text ?? '';
  return (
    /:\s*$|\b(?:usage|examples?|e\.g\.|for instance|instead of|such as|like this)\b/i.test(before) &&
    !/todo|fixme|re-?enable|disabled|uncomment|restore/i.test(before)
  );
}

/** Where lines stand in the file, with the signs of line comments. */
export function placeOf(run: CommentRun, { from, to }: Stretch): Place {
  const [first, last] = [run.lines[from], run.lines[to]];
  if (!first || !last) return run.first;
  if (!run.isBlock)
    return first.comment.is(last.comment) ? first.comment : { from: first.comment, to: last.comment };
  if (run.lines.length === 1) return run.first;
  const lead = /^\s*/.exec(first.text)?.[0].length ?? 0;
  return {
    in: run.first,
    start: first.start + lead - run.first.start,
    end: last.start + last.text.length - run.first.start,
  };
}
