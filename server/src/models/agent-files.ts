/** Files that steer AI assistants and agents; the names come from the tools' documentation. */

const INSTRUCTIONS =
  /(?:^|\/)(?:claude(?:\.local)?\.md|agents\.md|gemini\.md|skill\.md|\.cursorrules|\.windsurfrules|\.clinerules[^/]*|[^/]+\.(?:prompt|agent|chatmode|instructions)\.md|[^/]+\.mdc|copilot-instructions\.md)$|(?:^|\/)(?:\.cursor\/rules|\.roo\/rules|\.clinerules|\.windsurf\/rules|\.claude\/(?:commands|agents|skills)|\.github\/(?:instructions|prompts|agents|chatmodes))\//i;

const SETTINGS =
  /(?:^|\/)(?:\.claude\/settings[^/]*\.json|\.mcp\.json|\.cursor\/mcp\.json|\.vscode\/(?:mcp|settings|tasks)\.json|\.github\/hooks\/[^/]+\.json|claude_desktop_config\.json|\.gemini\/settings\.json|\.codex\/config\.toml)$/i;

/** Whether an assistant reads the file as an instruction. @param path with `/`. */
export function isInstructionFile(path: string): boolean {
  return INSTRUCTIONS.test(path);
}

/** Whether the file says what an agent may do and which servers it talks to. @param path with `/`. */
export function isAgentSettings(path: string): boolean {
  return SETTINGS.test(path);
}
