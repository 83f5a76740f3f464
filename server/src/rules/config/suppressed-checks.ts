import type { Confidence } from '../../analysis/finding';
import { propertyName, wrapped } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { constantBoolean } from '../../analysis/value';
import { importsAny } from '../../models/runtime';
import {
  isReason,
  SECURITY_LINE,
  SECURITY_PACKAGES,
  type Silenced,
  silencedBy,
} from '../../models/silenced-checks';

/** Settings of Next.js that build what does not pass its checks. */
const BUILDS: ReadonlyMap<string, string> = new Map([
  ['ignoreBuildErrors', 'typescript'],
  ['ignoreDuringBuilds', 'eslint'],
]);

export const suppressedChecks: Rule = {
  id: 'config/suppressed-checks',
  title: 'A check is silenced, and nobody says why',
  severity: 'info',
  aiSeverity: 'warning',
  confidence: 'high',
  cwe: ['CWE-710'],
  owasp: ['A02:2025'],
  fixable: false,

  *check(facts) {
    for (const comment of facts.nodes('comment')) {
      const text = comment.text.slice(0, 300);
      const silenced = /disable|ignore|nos|@ts-|codeql|lgtm|gitleaks/i.test(text)
        ? silencedBy(text)
        : undefined;
      if (silenced && isExplainedBeside(comment)) continue;
      const confidence = silenced && confidenceOf(silenced.what, comment);
      if (!silenced || !confidence) continue;
      yield {
        at: comment,
        message: `This silences ${silenced.tool}, and nobody says why. Give the reason behind it, or mend what it is about.`,
        confidence,
      };
    }
    for (const pair of facts.nodes('pair')) {
      const name = propertyName(pair.child('key') ?? pair);
      const around = name === undefined ? undefined : BUILDS.get(name);
      const value = pair.child('value');
      const outer = pair.parent && wrapped(pair.parent).parent;
      if (!around || !value || outer?.child('key')?.text !== around || constantBoolean(value) !== true)
        continue;
      yield {
        at: pair,
        message: `With \`${name}\` the program is built although a check fails. Take it out, and mend what the check finds.`,
      };
    }
  },

  *checkText({ path, entries }) {
    if (!/(?:^|\/)tsconfig[\w.-]*\.json$/.test(path)) return;
    for (const { path: keys, key, value, text } of entries) {
      if (keys.length !== 2 || keys[0] !== 'compilerOptions' || keys[1] !== 'strict' || text !== 'false')
        continue;
      const at = { start: key?.start ?? value.start, end: value.end };
      yield {
        at,
        keys,
        message: 'Without `strict`, what may be missing is not told from what is there. Switch it on.',
        confidence: 'medium',
      };
    }
  },
};

/** A comment behind it on the same line, or right above it, says why. */
function isExplainedBeside(comment: Node): boolean {
  const { file } = comment.item;
  const [behind = ''] = file.slice(comment.end, comment.end + 300).split('\n');
  const above = file.slice(Math.max(0, comment.start - 300), comment.start).split('\n');
  const own = above.pop() ?? '';
  const [, reason = ''] = /^\/\/(.*)$/.exec(behind.trim()) ?? [];
  const before = own.trim() === '' ? (/^\/\/(.*)$/.exec(above.at(-1)?.trim() ?? '')?.[1] ?? '') : '';
  return [reason, before].some((each) => isReason(each));
}

function confidenceOf(what: Silenced['what'], comment: Node): Confidence | undefined {
  if (what === 'security') return 'high';
  if (what === 'rule') return 'medium';
  if (what === 'any') return importsAny(comment.item.file, SECURITY_PACKAGES) ? 'medium' : 'low';
  return SECURITY_LINE.test(lineBelow(comment)) ? 'low' : undefined;
}

const LONGEST_LINE = 300;

function lineBelow(comment: Node): string {
  const until = comment.end + LONGEST_LINE;
  const siblings = comment.parent?.children ?? [];
  let { end } = comment;
  // Each is asked for its text, so that it is known whose text the line is.
  for (let at = siblings.findIndex((each) => each.is(comment)) + 1; at > 0 && end < until; at++) {
    const next = siblings[at];
    if (!next || next.start >= until) break;
    end = next.start + next.text.length;
  }
  const text = comment.item.file.slice(comment.end, Math.min(until, end));
  return text.split('\n')[1] ?? '';
}
