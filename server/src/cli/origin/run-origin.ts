import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Git } from '../../host/git';
import type { Host } from '../../host/host';
import { FileOrigins } from '../../origin/lines/file-origins';
import { linesOf } from '../../origin/mapping/text-lines';
import { signedOffLines } from '../../reviews/signed-off-lines';
import { overrideSource, WorkTreeRecords } from '../../reviews/work-tree-records';
import { quoted } from '../arguments/parse-arguments';
import { type Environment, EXIT } from '../command';
import { type OriginReport, originReport } from './origin-report';
import { prettyOrigin } from './pretty-origin';

export interface OriginOptions {
  /** As they were written. */
  readonly paths: readonly string[];
  readonly isJson: boolean;
  /** A commit; the files on disk unless given. */
  readonly revision: string | undefined;
}

/** A sentence that begins with a path. */
interface Fault {
  readonly fault: string;
}

const LARGEST_FILE = 4_000_000;

/**
 * Reports file by file. What is wrong with one is told on standard error, and the others are reported.
 *
 * @returns the exit code.
 */
export async function runOrigin(
  { paths, isJson, revision }: OriginOptions,
  { workingFolder, out, err, hasColours }: Environment,
  { host, git }: { readonly host: Host; readonly git: Git },
): Promise<number> {
  const records = new WorkTreeRecords(host);
  const origins = new FileOrigins({ git, host, sources: [overrideSource(records, host)] });
  let code: number = EXIT.clean;
  for (const path of paths) {
    const uri = pathToFileURL(resolve(workingFolder, path)).href;
    const report =
      revision === undefined
        ? await reportOnDisk(path, uri, origins, { host, records })
        : await reportAt(revision, path, uri, origins);
    if ('fault' in report) {
      code = EXIT.wrongUse;
      await err.write(`${report.fault}\n`);
    } else if (isJson) await out.write(`${JSON.stringify(report)}\n`);
    else await out.write(prettyOrigin(report, out.isTerminal && hasColours));
  }
  return code;
}

async function reportOnDisk(
  path: string,
  uri: string,
  origins: FileOrigins,
  { host, records }: { readonly host: Host; readonly records: WorkTreeRecords },
): Promise<OriginReport | Fault> {
  const file = host.readBytes(uri, LARGEST_FILE);
  if (!file) return { fault: `There is no file ${quoted(path)}.` };
  if ('refusal' in file) return { fault: `${quoted(path)} cannot be read: ${wordsOf(file.refusal)}.` };
  if (file.bytes.includes(0)) return { fault: `${quoted(path)} has no lines: it is binary.` };
  const loaded = await origins.load({ uri });
  if (loaded === 'unknown-revision') throw new Error('nobody asked for a revision');
  const text = file.bytes.toString('utf8');
  const isSignedOff = loaded.file && signedOffLines({ host, records }, loaded.file, linesOf(text));
  return originReport(path, text, loaded, isSignedOff);
}

async function reportAt(
  revision: string,
  path: string,
  uri: string,
  origins: FileOrigins,
): Promise<OriginReport | Fault> {
  const loaded = await origins.load({ uri, revision });
  if (loaded === 'unknown-revision') return { fault: `There is no commit ${quoted(revision)} here.` };
  if (loaded.text !== undefined) return originReport(path, loaded.text, loaded);
  const [why] = loaded.missing;
  if (why !== undefined) return { fault: `${quoted(path)} cannot be looked at: it is not known ${why}.` };
  return { fault: `There is no file ${quoted(path)} at ${quoted(revision)}.` };
}

function wordsOf(refusal: string): string {
  if (refusal === 'no file') return 'it is no file';
  return refusal === 'too large' || refusal === 'binary' ? 'it is larger than 4 MB' : refusal;
}
