/**
 * What a person types, as 500 keystrokes that are the same on every file: letters, quotes, back-ticks,
 * `/*`, braces in pairs and single, new lines, a paste of 30 lines, deletions, undo. The generator is
 * seeded and its result is committed, so that numbers of different days can be compared.
 */
import { Random } from '../syntax/random';

export const KEYSTROKES = 500;
const SEED = 20_260;
/** As the formatter of this repository has it. */
const LINE_WIDTH = 110;

/** One `didChange`. */
export type Keystroke =
  /** Goes to the end of a statement at a share of the file, after a pause, and begins a new line there. */
  | { readonly go: number }
  /** Inserts at the caret, which then stands `back` characters before the end of what was inserted. */
  | { readonly insert: string; readonly back?: number }
  /** Goes over characters that stand there already, then inserts. */
  | { readonly over: number; readonly insert: string }
  /** Removes characters before the caret. */
  | { readonly delete: number }
  /** Takes the last changes back, all at once. */
  | { readonly undo: number };

/** Lines as people type them, each character a keystroke. */
const LINES = [
  'const total = items.length + offset;',
  "const label = 'not found';",
  'eval(code);',
  'const message = `Hi ${user.name}`;',
  'logger.warn("it\'s late", { id });',
  '/* kept for later */',
  "if (kind === 'open') {",
  'const pattern = /^[a-z]+$/;',
  'await store.save({ id, total });',
  '// see the notes',
  'for (const entry of entries) {',
  'return next(error);',
] as const;
const PAIRS: Readonly<Record<string, string>> = {
  '(': ')',
  '[': ']',
  '{': '}',
  "'": "'",
  '"': '"',
  '`': '`',
};
const STRAY = ['{', '}', '`', "'", '"', '(', ')', '/*', '[', '<'] as const;

const PASTED_BODY = [
  'const wanted = rows.filter((row) => row.total > limit);',
  'if (wanted.length === 0) {',
  '  return { items: [], total: 0 };',
  '}',
  'const names = wanted.map((row) => `${row.first} ${row.last}`);',
  'for (const name of names) {',
  "  console.log('found', name);",
  '}',
];
/** Thirty lines. */
const PASTE = [
  'const summarise = (rows, limit) => {',
  ...[
    ...PASTED_BODY,
    '',
    ...PASTED_BODY.map((line) => line.replaceAll('wanted', 'others').replaceAll('names', 'titles')),
    '',
  ].map((line) => (line ? `  ${line}` : line)),
  '  const query = `select * from orders where total > ${limit}`;',
  '  try {',
  '    database.run(query);',
  '  } catch (error) {',
  "    report(error, { label: 'summarise' });",
  '  }',
  '  return {',
  '    items: names,',
  '    total: wanted.length,',
  '  };',
  '};',
].join('\n');

/** The trace: always the same. */
export function makeTrace(): Keystroke[] {
  return new TraceWriter(new Random(SEED)).write();
}

/** The trace as the committed file has it: one keystroke a line. */
export function traceText(trace: readonly Keystroke[]): string {
  const lines = trace.map((keystroke) => {
    const pairs = Object.entries(keystroke).map(([key, value]) => `"${key}": ${JSON.stringify(value)}`);
    const line = `  { ${pairs.join(', ')} }`;
    return line.length < LINE_WIDTH ? line : `  {\n${pairs.map((pair) => `    ${pair}`).join(',\n')}\n  }`;
  });
  return `[\n${lines.join(',\n')}\n]\n`;
}

/** Keystrokes until the caret goes elsewhere belong together: what they leave open, they close. */
class TraceWriter {
  readonly #random: Random;
  readonly #keystrokes: Keystroke[] = [];
  readonly #taken = new Map<readonly string[], number>();

  constructor(random: Random) {
    this.#random = random;
  }

  write(): Keystroke[] {
    for (let stretch = 0; this.#keystrokes.length < KEYSTROKES; stretch++) this.#stretch(stretch);
    return this.#keystrokes.slice(0, KEYSTROKES);
  }

  #stretch(number: number): void {
    const random = this.#random;
    this.#add({ go: Math.round(1000 * (0.03 + 0.94 * random.next())) / 1000 });
    // All that a trace must have comes in turn, what is around it by chance.
    switch (number % 6) {
      case 0:
        this.#type(this.#next(LINES), 'paired');
        break;
      case 1:
        this.#type(this.#next(LINES), 'single');
        break;
      case 2:
        this.#stray();
        break;
      case 3:
        this.#paste();
        break;
      case 4:
        this.#block();
        break;
      default:
        this.#correction();
    }
  }

  /** @param how whether the editor closes what is opened. */
  #type(line: string, how: 'paired' | 'single'): void {
    const closing: string[] = [];
    let over = 0;
    const insert = (text: string, back = 0) => {
      if (over > 0) this.#add({ over, insert: text });
      else this.#add(back > 0 ? { insert: text, back } : { insert: text });
      over = 0;
    };
    for (const [index, character] of [...line].entries()) {
      const isWordQuote = /['"`]/.test(character) && /\w/.test(line[index - 1] ?? '');
      if (how === 'paired' && character === closing.at(-1)) {
        // What the editor put there already is typed over, which changes nothing.
        closing.pop();
        over++;
      } else if (how === 'paired' && PAIRS[character] !== undefined && !isWordQuote && over === 0) {
        insert(`${character}${PAIRS[character]}`, 1);
        closing.push(PAIRS[character]);
      } else insert(character);
    }
    if (line.endsWith('{')) {
      insert('\n');
      for (const character of 'check(value);') insert(character);
      if (how === 'single') {
        insert('\n');
        insert('}');
      }
    }
  }

  /** Something is typed that does not belong there; a few letters later it is seen and taken away. */
  #stray(): void {
    const random = this.#random;
    const stray = this.#next(STRAY);
    for (const character of stray) this.#add({ insert: character });
    const more = random.below(7);
    for (const character of 'entries'.slice(0, more)) this.#add({ insert: character });
    if (random.chance(0.5)) this.#add({ undo: stray.length + more });
    else for (let left = stray.length + more; left > 0; left--) this.#add({ delete: 1 });
  }

  #paste(): void {
    this.#add({ insert: PASTE });
    if (this.#random.chance(0.5)) {
      this.#add({ undo: 1 });
      return;
    }
    this.#add({ insert: '\n' });
    this.#type('const done = true;', 'single');
    this.#add({ undo: 3 });
    for (const character of 'ue;') this.#add({ insert: character });
  }

  /** A function, typed from its head to its closing brace. */
  #block(): void {
    const isPaired = this.#random.chance(0.5);
    this.#type('const read = async (id) => {', isPaired ? 'paired' : 'single');
  }

  /** A line is typed, its end deleted and typed again. */
  #correction(): void {
    const line = this.#next(LINES);
    const kept = Math.floor(line.length / 2);
    this.#type(line, 'single');
    if (line.endsWith('{')) return;
    for (let at = line.length; at > kept; at--) this.#add({ delete: 1 });
    for (const character of line.slice(kept)) this.#add({ insert: character });
  }

  /** In turn, so that all are typed. */
  #next(texts: readonly string[]): string {
    const taken = this.#taken.get(texts) ?? 0;
    this.#taken.set(texts, taken + 1);
    return texts[taken % texts.length] as string;
  }

  #add(keystroke: Keystroke): void {
    this.#keystrokes.push(keystroke);
  }
}
