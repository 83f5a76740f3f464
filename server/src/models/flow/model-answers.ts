/** Answers of language models that no canonical name tells: by a schema, or of a client from another file. */
import { bindingOf } from '../../analysis/flow/binding';
import { EVERYTHING, maskOf, NOTHING } from '../../analysis/flow/capability';
import type { Source } from '../../analysis/flow/flow-model';
import type { Path } from '../../analysis/flow/path';
import { type Call, callAt } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import { canonicalName } from '../../analysis/name';
import type { Node } from '../../analysis/node';
import { constantString, propertyOf, resolvedValue } from '../../analysis/value';
import { importsAny } from '../runtime';
import { sortOfPart } from './schemas';

/** To leave other calls alone at once. */
export const MODEL_METHODS: ReadonlySet<string> = new Set([
  'create',
  'createChatCompletion',
  'generateContent',
  'invoke',
  'parse',
  'stream',
]);
const OBJECTS: ReadonlySet<string> = new Set(['ai.generateObject', 'ai.streamObject']);
/** Packages whose clients a class may keep in a field. */
const PACKAGES: readonly string[] = [
  'openai',
  '@anthropic-ai/',
  '@google/generative-ai',
  '@google/genai',
  '@langchain/',
  'langchain',
  'groq-sdk',
  'together-ai',
];

const ANSWER: Source = { kind: 'model', clean: NOTHING };
const TYPED: Source = { kind: 'model', clean: maskOf(['nosql']) };
const CHOSEN: Source = { kind: 'model', clean: EVERYTHING };

export function modelAnswer(call: Call, name: string | undefined, path: Path): Source | undefined {
  if (name !== undefined && OBJECTS.has(name)) return typedAnswer(call, path);
  const { method } = call;
  if (method === undefined || !MODEL_METHODS.has(method)) return undefined;
  if (name !== undefined && /^@langchain\/.*\(\)\.invoke$/.test(name))
    return /retriever|loader|vectorstore/i.test(name) ? undefined : ANSWER;
  if (method === 'invoke' && isChainOfModel(call)) return ANSWER;
  return isTellingCall(call) && isFromElsewhere(call, name) ? ANSWER : undefined;
}

/** LangChain: `prompt.pipe(new ChatOpenAI()).pipe(parser).invoke({})`, with the chain in a variable or not. */
function isChainOfModel({ callee }: Call): boolean {
  let node = callee.child('object');
  for (let steps = MOST_PIPES; node && steps > 0; steps--) {
    const piped: Call | undefined = callAt(resolvedValue(node));
    if (piped?.method !== 'pipe') return false;
    const name = piped.args[0] && canonicalName(piped.args[0]);
    if (
      name !== undefined &&
      /^@langchain\/[\w-]+\.(?:Chat)?[A-Z]\w*\(\)$/.test(name) &&
      !/Parser|Prompt/.test(name)
    )
      return true;
    node = piped.callee.child('object');
  }
  return false;
}

/** More pieces than a chain has. */
const MOST_PIPES = 12;

/** Whether a call is one to a model by what is called, of a client that another file or a caller hands over. */
export function isModelClientCall(call: Call): boolean {
  return MODEL_METHODS.has(call.method ?? '') && isTellingCall(call) && isFromElsewhere(call, call.name);
}

/** `generateObject({ schema })`: what the schema lets through in the part that is asked for. */
function typedAnswer({ args: [first] }: Call, path: Path): Source | undefined {
  const options = first && resolvedValue(first);
  if (!options) return ANSWER;
  const output = propertyOf(options, 'output');
  const kind = output && constantString(output);
  if (
    kind === 'enum' ||
    (path.length > 0 && !/^(?:object|partialObjectStream|elementStream)$/.test(path[0] as string))
  )
    return CHOSEN;
  const schema = kind === 'no-schema' ? undefined : propertyOf(options, 'schema');
  if (!schema) return ANSWER;
  const inside = path.slice(kind === 'array' ? 2 : 1);
  const sort = sortOfPart(schema, inside);
  return sort === 'strict' ? CHOSEN : sort === 'text' ? TYPED : ANSWER;
}

/** `client.chat.completions.create(…)`, whoever the client is; `messages.create` others have as well. */
function isTellingCall({ method, callee }: Call): boolean {
  const text = namesIn(callee.child('object'));
  switch (method) {
    case 'create':
    case 'parse':
      return (
        /\.chat\.completions$/.test(text) ||
        /(?:anthropic|claude)\w*\.(?:beta\.)?messages$/i.test(text) ||
        /openai\w*\.(?:responses|completions)$/i.test(text)
      );
    case 'stream':
      return /(?:anthropic|claude)\w*\.(?:beta\.)?messages$/i.test(text);
    case 'createChatCompletion':
      return true;
    case 'generateContent':
      return /model|gemini|gen_?ai/i.test(text);
    case 'invoke':
      return /(?:llm|chat_?model|chatopenai|agent_?executor)$/i.test(text);
    default:
      return false;
  }
}

/** `this.client.chat.completions` as its names, whatever is called on the way. */
function namesIn(expression: Node | undefined): string {
  const names: string[] = [];
  for (let node = expression && unwrap(expression), steps = 8; node && steps > 0; steps--) {
    if (node.kind === 'identifier') names.unshift(node.text);
    else if (node.kind === 'member_expression') names.unshift(node.child('property')?.text ?? '');
    const next = node.child('object') ?? node.child('function');
    node = next && unwrap(next);
  }
  return names.join('.');
}

/** A client of another file, of a caller, or in a field of a class in a file that uses such a package. */
function isFromElsewhere({ callee }: Call, name: string | undefined): boolean {
  if (name !== undefined) return /^(?:\.{1,2}|[@~#][\w-]*)\//.test(name);
  const root = rootOf(callee);
  if (root.kind === 'this') return importsAny(root.item.file, PACKAGES);
  if (root.kind !== 'identifier') return false;
  const { file } = root.item;
  const declaration = file.lookUp(root.text, root);
  if (!declaration) return false;
  const declared = file.nodeOf(declaration);
  const binding = bindingOf(declared);
  if (binding.how === 'parameter') return true;
  // `const client = getClient();` of another file.
  const value = binding.how === 'value' ? binding.value && unwrap(binding.value) : undefined;
  return value !== undefined && /^(?:\.{1,2}|[@~#][\w-]*)\//.test(canonicalName(value) ?? '');
}

function rootOf(callee: Node): Node {
  let node = unwrap(callee);
  for (let steps = 8; steps > 0; steps--) {
    const next =
      node.child('object') ?? (node.kind === 'call_expression' ? node.child('function') : undefined);
    if (!next) break;
    node = unwrap(next);
  }
  return node;
}
