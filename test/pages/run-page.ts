// Runs the examples of a rule's page against the rule.

import type { Check, CheckedEdit, CheckedFinding, SourceText } from './checker';
import { applyEdits, canJoin } from './edits';
import type { Example, ExampleFile, Outcome, Page } from './page';
import { placesIn, printDifference, printMarked } from './print';

/** What came of one example, or of the page as a whole. */
export interface Result {
  /** Names page and line, as a test's title. */
  readonly title: string;
  /** What is wrong, ready to be printed; `undefined` where nothing is. */
  readonly failure: string | undefined;
}

/** Fixes that overlap are applied in turns; a rule that needs more than this never comes to rest. */
const MOST_TURNS = 10;

/** Checks a page: its form first, then each example in order. A check that throws fails its example only. */
export function* runPage(page: Page, check: Check): Iterable<Result> {
  const problems = page.problems.map(({ line, message }) => `${page.path}:${line}: ${message}`);
  yield {
    title: `${page.path} is well formed`,
    failure: problems.length > 0 ? problems.join('\n') : undefined,
  };
  const titles = new Set<string>();
  const watched: Check = (files) => {
    const findings = check(files);
    for (const fix of findings.flatMap((finding) => finding.fixes)) titles.add(fix.title);
    return findings;
  };
  for (const example of page.examples) {
    const title = `${page.path}:${example.line} ${example.kind === 'flagged' ? 'is flagged' : 'is left alone'}`;
    yield { title, failure: failureOf(() => runExample(page, example, watched)) };
    for (const outcome of example.outcomes) {
      yield {
        title: `${page.path}:${outcome.line} is the text after ${outcome.title ?? 'the fix'}`,
        failure: failureOf(() => runOutcome(page, example, outcome, watched)),
      };
    }
  }
  if (titles.size > 0 && page.examples.every(({ outcomes }) => outcomes.length === 0)) {
    const [first] = titles;
    const failure = `The rule offers the fix "${first}"; show its result below a flagged block, as a block with \`fixed\`.`;
    yield { title: `${page.path} shows a fix`, failure };
  }
}

/** The failure that a check returns, or the trace of what it throws. */
export function failureOf(run: () => string | undefined): string | undefined {
  try {
    return run();
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

function runExample(page: Page, example: Example, check: Check): string | undefined {
  const findings = check(sourcesOf(example.files));
  const stray = findings.find((finding) => example.files.every(({ name }) => name !== finding.file));
  if (stray !== undefined) return `There is a finding in ${stray.file}, which the example does not have.`;
  const other = findings.find(({ ruleId }) => ruleId !== page.ruleId);
  if (other !== undefined) return `There is a finding of ${other.ruleId}: ${other.message}`;
  const difference = differencesOf(example.files, sourcesOf(example.files), findings);
  return difference && `${page.path}:${example.line}: - the page, + what is found\n${difference}`;
}

/** Compares blocks with texts and the findings in them. */
function differencesOf(
  expected: readonly ExampleFile[],
  actual: readonly SourceText[],
  findings: readonly CheckedFinding[],
): string | undefined {
  const withRelated = expected.some(({ marks }) => marks.some(({ kind }) => kind === 'related'));
  const differences = expected.flatMap((file) => {
    const text = actual.find(({ name }) => name === file.name)?.text ?? '';
    const printed = printMarked(text, file.language, placesIn(file.name, findings, withRelated), file);
    return printDifference(file.name, file.lines, printed) ?? [];
  });
  return differences.length > 0 ? differences.join('\n') : undefined;
}

function runOutcome(page: Page, example: Example, outcome: Outcome, check: Check): string | undefined {
  const fixed = applyFixes(sourcesOf(example.files), outcome.title, check);
  if (typeof fixed === 'string') return `${page.path}:${outcome.line}: ${fixed}`;
  const expected = example.files.map(
    (file) =>
      outcome.files.find(({ name }) => name === file.name) ?? {
        ...file,
        marks: [],
        lines: linesOf(file.text),
      },
  );
  const changed = expected.some((file) => fixed.find(({ name }) => name === file.name)?.text !== file.text);
  const difference = differencesOf(expected, fixed, changed ? markedFindings(expected, page) : check(fixed));
  const reason = changed
    ? '- the page, + the text after the fix'
    : '- the page, + what is still found after the fix';
  return difference && `${page.path}:${outcome.line}: ${reason}\n${difference}`;
}

/** Stands in for the findings of a text that is wrong already, so that only the text differs. */
function markedFindings(files: readonly ExampleFile[], page: Page): CheckedFinding[] {
  return files.flatMap(({ name, marks }) =>
    marks.map(({ start, end, message = '' }) => ({
      ...{ file: name, start, end, message, ruleId: page.ruleId, related: [], fixes: [] },
    })),
  );
}

/** Applies one fix of each finding: the one of that title, or the first. Says so where there is none. */
function applyFixes(
  sources: readonly SourceText[],
  title: string | undefined,
  check: Check,
): readonly SourceText[] | string {
  let files = sources;
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    const findings = check(files);
    const fixes = findings.flatMap(({ fixes: offered }) => {
      return (title === undefined ? offered[0] : offered.find((fix) => fix.title === title)) ?? [];
    });
    if (turn === 0 && fixes.length === 0) {
      const offered = findings.flatMap((finding) => finding.fixes.map((fix) => `"${fix.title}"`));
      const wanted = title === undefined ? 'has no fix' : `has no fix "${title}"`;
      return `No finding ${wanted}; offered: ${offered.length > 0 ? [...new Set(offered)].join(', ') : 'none'}.`;
    }
    const edits: CheckedEdit[] = [];
    let postponed = false;
    for (const fix of fixes) {
      if (canJoin(edits, fix.edits)) edits.push(...fix.edits);
      else postponed = true;
    }
    files = applyEdits(files, edits);
    if (!postponed) return files;
  }
  return `The fixes overlap, and after ${MOST_TURNS} turns there are still some to apply.`;
}

function sourcesOf(files: readonly ExampleFile[]): SourceText[] {
  return files.map(({ name, text }) => ({ name, text }));
}

function linesOf(text: string): string[] {
  return text.split('\n').slice(0, -1);
}
