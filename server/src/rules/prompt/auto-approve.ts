import type { Confidence } from '../../analysis/finding';
import type { Fix } from '../../analysis/fix';
import type { Rule, TextReport } from '../../analysis/rule';
import type { Entry, TextFile } from '../../analysis/text-file';
import { constantBoolean, constantString, pairOf, resolvedValue } from '../../analysis/value';
import { approvalOff, UNASKED_FLAGS, UNASKED_QUERIES } from '../../models/agent-approval';
import { isAgentSettings, isInstructionFile } from '../../models/agent-files';

export const autoApprove: Rule = {
  id: 'prompt/auto-approve',
  title: 'An agent may act without asking anybody',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-732', 'CWE-276'],
  owasp: ['A01:2025'],
  fixable: true,

  *check(facts) {
    for (const { args } of facts.callsTo(UNASKED_QUERIES)) {
      const [first] = args;
      const given = first && resolvedValue(first);
      const inner = given && pairOf(given, 'options')?.value;
      for (const options of [given, inner && resolvedValue(inner)]) {
        const mode = options && pairOf(options, 'permissionMode');
        const skips = options && pairOf(options, 'allowDangerouslySkipPermissions');
        const isOff = mode && constantString(mode.value) === 'bypassPermissions';
        if (isOff) yield { at: mode.node, message: messageFor('permissionMode') };
        else if (skips && constantBoolean(skips.value) === true)
          yield { at: skips.node, message: messageFor('allowDangerouslySkipPermissions') };
      }
    }
  },

  *checkText(file) {
    const { path, format, text } = file;
    if (format === 'json' && (isAgentSettings(path) || /(?:^|\/)(?:opencode|cli)\.jsonc?$/.test(path))) {
      for (const entry of file.entries) {
        const found = approvalOff(path, entry);
        if (found) yield reportOf(entry, found.confidence, file);
      }
    }
    if (/(?:^|\/)\.codex\/config\.toml$/.test(path)) yield* codexReports(text);
    if (STARTS.test(path) || isInstructionFile(path)) yield* flagReports(file);
  },
};

/** Files that start programs. */
const STARTS =
  /(?:^|\/)(?:package\.json|[^/]*dockerfile[^/]*|makefile|justfile|\.github\/workflows\/[^/]+|\.gitlab-ci\.yml|\.vscode\/tasks\.json|\.devcontainer\/[^/]+)$|\.(?:sh|bash|zsh|ps1)$/i;

function messageFor(key: string): string {
  return `\`${key}\` lets the agent act without asking. List the few commands that it may run.`;
}

function reportOf(entry: Entry, confidence: Confidence, { text }: TextFile): TextReport {
  const { path, value, key } = entry;
  const isElement = key === undefined;
  const shown = isElement ? entry.text : (path.at(-1) ?? '');
  return {
    at: value,
    keys: path,
    message: messageFor(shown),
    confidence,
    fixes: () => (isElement ? [] : fixesFor(entry, text)),
  };
}

function fixesFor({ path, value, text }: Entry, whole: string): readonly Fix[] {
  const written = whole.slice(value.start, value.end);
  const other =
    written === 'true'
      ? 'false'
      : text === 'bypassPermissions' && path.at(-1) === 'defaultMode'
        ? '"default"'
        : undefined;
  return other === undefined
    ? []
    : [{ title: 'Have it ask', safety: 'unsafe', edits: [{ ...value, text: other }] }];
}

function* codexReports(text: string): Generator<TextReport> {
  const match = /^[ \t]*(approval_policy)[ \t]*=[ \t]*["']never["']/m.exec(text);
  const isOpen = /^[ \t]*sandbox_mode[ \t]*=[ \t]*["']danger-full-access["']/m.test(text);
  if (!match || !isOpen) return;
  const start = match.index + match[0].indexOf('approval_policy');
  yield { at: { start, end: match.index + match[0].length }, message: messageFor('approval_policy') };
}

function* flagReports({ path, text, comments }: TextFile): Generator<TextReport> {
  if (!text.includes('--')) return;
  const isInstruction = isInstructionFile(path);
  for (const { 0: flag, index } of text.matchAll(UNASKED_FLAGS)) {
    const start = index + flag.lastIndexOf('--');
    const line = text.slice(text.lastIndexOf('\n', index) + 1, index);
    const isComment =
      comments.some((each) => each.start <= start && start < each.end) || /^\s*(?:#|\/\/)/.test(line);
    if (isComment || /\b(?:never|not|don't|avoid|without|no)\b/i.test(line)) continue;
    yield {
      at: { start, end: index + flag.length },
      message: messageFor(text.slice(start, index + flag.length)),
      // What instructions speak of they need not start.
      confidence: isInstruction ? 'medium' : 'high',
    };
  }
}
