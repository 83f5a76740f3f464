import { join } from 'node:path';
import { grammarFor } from '../grammars/languages';
import type { Parser, ParserRuntime } from '../grammars/parser';
import { startWasmRuntime } from '../grammars/wasm-runtime';
import { ENGINE_RULES } from '../server/src/analysis/engine-rules';
import { type CheckedText, checkFix } from '../server/src/analysis/fix-check';
import type { Rule } from '../server/src/analysis/rule';
import { applySuppressions } from '../server/src/analysis/suppression';
import { analyseTextFile } from '../server/src/analysis/text-analysis';
import { RULES } from '../server/src/rules/index';
import { analyseText } from '../server/src/session/analyse-text';
import { ConfigurationFiles } from '../server/src/session/configuration/configuration-files';
import { configurationFindings } from '../server/src/session/configuration/configuration-findings';
import { isConfigurationFile } from '../server/src/session/configuration/configuration-name';
import { formatOf } from '../server/src/syntax/formats/format-of';
import { readTextFile } from '../server/src/syntax/formats/read-text-file';
import type { Check } from './pages/checker';
import { veiled } from './pages/veiled';
import { repositoryRoot } from './repository-root';
import { FakeHost } from './server/fake-host';

export function startTestRuntime(): Promise<ParserRuntime> {
  return startWasmRuntime((file) => join(repositoryRoot(), 'dist', file));
}

/** The parsers of both grammars. */
export async function testParsers(runtime?: ParserRuntime): Promise<(path: string) => Parser> {
  const started = runtime ?? (await startTestRuntime());
  const [typescript, tsx] = await Promise.all([started.parserFor('typescript'), started.parserFor('tsx')]);
  return (path) => (grammarFor(path) === 'tsx' ? tsx : typescript);
}

export function rethrow(rule: Rule, _file: unknown, error: unknown): never {
  throw new Error(`${rule.id} threw`, { cause: error });
}

/** Analyses a file of any kind. */
export function analyseFile(
  path: string,
  text: string,
  rules: readonly Rule[],
  parserOf: (path: string) => Parser,
): CheckedText {
  if (grammarFor(path))
    return analyseText(text, { path, parser: parserOf(path), rules, onRuleError: rethrow });
  const file = readTextFile(path, formatOf(path), text);
  return { file, hasError: false, findings: analyseTextFile(file, rules, rethrow) };
}

/**
 * Runs rules over files; a fix that the server would not offer is an error.
 *
 * @param today applies suppressions as on that day, `YYYY-MM-DD`; without it they are left out.
 */
export function checkWith(rules: readonly Rule[], parserOf: (path: string) => Parser, today?: string): Check {
  return veiled((files) =>
    files.flatMap(({ name, text }) => {
      const analyse = (changed: string) => analyseFile(name, changed, rules, parserOf);
      const checked = analyse(text);
      const isRule = (id: string) => rules.some((rule) => rule.id === id);
      const shown = today
        ? applySuppressions(checked.file, checked.findings, { today, isRule }).findings
        : checked.findings;
      return shown.map((finding) => ({
        file: name,
        ...finding,
        related: finding.related.map((place) => ({ file: place.path, ...place })),
        fixes: finding.fixes().map((fix) => {
          const refusal = checkFix(checked, finding, fix, analyse);
          if (refusal) throw new Error(`the fix "${fix.title}" would not be offered: ${refusal}\n${text}`);
          return { ...fix, edits: fix.edits.map((edit) => ({ file: name, ...edit })) };
        }),
      }));
    }),
  );
}

/** The day on which the suppressions of the pages are judged. */
export const PAGE_DAY = '2026-01-01';

/**
 * Checks the configuration files of an example, where all rules of the product exist, and leaves what else there is
 * to another check. The files of the example are all there is on disk.
 */
export function checkConfigurations(others: Check): Check {
  return (files) => {
    const host = new FakeHost();
    host.day = PAGE_DAY;
    const root = 'file:///example';
    for (const { name, text } of files) host.files.set(`${root}/${name}`, { text });
    const ruleIds = new Set([...RULES, ...ENGINE_RULES].map(({ id }) => id));
    const configurations = new ConfigurationFiles(host, ruleIds, true);
    return files.flatMap((file) => {
      const { name, text } = file;
      const uri = `${root}/${name}`;
      if (!isConfigurationFile(uri)) return others([file]);
      const problems = configurations.problemsOf(text, uri, root);
      const findings = configurationFindings(text, problems);
      return findings.map((finding) => ({ file: name, ...finding, related: [], fixes: [] }));
    });
  };
}
