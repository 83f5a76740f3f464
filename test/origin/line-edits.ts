/** Random edits of lines, as people and tools make them. */
import type { LineEdit } from '../../server/src/origin/mapping/line-mapping';
import type { Random } from '../syntax/random';

const COMMON = ['', '}', '  }', '  });', 'return;', '{', ''];

/** Lines as code has them: most are there once, some often. */
export function randomLines(random: Random, count: number): string[] {
  return Array.from({ length: count }, () =>
    random.chance(0.25) ? random.pick(COMMON) : `  const value${random.below(1e9)} = ${random.below(100)};`,
  );
}

/** One edit to make, or two for a move: the second speaks of the text after the first. */
export function randomEdits(random: Random, lines: readonly string[]): LineEdit[] {
  const start = random.below(lines.length + 1);
  const end = Math.min(lines.length, start + 1 + random.below(8));
  const chosen = lines.slice(start, end);
  switch (random.below(6)) {
    case 0:
      return [{ start, end: start, lines: randomLines(random, 1 + random.below(8)) }];
    case 1:
      return [{ start, end, lines: [] }];
    case 2:
      return [{ start: end, end, lines: chosen }];
    case 3: {
      const target = random.below(lines.length - chosen.length + 1);
      return [
        { start, end, lines: [] },
        { start: target, end: target, lines: chosen },
      ];
    }
    case 4:
      return [{ start, end, lines: chosen.map((line) => `${line} // ${random.below(1e6)}`) }];
    default:
      return [{ start, end, lines: chosen.map((line) => (line === '' ? '' : `  ${line}`)) }];
  }
}

export function edited(lines: readonly string[], edits: readonly LineEdit[]): string[] {
  return edits.reduce<string[]>(
    (text, edit) => [...text.slice(0, edit.start), ...edit.lines, ...text.slice(edit.end)],
    [...lines],
  );
}
