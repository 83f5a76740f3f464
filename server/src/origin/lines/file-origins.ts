/** Who wrote each line of a file, from all that is known. The assembly of everything in `origin`. */
import type { Git, GitRefusal } from '../../host/git';
import type { Host } from '../../host/host';
import { BlameCache } from '../blame/blame-cache';
import type { BlameAnswer, FileBlame } from '../blame/blame-file';
import type { MarkerPair } from '../markers/marker-pairs';
import { readObjectHeads, readObjects } from '../repository/objects';
import {
  type FileInRepository,
  findInRepository,
  type OddPath,
  unknownRepository,
} from '../repository/repository';
import { readTips, type Tips } from '../repository/tips';
import { AgentTraces, traceSource } from './agent-traces';
import { CommitRecords, NOTE_REFERENCES } from './commit-records';
import { CommittedEvidence } from './committed-evidence';
import { LoadedOrigins } from './loaded-origins';
import { markerSource } from './marker-source';
import { PartialAnswers } from './partial-answers';
import { recorderSource } from './recorder-source';
import type { TextEvidence, TextEvidenceSource, TextQuestion } from './text-evidence';
import { workingLogSource } from './working-log-source';

export interface FileOriginsParts {
  readonly git: Git;
  readonly host: Host;
  /** Further evidence of texts, such as marks that a person set. */
  readonly sources?: readonly TextEvidenceSource[];
  /** For one look at many files: what a repository stands at is asked once, and not noticed when it changes. */
  readonly keepsTips?: boolean;
  /** Pairs of comments around what an AI tool wrote: those that were turned on. */
  readonly pairs?: readonly MarkerPair[];
}

export interface OriginsRequest {
  /** `file:` URI. */
  readonly uri: string;
  /** A commit, by any name that git knows; HEAD and the work tree unless given. */
  readonly revision?: string | undefined;
  /** Of the revision, for whoever asks of many files at one: the repository is not asked for them then. */
  readonly tips?: Tips | undefined;
  /** Full id of a commit whose lines are not asked for: nothing is known of them then, and it takes less time. */
  readonly since?: string | undefined;
  /** Where it is in its repository, for whoever knows that already; the work tree is not asked for it then. */
  readonly file?: FileInRepository | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Whether it is enough to know which lines may raise findings, and why. Without notes, blame is spared then. */
  readonly isForRaising?: boolean | undefined;
  /** Gets what is known so far, while blame runs: each time more. */
  readonly onPartial?: ((origins: LoadedOrigins) => void) | undefined;
}

interface Question extends OriginsRequest {
  readonly file: FileInRepository;
  readonly tips: Tips;
  readonly head: string;
  readonly sources: readonly TextEvidence[];
  readonly committed: CommittedEvidence;
}

const LARGEST_TEXT = 4_000_000;

/** Keeps what can be used for further files of a repository, and for further questions about a file. */
export class FileOrigins {
  readonly #git: Git;
  readonly #host: Host;
  readonly #blames: BlameCache;
  readonly #records: CommitRecords;
  readonly #traces: AgentTraces;
  readonly #sources: readonly TextEvidenceSource[];
  /** By git directory; undefined where they may change. */
  readonly #tipsOf: Map<string, Promise<Tips | GitRefusal>> | undefined;

