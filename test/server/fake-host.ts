/** A host without anything outside: its clock stands until a test moves it, and its log is a list. */
import type { Cancel, FileText, Host } from '../../server/src/host/host';
import type { FileBytes } from '../../server/src/host/read-bytes';

interface Timer {
  readonly at: number;
  readonly action: () => void;
}

export class FakeHost implements Host {
  /** The day that `today` answers. */
  day = '2026-02-27';
  readonly pages = new Map<string, string>();
  /** What is on disk, by URI. */
  readonly files = new Map<string, FileText>();
  /** Every URI that was read or looked for, in order. */
  readonly read: string[] = [];
  /** Symbolic links, by URI: where they lead. */
  readonly links = new Map<string, string>();
  readonly logged: string[] = [];
  #now = 0;
  #timers = new Set<Timer>();

  now(): number {
    return this.#now;
  }

  today(): string {
    return this.day;
  }

  after(milliseconds: number, action: () => void): Cancel {
    const timer = { at: this.#now + milliseconds, action };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  readFile(uri: string): FileText | undefined {
    this.read.push(uri);
    return this.files.get(uri);
  }

  readBytes(uri: string, mostBytes: number): FileBytes | undefined {
    const file = this.readFile(uri);
    if (!file || 'refusal' in file) return file;
    const bytes = Buffer.from(file.text);
    return bytes.length <= mostBytes ? { bytes } : { refusal: 'too large' };
  }

  namesIn(uri: string): readonly string[] {
    const names = [...this.files.keys()]
      .filter((each) => each.startsWith(`${uri}/`))
      .map((each) => each.slice(uri.length + 1).split('/', 1)[0] as string);
    return [...new Set(names)];
  }

  realUri(uri: string): string | undefined {
    const link = [...this.links.keys()].find((each) => uri === each || uri.startsWith(`${each}/`));
    if (link) return this.realUri(`${this.links.get(link)}${uri.slice(link.length)}`);
    const isThere = [...this.files.keys()].some((each) => each === uri || each.startsWith(`${uri}/`));
    return isThere ? uri : undefined;
  }

  rulePage(ruleId: string): string | undefined {
    return this.pages.get(ruleId);
  }

  readonly log: Host['log'] = (level, message) => {
    this.logged.push(`${level}: ${message}`);
  };

  /** How many actions wait for their time. */
  get waiting(): number {
    return this.#timers.size;
  }

  /** Moves the clock on and runs what becomes due, in the order of its time. */
  advance(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#timers.delete(next);
      this.#now = next.at;
      next.action();
    }
    this.#now = end;
  }

  #next(end: number): Timer | undefined {
    const due = [...this.#timers].filter(({ at }) => at <= end);
    return due.sort((a, b) => a.at - b.at)[0];
  }
}
