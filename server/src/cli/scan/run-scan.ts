/** Runs a scan from its request to the exit code: file by file, so that memory does not grow with the tree. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Grammar } from '../../../../grammars/languages';
import type { Parser } from '../../../../grammars/parser';
import { startWasmRuntime } from '../../../../grammars/wasm-runtime';
import type { Rule } from '../../analysis/rule';
import type { Host } from '../../host/host';
import { RULES } from '../../rules/index';
import type { Environment, Sink } from '../command';
import { FileSink } from '../output/file-sink';
import { summaryText } from '../output/pretty-reporter';
import type { Reporter } from '../output/report';
import { reporterFor } from '../output/reporter-for';
import { PathChecker } from './check-path';
import { FixingScan } from './fixing-scan';
import { Progress } from './progress';
import { scannedFiles } from './scanned-files';
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
  /** Which fixes are applied. */
  readonly fix: 'safe' | 'decided' | undefined;
  readonly hasSuppressed: boolean;
}

/** What tests put in the place of the product's. */
export interface ScanParts {
  readonly host: Host;
  readonly rules?: readonly Rule[];
}

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
  const sink = request.output === undefined ? environment.out : new FileSink(request.output);
  const rules = parts.rules ?? RULES;
  const reporter = reporterFor(request, { scope, rules, environment, sink, host: parts.host });
  try {
    return await scanTo(sink, reporter, { request, environment, scope, rules, host: parts.host });
  } finally {
    await sink.end();
  }
}

interface Scan {
  readonly request: ScanRequest;
  readonly environment: Environment;
  readonly scope: Scope;
  readonly rules: readonly Rule[];
  readonly host: Host;
}

async function scanTo(sink: Sink, reporter: Reporter, scan: Scan): Promise<number> {
  const { request, environment, scope } = scan;
  const progress = new Progress(environment.err);
  const failures: string[] = [];
  const checker = new PathChecker(scope, {
    host: scan.host,
    rules: scan.rules,
    parsers: await loadParsers(environment.folder),
    personal: { profile: request.profile, customizations: [] },
    onError: (message) => failures.push(message),
  });
  const fixing = new FixingScan(request.fix, (message) => failures.push(message));
  const tally = new Tally(scope.root);
  const say = async (to: Sink, text: string) => {
    if (text === '') return;
    await progress.clear();
    await to.write(text);
  };

  await say(sink, reporter.begin());
  for (const found of scannedFiles(scope, request.output)) {
    if ('cause' in found) {
      tally.degraded(found.path, found.cause);
      continue;
    }
    const outcome = checker.check(found.path, found.isNamed);
    if ('cause' in outcome) tally.degraded(found.path, outcome.cause);
    else if ('passedOver' in outcome) tally.passedOver(outcome.passedOver);
    else {
      const file = await fixing.finish(outcome.checked, found.path);
      tally.checked(file, found.path);
      await say(sink, reporter.file(file.reported));
    }
    for (const failure of failures.splice(0)) await say(environment.err, `${failure}\n`);
    await progress.tell(tally.files);
  }
  for (const [uri, { cause, isUnread }] of checker.badConfigurations) {
    tally.badConfiguration(fileURLToPath(uri), cause, isUnread);
  }
  const summary = tally.summary(request.failOn, request.fix !== undefined);
  await say(sink, reporter.end(summary));
  await progress.clear();
  for (const { file, cause } of summary.unreadConfigurations) {
    await say(environment.err, `The configuration ${file} cannot be read. ${cause}\n`);
  }
  if (request.output !== undefined) await say(environment.err, `${summaryText(summary)}\n`);
  return summary.exitCode;
}

/** WebAssembly also where the native runtime loads: that is hardly faster, and keeps its trees until some day. */
async function loadParsers(folder: string): Promise<Readonly<Record<Grammar, Parser>>> {
  const runtime = await startWasmRuntime((file) => join(folder, file));
  const [typescript, tsx] = await Promise.all([runtime.parserFor('typescript'), runtime.parserFor('tsx')]);
  return { typescript, tsx };
}
