/** Rules that are easy to read in a test: each reports calls of one global function. */
import type { Report } from '../../server/src/analysis/finding';
import type { Fix, FixSafety } from '../../server/src/analysis/fix';
import type { Call } from '../../server/src/analysis/item-facts';
import type { Rule } from '../../server/src/analysis/rule';

/** A rule that reports each call of a global function. */
function callRule(
  id: string,
  name: string,
  report: (call: Call) => Omit<Report, 'at' | 'message'>,
  confidence: Rule['confidence'] = 'high',
): Rule {
  return {
    id,
    title: `A call of \`${name}\``,
    severity: 'warning',
    aiSeverity: 'error',
    confidence,
    cwe: ['CWE-1'],
    owasp: [],
    fixable: true,
    *check(facts) {
      for (const call of facts.callsTo(new Set([`globalThis.${name}`]))) {
        yield { at: call.callee, message: `\`${name}\` is called. Do not.`, ...report(call) };
      }
    },
  };
}

function rename({ callee: { start, end } }: Call, text: string, safety: FixSafety): Fix {
  return { title: `Call ${text}`, safety, edits: [{ start, end, text }] };
}

/** `escape(x)` has a safe fix. */
export const safeRule = callRule('demo/safe', 'escape', (call) => ({
  fixes: () => [rename(call, 'encodeURIComponent', 'safe')],
}));

/** `parseInt(x)` has a fix that may change behaviour. */
export const unsafeRule = callRule('demo/unsafe', 'parseInt', (call) => ({
  fixes: () => [rename(call, 'Number', 'unsafe')],
}));

/** `isNaN(x)` has two fixes to choose from. */
export const choiceRule = callRule('demo/choice', 'isNaN', (call) => ({
  fixes: () => [rename(call, 'Number.isNaN', 'choice'), rename(call, 'Boolean', 'choice')],
}));

/** `unescape(x)` has fixes that must not be offered: each fails another part of the check. */
export const badFixRule = callRule('demo/bad-fix', 'unescape', (call) => ({
  fixes: () => [
    rename(call, 'nowhereDeclared', 'safe'),
    rename(call, 'broken(', 'safe'),
    rename(call, 'globalThis.unescape', 'safe'),
    rename(call, 'escape', 'safe'),
    rename(call, 'unescape', 'safe'),
    { title: 'Nothing', safety: 'safe', edits: [] },
  ],
}));

/** `atob(x)` is reported with a place beside it, the argument. */
export const relatedRule = callRule('demo/related', 'atob', ({ args }) => ({
  related: args.map((at) => ({ at, message: 'This is decoded.' })),
}));

/** `btoa(x)` is of medium confidence. */
export const mediumRule = callRule('demo/medium', 'btoa', () => ({}), 'medium');

/** Throws where `explode(x)` is called, having reported it. */
export const throwingRule = callRule('demo/throws', 'explode', () => {
  throw new Error('the rule exploded');
});

/** The fixes of `implode(x)` throw when they are asked for. */
export const throwingFixRule = callRule('demo/fix-throws', 'implode', () => ({
  fixes: () => {
    throw new Error('the fix exploded');
  },
}));

/** `escape(x)` again, and a test is told whenever a fix is asked for. */
export const watchedRule: Rule & { onFix: () => void } = {
  ...callRule('demo/watched', 'escape', (call) => ({
    fixes: () => {
      watchedRule.onFix();
      return [rename(call, 'encodeURIComponent', 'safe')];
    },
  })),
  onFix: () => {},
};

/** Each `MODE` that is `debug` in a file of settings, and each word `password1` in any file that is no code. */
export const textRule: Rule = {
  id: 'demo/text',
  title: 'A setting that is not meant so',
  severity: 'warning',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-1'],
  owasp: [],
  fixable: true,
  *checkText(file) {
    for (const { index } of file.text.matchAll(/password1/g)) {
      yield { at: { start: index, end: index + 9 }, message: 'Weak. Choose another.' };
    }
    if (!file.text.includes('MODE')) return;
    for (const { path, value, text } of file.entries) {
      if (path.at(-1) !== 'MODE' || text !== 'debug') continue;
      const edit = { ...value, text: file.format === 'json' ? '"live"' : 'live' };
      const fixes = () => [{ title: 'Go live', safety: 'safe', edits: [edit] } as const];
      yield { at: value, message: 'This is for debugging. Go live.', keys: path, fixes };
    }
  },
};

export const TEST_RULES: readonly Rule[] = [
  ...[badFixRule, choiceRule, mediumRule, relatedRule, safeRule, textRule, unsafeRule],
];
