/** Where each agent keeps its hooks, and which of them recording needs. From what the agents document. */
import type { AgentName } from '../origin/recorder/payloads/agent-names';

export interface AgentSettings {
  /** From the person's home folder, with `/`. */
  readonly userFile: string;
  /** The variable that names another folder for the first one of `userFile`. */
  readonly folderVariable?: string;
  /** From the top of a project, with `/`. */
  readonly projectFile: string;
  /** What a settings file of this agent begins with, where there is none. */
  readonly version?: number;
  /** Whether commands stand in groups with a matcher. */
  readonly isGrouped: boolean;
  readonly events: readonly AgentHook[];
  /** What a person should know before. */
  readonly notes: readonly string[];
}

export interface AgentHook {
  readonly event: string;
  /** Needed only where the agent is to be told of findings. */
  readonly isForFindings?: boolean;
  readonly matcher?: string;
  /** Besides the command. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

const COMMAND = { type: 'command' };

export const AGENT_SETTINGS: Readonly<Record<AgentName, AgentSettings>> = {
  claude: {
    userFile: '.claude/settings.json',
    folderVariable: 'CLAUDE_CONFIG_DIR',
    // Not the one that is committed.
    projectFile: '.claude/settings.local.json',
    isGrouped: true,
    events: [{ event: 'PostToolUse', matcher: 'Edit|Write|MultiEdit', fields: { ...COMMAND, timeout: 30 } }],
    notes: ['VS Code and Cursor run the hooks of Claude Code as well; an edit is recorded once.'],
  },
  copilot: {
    userFile: '.copilot/hooks/countersign.json',
    projectFile: '.github/hooks/countersign.json',
    version: 1,
    isGrouped: false,
    events: [
      { event: 'PostToolUse', fields: { ...COMMAND, timeout: 30, timeoutSec: 30 } },
      { event: 'agentStop', isForFindings: true, fields: { ...COMMAND, timeout: 30, timeoutSec: 30 } },
    ],
    notes: ["VS Code and Copilot's command line both read this file."],
  },
  codex: {
    userFile: '.codex/hooks.json',
    folderVariable: 'CODEX_HOME',
    projectFile: '.codex/hooks.json',
    isGrouped: true,
    events: [{ event: 'PostToolUse', matcher: 'apply_patch', fields: { ...COMMAND, timeout: 30 } }],
    notes: ['Codex runs a hook only after you have trusted it: type `/hooks` in Codex and review it there.'],
  },
  cursor: {
    userFile: '.cursor/hooks.json',
    projectFile: '.cursor/hooks.json',
    version: 1,
    isGrouped: false,
    events: [
      { event: 'afterFileEdit' },
      { event: 'afterTabFileEdit' },
      { event: 'stop', isForFindings: true },
    ],
    notes: [],
  },
  gemini: {
    userFile: '.gemini/settings.json',
    projectFile: '.gemini/settings.json',
    isGrouped: true,
    // Milliseconds here.
    events: [{ event: 'AfterTool', matcher: 'write_file|replace', fields: { ...COMMAND, timeout: 30_000 } }],
    notes: [],
  },
  windsurf: {
    userFile: '.codeium/windsurf/hooks.json',
    projectFile: '.windsurf/hooks.json',
    isGrouped: false,
    events: [{ event: 'post_write_code' }],
    notes: [
      'Windsurf shows its model nothing of what a hook says after an edit, so there is no feedback of findings.',
    ],
  },
};
