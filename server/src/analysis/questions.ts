/**
 * Questions about a whole file, and what was read to answer them. An answer is kept over an edit for as long as what
 * was read still answers the same. Where it does not, the question is asked anew, and only if the answer is another
 * one does that matter to those who asked.
 */
import { Node } from './node';
import { Reads } from './reads';
import { Answers } from './remembered';
import type { FileChange, SourceFile } from './source-file';

const NEVER = -1;

/** A question that was asked while reads were recorded. */
export class Question {
  #ask: () => unknown;
  #answer: unknown;
  #reads: Reads;
  /** The number of the run for which the answer is known to hold. */
  #run: number;

  constructor(ask: () => unknown, file: SourceFile, run: number) {
    this.#ask = ask;
    [this.#answer, this.#reads] = recorded(ask, file);
    this.#run = run;
  }

  get run(): number {
    return this.#run;
  }

  /** The answer for a run: the same object as before where it is the same answer. */
  answerFor(run: number, file: SourceFile, change: FileChange): unknown {
    if (this.#run === run) return this.#answer;
    this.#run = run;
    if (this.#reads.hold(file, change)) return this.#answer;
    try {
      const [answer, reads] = recorded(this.#ask, file);
      if (!isSameAnswer(this.#answer, answer)) this.#answer = answer;
      this.#reads = reads;
    } catch (error) {
      this.#run = NEVER;
      throw error;
    }
    return this.#answer;
  }

  /** Takes the question as it was asked last: what it was told by before may be gone. */
  renew(ask: () => unknown): void {
    this.#ask = ask;
  }
}

/** All questions about a file that somebody asked in the last run of the rules. */
export class Questions {
  readonly #file: SourceFile;
  readonly #known = new Map<string, Question>();
  #run = 0;
  #change: FileChange | undefined;

  constructor(file: SourceFile) {
    this.#file = file;
  }

  /** The question of a name, answered for the present run. */
  of(name: string, ask: () => unknown): [Question, unknown] {
    let question = this.#known.get(name);
    if (question) question.renew(ask);
    else {
      question = new Question(ask, this.#file, this.#run);
      this.#known.set(name, question);
    }
    return [question, this.answer(question)];
  }

  answer(question: Question): unknown {
    // Without a change there was one run only.
    if (!this.#change) return question.answerFor(question.run, this.#file, NO_CHANGE);
    return question.answerFor(this.#run, this.#file, this.#change);
  }

  begin(change: FileChange): void {
    this.#run++;
    this.#change = change;
  }

  /** Forgets what nobody asked in this run: it is no longer known what changed since. */
  end(): void {
    for (const [name, { run }] of this.#known) if (run !== this.#run) this.#known.delete(name);
  }
}

const NO_CHANGE: FileChange = { isNothing: true, names: new Set(), keys: new Map() };

/** What is asked in between is remembered apart, or what was read for it would not be noted a second time. */
function recorded(ask: () => unknown, file: SourceFile): [unknown, Reads] {
  const { reads, answers } = file;
  const own = new Reads();
  file.reads = own;
  file.answers = new Answers();
  try {
    return [ask(), own];
  } finally {
    file.reads = reads;
    file.answers = answers;
  }
}

/** Whether two answers say the same, of the same places. */
export function isSameAnswer(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (one instanceof Node) return other instanceof Node && one.is(other);
  if (Array.isArray(one))
    return (
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((each, i) => isSameAnswer(each, other[i]))
    );
  if (!isPlain(one) || !isPlain(other)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length && names.every((name) => isSameAnswer(one[name], other[name]))
  );
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
