/** All that is done with the text of one file in a scan, as a job for a thread: plain data in, plain data out. */
import type { Grammar } from '../../../../grammars/languages';
import type { Parser } from '../../../../grammars/parser';
import { ENGINE_RULES } from '../../analysis/engine-rules';
import { type Finding, toPlain } from '../../analysis/finding';
import type { Fix } from '../../analysis/fix';
import type { Rule, RuleMeta } from '../../analysis/rule';
import type { Span } from '../../analysis/span';
import { stackOf } from '../../analysis/stack-of';
import type { Host } from '../../host/host';
import type { AiLines } from '../../origin/ai-lines';
import type { LineRange } from '../../origin/evidence';
import { fixesBefore, type ResolvedFix } from '../../resolved/resolved-records';
import { aiCodeOf, askedAiCode } from '../../session/ai-code-of';
import { type CheckedFile, checkFile } from '../../session/check-file';
import { DECIDED, SAFE } from '../../session/combined-fixes';
import { ConfigurationFiles } from '../../session/configuration/configuration-files';
import type { ShownSettings } from '../../session/shown-findings';
import type { ReportedFinding, ReportedSuppressed } from '../output/report';
import { secretsIn } from '../output/safe-text';
import { applyFixes } from './apply-fixes';
import type { FindingKey } from './baseline';
import { checkedFixes } from './checked-fixes';
import { movedAiLines } from './moved-ai-lines';
import { type FoundFinding, type ReportedPart, reportedPart } from './reported-part';

export interface FileJob {
  readonly kind: 'file';
  readonly uri: string;
  /** Below the root, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly settings: ShownSettings;
  /** No configuration file is read above it: a URI. */
  readonly configurationRoot: string;
  /** `YYYY-MM-DD` */
  readonly today: string;
  /** Which fixes are applied; the others are only looked for. */
  readonly fix: 'safe' | 'decided' | undefined;
  /** Lines that AI tools are known to have written. Undefined where nobody was asked: then the answer says whether to. */
  readonly aiLines: readonly AiLines[] | undefined;
  /** What was fixed in it before. */
  readonly resolved?: readonly ResolvedFix[];
  /** What is reported of the file; all unless given. */
  readonly part?: ReportedPart | undefined;
  /** Whether all that is found is told, also what is not shown. */
  readonly tellsAll?: boolean;
}

export interface FileAnswer {
  /** Of the text with its fixes applied, as all that follows. */
  readonly shown: readonly ReportedFinding[];
  readonly suppressed: readonly ReportedSuppressed[];
  /** What is not to be shown of the text; in order, none within another. */
  readonly secrets: readonly Span[];
  /** Why findings or fixes may be missing. */
  readonly causes: readonly string[];
  /** Undefined where nothing was fixed. */
  readonly fixed: { readonly findings: number; readonly text: string } | undefined;
  /** What would be reported but for the baseline. */
  readonly known: readonly FindingKey[];
  /** All findings of the text, where they were asked for. */
  readonly found: readonly FoundFinding[];
  /** Lines of the text as it was given, on which the AI switch would change a finding if a tool had written them. */
  readonly askedLines: readonly LineRange[];
  /** What failed, for standard error. */
  readonly errors: readonly string[];
}

/** What a thread needs for it. */
export interface FileJobParts {
  readonly host: Host;
  readonly parsers: Readonly<Record<Grammar, Parser>>;
  readonly rules: readonly Rule[];
}

const CUT = 'There are many fixes in it, and only the first were looked at.';
export const FIXES_CUT_OFF =
  'Looking for its fixes takes too long, so there are none. Fix it in the editor, or split it.';
/** What took so long (milliseconds) is told before fixes are looked for, which may take longer still. */
const SLOW_MS = 200;

/**
 * @param tellSoFar takes the findings without their fixes, where these may take too long.
 * @throws when the text cannot be parsed or evaluated at all.
 */
