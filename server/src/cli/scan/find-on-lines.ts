/** Looks for findings on some lines of some files, at once and in this thread: for a hook, which an agent waits for. */
import { TextDocument } from 'vscode-languageserver-textdocument';

import { type Grammar, grammarForDocument } from '../../../../grammars/languages';
import type { Parser, ParserRuntime } from '../../../../grammars/parser';
import { ENGINE_RULES } from '../../analysis/engine-rules';
import type { Rule } from '../../analysis/rule';
import type { Host } from '../../host/host';
import { fixesBefore } from '../../resolved/resolved-records';
import { aiCodeOf } from '../../session/ai-code-of';
import { checkFile } from '../../session/check-file';
import { ConfigurationFiles } from '../../session/configuration/configuration-files';
import { languageOfFile } from '../../session/language-of-file';
import type { ToldFinding } from '../hook/answer';
import type { LinesToCheck } from '../hook/feedback';
import { regionOf } from '../output/report';
import { harmless, harmlessPath } from '../output/safe-text';
import type { FileJob } from './file-job';
import { PathReader } from './path-reader';
import { scopeOf } from './scope';

export interface FindParts {
  readonly host: Host;
  readonly rules: readonly Rule[];
  /** Whether the AI switch is off, whatever the configuration says. */
  readonly isAiOff: boolean;
  readonly startRuntime: () => Promise<ParserRuntime>;
}

/** Larger files may take long, and nothing ends a thread that waits for itself. */
const LONGEST = 256 * 1024;

/**
 * What a scan reports on the lines, with the same configuration and suppressions; the worst first. Files that a scan
 * would not check have none.
 */
export async function findOnLines(
  files: readonly LinesToCheck[],
  { host, rules, isAiOff, startRuntime }: FindParts,
): Promise<ToldFinding[]> {
  const found: ToldFinding[] = [];
  const parsers = new Map<Grammar, Parser>();
  let runtime: ParserRuntime | undefined;
  for (const file of files) {
    const job = jobFor(file, { host, rules, isAiOff });
    if (!job || job.text.length > LONGEST) continue;
    const grammar = grammarForDocument(job.path, languageOfFile(job.path, job.text));
    if (grammar && !parsers.has(grammar)) {
      runtime ??= await startRuntime();
      parsers.set(grammar, await runtime.parserFor(grammar));
    }
    found.push(...findingsIn(job, file, { host, rules, parsers }));
  }
  return found.sort((a, b) => RANKS.indexOf(a.severity) - RANKS.indexOf(b.severity));
}

const RANKS = ['error', 'warning', 'info', 'hint'];

/** What a scan of this one file would check. */
function jobFor(
  { root, path }: LinesToCheck,
  { host, rules, isAiOff }: Omit<FindParts, 'startRuntime'>,
): FileJob | undefined {
  const reader = new PathReader(scopeOf([root], root), {
    ...{ host, rules, fix: undefined },
    personal: { profile: undefined, customizations: [], ai: isAiOff ? false : undefined },
  });
  const opened = reader.open(path, true);
  return 'read' in opened ? opened.read.job : undefined;
}

interface CheckParts {
  readonly host: Host;
  readonly rules: readonly Rule[];
  readonly parsers: ReadonlyMap<Grammar, Parser>;
}

function findingsIn(
  { uri, path, text, settings, configurationRoot, today, resolved = [] }: FileJob,
  { ranges, aiLines }: LinesToCheck,
  { host, rules, parsers }: CheckParts,
): ToldFinding[] {
  const rulesById = new Map([...rules, ...ENGINE_RULES].map((rule) => [rule.id, rule]));
  const ruleIds = new Set(rulesById.keys());
  const { shown } = checkFile({ uri, path, text }, settings, {
    // Only those that the file needs are there.
    parsers: Object.fromEntries(parsers) as Record<Grammar, Parser>,
    rules,
    suppression: { today, isRule: (id) => ruleIds.has(id) },
    problemsOf: (whole) =>
      new ConfigurationFiles(host, ruleIds, true).problemsOf(whole, uri, configurationRoot),
    aiCodeOf: (document) => aiCodeOf(document, () => aiLines, rulesById),
    before: fixesBefore(resolved),
    onRuleError: () => {},
  });
  const document = TextDocument.create(uri, '', 0, text);
  return shown.flatMap((finding) => {
    const { line, column, endLine } = regionOf(document, finding);
    const isOwn = ranges.some(({ start, end }) => line - 1 < end && endLine - 1 >= start);
    if (!isOwn || finding.severity === 'hint') return [];
    const { ruleId, severity, message, fingerprint } = finding;
    return [
      { file: harmlessPath(path), line, column, severity, ruleId, message: harmless(message), fingerprint },
    ];
  });
}
