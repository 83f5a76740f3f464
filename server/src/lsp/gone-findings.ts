/** countersign/goneFindings and countersign/recordFixes: a person says what was fixed in a file. */
import type {
  FixesRefused,
  GoneAnswer,
  GoneFindingsRequest,
  RecordedFixes,
  RecordFixesRequest,
} from '../../../protocol/resolved';
import type { Git } from '../host/git';
import { decode } from '../origin/lines/decode';
import { linesOf } from '../origin/mapping/text-lines';
import { type FileInRepository, findInRepository } from '../origin/repository/repository';
import { newResolved } from '../resolved/resolved-record';
import { ResolvedRecords } from '../resolved/resolved-records';
import { writeResolved } from '../resolved/write-resolved';
import { type GoneFromFile, goneFindings } from '../session/resolved/gone-findings';
import { MOST_BYTES } from '../session/size-limits';
import type { Context } from './context';
import { notInRepository, UNTRUSTED } from './reviewable-text';
import { answerOf } from './settings';

export interface GoneParts {
  readonly git: Git;
  /** Of the product. */
  readonly version: string;
  readonly isTrusted: () => boolean;
  /** Ends what is checked in the background. */
  readonly signal: AbortSignal;
}

export const NOTHING_KNOWN: FixesRefused = {
  kind: 'refused',
  reason: 'Nothing could be found out. The log of Countersign says why.',
};

/** What has no record yet. */
export async function tellGone(
  context: Context,
  parts: GoneParts,
  { uri }: GoneFindingsRequest,
): Promise<GoneAnswer> {
  const gone = await goneFrom(context, parts, uri);
  return 'kind' in gone ? gone : { kind: 'gone', findings: gone.findings };
}

export async function recordFixes(
  context: Context,
  parts: GoneParts,
  { uri, findings }: RecordFixesRequest,
): Promise<RecordedFixes> {
  const gone = await goneFrom(context, parts, uri);
  if ('kind' in gone) return gone;
  const wanted = new Set(findings.map(({ ruleId, fingerprint }) => `${ruleId} ${fingerprint}`));
  const chosen = gone.findings.filter(({ ruleId, fingerprint }) => wanted.has(`${ruleId} ${fingerprint}`));
  if (chosen.length === 0) return refused('None of it is gone by now, or a record is there already.');
  const { repository, path } = gone.file;
  const how = {
    time: new Date().toISOString(),
    tool: `countersign ${parts.version}`,
    by: 'command',
  } as const;
  const records = chosen.map(({ ruleId, fingerprint }) =>
    newResolved({ ruleId, fingerprint, path, commit: undefined }, how),
  );
  const written = await writeResolved(parts.git, repository, records);
  return 'refusal' in written ? refused(written.refusal) : { kind: 'recorded', paths: written.paths };
}

interface Gone {
  readonly file: FileInRepository;
  readonly findings: readonly GoneFromFile[];
}

async function goneFrom(context: Context, parts: GoneParts, uri: string): Promise<Gone | FixesRefused> {
  const { session } = context;
  if (!parts.isTrusted()) return refused(UNTRUSTED);
  const document = session.document(uri);
  if (!document) return refused('The file is not open. Open it first.');
  if (!document.checked || document.degradedBy !== undefined) {
    const why = document.degradedBy ?? 'It is still being checked.';
    return refused(`The file is not checked as a whole, so nobody knows what is gone. ${why}`);
  }
  const disk = session.host.readBytes(uri, MOST_BYTES);
  const isSaved = disk && 'bytes' in disk && isSame(decode(disk.bytes), document.text.getText());
  if (!isSaved) return refused('The file has changes that are not saved. Save it first.');
  const present = document.checked.findings;
  const file = await findInRepository(parts.git, session.host, uri);
  if ('kind' in file) return refused(notInRepository(file));
  const settings = await answerOf(context, uri);
  const check = async (text: string) => {
    const closed = await session.checkClosed({ uri, text, signal: parts.signal }, settings, []);
    return closed.isChecked
      ? closed.shown.map(({ ruleId, fingerprint, message, start, reintroduced }) => ({
          ...{ ruleId, fingerprint, message: reintroduced?.message ?? message },
          line: closed.text.positionAt(start).line,
        }))
      : undefined;
  };
  const gone = await goneFindings(parts.git, { file, present, check });
  const known = new ResolvedRecords(session.host).in(file.repository.root).byPath.get(file.path);
  const findings = gone.filter(({ ruleId, fingerprint }) => !known?.has(`${ruleId} ${fingerprint}`));
  return { file, findings };
}

function isSame(some: string, other: string): boolean {
  return linesOf(some).join('\n') === linesOf(other).join('\n');
}

function refused(reason: string): FixesRefused {
  return { kind: 'refused', reason };
}
