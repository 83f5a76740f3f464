/** Sources that are known by the name of a module or of a global, and what cannot be in them. */
import type { SourceKind } from '../../analysis/flow/flow-model';

export interface NamedSource {
  /** Canonical name; what is behind it by `.` or `(` belongs to it. */
  readonly name: string;
  readonly kind: SourceKind;
}

/**
 * Sources: HTML; the documentation of Next.js 15, React Router 7, TanStack Router, h3, the AI SDK 5, `openai` 6,
 * `@anthropic-ai/sdk` 0.60, `@google/genai` 1, LangChain 0.3, Ollama; Node.
 */
export const NAMED_SOURCES: readonly NamedSource[] = [
  ...named('request', [
    'next/headers.cookies()',
    'next/headers.headers()',
    'next/headers.draftMode()',
    'h3.getQuery()',
    'h3.readBody()',
    'h3.readRawBody()',
    'h3.readFormData()',
    'h3.getRouterParam()',
    'h3.getRouterParams()',
    'h3.getHeader()',
    'h3.getCookie()',
  ]),
  ...named('page', [
    'globalThis.location.hash',
    'globalThis.location.search',
    'globalThis.location.href',
    'globalThis.location.pathname',
    'globalThis.document.location',
    'globalThis.document.URL',
    'globalThis.document.referrer',
    'globalThis.document.cookie',
    'globalThis.name',
    'globalThis.localStorage.getItem()',
    'globalThis.sessionStorage.getItem()',
    'next/navigation.useSearchParams()',
    'next/navigation.useParams()',
    'next/router.useRouter().query',
    'next/router.useRouter().asPath',
    'react-router-dom.useSearchParams()',
    'react-router-dom.useParams()',
    'react-router-dom.useLocation()',
    'react-router.useSearchParams()',
    'react-router.useParams()',
    'react-router.useLocation()',
  ]),
  ...named('model', [
    'ai.generateText()',
    'ai.streamText()',
    'openai.OpenAI().chat.completions.create()',
    'openai.OpenAI().responses.create()',
    'openai.OpenAI().completions.create()',
    'openai().chat.completions.create()',
    'openai().responses.create()',
    'openai().completions.create()',
    'openai.AzureOpenAI().chat.completions.create()',
    '@anthropic-ai/sdk().messages.create()',
    '@anthropic-ai/sdk.Anthropic().messages.create()',
    '@google/genai.GoogleGenAI().models.generateContent()',
    '@google/generative-ai.GoogleGenerativeAI().getGenerativeModel().generateContent()',
    '@langchain/openai.ChatOpenAI().invoke()',
    '@langchain/anthropic.ChatAnthropic().invoke()',
    '@langchain/google-genai.ChatGoogleGenerativeAI().invoke()',
    'groq-sdk().chat.completions.create()',
    '@mistralai/mistralai.Mistral().chat.complete()',
    'ollama.chat()',
    'ollama.generate()',
  ]),
  ...named('command-line', ['process.argv', 'process.stdin', 'yargs', 'minimist()', 'commander']),
  ...named('environment', [
    'process.env',
    'process.execPath',
    'process.cwd()',
    'process.platform',
    'process.arch',
    'process.version',
    'process.versions',
    'globalThis.__dirname',
    'globalThis.__filename',
    'os.homedir()',
    'os.userInfo()',
  ]),
];

function named(kind: SourceKind, names: readonly string[]): NamedSource[] {
  return names.map((name) => ({ name, kind }));
}
