import type { Confidence, Report } from '../../analysis/finding';
import type { ItemFacts } from '../../analysis/item-facts';
import { propertyName } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { stringParts } from '../../analysis/string-parts';
import { constantBoolean, constantString, pairOf, resolvedValue } from '../../analysis/value';
import { settingRead } from '../../models/environment';
import { hostOf, isRemoteHost } from '../../models/hosts';
import { runtimeOf } from '../../models/runtime';

/** Hosts of services that are paid by the key. */
const MODEL_HOST =
  /^(?:api\.openai\.com|api\.anthropic\.com|generativelanguage\.googleapis\.com|api\.mistral\.ai|api\.groq\.com|openrouter\.ai|api\.cohere\.(?:ai|com)|api\.deepseek\.com|api\.together\.xyz|api\.perplexity\.ai|api\.x\.ai|api\.replicate\.com)$/;
const REQUESTS: ReadonlySet<string> = new Set([
  'globalThis.fetch',
  'axios.post',
  'axios',
  'axios.request',
  'ky.post',
]);

export const browserLlmKey: Rule = {
  id: 'agent/browser-llm-key',
  title: 'The key of a language model is in the browser',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-522', 'CWE-798'],
  owasp: ['A06:2025'],
  fixable: false,

  *check(facts) {
    for (const node of facts.nodes('pair')) {
      const [key, value] = [node.child('key'), node.child('value')];
      if (
        !key ||
        !value ||
        propertyName(key) !== 'dangerouslyAllowBrowser' ||
        constantBoolean(value) !== true
      )
        continue;
      const options = node.parent;
      if (options?.kind !== 'object' || isLocal(options)) continue;
      yield reportOf(node, confidenceOfKey(pairOf(options, 'apiKey')?.value));
    }
    yield* requests(facts);
  },
};

function reportOf(at: Node, confidence: Confidence): Report {
  return {
    at,
    message: 'Every visitor can read this key and spend with it. Call the model from the server.',
    confidence,
  };
}

function isLocal(options: Node): boolean {
  const base = pairOf(options, 'baseURL')?.value;
  const address = base && constantString(base);
  // A path of one's own server, or a model on this machine.
  return address !== undefined && (!/^https?:/.test(address) || !isRemoteHost(hostOf(address)));
}

/** A key that a visitor typed is the visitor's own. */
function confidenceOfKey(key: Node | undefined): Confidence {
  if (!key) return 'high';
  const value = resolvedValue(key);
  if (settingRead(value) || /\benv\b/.test(value.text.slice(0, 80))) return 'high';
  const text = constantString(value);
  if (text !== undefined) return /^(?:ollama|dummy|none|not[-_ ]?needed|x+|)$/i.test(text) ? 'low' : 'high';
  return 'low';
}

function* requests(facts: ItemFacts): Generator<Report> {
  for (const { args } of facts.callsTo(REQUESTS)) {
    const [address] = args;
    const [begin] = address ? stringParts(resolvedValue(address)) : [];
    const text =
      address &&
      (constantString(address) ?? (typeof begin === 'string' ? begin : begin && constantString(begin)));
    if (!address || text === undefined || !MODEL_HOST.test(hostOf(text))) continue;
    if (sendsKey(args) && runtimeOf(facts.file) === 'client') yield reportOf(address, 'high');
  }
}

const KEY = /key|token|secret/i;

/** Whether a key of the bundle is sent along: one of its environment, or one that is written. */
function sendsKey(args: readonly Node[]): boolean {
  return args.some((argument) => holdsKey(argument, MOST_STEPS));
}

/** So many variables are followed into one another. */
const MOST_STEPS = 4;

function holdsKey(expression: Node, steps: number): boolean {
  for (const part of resolvedValue(expression).walkOwn()) {
    const isName = part.kind === 'identifier' || part.kind === 'shorthand_property_identifier';
    if (!isName && part.kind !== 'member_expression') continue;
    if (KEY.test(settingRead(part)?.name ?? '')) return true;
    if (!isName) continue;
    const value = resolvedValue(part);
    if (value.is(part)) continue;
    if (KEY.test(part.text) && constantString(value) !== undefined) return true;
    if (steps > 0 && holdsKey(value, steps - 1)) return true;
  }
  return false;
}
