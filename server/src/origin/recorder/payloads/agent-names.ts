/** The agents whose hooks are read, and which of them a payload is from. */
import type { JsonObject } from '../../small-json';
import { field, textField } from './payload';

/** As they are named on the command line, with the name that a person knows. */
export const AGENTS = {
  claude: 'Claude Code',
  copilot: 'GitHub Copilot',
  codex: 'Codex',
  cursor: 'Cursor',
  gemini: 'Gemini CLI',
  windsurf: 'Windsurf',
} as const;

export type AgentName = keyof typeof AGENTS;

export function isAgentName(name: string): name is AgentName {
  return Object.hasOwn(AGENTS, name);
}

/** VS Code and Cursor load the hooks of Claude Code as well: the payload tells them apart. */
export function toolOf(agent: AgentName, payload: JsonObject): string {
  if (field(payload, 'cursor_version') !== undefined) return AGENTS.cursor;
  const transcript = (textField(payload, 'transcript_path', 'transcriptPath') ?? '').replaceAll('\\', '/');
  if (/github\.copilot-chat\//i.test(transcript)) return AGENTS.copilot;
  if (/\/\.claude\//.test(transcript)) return AGENTS.claude;
  const tool = textField(payload, 'tool_name', 'toolName') ?? '';
  // Only VS Code names its tools so.
  if (/^(?:create_file|(?:multi_)?replace_string_in_file|insert_edit_into_file)$/.test(tool))
    return AGENTS.copilot;
  return AGENTS[agent];
}