export function answerFileJob(
  job: FileJob,
  { host, parsers, rules }: FileJobParts,
  tellSoFar: (answer: FileAnswer) => void,
): FileAnswer {
  const { uri, path, settings, configurationRoot, today } = job;
  const errors: string[] = [];
  const { byId: rulesById, ids: ruleIds } = knownRules(rules);
  const asked: LineRange[] = [];
  const files = new ConfigurationFiles(host, ruleIds, true);
  const checkText = (text: string): PartlyReported => {
    const whole = checkFile({ uri, path, text }, settings, {
      parsers,
      rules,
      suppression: { today, isRule: (id) => ruleIds.has(id) },
      problemsOf: (whole) => files.problemsOf(whole, uri, configurationRoot),
      aiCodeOf: (document) =>
        job.aiLines
          ? aiCodeOf(document, () => movedAiLines(job.aiLines ?? [], job.text, text), rulesById)
          : askedAiCode(document, (lines) => asked.push(lines), rulesById),
      before: fixesBefore(job.resolved ?? []),
      onRuleError: (rule, error) => errors.push(`${rule.id} failed on ${path}: ${stackOf(error)}`),
    });
    return partOf(whole, path, job.part);
  };
  const onFixError = (finding: Finding, error: unknown) =>
    errors.push(`The fixes of ${finding.ruleId} failed on ${path}: ${error}`);

  const began = host.now();
  const found = checkText(job.text);
  const askedLines = [...asked];
  if (found.shown.length > 0 && host.now() - began > SLOW_MS) {
    const without = found.shown.map((finding) => ({ finding: toPlain(finding), fixes: [] }));
    tellSoFar({
      ...answerOf(found, without, 0, errors, job.tellsAll),
      askedLines,
      causes: [...found.causes, FIXES_CUT_OFF],
    });
  }
  const isFixed = job.fix !== undefined && found.shown.length > 0;
  const safeties = job.fix === 'safe' ? SAFE : DECIDED;
  const result = isFixed ? applyFixes(found, safeties, checkText, onFixError) : { ...found, fixed: 0 };
  const { fixes, isCut } = checkedFixes(result, onFixError);
  const shown = result.shown.map((finding, i) => ({
    finding: toPlain(finding),
    fixes: (fixes[i] ?? []).map(plainFix),
  }));
  const answer = { ...answerOf(result, shown, result.fixed, errors, job.tellsAll), askedLines };
  return isCut ? { ...answer, causes: [...answer.causes, CUT] } : answer;
}

/** `shown` and `suppressed` are those that are reported. */
interface PartlyReported extends CheckedFile {
  readonly known: readonly FindingKey[];
}

function partOf(file: CheckedFile, path: string, part: ReportedPart | undefined): PartlyReported {
  if (!part) return { ...file, known: [] };
  const { reported, known } = reportedPart(file.text, path, file.shown, part);
  const hidden = file.suppressed.map(({ finding }) => finding);
  const told = new Set(reportedPart(file.text, path, hidden, { ...part, known: [] }).reported);
  return {
    ...{ ...file, shown: reported, suppressed: file.suppressed.filter(({ finding }) => told.has(finding)) },
    known: known.map(({ ruleId, fingerprint }) => ({ ruleId, fingerprint })),
  };
}

interface KnownRules {
  readonly byId: ReadonlyMap<string, RuleMeta>;
  readonly ids: ReadonlySet<string>;
}

const known = new WeakMap<readonly Rule[], KnownRules>();

/** Made once for all files. */
function knownRules(rules: readonly Rule[]): KnownRules {
  const found = known.get(rules);
  if (found) return found;
  const byId = new Map([...rules, ...ENGINE_RULES].map((rule) => [rule.id, rule]));
  const made = { byId, ids: new Set(byId.keys()) };
  known.set(rules, made);
  return made;
}

function answerOf(
  file: PartlyReported,
  shown: readonly ReportedFinding[],
  fixed: number,
  errors: readonly string[],
  tellsAll: boolean | undefined,
): Omit<FileAnswer, 'askedLines'> {
  return {
    shown,
    known: file.known,
    found: tellsAll ? foundIn(file) : [],
    suppressed: file.suppressed.map((entry) => ({ ...entry, finding: toPlain(entry.finding) })),
    secrets: shown.length + file.suppressed.length > 0 ? secretsIn(file.checked) : [],
    causes: file.causes,
    fixed: fixed > 0 ? { findings: fixed, text: file.checked.file.text } : undefined,
    errors,
  };
}

function foundIn({ text, checked, unsuppressed }: CheckedFile): FoundFinding[] {
  const isOpen = new Set(unsuppressed.map(({ ruleId, fingerprint }) => `${ruleId} ${fingerprint}`));
  const told = (finding: Finding): FoundFinding => {
    const { ruleId, fingerprint, start } = finding;
    const isSuppressed = !isOpen.has(`${ruleId} ${fingerprint}`);
    return { ruleId, fingerprint, line: text.positionAt(start).line, isSuppressed };
  };
  const all = new Map(
    [...checked.findings, ...unsuppressed].map((each) => [`${each.ruleId} ${each.fingerprint}`, each]),
  );
  return [...all.values()].map(told);
}

/** Rules may put more into a fix than its type says. */
function plainFix({ title, safety, edits }: Fix): Fix {
  return { title, safety, edits: edits.map(({ start, end, text }) => ({ start, end, text })) };
}
