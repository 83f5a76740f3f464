/**
 * Under which names AI tools make commits. Only whole addresses count: people at the makers of these tools commit
 * from the same domains. Robots that are no AI (of dependencies, of releases) are not in the list and so mean
 * nothing.
 */

import { cleanText } from '../stranger-text';
import { modelName } from '../tools';

export interface Identity {
  readonly tool: string;
  /** In lower case. */
  readonly addresses?: readonly string[];
  /**
   * Accounts of GitHub: `<slug>@users.noreply.github.com`, with any number and `+` before it. In lower case; those of
   * apps end with `[bot]`.
   */
  readonly accounts?: readonly string[];
  /** Whether the name beside the address says which model it was. */
  readonly namesModel?: true;
  /** What it is worth as a co-author, where that is less than usual; with the reason. */
  readonly asCoAuthor?: { readonly confidence: number; readonly because: string };
  /** Only a hint, with the reason. */
  readonly isHint?: { readonly confidence: number; readonly because: string };
}

const TYPED_BY_HAND = { confidence: 0.5, because: 'an address that is mostly typed by hand' };
const SUGGESTIONS = { confidence: 0.4, because: 'often one applied suggestion of a review' };

/** From documentation, sources and public histories of the tools. */
export const IDENTITIES: readonly Identity[] = [
  {
    tool: 'Claude Code',
    addresses: ['noreply@anthropic.com'],
    accounts: ['claude[bot]'],
    namesModel: true,
  },
  {
    tool: 'Codex',
    // The last is an account whose name a person could have: so with its number.
    addresses: ['noreply@openai.com', 'codex@openai.com', '242516109+codex@users.noreply.github.com'],
  },
  { tool: 'Cursor', addresses: ['cursoragent@cursor.com'], accounts: ['cursor[bot]'] },
  { tool: 'GitHub Copilot', accounts: ['copilot', 'copilot[bot]', 'copilot-swe-agent[bot]'] },
  {
    tool: 'GitHub Copilot',
    addresses: ['copilot@github.com'],
    isHint: { confidence: 0.3, because: 'VS Code adds this co-author to commits without AI too' },
  },
  { tool: 'Devin', accounts: ['devin-ai-integration[bot]'] },
  { tool: 'Jules', accounts: ['google-labs-jules[bot]'] },
  { tool: 'Gemini Code Assist', accounts: ['gemini-code-assist[bot]'], asCoAuthor: SUGGESTIONS },
  { tool: 'Gemini CLI', addresses: ['gemini-cli@google.com'], accounts: ['gemini-cli'] },
  {
    tool: 'Aider',
    addresses: ['aider@aider.chat', 'noreply@aider.chat', 'noreply@aider.dev'],
    namesModel: true,
  },
  { tool: 'Amp', addresses: ['amp@ampcode.com'] },
  { tool: 'opencode', addresses: ['noreply@opencode.ai'], accounts: ['opencode-agent[bot]'] },
  { tool: 'Roo Code', addresses: ['roomote@roocode.com'] },
  { tool: 'OpenHands', addresses: ['openhands@all-hands.dev'] },
  { tool: 'Augment', addresses: ['code@augmentcode.com', 'noreply@augmentcode.com'] },
  { tool: 'Factory Droid', accounts: ['factory-droid[bot]'] },
  { tool: 'Junie', addresses: ['junie@jetbrains.com'] },
  { tool: 'Kiro', accounts: ['kiro-agent'] },
  { tool: 'Kiro', addresses: ['kiro@amazon.com', 'kiro@kiro.dev'], asCoAuthor: TYPED_BY_HAND },
  { tool: 'Amazon Q', addresses: ['amazon-q@amazon.com'], accounts: ['amazon-q-developer[bot]'] },
  { tool: 'Qwen Code', addresses: ['qwen-coder@alibabacloud.com'] },
  {
    tool: 'Windsurf',
    addresses: ['cascade@windsurf.ai', 'cascade@windsurf.com'],
    asCoAuthor: TYPED_BY_HAND,
  },
  {
    tool: 'Zed',
    addresses: ['noreply@zed.dev'],
    isHint: { confidence: 0.35, because: 'an address known from a template only' },
  },
  { tool: 'Warp', addresses: ['agent@warp.dev', 'oz-agent@warp.dev'], asCoAuthor: TYPED_BY_HAND },
  { tool: 'Grok', addresses: ['grok@x.ai'], asCoAuthor: TYPED_BY_HAND },
  { tool: 'Codebuff', addresses: ['noreply@codebuff.com'], asCoAuthor: TYPED_BY_HAND },
  { tool: 'Antigravity', addresses: ['antigravity@gemini.ai'], asCoAuthor: TYPED_BY_HAND },
  { tool: 'Sweep', accounts: ['sweep-ai[bot]'] },
  { tool: 'Codegen', accounts: ['codegen-sh[bot]'] },
  { tool: 'Ellipsis', accounts: ['ellipsis-dev[bot]'] },
];

const BY_ADDRESS = new Map(
  IDENTITIES.flatMap((one) => (one.addresses ?? []).map((at) => [at, one] as const)),
);
const BY_ACCOUNT = new Map(IDENTITIES.flatMap((one) => (one.accounts ?? []).map((at) => [at, one] as const)));

/** Who has this e-mail address. */
export function identityOf(address: string): Identity | undefined {
  const lower = address.toLowerCase();
  const [, account] = /^(?:\d+\+)?([^@+]+)@users\.noreply\.github\.com$/.exec(lower) ?? [];
  return BY_ADDRESS.get(lower) ?? (account === undefined ? undefined : BY_ACCOUNT.get(account));
}

const TOOL_WITH_MODEL = /^[\w .-]{1,40}?\s*\(([^()]{1,80})\)$/;
/** `Claude Code`, `claude[bot]`, `Claude (Anthropic AI)`: nothing of a model. */
const CLAUDE_ITSELF = /^claude(?:[ ([]+(?:code|ai|agent|assistant|bot|anthropic|from|by))*[)\]]*$/i;

/**
 * The model that the name beside an address says: `Claude Opus 4.6`, `GPT-5.6 Sol` beside Claude Code's address,
 * `aider (gpt-4o)`. Undefined where it says the tool only.
 */
export function modelBeside(identity: Identity, name: string): string | undefined {
  const text = cleanText(name, 100);
  if (text === undefined || identity.namesModel === undefined) return undefined;
  if (identity.tool === 'Aider') return modelName(TOOL_WITH_MODEL.exec(text)?.[1]);
  return CLAUDE_ITSELF.test(text) ? undefined : modelName(text);
}
