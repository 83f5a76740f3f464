import type { Report } from '../../analysis/finding';
import type { Rule } from '../../analysis/rule';
import { type AgentDanger, agentDangersIn, type Harm } from '../../models/flow/agent-dangers';
import { shown, stepsOf } from '../../models/flow/flow-report';

/** Of the names of what asks a model: of libraries, and of clients from other files. */
const MODELS =
  'generateText generateObject generateContent streamText streamObject openai anthropic claude ai-sdk genai gen_ai generative-ai gemini langchain groq mistral ollama huggingface cohere replicate together-ai useChat useCompletion completion invoke'.split(
    ' ',
  );

export const modelOutputToSink: Rule = {
  id: 'agent/model-output-to-sink',
  title: 'What a language model wrote is run, or shown as HTML',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-94', 'CWE-78', 'CWE-89', 'CWE-79', 'CWE-22', 'CWE-918'],
  owasp: ['A05:2025'],
  fixable: true,
  words: MODELS,

  *check(facts) {
    for (const danger of facts.once(agentDangersIn)) {
      if (danger.flow.source?.kind === 'model') yield reportOf(danger);
    }
  },
};

const WHERE: Readonly<Record<Harm, readonly [what: string, cure: string]>> = {
  code: ['is run as code', 'Have it choose from functions that you wrote, or run it in a sandbox.'],
  shell: ['is run by a shell', 'Have it choose from commands that you wrote.'],
  sql: ['is run as SQL', 'Have it choose from queries that you wrote, and bind its values as parameters.'],
  html: ['is shown as HTML', 'Escape it, or sanitise what it is turned into.'],
  path: ['names a file', 'Resolve it and check that it stays in its folder.'],
  ssrf: ['names the host of a request', 'Allow known hosts only, and no private addresses.'],
};

function reportOf({ harm, at, piece, flow, hops, isWhole, confidence, fixes }: AgentDanger): Report {
  const [what, cure] = WHERE[harm];
  const bound = !isWhole && harm === 'sql' ? 'Bind it as a parameter.' : cure;
  return {
    at,
    message: `What a language model wrote, ${shown(piece)}, ${what}. ${bound}`,
    confidence,
    related: stepsOf(flow, hops, at),
    fixes,
  };
}
