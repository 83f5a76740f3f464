/** Runs a scan from its request to the exit code: file by file, so that memory does not grow with the tree. */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

import type { Rule } from '../../analysis/rule';
import type { Git } from '../../host/git';
import type { Host } from '../../host/host';
import { RULES } from '../../rules/index';
import type { Environment, Sink } from '../command';
import { FileSink } from '../output/file-sink';
import { summaryText } from '../output/pretty-reporter';
import type { Reporter } from '../output/report';
import { reporterFor } from '../output/reporter-for';
import { ahead } from './ahead';
import { AiLookup } from './ai-lookup';
import { type ChangedSince, changedSince } from './changed-since';
import { type FileJobs, jobsInThreads } from './file-jobs';
import { FileScan, type FinishedFile } from './file-scan';
import { type BaselineRequest, KnownFindings } from './known-findings';
import { PathReader } from './path-reader';
import { Progress } from './progress';
import { ResolvedInScan } from './resolved-in-scan';
import { type ScannedFile, scannedFiles } from './scanned-files';
import { type Scope, scopeOf } from './scope';
import { type FailOn, Tally } from './tally';

export interface ScanRequest {
  /** As written; the working folder where there is none. */
  readonly paths: readonly string[];
  readonly format: 'pretty' | 'json' | 'sarif';
  /** An absolute path; undefined for standard output. */
  readonly output: string | undefined;
  readonly profile: 'recommended' | 'strict' | undefined;
  readonly failOn: FailOn;
  /** False where the AI switch is off; undefined leaves it to the configuration. */
  readonly ai: false | undefined;
  /** Which fixes are applied. */
  readonly fix: 'safe' | 'decided' | undefined;
  readonly hasSuppressed: boolean;
  /** Where only what is changed is reported: since the merge base with a revision, or since HEAD. */
  readonly since?: { readonly revision: string | undefined } | undefined;
  readonly baseline?: BaselineRequest | undefined;
  /** Whether what is gone since then, or from the baseline, is recorded as fixed. */
  readonly isRecording?: boolean;
}

/** What tests put in the place of the product's. */
export interface ScanParts {
  readonly host: Host;
  readonly git: Git;
  readonly rules?: readonly Rule[];
  readonly jobs?: FileJobs;
}

const NO_AI = '`--no-ai` was given.';
const WITHOUT_GIT = 'Git was not found on this machine, so it is not known who wrote lines.';
/** While a file is checked, others are read, so that no thread waits for the report of a slow one. */
const AHEAD = 16;

/**
 * @returns the exit code.
 * @throws UsageError
 */
export async function runScan(
  request: ScanRequest,
  environment: Environment,
  parts: ScanParts,
): Promise<number> {
  const scope = scopeOf(request.paths, environment.workingFolder);
  const rules = parts.rules ?? RULES;
  const { workingFolder, version } = environment;
  const baseline = request.baseline && new KnownFindings(request.baseline, scope, workingFolder, version);
  const since = request.since && (await changedSince(scope, request.since.revision, parts));
  const { git, host } = parts;
  const record = request.isRecording && { git, host, scope, version, since, baseline };
  const resolved = record ? await ResolvedInScan.begin(record) : undefined;
  const sink = request.output === undefined ? environment.out : new FileSink(request.output);
  const jobs = parts.jobs ?? jobsInThreads(environment.folder, availableParallelism());
  const reporter = reporterFor(request, { scope, rules, environment, sink, host: parts.host });
  try {
    return await scanTo(sink, reporter, {
      request,
      environment,
      scope,
      rules,
      ...parts,
      jobs,
      since,
      baseline,
      resolved,
    });
  } finally {
    await jobs.end();
    await sink.end();
  }
}

interface Scan {
  readonly request: ScanRequest;
  readonly environment: Environment;
  readonly scope: Scope;
  readonly rules: readonly Rule[];
  readonly host: Host;
  readonly git: Git;
  readonly jobs: FileJobs;
  readonly since: ChangedSince | undefined;
  readonly baseline: KnownFindings | undefined;
  readonly resolved: ResolvedInScan | undefined;
}

async function scanTo(sink: Sink, reporter: Reporter, scan: Scan): Promise<number> {
  const { request, environment, scope, since, baseline, resolved } = scan;
  const progress = new Progress(environment.err);
  const failures: string[] = [];
  const reader = new PathReader(scope, {
    host: scan.host,
    rules: scan.rules,
    personal: { profile: request.profile, customizations: [], ai: request.ai },
    fix: request.fix,
  });
  const lookup = new AiLookup(scan.git, scan.host);
  const onError = (message: string) => void failures.push(message);
  const isRecording = resolved !== undefined;
  const files = new FileScan({ reader, jobs: scan.jobs, lookup, onError, since, baseline, isRecording });
  const tally = new Tally(scope.root);
  const say = async (to: Sink, text: string) => {
    if (text === '') return;
    await progress.clear();
    await to.write(text);
  };

  await say(sink, reporter.begin());
  const scanned = scannedFiles(scope, request.output, (isFolder) => tally.ignoredByGit(isFolder));
  const begun = ahead(
    since ? changedAmong(scanned, since) : scanned,
    async (found) => files.begin(found),
    AHEAD,
  );
  for await (const { path, finish } of begun) {
    const outcome = await finish();
    if ('cause' in outcome) tally.degraded(path, outcome.cause);
    else if ('passedOver' in outcome) tally.passedOver(outcome.passedOver);
    else {
      tally.checked(outcome.finished, path);
      note(scan, path, outcome.finished);
      await say(sink, reporter.file(outcome.finished.reported));
    }
    for (const failure of failures.splice(0)) await say(environment.err, `${failure}\n`);
    await progress.tell(tally.files);
  }
  for (const [uri, { cause, isUnread }] of reader.badConfigurations) {
    tally.badConfiguration(fileURLToPath(uri), cause, isUnread);
  }
  const summary = tally.summary({
    failOn: request.failOn,
    isFixing: request.fix !== undefined,
    aiOff: request.ai === false ? NO_AI : lookup.isWithoutGit ? WITHOUT_GIT : undefined,
    since: since?.base,
    // First the records: an update forgets what is gone.
    recorded: await resolved?.write(),
    baseline: baseline?.finish(),
  });
  await say(sink, reporter.end(summary));
  await progress.clear();
  for (const { file, cause } of summary.unreadConfigurations) {
    await say(environment.err, `The configuration ${file} cannot be read. ${cause}\n`);
  }
  if (request.output !== undefined) await say(environment.err, `${summaryText(summary)}\n`);
  return summary.exitCode;
}

function* changedAmong(files: Iterable<ScannedFile>, since: ChangedSince): Generator<ScannedFile> {
  for (const file of files) if (since.isChanged(file.path)) yield file;
}

/** For what is asked when all is checked. */
function note({ baseline, resolved, since }: Scan, path: string, file: FinishedFile): void {
  const shown = file.reported.shown.map(({ finding: { ruleId, fingerprint } }) => ({ ruleId, fingerprint }));
  const isWhole = file.causes.length === 0;
  // Of a change, what is known and lies outside of it was not looked for.
  baseline?.checked(path, [...shown, ...file.known], file.known.length, isWhole && !since);
  resolved?.checked(path, { found: file.found, former: file.former, isWhole });
}
