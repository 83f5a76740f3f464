/** Where a library is given the instructions that a language model is to obey above all else. */

import type { Call, ItemFacts } from '../../analysis/item-facts';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import { constantString, propertyOf, resolvedValue } from '../../analysis/value';
import { isModelClientCall, MODEL_METHODS } from './model-answers';

export interface SystemPrompt {
  readonly call: Call;
  /** The text, unless it is constant. */
  readonly text: Node;
}

interface Row {
  /** Of the canonical name, whole. */
  readonly name: RegExp;
  /** Properties of the options that are instructions. */
  readonly options: readonly string[];
  /** Properties of the options that are lists of messages with roles. */
  readonly messages?: readonly string[];
}

/**
 * Sources: the documentation of the AI SDK 6, `openai` 6, `@anthropic-ai/sdk` 0.70, OpenAI Agents 0.3, Mastra 0.24,
 * `@google/genai` 1, Ollama 0.6.
 */
const ROWS: readonly Row[] = [
  {
    name: /^ai\.(?:generateText|streamText|generateObject|streamObject|(?:Experimental_|ToolLoop)?Agent)$/,
    options: ['system', 'instructions'],
    messages: ['messages'],
  },
  { name: /^openai(?:\.\w+)*\(\)\.responses\.create$/, options: ['instructions'], messages: ['input'] },
  { name: /\.chat\.completions\.(?:create|parse|stream)$/, options: [], messages: ['messages'] },
  { name: /^openai\.OpenAIApi\(\)\.createChatCompletion$/, options: [], messages: ['messages'] },
  { name: /^@anthropic-ai\/sdk.*\.messages\.(?:create|stream)$/, options: ['system'] },
  { name: /^@openai\/agents(?:-core)?\.Agent$/, options: ['instructions'] },
  { name: /^@mastra\/core(?:\/agent)?\.Agent$/, options: ['instructions'] },
  {
    name: /^@google\/generative-ai\.GoogleGenerativeAI\(\)\.getGenerativeModel$/,
    options: ['systemInstruction'],
  },
  { name: /^@google\/genai\.GoogleGenAI\(\)\.models\.generateContent(?:Stream)?$/, options: ['config'] },
  { name: /^ollama\.(?:Ollama\(\)\.)?(?:chat|generate)$/, options: ['system'], messages: ['messages'] },
];

/** The text is the argument itself. */
const TEXTS: ReadonlySet<string> = new Set([
  '@langchain/core/messages.SystemMessage',
  'langchain/schema.SystemMessage',
  '@langchain/core/prompts.SystemMessagePromptTemplate.fromTemplate',
]);

/** To leave other calls alone at once. */
const METHODS: ReadonlySet<string> = new Set(
  (
    'create parse stream createChatCompletion getGenerativeModel generateContent generateContentStream chat generate ' +
    'fromTemplate generateText streamText generateObject streamObject'
  ).split(' '),
);

const MAY_INSTRUCT: CallTest = {
  to: { has: (name) => TEXTS.has(name) || ROWS.some((row) => row.name.test(name)) },
  method: MODEL_METHODS,
};

export function* systemPromptsIn(facts: ItemFacts): Generator<SystemPrompt> {
  for (const call of facts.callsOf(MAY_INSTRUCT)) {
    const { callee, method } = call;
    const isCandidate =
      method === undefined ? callee.kind === 'identifier' : METHODS.has(method) || call.isNew;
    const name = isCandidate ? (call.name ?? '') : undefined;
    if (name === undefined) continue;
    const [first] = call.args;
    if (!first) continue;
    if (TEXTS.has(name)) yield* dynamic(call, first);
    const row =
      ROWS.find((each) => each.name.test(name)) ?? (isModelClientCall(call) ? ANY_CLIENT : undefined);
    const options = row && resolvedValue(first);
    if (options?.kind === 'object') yield* inOptions(call, options, row as Row);
  }
}

/** A client of another file: what it is called with says the same. */
const ANY_CLIENT: Row = { name: /^$/, options: ['system', 'instructions'], messages: ['messages', 'input'] };

function* inOptions(call: Call, options: Node, row: Row): Generator<SystemPrompt> {
  for (const key of row.options) {
    const given = propertyOf(options, key);
    const value = given && resolvedValue(given);
    if (key === 'config') {
      const inner = value?.kind === 'object' ? propertyOf(value, 'systemInstruction') : undefined;
      if (inner) yield* dynamic(call, inner);
    } else if (value?.kind === 'array') yield* ofMessages(call, value, /^/);
    else if (given) yield* dynamic(call, given);
  }
  for (const key of row.messages ?? []) {
    const given = propertyOf(options, key);
    const list = given && resolvedValue(given);
    if (list?.kind === 'array') yield* ofMessages(call, list, /^(?:system|developer)$/);
  }
}

/** `{ role: 'system', content }`; blocks of a system prompt have no role, and a `text`. */
function* ofMessages(call: Call, list: Node, role: RegExp): Generator<SystemPrompt> {
  for (const part of list.parts) {
    const message = resolvedValue(part);
    if (message.kind !== 'object') continue;
    const said = propertyOf(message, 'role');
    const text = propertyOf(message, 'content') ?? propertyOf(message, 'text');
    if (text && role.test((said && constantString(said)) ?? '')) yield* dynamic(call, text);
  }
}

function* dynamic(call: Call, text: Node): Generator<SystemPrompt> {
  if (constantString(text) === undefined) yield { call, text };
}
