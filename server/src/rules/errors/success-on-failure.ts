import type { Confidence, Report } from '../../analysis/finding';
import type { Rule } from '../../analysis/rule';
import { isTestPath } from '../../analysis/test-path';
import { failingOpenIn } from '../../models/auth/fail-open';
import { caughtIn } from '../../models/failure/caught';
import { type Gloss, glossesIn, madeUpDefaultsIn } from '../../models/failure/gloss';
import { reportFixes } from '../../models/failure/report-fix';
import { runtimeOf } from '../../models/runtime';

const MESSAGES: Readonly<Record<Gloss['sort'], string>> = {
  success: 'When this fails, success is reported. Report the failure.',
  received:
    'When the event fails, its sender is told that all is well. Answer with an error, so that it is sent again.',
  answers: 'When this fails, the answer is a success. Answer with an error.',
  'made-up': 'When this fails, made-up data is handed out as if it were real. Report the failure.',
};

const MISSING =
  'Where the data is missing, made-up data is handed out as if it were real. Handle its absence.';

export const successOnFailure: Rule = {
  id: 'errors/success-on-failure',
  title: 'Where an error is caught, success is reported or data is made up',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-390', 'CWE-636'],
  owasp: ['A10:2025'],
  fixable: true,

  *check(facts) {
    for (const { right } of madeUpDefaultsIn(facts))
      yield { at: right, message: MISSING, confidence: 'medium' };
    const glosses = [...caughtIn(facts)].flatMap((caught) => [...glossesIn(caught)]);
    if (glosses.length === 0) return;
    // A guard that lets pass is a finding of another rule.
    const guards = runtimeOf(facts.file) === 'client' ? [] : [...failingOpenIn(facts)];
    for (const gloss of glosses)
      if (!guards.some(({ handling }) => handling.handler.is(gloss.caught.handler))) yield reportOf(gloss);
  },
};

function reportOf(gloss: Gloss): Report {
  const { at, sort } = gloss;
  return { at, message: MESSAGES[sort], confidence: confidenceOf(gloss), fixes: () => reportFixes(gloss) };
}

function confidenceOf({ at, sort, confidence }: Gloss): Confidence {
  if (sort !== 'made-up' || confidence !== 'high') return confidence;
  const { file } = at.item;
  // In a browser it may be there to be looked at until the server is.
  return isTestPath(file.path) || runtimeOf(file) === 'client' ? 'medium' : 'high';
}
