// The fixed order of a rule's page: title, one sentence "Finds …", the reason, `## Flagged`, `## Left alone`.

import type { Problem } from './marks';
import type { Example } from './page';
import type { Piece } from './pieces';
import { FLAGGED, LEFT_ALONE } from './sections';

const LEAST_SILENT = 2;

/** What is wrong with the order and the completeness of a page. */
export function structureProblems(
  path: string,
  pieces: readonly Piece[],
  examples: readonly Example[],
): Problem[] {
  const problems: Problem[] = [];
  const complain = (line: number, message: string) => problems.push({ line, message });
  const title = pieces[0];
  if (title?.kind !== 'heading' || title.depth !== 1 || !/^[a-z0-9-]+\/[a-z0-9-]+$/.test(title.text)) {
    complain(title?.line ?? 1, 'A page begins with its rule as title: `# group/name`.');
  } else if (!isNamedAfter(path, title.text)) {
    complain(title.line, `The title is \`${title.text}\`, but the page is ${path}; give both the same name.`);
  }
  const lead = pieces.filter((piece, index) => piece.kind === 'prose' && index < firstSection(pieces));
  const finds = lead[0]?.kind === 'prose' ? lead[0] : undefined;
  const line = finds?.line ?? title?.line ?? 1;
  if (finds === undefined || !finds.text.startsWith('Finds ')) {
    complain(line, 'The first paragraph is one sentence that begins with "Finds …".');
  } else if (!finds.text.endsWith('.') || /[.!?]\s+[A-Z]/.test(finds.text)) {
    complain(
      line,
      'The first paragraph is a single sentence with a full stop; put the reason into the next one.',
    );
  }
  if (lead.length < 2) {
    complain(
      line,
      `Give the reason before \`## ${FLAGGED}\`: why it is a defect, and why AI tools write it.`,
    );
  }
  problems.push(...sectionProblems(pieces), ...countProblems(pieces, examples));
  return problems;
}

function isNamedAfter(path: string, id: string): boolean {
  const normal = `/${path.replaceAll('\\', '/')}`;
  return !normal.includes('/', 1) || normal.endsWith(`/${id}.md`);
}

function firstSection(pieces: readonly Piece[]): number {
  const at = pieces.findIndex((piece) => piece.kind === 'heading' && piece.depth === 2);
  return at < 0 ? pieces.length : at;
}

function sectionProblems(pieces: readonly Piece[]): Problem[] {
  const order = [FLAGGED, LEFT_ALONE];
  const problems: Problem[] = [];
  const seen: string[] = [];
  for (const piece of pieces) {
    if (piece.kind !== 'heading' || piece.depth !== 2) continue;
    const expected = order[seen.length];
    if (piece.text !== expected) {
      const next =
        expected === undefined ? `after \`## ${LEFT_ALONE}\` the page ends` : `\`## ${expected}\` comes next`;
      problems.push({ line: piece.line, message: `Unexpected section "${piece.text}"; ${next}.` });
    }
    seen.push(piece.text);
  }
  for (const missing of order.filter((name) => !seen.includes(name))) {
    problems.push({ line: pieces.at(-1)?.line ?? 1, message: `The section \`## ${missing}\` is missing.` });
  }
  return problems;
}

function countProblems(pieces: readonly Piece[], examples: readonly Example[]): Problem[] {
  const problems: Problem[] = [];
  const lineOf = (name: string) =>
    pieces.find((piece) => piece.kind === 'heading' && piece.text === name)?.line ?? 1;
  const count = (kind: Example['kind']) => examples.filter((example) => example.kind === kind).length;
  if (count('flagged') < 1) {
    problems.push({ line: lineOf(FLAGGED), message: 'Show at least one flagged example.' });
  }
  if (count('silent') < LEAST_SILENT) {
    problems.push({
      line: lineOf(LEFT_ALONE),
      message: `Show at least ${LEAST_SILENT} look-alikes that are left alone, each with its reason before it.`,
    });
  }
  return problems;
}