  constructor({ git, host, sources = [], pairs = [], keepsTips = false }: FileOriginsParts) {
    this.#git = git;
    this.#host = host;
    this.#tipsOf = keepsTips ? new Map() : undefined;
    this.#blames = new BlameCache(git, host);
    this.#records = new CommitRecords(git);
    this.#traces = new AgentTraces(host);
    this.#sources = [
      ...[...sources, recorderSource(host), workingLogSource(host)],
      ...[traceSource(this.#traces), markerSource(pairs)],
    ];
  }

  /** Never rejects, unless `onPartial` throws. `unknown-revision` where `revision` names no commit. */
  async load(request: OriginsRequest): Promise<LoadedOrigins | 'unknown-revision'> {
    const { uri, revision, signal } = request;
    const asked = { uri, isWorkTree: revision === undefined, signal };
    const file = request.file ?? (await findInRepository(this.#git, this.#host, uri, signal));
    const tips = 'kind' in file ? file : await this.#tips(file, request);
    if (tips === 'unknown-revision') return tips;
    if ('kind' in file || 'kind' in tips) {
      const sources = await this.#textEvidence({ ...asked, file: undefined, head: undefined });
      return new LoadedOrigins({
        sources,
        missing: [reasonOf('kind' in file ? file : (tips as GitRefusal))],
      });
    }
    const { head } = tips;
    const sources = await this.#textEvidence({ ...asked, file, head });
    if (head === undefined) return new LoadedOrigins({ file, sources, missing: [] });
    // Of what depends on commits, only notes are exact enough to raise; all else ranks behind what speaks of the text.
    if (request.isForRaising && tips.references.size === 0) {
      const missing = this.#hasUnfetchedNotes(file, tips) ? [UNFETCHED] : [];
      return new LoadedOrigins({ file, head, sources, missing });
    }
    const committed = new CommittedEvidence(
      { git: this.#git, records: this.#records, traces: this.#traces },
      { file, tips, signal },
    );
    const question = { ...request, file, tips, head, sources, committed };
    // Blame keeps one processor busy, and has nothing to do with notes.
    const [answer] = await Promise.all([
      this.#blame(question),
      this.#records.prepare(file.repository, tips, signal),
    ]);
    if (answer.kind === 'blamed') return this.#whole(question, answer.blame);
    const missing = answer.kind === 'unknown' ? [`which commits brought the lines: ${answer.reason}`] : [];
    return new LoadedOrigins({ file, head, sources, missing });
  }

  /** Forgets blame, such as when it is learned that the history was completed. */
  clear(): void {
    this.#blames.clear();
  }

  async #tips(
    { repository }: FileInRepository,
    { revision, tips: given, signal }: OriginsRequest,
  ): Promise<Tips | GitRefusal | 'unknown-revision'> {
    if (given !== undefined) return given;
    const known = this.#tipsOf?.get(repository.gitFolder);
    const asked = known ?? readTips(this.#git, repository, NOTE_REFERENCES, signal);
    this.#tipsOf?.set(repository.gitFolder, asked);
    const tips = await asked;
    if (revision === undefined || 'kind' in tips) return tips;
    const name = `${revision}^{commit}`;
    const heads = await readObjectHeads(this.#git, { repository, names: [name], signal });
    if ('kind' in heads) return heads;
    const head = heads.get(name)?.id;
    return head === undefined ? 'unknown-revision' : { ...tips, head };
  }

  async #textEvidence(question: TextQuestion): Promise<TextEvidence[]> {
    const loaded = await Promise.all(this.#sources.map((source) => source.load(question)));
    return loaded.filter((one) => one !== undefined);
  }

  async #blame(question: Question): Promise<BlameAnswer> {
    const { file, tips, since, signal, onPartial } = question;
    if (!onPartial) return this.#blames.blame({ file, tips, since, signal });
    let text: string | undefined;
    const partial = new PartialAnswers(this.#host, async (ranges) => {
      const { head, sources, committed } = question;
      text ??= await this.#textAt(question);
      await committed.learn(ranges);
      const pieces = committed.pieces(ranges);
      if (text !== undefined)
        onPartial(new LoadedOrigins({ file, head, text, pieces, sources, missing: [] }));
    });
    const answer = await this.#blames.blame({ file, tips, since, signal, onRanges: partial.add });
    await partial.end();
    return answer;
  }

  async #textAt({ file: { repository, path }, head, signal }: Question): Promise<string | undefined> {
    const name = `${head}:${path}`;
    const most = { mostBytes: LARGEST_TEXT, mostBytesInAll: LARGEST_TEXT };
    const objects = await readObjects(this.#git, {
      repository,
      names: [name],
      type: 'blob',
      ...most,
      signal,
    });
    return 'kind' in objects ? undefined : objects.get(name)?.bytes?.toString('utf8');
  }

  async #whole(
    { file, head, tips, sources, committed }: Question,
    { text, ranges, missing }: FileBlame,
  ): Promise<LoadedOrigins> {
    await committed.learn(ranges);
    const isCut = ranges.some(({ isBoundary }) => isBoundary);
    const told = [
      ...(missing === undefined ? [] : [`which commits brought some lines: ${missing}`]),
      ...(isCut ? ['commits before the end of a shallow clone: fetch with --unshallow to know them'] : []),
      ...(this.#hasUnfetchedNotes(file, tips) ? [UNFETCHED] : []),
      ...committed.missing,
    ];
    const pieces = committed.pieces(ranges);
    return new LoadedOrigins({ file, head, text, pieces, sources, missing: told });
  }

  /** git-ai has worked here, yet there are no notes: nothing tells them from notes that nobody wrote. */
  #hasUnfetchedNotes({ repository }: FileInRepository, tips: Tips): boolean {
    return (
      !tips.references.has('refs/notes/ai') &&
      this.#host.realUri(`${repository.commonFolder}/ai`) !== undefined
    );
  }
}

const UNFETCHED =
  "git-ai's notes: git-ai is in use here, but there are none; they may have to be fetched with " +
  '`git fetch origin +refs/notes/ai:refs/notes/ai`';

function reasonOf(refusal: GitRefusal | OddPath): string {
  return `what was committed: ${unknownRepository(refusal)}`;
}
