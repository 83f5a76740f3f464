/**
 * Whether what stands in `Assisted-by:` and the like is an AI tool. Projects write people there too (curl did so 279
 * times), and several tools are called as people are: the whole text has to be made of words for tools and models.
 */
import { cleanText } from '../stranger-text';
import { modelName } from '../tools';

export interface NamedTool {
  readonly tool: string | undefined;
  readonly model: string | undefined;
}

/** The words that a name begins with, longest first, and the tool. */
const TOOLS: readonly (readonly [string, string])[] = [
  ['amazon q developer', 'Amazon Q'],
  ['gemini code assist', 'Gemini Code Assist'],
  ['github copilot', 'GitHub Copilot'],
  ['openai codex', 'Codex'],
  ['anthropic claude', 'Claude'],
  ['google gemini', 'Gemini'],
  ['google jules', 'Jules'],
  ['factory droid', 'Factory Droid'],
  ['claude code', 'Claude Code'],
  ['gemini cli', 'Gemini CLI'],
  ['cursor agent', 'Cursor'],
  ['codex cli', 'Codex'],
  ['qwen coder', 'Qwen Code'],
  ['qwen code', 'Qwen Code'],
  ['qwen-coder', 'Qwen Code'],
  ['roo code', 'Roo Code'],
  ['rovo dev', 'Rovo Dev'],
  ['devin ai', 'Devin'],
  ['amazon q', 'Amazon Q'],
  ['claude-code', 'Claude Code'],
  ['gemini-cli', 'Gemini CLI'],
  ['chatgpt', 'ChatGPT'],
  ['windsurf', 'Windsurf'],
  ['opencode', 'opencode'],
  ['openhands', 'OpenHands'],
  ['deepseek', 'DeepSeek'],
  ['copilot', 'GitHub Copilot'],
  ['claude', 'Claude'],
  ['gemini', 'Gemini'],
  ['cursor', 'Cursor'],
  ['codex', 'Codex'],
  ['aider', 'Aider'],
  ['cline', 'Cline'],
  ['junie', 'Junie'],
  ['kiro', 'Kiro'],
  ['grok', 'Grok'],
  ['amp', 'Amp'],
];
/** Called as people are: a further word has to tell. */
const ALSO_PEOPLE: readonly (readonly [string, string])[] = [
  ['devin', 'Devin'],
  ['jules', 'Jules'],
];

/** Names of tools and of their models alike. */
const MODEL_FAMILIES = new Set(['ChatGPT', 'Claude', 'DeepSeek', 'Gemini', 'Grok']);
const MODEL =
  '(?:claude|gpt|chatgpt|gemini|gemma|llama|qwen|deepseek|mistral|codestral|devstral|grok|kimi|glm|swe|composer|codex|opus|sonnet|haiku|fable|o[1345])';
const MODEL_START = new RegExp(`^${MODEL}(?:[-\\d]|$)`, 'i');
/** What may follow a name without making it a person's: models, versions, what kind of tool. */
const FURTHER = new RegExp(
  `^(?:${MODEL}(?:[-.\\d][\\w.-]*)?|v?\\d[\\w.-]*|ai|agent|cli|code|coder|assistant|chat|desktop|web|ide|model|pro|mini|nano|flash|turbo|max|plus|lite|high|medium|low|fast|thinking|preview|latest|llm|with|via|using|and|in|on|through|[+/&,]|from|anthropic|openai|google|github)$`,
  'i',
);
const WORDS_FOR_ANY =
  /^(?:an? )?(?:generic )?(?:(?:LLM|AI|GenAI|generative AI|large language model)(?: (?:chatbot|assistant|agent|tool|model|tools))?|AI[ -]generated)$/;
const NO_TOOL = /^(?:none|no|nobody|nothing|not|n\/?a|never|without|human|humans|-+)(?![\w.])/i;

/**
 * The tool that a text names, `Claude:claude-3-opus coccinelle`, `ChatGPTv5`, `Cursor with gpt-5`; undefined for
 * anything that can be a person or another program. The tool may be undefined: `generic LLM chatbot`.
 */
export function namedTool(value: string): NamedTool | undefined {
  const text = cleanText(value.replace(/\s*\[[^\]]*\]/g, ' ').replace(/[()]/g, ' '));
  if (text === undefined || NO_TOOL.test(text)) return undefined;
  if (WORDS_FOR_ANY.test(text)) return { tool: undefined, model: undefined };
  return toolAndModel(text) ?? knownTool(text);
}

/** Exactly the name of a tool, as in lines that tools write themselves. */
export function exactTool(value: string): string | undefined {
  const text = cleanText(value)?.toLowerCase();
  return [...TOOLS, ...ALSO_PEOPLE].find(([name]) => name === text)?.[1];
}

/** The form of the Linux kernel: `TOOL:MODEL`, and then other tools. */
function toolAndModel(text: string): NamedTool | undefined {
  const [, name, model] = /^([A-Za-z][\w .-]{0,40}):([A-Za-z][\w./-]*)(?:\s|$)/.exec(text) ?? [];
  if (name === undefined || model === undefined) return undefined;
  const tool = exactTool(name);
  if (tool === undefined && !MODEL_START.test(model.slice(model.lastIndexOf('/') + 1))) return undefined;
  return { tool: tool ?? name, model: modelName(model) };
}

function knownTool(text: string): NamedTool | undefined {
  const lower = text.toLowerCase();
  for (const [name, tool] of TOOLS) {
    if (!lower.startsWith(name)) continue;
    const further = text.slice(name.length);
    // `ChatGPTv5`, `Claude-3`; not `Claudette`.
    if (!/^(?:$|\s|,|[-:]?v?\d)/i.test(further)) continue;
    return areFurtherWords(further) ? { tool, model: modelIn(tool, text, further) } : undefined;
  }
  for (const [name, tool] of ALSO_PEOPLE) {
    if (lower.startsWith(`${name} `) && areFurtherWords(text.slice(name.length)))
      return { tool, model: undefined };
  }
  const [first = ''] = lower.split(/[\s,]/);
  const isModel = MODEL_START.test(first) && /\d/.test(first) && areFurtherWords(text.slice(first.length));
  return isModel ? { tool: undefined, model: modelName(text) } : undefined;
}

function areFurtherWords(text: string): boolean {
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  return words.every((word) => FURTHER.test(word.replace(/^[-:]|:$/g, '')) || exactTool(word) !== undefined);
}

/** What has a number behind it in `Claude Opus 4.5`; elsewhere a number is the tool's, and a model has its own name. */
function modelIn(tool: string, text: string, further: string): string | undefined {
  if (MODEL_FAMILIES.has(tool)) return /\d/.test(further) ? modelName(text) : undefined;
  return modelName(further.split(/[\s,]+/).find((word) => MODEL_START.test(word) && /\d/.test(word)));
}
