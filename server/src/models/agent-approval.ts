/** How agents are told to act without asking a person. */
import type { Confidence } from '../analysis/finding';
import type { Entry } from '../analysis/text-file';

/** Functions that start an agent with options. Source: the documentation of the Claude Agent SDK 0.1. */
export const UNASKED_QUERIES: ReadonlySet<string> = new Set([
  '@anthropic-ai/claude-agent-sdk.query',
  '@anthropic-ai/claude-code.query',
]);

/**
 * Switches on command lines. Sources: the documentation of Claude Code 2, Codex 0.50, Gemini CLI 0.10, Copilot CLI 0.
 * The words in front of a switch that other programs have as well say whose it is.
 */
export const UNASKED_FLAGS =
  /--dangerously-skip-permissions\b|--dangerously-bypass-approvals-and-sandbox\b|--permission-mode[ =]bypassPermissions\b|\b(?:codex|gemini|qwen|copilot)\b[^\n;|&]{0,200}?\s--(?:yolo|full-auto|allow-all-tools)\b/g;

/** Commands with which anything can be done. */
const ANY_COMMAND = /^(?:Bash|Shell|run_shell_command)(?:\((?:\*|:\*|\*:\*)\))?$|^\*$/;
/** Those that run what they are given, load it from elsewhere, or remove files. */
const WIDE_COMMAND =
  /^(?:Bash|Shell)\((?:sudo|rm|curl|wget|bash|sh|zsh|eval|python3?|node|npx|ssh)(?::\*| \*|\*)\)$/;

export interface ApprovalOff {
  readonly confidence: Confidence;
}

/** Whether a setting lets an agent act without asking. @param path of the file, with `/`. */
export function approvalOff(path: string, { path: keys, text, isString }: Entry): ApprovalOff | undefined {
  const key = keys.join('.');
  const isOn = !isString && text === 'true';
  if (/(?:^|\/)\.claude\/settings[^/]*\.json$/.test(path)) return ofClaude(key, keys, text, isOn);
  if (/(?:^|\/)\.vscode\/settings\.json$/.test(path)) return ofEditor(key, keys, text, isOn);
  if (/(?:^|\/)\.cursor\/cli\.json$/.test(path)) return allowed(keys, text);
  if (/(?:^|\/)\.gemini\/settings\.json$/.test(path)) {
    const isOff = /^(?:tools\.)?autoAccept$/.test(key) && isOn;
    return isOff || (/(?:^|\.)(?:default)?approvalMode$/i.test(key) && text === 'yolo') ? HIGH : undefined;
  }
  if (/(?:^|\/)opencode\.jsonc?$/.test(path))
    return /^permission(?:\.(?:bash|\*))?(?:\.\*)?$/.test(key) && text === 'allow' ? MEDIUM : undefined;
  return undefined;
}

const HIGH: ApprovalOff = { confidence: 'high' };
const MEDIUM: ApprovalOff = { confidence: 'medium' };

function ofClaude(
  key: string,
  keys: readonly string[],
  text: string,
  isOn: boolean,
): ApprovalOff | undefined {
  if (key === 'permissions.defaultMode' && text === 'bypassPermissions') return HIGH;
  if (key === 'skipDangerousModePermissionPrompt' && isOn) return HIGH;
  if (key === 'enableAllProjectMcpServers' && isOn) return MEDIUM;
  return allowed(keys, text);
}

function allowed(keys: readonly string[], text: string): ApprovalOff | undefined {
  if (keys.length !== 3 || keys[0] !== 'permissions' || keys[1] !== 'allow') return undefined;
  return ANY_COMMAND.test(text) ? HIGH : WIDE_COMMAND.test(text) ? MEDIUM : undefined;
}

/** Sources: the documentation of VS Code 1.106 and Roo Code 3. */
function ofEditor(
  key: string,
  keys: readonly string[],
  text: string,
  isOn: boolean,
): ApprovalOff | undefined {
  if (/^chat\.tools\.(?:global\.)?autoApprove$/.test(key)) return isOn ? HIGH : undefined;
  if (keys[0] === 'chat.tools.terminal.autoApprove' && keys.length === 2)
    return isOn && /^\/(?:\^)?\.[*+]\$?\/[a-z]*$/.test(keys[1] as string) ? HIGH : undefined;
  if (/^(?:roo-cline|cline|kilo-code)\.allowedCommands$/.test(keys[0] ?? ''))
    return text === '*' ? HIGH : undefined;
  return undefined;
}
