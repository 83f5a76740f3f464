import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { wordsOfRefusal } from '../../host/git';
import { findInRepository, type Repository } from '../../origin/repository/repository';
import { commitOf, Unanswered } from '../../reviews/tree';
import { type VerifyParts, verifyRange } from '../../reviews/verify-range';
import type { VerifyReport } from '../../reviews/verify-report';
import { VERIFY_RULES } from '../../reviews/verify-rules';
import { quoted } from '../arguments/parse-arguments';
import { type Environment, EXIT, UsageError } from '../command';
import { FileSink } from '../output/file-sink';
import { prettyVerify } from './pretty-verify';
import { sarifVerify } from './sarif-verify';

export interface VerifyRequest {
  /** As it was written; HEAD unless given. */
  readonly base: string | undefined;
  readonly isAll: boolean;
  readonly format: 'pretty' | 'json' | 'sarif';
  /** An absolute path; undefined for standard output. */
  readonly output: string | undefined;
}

/**
 * @returns the exit code.
 * @throws UsageError
 */
export async function runVerify(
  request: VerifyRequest,
  environment: Environment,
  parts: VerifyParts,
): Promise<number> {
  const repository = await repositoryAround(environment.workingFolder, parts);
  const report = await reported(request, repository, parts);
  const isMissing = report.findings.some(({ kind }) => VERIFY_RULES[kind].severity === 'error');
  const code = isMissing ? EXIT.findings : EXIT.clean;
  const sink = request.output === undefined ? environment.out : new FileSink(request.output);
  try {
    if (request.format === 'json') await sink.write(jsonVerify(report));
    else if (request.format === 'sarif')
      await sink.write(sarifVerify(report, environment, parts.host.rulePage, code));
    else await sink.write(prettyVerify(report, sink.isTerminal && environment.hasColours));
  } finally {
    await sink.end();
  }
  return code;
}

async function reported(
  { base: written = 'HEAD', isAll }: VerifyRequest,
  repository: Repository,
  parts: VerifyParts,
): Promise<VerifyReport> {
  try {
    const base = await commitOf(parts.git, repository, written);
    const head = await commitOf(parts.git, repository, 'HEAD');
    if (head === undefined) throw new UsageError('There is no commit yet.');
    if (base === undefined) {
      const advice = 'In a shallow clone, fetch it first: `git fetch --unshallow origin`.';
      throw new UsageError(`There is no commit ${quoted(written)} here. ${advice}`);
    }
    const answer = await verifyRange(parts, repository, {
      rules: base,
      base: isAll ? undefined : base,
      head,
    });
    if (!('problems' in answer)) return answer;
    throw new UsageError(
      ['The policy of the base is wrong, so nothing is verified:', ...answer.problems].join('\n  '),
    );
  } catch (error) {
    if (error instanceof Unanswered) throw new UsageError(`${error.message}.`);
    throw error;
  }
}

async function repositoryAround(folder: string, { git, host }: VerifyParts): Promise<Repository> {
  // Any name will do: it is asked where a file of this folder would be.
  const file = await findInRepository(git, host, pathToFileURL(join(folder, 'x')).href);
  if (!('kind' in file)) return file.repository;
  const reason =
    file.kind === 'odd-path'
      ? 'its path has a line break'
      : file.kind === 'no-repository'
        ? undefined
        : wordsOfRefusal(file);
  throw new UsageError(
    reason === undefined
      ? 'This folder is in no git work tree.'
      : `The repository cannot be looked at: ${reason}.`,
  );
}

/** The form is part of the product, and described in `docs/countersigning.md`. */
function jsonVerify({ findings, ...report }: VerifyReport): string {
  const told = findings.map(({ kind, file, line, endLine, commit, message, fingerprint }) => ({
    ruleId: VERIFY_RULES[kind].id,
    severity: VERIFY_RULES[kind].severity,
    file,
    line: line ?? null,
    endLine: endLine ?? line ?? null,
    commit: commit ?? null,
    message,
    fingerprint,
  }));
  return `${JSON.stringify({ version: 1, ...report, findings: told }, undefined, 2)}\n`;
}
