/**
 * Random edits as people and agents make them, and as they go wrong: single braces, quotes and back-ticks,
 * comments that are opened, deletions of up to 80 characters, words, lines, pastes from elsewhere in the
 * file, single characters anywhere. Most are taken back after a while, so that a file is whole again now
 * and then; what is taken back is an edit too.
 */
import type { Random } from './random';

/** Replaces a stretch of the text: 0-based UTF-16 offsets, end exclusive. */
export interface RandomEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const STRUCTURE = [
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  '`',
  "'",
  '"',
  '/*',
  '*/',
  '//',
  '${',
  '<',
  '>',
  ';',
  ',',
  '=>',
  '\\',
];
const LINES = [
  'const value = compute(input);\n',
  'if (value) {\n  return value;\n}\n',
  'function added(a, b) {\n  return eval(a + b);\n}\n',
  "import { exec as run } from 'node:child_process';\n",
  'const eval = (text) => text;\n',
  'setTimeout(`go(${value})`, 10);\n',
  'class Added {\n  method(code) {\n    return new Function(code);\n  }\n}\n',
  '// a comment\n',
  '// app.use(requireAuth);\n',
  '// if (!user) {\n//   return res.status(401).end();\n// }\n',
  'try { check(); } catch { return true; }\n',
  '\n',
];
const WORDS = [
  'value',
  'eval',
  'return',
  'async ',
  'await ',
  'const ',
  'x',
  'ß',
  '😀',
  '.',
  ' ',
  '?',
  'new Function(x)',
];

export class EditGenerator {
  readonly #random: Random;
  /** What takes back the edits that are not meant to stay, the last one on top. */
  readonly #undo: RandomEdit[] = [];

  constructor(random: Random) {
    this.#random = random;
  }

  /**
   * The next edit of a text.
   *
   * @param undoChance how likely an edit takes back an earlier one, while there are any.
   */
  next(text: string, undoChance: number): RandomEdit {
    if (this.#undo.length > 0 && this.#random.chance(undoChance)) return this.#undo.pop() as RandomEdit;
    // An undo belongs to the text as it was: what stays is only added while there is nothing to take back.
    if (this.#undo.length === 0 && this.#random.chance(0.3)) return this.#lasting(text);
    const edit = this.#fresh(text);
    this.#undo.push({
      start: edit.start,
      end: edit.start + edit.text.length,
      text: text.slice(edit.start, edit.end),
    });
    return edit;
  }

  /** Whole lines before a statement at the left margin: the text parses afterwards if it did before. */
  #lasting(text: string): RandomEdit {
    const places = [...text.matchAll(/^(?:export|const|function|import|class|app\.|router\.)/gm)].map(
      ({ index }) => index,
    );
    const start = places.length > 0 ? this.#random.pick(places) : text.length;
    return { start, end: start, text: this.#random.pick(LINES) };
  }

  #fresh(text: string): RandomEdit {
    const random = this.#random;
    const at = random.below(text.length + 1);
    const insert = (start: number, inserted: string): RandomEdit => ({ start, end: start, text: inserted });
    switch (random.below(8)) {
      case 0:
      case 1:
        return insert(at, random.pick(STRUCTURE));
      case 2: {
        const end = Math.min(text.length, at + 1 + random.below(80));
        return { start: at, end, text: '' };
      }
      case 3: {
        const lineStart = text.lastIndexOf('\n', at - 1) + 1;
        return insert(lineStart, random.pick(LINES));
      }
      case 4: {
        const from = random.below(text.length + 1);
        const to = Math.min(text.length, from + random.below(600));
        return insert(text.lastIndexOf('\n', at - 1) + 1, text.slice(from, to));
      }
      case 5: {
        const end = Math.min(text.length, at + random.below(6));
        return { start: at, end, text: random.pick(WORDS) };
      }
      default:
        return insert(at, random.pick(WORDS));
    }
  }
}
