/** From what an agent writes to its hook to the edits in it. */
import { type JsonObject, objectsIn } from '../../small-json';
import { cleanText } from '../../stranger-text';
import { modelName } from '../../tools';
import type { AgentEvent, AnswerKind, FileEdit, ReplacedSpan } from '../agent-event';
import { type AgentName, toolOf } from './agent-names';
import { field, objectField, parsePayload, textField, timeField } from './payload';
import { pathOf, readReplacement, readToolEdits } from './tool-edits';

const MOST_EDITS = 10_000;

/**
 * Undefined for what is no payload. Agents load each other's hooks, so what it is follows from the payload, and from
 * `agent` only where the payload does not say. Never throws.
 */
export function readPayload(agent: AgentName, text: string): AgentEvent | undefined {
  const payload = parsePayload(text);
  if (payload === undefined) return undefined;
  const kind = kindOf(agent, payload);
  const info = kind === 'windsurf-edit' ? objectField(payload, 'tool_info') : undefined;
  return {
    tool: toolOf(agent, payload),
    model: modelName(field(payload, 'model', 'model_name', 'modelName')),
    session: idOf(payload, 'session_id', 'sessionId', 'conversation_id', 'trajectory_id'),
    toolUseId: idOf(payload, 'tool_use_id', 'toolUseId', 'tool_call_id', 'toolCallId'),
    time: timeField(payload, 'timestamp'),
    folder: textField(payload, 'cwd') ?? textField(info, 'cwd') ?? firstOf(field(payload, 'workspace_roots')),
    edits: editsOf(kind, payload, info),
    answer: answerOf(agent, kind, payload),
    isStop: kind === 'stop',
    isRepeated:
      field(payload, 'stop_hook_active', 'stopHookActive') === true ||
      Number(field(payload, 'loop_count', 'loopCount') ?? 0) >= 2,
  };
}

/** Where the agent keeps the conversation, which names the model where the payload does not. */
export interface Transcript {
  readonly path: string;
  /** Whether other agents speak in it as well, so that only the call itself tells the model. */
  readonly isShared: boolean;
}

/** The best first. */
export function transcriptsOf(text: string): readonly Transcript[] {
  const payload = parsePayload(text);
  const path = textField(payload, 'transcript_path', 'transcriptPath');
  if (path === undefined) return [];
  const agent = textField(payload, 'agent_id', 'agentId');
  if (agent === undefined || !/^[\w-]{1,100}$/.test(agent)) return [{ path, isShared: agent !== undefined }];
  // Claude Code writes what an agent of its own says beside the conversation that it belongs to.
  const own = `${path.replace(/\.jsonl$/, '')}/subagents/agent-${agent}.jsonl`;
  return [
    { path: own, isShared: false },
    { path, isShared: true },
  ];
}

type Kind = 'tool' | 'cursor-edit' | 'windsurf-edit' | 'stop' | 'other';

const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['posttooluse', 'tool'],
  ['aftertool', 'tool'],
  ['afterfileedit', 'cursor-edit'],
  ['aftertabfileedit', 'cursor-edit'],
  ['postwritecode', 'windsurf-edit'],
  ['stop', 'stop'],
  ['agentstop', 'stop'],
]);

function kindOf(agent: AgentName, payload: JsonObject): Kind {
  const name = textField(payload, 'hook_event_name', 'hookEventName', 'agent_action_name');
  if (name !== undefined) return KINDS.get(name.toLowerCase().replaceAll('_', '')) ?? 'other';
  if (agent !== 'copilot') return 'other';
  // Copilot's command line names no event.
  return field(payload, 'toolName') === undefined ? 'stop' : 'tool';
}

function editsOf(kind: Kind, payload: JsonObject, info: JsonObject | undefined): readonly FileEdit[] {
  switch (kind) {
    case 'tool': {
      const input = field(payload, 'tool_input', 'toolInput', 'toolArgs', 'tool_args');
      return readToolEdits({
        name: textField(payload, 'tool_name', 'toolName') ?? '',
        input: typeof input === 'string' ? (parsePayload(input) ?? input) : input,
        response: field(payload, 'tool_response', 'toolResponse', 'tool_result', 'toolResult'),
      });
    }
    case 'cursor-edit':
      return fileEdit(payload);
    case 'windsurf-edit':
      return info ? fileEdit(info) : [];
    default:
      return [];
  }
}

/** A path and what was replaced in it: Cursor and Windsurf. */
function fileEdit(from: JsonObject): readonly FileEdit[] {
  const path = pathOf(from);
  const edits = objectsIn(field(from, 'edits'), MOST_EDITS);
  if (path === undefined || edits.length === 0) return [];
  const replacements = edits.flatMap((edit) => readReplacement(edit) ?? []);
  const [only, ...more] = replacements;
  // Whether there was nothing, or all was written anew, is not documented.
  const isWhole = only?.before === '' && more.length === 0;
  return [
    {
      path,
      spans: edits.every((edit) => objectField(edit, 'range'))
        ? edits.flatMap((edit) => spanOf(edit) ?? [])
        : undefined,
      whole: isWhole ? { text: only.after, before: undefined } : undefined,
      replacements,
    },
  ];
}

function spanOf(edit: JsonObject): ReplacedSpan | undefined {
  const range = objectField(edit, 'range');
  const line = field(range, 'start_line_number', 'startLineNumber');
  const column = field(range, 'start_column', 'startColumn');
  const text = textField(edit, 'new_string', 'newString');
  if (!isPosition(line) || !isPosition(column) || text === undefined) return undefined;
  return { line: line - 1, column: column - 1, text };
}

function isPosition(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 1;
}

function answerOf(agent: AgentName, kind: Kind, payload: JsonObject): AnswerKind {
  const isCursor = field(payload, 'cursor_version') !== undefined;
  if (kind === 'stop') return isCursor ? (agent === 'cursor' ? 'follow-up' : 'none') : 'block';
  if (kind !== 'tool' || isCursor) return 'none';
  if (agent === 'gemini') return 'context';
  // Copilot's command line does not read what is said after a tool.
  return agent === 'copilot' && !isVsCode(payload) ? 'none' : 'block';
}

function isVsCode(payload: JsonObject): boolean {
  return /github\.copilot-chat/i.test(textField(payload, 'transcript_path', 'transcriptPath') ?? '');
}

function idOf(payload: JsonObject, ...names: readonly string[]): string | undefined {
  return cleanText(field(payload, ...names), 100);
}

function firstOf(value: unknown): string | undefined {
  const first = Array.isArray(value) ? value[0] : undefined;
  return typeof first === 'string' ? first : undefined;
}
