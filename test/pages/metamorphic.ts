// Runs the examples of a page again after transformations that keep what they show. A rule that goes by the
// wording of its examples, not by their meaning, fails here.

import type { Check, SourceText } from './checker';
import type { Example, Exception, Page } from './page';
import { placesIn, printMarked } from './print';
import { failureOf, type Result } from './run-page';
import type { Transformation } from './transformations/transformation';

/**
 * Checks each example after each transformation that applies to it: what is flagged stays flagged as often,
 * what is left alone stays so, and after a transformation of kind `silent` nothing is found at all. An
 * exception of the page turns this round: where the example would pass without it, it fails.
 */
export function* metamorphic(
  page: Page,
  check: Check,
  transformations: readonly Transformation[],
): Iterable<Result> {
  yield* unknownNames(page, transformations);
  const needed = new Set<Exception>();
  for (const example of page.examples) {
    // The transformations share what they learn of a list of files, so it is made once.
    const sources = example.files.map(({ name, text }) => ({ name, text }));
    for (const transformation of transformations) {
      const isMeant = (exception: Exception) => exception.transformation === transformation.name;
      const own = example.exceptions.find(isMeant);
      const general = example.kind === 'flagged' ? page.exceptions.find(isMeant) : undefined;
      const outcome = run(page, example, sources, transformation, check);
      const title = `${page.path}:${example.line} after ${transformation.name}`;
      if (own !== undefined) {
        yield { title, failure: outcome.failure === undefined ? unneeded(page, own, outcome) : undefined };
      } else if (outcome.applies) {
        if (outcome.failure !== undefined && general !== undefined) needed.add(general);
        yield { title, failure: general === undefined ? outcome.failure : undefined };
      }
    }
  }
  const known = page.exceptions.filter((exception) => isKnown(exception, transformations));
  for (const exception of known) {
    const title = `${page.path}:${exception.line} excepts ${exception.transformation}`;
    yield {
      title,
      failure: needed.has(exception) ? undefined : unneeded(page, exception, { applies: true }),
    };
  }
}

interface Outcome {
  readonly applies: boolean;
  readonly failure?: string | undefined;
}

function run(
  page: Page,
  example: Example,
  sources: readonly SourceText[],
  transformation: Transformation,
  check: Check,
): Outcome {
  let applies = true;
  const failure = failureOf(() => {
    const files = transformation.apply(sources);
    if (files === undefined) {
      applies = false;
      return undefined;
    }
    const findings = check(files);
    const marks = example.files.flatMap((file) => file.marks.filter(({ kind }) => kind === 'primary'));
    const expected = transformation.after === 'silent' ? 0 : marks.length;
    if (findings.length === expected) return undefined;
    const heading = `${page.path}:${example.line} after ${transformation.name}: ${count(expected)} expected, ${findings.length} found`;
    const printed = example.files.flatMap(({ name, language }) => {
      const text = files.find((file) => file.name === name)?.text ?? '';
      const lines = printMarked(text.replaceAll('\r', ''), language, placesIn(name, findings, false));
      return [`  ${name}`, ...lines.map((line) => `    ${line}`.trimEnd())];
    });
    return [heading, ...printed].join('\n');
  });
  return { applies, failure };
}

function count(findings: number): string {
  if (findings === 0) return 'no finding';
  return findings === 1 ? '1 finding' : `${findings} findings`;
}

function unneeded(page: Page, { transformation, line }: Exception, { applies }: Outcome): string {
  const why = applies ? 'the example passes without it' : 'the transformation does not apply to the example';
  return `${page.path}:${line}: Remove the exception from ${transformation}; ${why}.`;
}

function* unknownNames(page: Page, transformations: readonly Transformation[]): Iterable<Result> {
  const exceptions = [...page.exceptions, ...page.examples.flatMap((example) => example.exceptions)];
  const names = transformations.map(({ name }) => name).join(', ');
  for (const { transformation, line } of exceptions.filter((other) => !isKnown(other, transformations))) {
    const title = `${page.path}:${line} excepts ${transformation}`;
    yield {
      title,
      failure: `${page.path}:${line}: There is no transformation ${transformation}; there are ${names}.`,
    };
  }
}

function isKnown({ transformation }: Exception, transformations: readonly Transformation[]): boolean {
  return transformations.some(({ name }) => name === transformation);
}
