/** What becomes of a file in a scan: read, checked in its turn, and written where something was fixed in it. */
import { TextDocument } from 'vscode-languageserver-textdocument';

import { encodeText } from '../../host/encoding';
import { codeOf } from '../../host/read-bytes';
import { replaceFile } from '../../host/replace-file';
import { overlap } from '../../session/ai-code-of';
import { languageOfFile } from '../../session/language-of-file';
import { whyUnchecked } from '../../session/unchecked';
import type { ReportedFile } from '../output/report';
import type { AiLookup } from './ai-lookup';
import type { FindingKey } from './baseline';
import type { ChangedSince } from './changed-since';
import type { FileAnswer, FileJob } from './file-job';
import type { FileJobs } from './file-jobs';
import type { KnownFindings } from './known-findings';
import type { PathReader, ReadPath } from './path-reader';
import type { FoundFinding } from './reported-part';
import type { ScannedFile } from './scanned-files';
import { uninterrupted } from './uninterrupted';

export interface FinishedFile {
  readonly reported: ReportedFile;
  /** How many of its findings were fixed. */
  readonly fixed: number;
  /** Why findings or fixes may be missing. */
  readonly causes: readonly string[];
  /** Whether the AI switch was on for it. */
  readonly isAiOn: boolean;
  /** What would be reported but for the baseline. */
  readonly known: readonly FindingKey[];
  /** All that is found, and what was shown before the change, where that is to be known. */
  readonly found: readonly FoundFinding[];
  readonly former: readonly FindingKey[];
}

/** What became of a file: checked, not checked for a cause that is told, or rightly passed over. */
export type Outcome =
  | { readonly finished: FinishedFile }
  | { readonly cause: string }
  | { readonly passedOver: 'binary' | 'ignored' };

/** A file whose check has begun; `finish` waits for it, and writes the file where something was fixed. */
export interface BegunFile {
  /** Absolute. */
  readonly path: string;
  readonly finish: () => Promise<Outcome>;
}

export interface FileScanParts {
  readonly reader: PathReader;
  readonly jobs: FileJobs;
  /** Asked about files in which it matters. */
  readonly lookup: AiLookup;
  readonly onError: (message: string) => void;
  /** What is changed, where nothing else is reported. */
  readonly since?: ChangedSince | undefined;
  /** What is left out of the report. */
  readonly baseline?: KnownFindings | undefined;
  /** Whether it is to be known what is gone. */
  readonly isRecording?: boolean | undefined;
}

export class FileScan {
  readonly #reader: PathReader;
  readonly #jobs: FileJobs;
  readonly #lookup: AiLookup;
  readonly #onError: (message: string) => void;
  readonly #since: ChangedSince | undefined;
  readonly #baseline: KnownFindings | undefined;
  readonly #isRecording: boolean;

  constructor({ reader, jobs, lookup, onError, since, baseline, isRecording = false }: FileScanParts) {
    this.#reader = reader;
    this.#jobs = jobs;
    this.#lookup = lookup;
    this.#onError = onError;
    this.#since = since;
    this.#baseline = baseline;
    this.#isRecording = isRecording;
  }

  begin(found: ScannedFile): BegunFile {
    const { path } = found;
    const opened = 'cause' in found ? found : this.#reader.open(path, found.isNamed);
    if (!('read' in opened)) return { path, finish: async () => opened };
    const whole = opened.read;
    if (this.#since || this.#baseline) {
      const begun = this.#answerInPart(whole, path);
      return { path, finish: async () => (await begun)() };
    }
    const answer = this.#answerTo(whole);
    return { path, finish: async () => this.#finish(whole, await answer, path) };
  }

  /** Of a file of which not all is reported. @returns what finishes it. */
  async #answerInPart(read: ReadPath, path: string): Promise<() => Promise<Outcome>> {
    const known = this.#baseline?.isUpdate ? 'all' : (this.#baseline?.of(path) ?? []);
    const text = this.#since?.former(path);
    const before = text === undefined ? undefined : await this.#answerBefore(read.job, text);
    const former = text === undefined ? undefined : { text, found: before?.found ?? [] };
    const job: FileJob = { ...read.job, part: { former, known }, tellsAll: this.#isRecording };
    const part = { ...read, job };
    const answer = await this.#answerTo(part);
    return async () => {
      const outcome = await this.#finish(part, answer, path);
      if (!('finished' in outcome)) return outcome;
      const shown = before?.shown.map(({ finding: { ruleId, fingerprint } }) => ({ ruleId, fingerprint }));
      return { finished: { ...outcome.finished, former: shown ?? [] } };
    };
  }

  /** What was found in another version of a file; undefined where it cannot be checked: then all of it counts as new. */
  async #answerBefore(job: FileJob, text: string): Promise<FileAnswer | undefined> {
    if (text === job.text) return undefined;
    const answer = await this.#answerOf({ ...job, text, fix: undefined, aiLines: [], tellsAll: true });
    return typeof answer === 'string' ? undefined : answer;
  }

