/**
 * Lines of a commit message by which tools say that they took part. All lines after the first are looked at, not
 * only the last paragraph: squashing leaves the trailers of each commit where they were. Prose never counts.
 */
import { type Circumstances, SOURCES, type Source } from '../evidence';
import { cleanText } from '../stranger-text';
import { identityOf, modelBeside } from './identities';
import { exactTool, namedTool } from './tool-names';

/** What a line or name says; evidence of a source, or with other lines' help. */
export type Said =
  | { readonly kind: 'evidence'; readonly source: Source; readonly known: Circumstances }
  /** How much of the commit was a tool's: of its lines, where they are told, else in percent. */
  | { readonly kind: 'share'; readonly ai: number; readonly of: number }
  /** Whose the sessions are that other lines name. */
  | { readonly kind: 'session-tool'; readonly tool: string };

const LONGEST_LINE = 1000;
const MOST_LINES = 20_000;
/** Many projects use it for people, and where it names a tool, it may have answered one question. */
const ASSISTED = 0.45;

const TRAILER = /^([A-Za-z][A-Za-z-]{2,40})[ \t]*:[ \t]+(\S.*)$/;
const WITH_ADDRESS = /^(.*?)\s*<([^<>\s]{3,254})>\s*$/;
/** `🤖 Generated with [Claude Code](https://…)`, `Made with Cursor`. */
const MADE_WITH =
  /^(?:🤖\s*)?(?:Generated|Made) with (?:\[([^\]]{1,60})\]\(\S{1,200}\)|([\w .-]{1,40}?))\.?$/u;

/** Links that only one tool writes, with the name of the conversation. By key in lower case. */
const SESSIONS: Readonly<Record<string, { readonly tool: string | undefined; readonly value: RegExp }>> = {
  'claude-session': { tool: 'Claude Code', value: /^https:\/\/claude\.ai\/code\/(session_[\w-]{1,80})$/ },
  'amp-thread-id': { tool: 'Amp', value: /^(?:https:\/\/ampcode\.com\/threads\/)?(T-[0-9a-f-]{36})$/ },
  'agent-logs-url': {
    tool: 'GitHub Copilot',
    value: /^https:\/\/github\.com\/[\w.-]+\/[\w.-]+\/sessions\/([0-9a-f-]{36})$/,
  },
  'entire-checkpoint': { tool: undefined, value: /^([0-9a-f]{12}|[0-9A-HJKMNP-TV-Z]{26})$/ },
};

/** Keys that say a tool took part if their value is a tool, and what that is worth. In lower case. */
const NAMING: Readonly<Record<string, number>> = {
  'assisted-by': ASSISTED,
  'generated-by': SOURCES['commit-trailer'].confidence,
  'made-with': SOURCES['commit-trailer'].confidence,
  // Proposed here and there, by nobody's agreement.
  'ai-assistant': ASSISTED,
  'ai-assisted-by': ASSISTED,
  'ai-authored-by': ASSISTED,
  'coding-agent': ASSISTED,
};

/** All that lines of the message say, the first line apart: `agent: …` there is what the commit is about. */
export function saidInMessage(message: string): Said[] {
  const lines = message.trimStart().split('\n', MOST_LINES).slice(1);
  return lines.flatMap((raw) => (raw.length > LONGEST_LINE ? [] : (saidInLine(raw.trimEnd()) ?? [])));
}

function saidInLine(line: string): Said | undefined {
  const [, linked, bare] = MADE_WITH.exec(line) ?? [];
  const made = linked ?? bare;
  if (made !== undefined) {
    const tool = exactTool(made);
    return tool === undefined ? undefined : { kind: 'evidence', source: 'commit-trailer', known: { tool } };
  }
  const [, name, value] = TRAILER.exec(line) ?? [];
  if (name === undefined || value === undefined) return undefined;
  const key = name.toLowerCase();
  if (key === 'co-authored-by') return coAuthor(value);
  if (key === 'entire-attribution') return share(value);
  if (key === 'entire-agent') {
    const tool = exactTool(value);
    return tool === undefined ? undefined : { kind: 'session-tool', tool };
  }
  if (Object.hasOwn(SESSIONS, key)) {
    const { tool, value: form } = SESSIONS[key] as (typeof SESSIONS)[string];
    const session = form.exec(value)?.[1];
    return session === undefined
      ? undefined
      : { kind: 'evidence', source: 'commit-co-author', known: { tool, session } };
  }
  return Object.hasOwn(NAMING, key) ? naming(key, value) : undefined;
}

function coAuthor(value: string): Said | undefined {
  const [, name = '', address = ''] = WITH_ADDRESS.exec(value) ?? [];
  const identity = identityOf(address);
  if (identity === undefined) return undefined;
  const known = { tool: identity.tool, model: modelBeside(identity, name) };
  const less = identity.isHint ?? identity.asCoAuthor;
  return {
    kind: 'evidence',
    source: identity.isHint === undefined ? 'commit-co-author' : 'hint',
    known: less === undefined ? known : { ...known, confidence: less.confidence, detail: less.because },
  };
}

function naming(key: string, value: string): Said | undefined {
  const confidence = NAMING[key] as number;
  const [, name = '', address] = WITH_ADDRESS.exec(value) ?? [];
  if (address === undefined) {
    const named = namedTool(value);
    return named === undefined
      ? undefined
      : { kind: 'evidence', source: 'commit-trailer', known: { ...named, confidence } };
  }
  const identity = identityOf(address);
  if (identity !== undefined) {
    const known = { tool: identity.tool, model: modelBeside(identity, name), confidence };
    return { kind: 'evidence', source: 'commit-trailer', known };
  }
  // Nobody reads answers there, so it is no person. Robots that generate things are no AI, though.
  const isNobody = key === 'assisted-by' && /^no-?reply@(?!github\.com$)/i.test(address);
  return isNobody
    ? { kind: 'evidence', source: 'commit-trailer', known: { tool: cleanText(name, 60), confidence } }
    : undefined;
}

/** `73% agent (146/200 lines)`. */
function share(value: string): Said | undefined {
  const [, percent, ai, of] =
    /^(\d{1,3}(?:\.\d+)?)\s*%(?: agent)?(?: \((\d{1,9})\/(\d{1,9}) lines\))?/.exec(value) ?? [];
  if (percent === undefined || Number(percent) > 100) return undefined;
  if (of === undefined || Number(of) === 0 || Number(ai) > Number(of))
    return { kind: 'share', ai: Number(percent), of: 100 };
  return { kind: 'share', ai: Number(ai), of: Number(of) };
}
