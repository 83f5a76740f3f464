import type { RecordJudge } from '../../reviews/records-of-commit';
import type { Judgement } from '../../signoffs/line-reviews';
import type { NamedRecord } from '../../signoffs/record';

/** Of one repository; records beyond are not judged, and stay recorded. */
const MOST_JUDGED = 5_000;

/** Until a record was judged it counts as recorded: it says who, and nothing proves it. */
const UNJUDGED: Judgement = {
  voidBecause: undefined,
  proof: { kind: 'unproven', reason: 'its signature has not been looked at yet' },
};

/**
 * What is known of records, by their ids. Asking git and the programs of signatures is slow, so that it is done in the
 * background, one record after the other, and nobody waits for it unless they say so.
 */
export class Judgements {
  readonly #onKnown: () => void;
  #judge: RecordJudge | undefined;
  #key: string | undefined;
  #known = new Map<string, Judgement>();
  #open: NamedRecord[] = [];
  #asked = new Set<string>();
  #isRunning = false;

  /** @param onKnown called when `of` may answer something else: no further record is waiting, or others judge. */
  constructor(onKnown: () => void) {
    this.#onKnown = onKnown;
  }

  /** Whether somebody asked who makes judgements, and nobody was there. */
  get isWaiting(): boolean {
    return this.#judge === undefined && this.#open.length > 0;
  }

  /** @param key names what judgements depend on: those of another one are forgotten. */
  use(judge: RecordJudge, key: string): void {
    if (this.#key === key) return;
    this.#key = key;
    this.#judge = judge;
    // Those that were known hold until they are judged again, which whoever needs them has to ask for.
    this.#asked = new Set(this.#open.map(({ id }) => id));
    void this.#run();
    if (this.#known.size > 0) this.#onKnown();
  }

  of(named: NamedRecord): Judgement {
    this.#ask(named);
    return this.#known.get(named.id) ?? UNJUDGED;
  }

  /** Judges records, such as those that were made now. */
  async judge(records: readonly NamedRecord[]): Promise<void> {
    for (const named of records) {
      const judge = this.#judge;
      if (!judge) return;
      this.#asked.add(named.id);
      this.#known.set(named.id, await judge.judgementOf(named));
    }
  }

  #ask(named: NamedRecord): void {
    if (this.#asked.has(named.id) || this.#asked.size >= MOST_JUDGED) return;
    this.#asked.add(named.id);
    this.#open.push(named);
    void this.#run();
  }

  async #run(): Promise<void> {
    if (this.#isRunning || !this.#judge) return;
    this.#isRunning = true;
    let isOther = false;
    try {
      for (let next = this.#open.shift(); next; next = this.#open.shift()) {
        const judgement = await this.#judge.judgementOf(next);
        isOther ||= JSON.stringify(this.#known.get(next.id) ?? UNJUDGED) !== JSON.stringify(judgement);
        this.#known.set(next.id, judgement);
      }
    } finally {
      this.#isRunning = false;
    }
    if (isOther) this.#onKnown();
  }
}