  async #finish(read: ReadPath, answer: FileAnswer | string, path: string): Promise<Outcome> {
    if (typeof answer === 'string') return { cause: answer };
    const trouble = answer.fixed ? await writeFixed(read, answer.fixed.text, path) : undefined;
    if (trouble === undefined) return { finished: finishedFile(read, answer) };
    // What stands in the file is what it held before.
    const again = await this.#answerTo({ ...read, job: { ...read.job, fix: undefined } });
    return typeof again === 'string' ? { cause: again } : { finished: finishedFile(read, again, trouble) };
  }

  /**
   * What is found in a file, or why it was not checked. Where a finding depends on who wrote its line, and a tool is
   * known to have, the file is checked once more with that; few files need it, and git is asked about no others.
   */
  async #answerTo({ job }: ReadPath): Promise<FileAnswer | string> {
    const answer = await this.#answerOf(job);
    if (typeof answer === 'string' || answer.askedLines.length === 0) return answer;
    const { lines, cause } = await this.#lookup.linesOf(job.uri, job.text);
    const matters = answer.askedLines.some((asked) => lines.some((known) => overlap(asked, known)));
    const last = matters ? await this.#answerOf({ ...job, aiLines: lines }) : answer;
    if (typeof last === 'string' || cause === undefined) return last;
    return { ...last, causes: [...last.causes, cause] };
  }

  async #answerOf(job: FileJob): Promise<FileAnswer | string> {
    const ending = await this.#jobs.run(job);
    const answer = 'answer' in ending ? ending.answer : ending.soFar;
    for (const error of answer?.errors ?? []) this.#onError(error);
    if ('failure' in ending && ending.failure === 'error')
      this.#onError(`Checking ${job.path} failed: ${ending.error}`);
    return answer ?? whyUnchecked('failure' in ending ? ending.failure : 'error', 'on standard error');
  }
}

/** Why the fixed text could not be written; undefined when it was. */
async function writeFixed(read: ReadPath, text: string, path: string): Promise<string | undefined> {
  const bytes = encodeText(text, read.decoded.encoding);
  try {
    if (await uninterrupted(() => replaceFile(path, read.bytes, bytes))) return undefined;
    return 'Somebody else wrote it meanwhile, so nothing was fixed in it.';
  } catch (error) {
    return `It cannot be written (${codeOf(error)}), so nothing was fixed in it.`;
  }
}

function finishedFile({ job, decoded }: ReadPath, answer: FileAnswer, ...trouble: string[]): FinishedFile {
  const { shown, suppressed, secrets, causes, fixed, known, found } = answer;
  const { uri, path, text } = job;
  const whole = fixed?.text ?? text;
  const lost = decoded.isWhole ? [] : ['It is not valid UTF-8, so some of its characters are lost.'];
  return {
    reported: {
      path,
      text: TextDocument.create(uri, languageOfFile(path, whole), 0, whole),
      shown,
      suppressed,
      secrets,
    },
    fixed: fixed?.findings ?? 0,
    causes: [...causes, ...lost, ...trouble],
    isAiOn: job.settings.ai,
    known,
    found,
    former: [],
  };
}
