/** What a scan has come to so far. */
import type { Severity } from '../../analysis/finding';
import { EXIT } from '../command';
import type { Degraded, ScanSummary } from '../output/report';
import type { FinishedFile } from './file-scan';
import type { BaselineSummary } from './known-findings';
import type { RecordedFinding } from './resolved-in-scan';
import { pathBelow } from './scope';

export type FailOn = 'error' | 'warning' | 'info' | 'never';

const ORDER: readonly Severity[] = ['hint', 'info', 'warning', 'error'];

export interface SummaryOptions {
  readonly failOn: FailOn;
  /** Whether fixes were to be applied. */
  readonly isFixing: boolean;
  /** Why the AI switch was off for all files, where it was. */
  readonly aiOff: string | undefined;
  /** Full id of the commit since which changes were reported; undefined where all was. */
  readonly since: string | undefined;
  readonly baseline: BaselineSummary | undefined;
  /** What was recorded as fixed; undefined where nothing was to be. */
  readonly recorded: readonly RecordedFinding[] | undefined;
}

export class Tally {
  files = 0;
  readonly #root: string;
  readonly #counts: Record<Severity, number> = { error: 0, warning: 0, info: 0, hint: 0 };
  readonly #degraded: Degraded[] = [];
  readonly #unread: Degraded[] = [];
  #withFindings = 0;
  #suppressed = 0;
  #ignored = 0;
  readonly #byGit = { files: 0, folders: 0 };
  #safe = 0;
  #unsafe = 0;
  #isAiOn = false;
  #fixed = 0;
  #changed = 0;

  /** @param root what paths are told from. */
  constructor(root: string) {
    this.#root = root;
  }

  checked({ reported, fixed, causes, isAiOn }: FinishedFile, path: string): void {
    this.files++;
    if (reported.shown.length > 0) this.#withFindings++;
    for (const { finding, fixes } of reported.shown) {
      this.#counts[finding.severity]++;
      if (fixes.some(({ safety }) => safety === 'safe')) this.#safe++;
      else if (fixes.some(({ safety }) => safety === 'unsafe')) this.#unsafe++;
    }
    this.#isAiOn ||= isAiOn;
    this.#suppressed += reported.suppressed.length;
    this.#fixed += fixed;
    if (fixed > 0) this.#changed++;
    for (const cause of causes) this.degraded(path, cause);
  }

  degraded(path: string, cause: string): void {
    this.#degraded.push({ file: pathBelow(this.#root, path), cause });
  }

  passedOver(why: 'binary' | 'ignored'): void {
    if (why === 'ignored') this.#ignored++;
  }

  ignoredByGit(isFolder: boolean): void {
    this.#byGit[isFolder ? 'folders' : 'files']++;
  }

  /** @param isUnread whether nothing of it could be trusted to be what was meant. */
  badConfiguration(path: string, cause: string, isUnread: boolean): void {
    this.degraded(path, cause);
    const last = this.#degraded.at(-1);
    if (isUnread && last) this.#unread.push(last);
  }

  summary({ failOn, isFixing, aiOff, since, baseline, recorded }: SummaryOptions): ScanSummary {
    return {
      files: this.files,
      filesWithFindings: this.#withFindings,
      counts: this.#counts,
      suppressed: this.#suppressed,
      ignored: { byGit: this.#byGit, byConfiguration: this.#ignored },
      ai: this.#ai(aiOff),
      since,
      baseline,
      recorded,
      degraded: this.#degraded,
      unreadConfigurations: this.#unread,
      fixes: {
        done: isFixing ? { findings: this.#fixed, files: this.#changed } : undefined,
        safe: this.#safe,
        unsafe: this.#unsafe,
      },
      exitCode: this.#exitCode(failOn),
    };
  }

  #ai(off: string | undefined): ScanSummary['ai'] {
    const isLeftOut = this.files > 0 && !this.#isAiOn;
    const reason = off ?? (isLeftOut ? 'The configuration switches it off.' : undefined);
    return { state: reason === undefined ? 'on' : 'off', reason };
  }

  #exitCode(failOn: FailOn): number {
    if (this.#unread.length > 0) return EXIT.wrongUse;
    if (failOn === 'never') return EXIT.clean;
    const least = ORDER.indexOf(failOn);
    return ORDER.some((severity, i) => i >= least && this.#counts[severity] > 0) ? EXIT.findings : EXIT.clean;
  }
}
