// Cuts a Markdown page into the pieces that the reader of rule pages tells apart. It knows headings,
// paragraphs, HTML comments and fenced blocks, which is all a rule page consists of.

/** A piece of a page. `line` is 1-based. */
export type Piece =
  | { readonly kind: 'heading'; readonly line: number; readonly depth: number; readonly text: string }
  | { readonly kind: 'prose'; readonly line: number; readonly text: string }
  | { readonly kind: 'comment'; readonly line: number; readonly text: string }
  | Block;

/** A fenced block. `line` is the line of its opening fence, so its first content line is `line + 1`. */
export interface Block {
  readonly kind: 'block';
  readonly line: number;
  /** The characters that open it, such as three back-ticks. */
  readonly fence: string;
  readonly info: string;
  readonly lines: readonly string[];
  readonly closed: boolean;
}

const FENCE = /^(`{3,}|~{3,})[ \t]*(.*?)[ \t]*$/;

/** The pieces of a page in their order. Line ends may be LF or CRLF. */
export function piecesOf(text: string): Piece[] {
  const lines = text.split(/\r?\n/);
  const pieces: Piece[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at]!;
    const piece = line.trim() === '' ? undefined : pieceAt(lines, at);
    if (piece === undefined) {
      at += 1;
      continue;
    }
    pieces.push(piece.piece);
    at = piece.next;
  }
  return pieces;
}

function pieceAt(lines: readonly string[], at: number): { piece: Piece; next: number } {
  const line = lines[at]!;
  const heading = /^(#{1,6})\s+(.*?)\s*$/.exec(line);
  if (heading !== null) {
    return {
      piece: { kind: 'heading', line: at + 1, depth: heading[1]!.length, text: heading[2]! },
      next: at + 1,
    };
  }
  if (FENCE.test(line)) return blockAt(lines, at);
  if (line.startsWith('<!--')) {
    const end = lines.findIndex((other, index) => index >= at && other.includes('-->'));
    const next = end < 0 ? lines.length : end + 1;
    const text = lines
      .slice(at, next)
      .join(' ')
      .replace(/^<!--\s*/, '')
      .replace(/\s*-->.*$/, '');
    return { piece: { kind: 'comment', line: at + 1, text }, next };
  }
  let next = at + 1;
  while (next < lines.length && !startsAnotherPiece(lines[next]!)) next += 1;
  return { piece: { kind: 'prose', line: at + 1, text: lines.slice(at, next).join('\n') }, next };
}

function blockAt(lines: readonly string[], at: number): { piece: Piece; next: number } {
  const [, fence, info] = FENCE.exec(lines[at]!)!;
  const closing = new RegExp(`^${fence![0]}{${fence!.length},}[ \\t]*$`);
  // A fence with words inside a block shows that the block before it was never closed.
  const ends = (line: string) => closing.test(line) || line.startsWith(fence!);
  const found = lines.findIndex((line, index) => index > at && ends(line));
  const end = found < 0 ? lines.length : found;
  const closed = found >= 0 && closing.test(lines[end]!);
  const piece: Block = {
    kind: 'block',
    line: at + 1,
    fence: fence!,
    info: info!,
    lines: lines.slice(at + 1, end),
    closed,
  };
  return { piece, next: closed ? end + 1 : end };
}

function startsAnotherPiece(line: string): boolean {
  return line.trim() === '' || /^#{1,6}\s/.test(line) || FENCE.test(line) || line.startsWith('<!--');
}
