/** How AI tools name themselves in notes and logs, and how persons know them. */
import { cleanText } from './stranger-text';

/** A tool in a note to its name. In lower case; git-ai's list, and what others were seen to write. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['aider', 'Aider'],
  ['amp', 'Amp'],
  ['claude', 'Claude Code'],
  ['claude-code', 'Claude Code'],
  ['claudecode', 'Claude Code'],
  ['cline', 'Cline'],
  ['codex', 'Codex'],
  ['continue-cli', 'Continue'],
  ['copilot', 'GitHub Copilot'],
  ['cursor', 'Cursor'],
  ['devin', 'Devin'],
  ['droid', 'Factory Droid'],
  ['firebender', 'Firebender'],
  ['gemini', 'Gemini CLI'],
  ['gemini-cli', 'Gemini CLI'],
  ['github-copilot', 'GitHub Copilot'],
  ['github-copilot-cli', 'GitHub Copilot CLI'],
  ['github-copilot-tab', 'GitHub Copilot'],
  ['junie', 'Junie'],
  ['kiro', 'Kiro'],
  ['opencode', 'opencode'],
  ['qwen-code', 'Qwen Code'],
  ['qwen-coder', 'Qwen Code'],
  ['rovodev', 'Rovo Dev'],
  ['windsurf', 'Windsurf'],
]);

/** Said where no model is known, or where another name than a model's was at hand. */
const NO_MODEL = new Set(['', '<synthetic>', 'auto', 'default', 'none', 'null', 'tab', 'unknown']);

/** The tool as a person knows it; cleaned where it is not known here. */
export function toolName(value: unknown): string | undefined {
  const text = cleanText(value, 60);
  if (text === undefined || /^(?:unknown|none|null)$/i.test(text)) return undefined;
  return NAMES.get(text.toLowerCase()) ?? text;
}

export function modelName(value: unknown): string | undefined {
  const text = cleanText(value, 100);
  return text === undefined || NO_MODEL.has(text.toLowerCase()) ? undefined : text;
}
