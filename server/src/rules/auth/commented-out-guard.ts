import {
  type CommentRun,
  commentRuns,
  isExample,
  placeOf,
  type Stretch,
  stretchAround,
} from '../../analysis/commented-code';
import type { Report } from '../../analysis/finding';
import type { Rule } from '../../analysis/rule';
import { type CommentedGuard, commentedGuard } from '../../models/auth/commented-guard';
import { restoreFix } from '../../models/auth/restore-fix';
import { GUARD_DECORATORS, GUARD_HINT } from '../../models/guard-places';

export const commentedOutGuard: Rule = {
  id: 'auth/commented-out-guard',
  title: 'A guard has been commented out',
  severity: 'warning',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-862', 'CWE-489'],
  owasp: ['A01:2025', 'A02:2025'],
  fixable: true,

  *check(facts) {
    for (const run of commentRuns(facts, (text) => GUARD_HINT.test(text))) yield* reportsOf(run);
  },
};

function* reportsOf(run: CommentRun): Generator<Report> {
  let next = 0;
  for (const [i, line] of run.lines.entries()) {
    if (i < next || !GUARD_HINT.test(line.text)) continue;
    const found = stretchAround(run, i);
    const stretch = found && withDecorators(run, found);
    if (!stretch) continue;
    const guard = isExample(run, stretch) ? undefined : commentedGuard(run, stretch);
    if (guard) yield reportOf(run, stretch, guard);
    next = Math.max(next, stretch.to + 1);
  }
}

/** Decorators below each other belong together: `@UseGuards(RolesGuard)` and `@Roles('admin')`. */
function withDecorators(run: CommentRun, stretch: Stretch): Stretch {
  if (!isGuardDecorator(run, stretch.from)) return stretch;
  let { to } = stretch;
  while (isGuardDecorator(run, to + 1)) to = stretchAround(run, to + 1)?.to ?? to + 1;
  return { from: stretch.from, to };
}

function isGuardDecorator({ lines }: CommentRun, index: number): boolean {
  const text = lines[index]?.text.trim() ?? '';
  return text.startsWith('@') && GUARD_DECORATORS.test(text);
}

function reportOf(run: CommentRun, stretch: Stretch, guard: CommentedGuard): Report {
  return {
    at: placeOf(run, stretch),
    message: `The guard \`${guard.name}\` is commented out and guards nothing. Restore it, or delete the comment.`,
    confidence: guard.isSure ? 'high' : 'medium',
    fixes: () => [restoreFix(run, stretch, guard)].filter((fix) => fix !== undefined),
  };
}
