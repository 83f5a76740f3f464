import type { Confidence, Report } from '../../analysis/finding';
import type { ItemFacts } from '../../analysis/item-facts';
import { canonicalName } from '../../analysis/name';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import { inProduction, mayRunInProduction } from '../../analysis/production';
import type { Rule } from '../../analysis/rule';
import { isTestPath } from '../../analysis/test-path';
import { constantString, pairOf, resolvedValue } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import { CONTEXT_NAMES, RESPONSE_NAMES } from '../../models/refusals';

const ANSWERING: CallTest = { method: new Set(['json', 'send', 'end', 'jsonp', 'write']) };

/** Options that open a tool of developers, and what it shows. Source: the documentation of each package. */
interface DebugOption {
  readonly option: string;
  readonly effect: string;
  readonly confidence: Confidence;
}
const SCHEMA = 'Everybody can read the whole schema, and try each field of it';
const STACKS = 'Clients are sent the stack of each error';

const APOLLO: readonly DebugOption[] = [
  { option: 'introspection', effect: SCHEMA, confidence: 'medium' },
  { option: 'playground', effect: SCHEMA, confidence: 'medium' },
  { option: 'debug', effect: STACKS, confidence: 'medium' },
  { option: 'includeStacktraceInErrorResponses', effect: STACKS, confidence: 'high' },
];
const GRAPHIQL: readonly DebugOption[] = [{ option: 'graphiql', effect: SCHEMA, confidence: 'medium' }];
const OLD_HANDLER: readonly DebugOption[] = [
  { option: 'showStack', effect: STACKS, confidence: 'high' },
  { option: 'dumpExceptions', effect: STACKS, confidence: 'medium' },
];
const OPTIONS: ReadonlyMap<string, readonly DebugOption[]> = new Map([
  ...[
    '@apollo/server',
    'apollo-server',
    'apollo-server-express',
    'apollo-server-koa',
    'apollo-server-fastify',
  ].map((module): [string, readonly DebugOption[]] => [`${module}.ApolloServer`, APOLLO]),
  ['express-graphql', GRAPHIQL],
  ['express-graphql.graphqlHTTP', GRAPHIQL],
  ['koa-graphql', GRAPHIQL],
  ['graphql-yoga.createYoga', GRAPHIQL],
  ['express.errorHandler', OLD_HANDLER],
  ['errorhandler', OLD_HANDLER],
]);

const PROCESSES: ReadonlySet<string> = new Set(
  ['spawn', 'spawnSync', 'fork', 'exec', 'execSync', 'execFile', 'execFileSync'].map(
    (name) => `child_process.${name}`,
  ),
);
const INSPECTORS: ReadonlySet<string> = new Set(['inspector.open']);
const ANYWHERE = /--inspect(?:-brk|-port)?[= ](?:0\.0\.0\.0|\[::\]|\*)/;

const ATTACH = 'Whoever reaches this port runs code in the program. Open the inspector on `127.0.0.1` only.';
const ENVIRONMENT =
  'Whoever asks gets all variables of the environment, with the keys in them. Answer the few values that are meant.';

export const debugExposed: Rule = {
  id: 'config/debug-exposed',
  title: 'A tool for developers is open to everybody',
  severity: 'warning',
  aiSeverity: 'warning',
  confidence: 'high',
  cwe: ['CWE-489', 'CWE-215', 'CWE-200', 'CWE-497', 'CWE-526'],
  owasp: ['A02:2025'],
  fixable: true,

  *check(facts) {
    for (const { name, args } of facts.callsTo(OPTIONS)) {
      const options = args[0] && resolvedValue(args[0]);
      if (options) yield* switchedOn(options, OPTIONS.get(name) ?? []);
    }
    yield* inspectors(facts);
    yield* environments(facts);
    yield* bundles(facts);
  },
};

function* switchedOn(options: Node, known: readonly DebugOption[]): Generator<Report> {
  if (options.kind !== 'object' || !mayRunInProduction(options)) return;
  for (const { option, effect, confidence } of known) {
    const pair = pairOf(options, option);
    if (!pair || inProduction(pair.value) !== true) continue;
    const value = resolvedValue(pair.value);
    const { start, end } = value;
    yield {
      at: pair.node,
      message: `${effect}. Switch \`${option}\` on in development only.`,
      confidence: isTestPath(options.item.file.path) ? 'low' : confidence,
      fixes: () =>
        value.text === 'true'
          ? [
              {
                title: 'Switch it on in development only',
                safety: 'unsafe',
                edits: [{ start, end, text: "process.env.NODE_ENV !== 'production'" }],
              },
            ]
          : [],
    };
  }
}

function* inspectors(facts: ItemFacts): Generator<Report> {
  for (const { args } of facts.callsTo(INSPECTORS)) {
    const host = args[1] && constantString(args[1]);
    if (args[1] && /^(?:0\.0\.0\.0|::)$/.test(host ?? '') && mayRunInProduction(args[1]))
      yield { at: args[1], message: ATTACH };
  }
  for (const { args } of facts.callsTo(PROCESSES)) {
    for (const argument of args.slice(0, 2)) {
      const value = resolvedValue(argument);
      const parts = value.kind === 'array' ? value.parts : [argument];
      const at = parts.find((part) => ANYWHERE.test(constantString(part) ?? ''));
      if (at && mayRunInProduction(at)) yield { at, message: ATTACH };
    }
  }
}

/** `app.get('/debug', (req, res) => res.json(process.env))` */
function* environments(facts: ItemFacts): Generator<Report> {
  for (const { callee, args } of facts.callsOf(ANSWERING)) {
    if (!args[0]) continue;
    if (!isResponse(callee.child('object'))) continue;
    const at = wholeEnvironment(args[0]);
    if (at && mayRunInProduction(at)) yield { at, message: ENVIRONMENT };
  }
}

/** `res`, `res.status(200)`, `NextResponse` */
function isResponse(object: Node | undefined): boolean {
  let root = object;
  for (let inner = root; inner; inner = inner.child('function')?.child('object')) root = inner;
  const words = wordsOf(root?.text.slice(0, 40) ?? '');
  return words.some((word) => RESPONSE_NAMES.has(word)) || CONTEXT_NAMES.has(words.at(-1) ?? '');
}

/** `new webpack.DefinePlugin({ 'process.env': JSON.stringify(process.env) })` */
function* bundles(facts: ItemFacts): Generator<Report> {
  for (const { args } of facts.callsTo(DEFINING)) {
    const at = args[0] && wholeEnvironment(args[0]);
    if (at) yield { at, message: BUNDLE };
  }
}

const DEFINING: ReadonlySet<string> = new Set(['webpack.DefinePlugin', 'webpack.EnvironmentPlugin']);
const BUNDLE =
  'Whoever loads the page gets all variables of the machine that built it, with the keys in them. Name the few that are meant.';

function wholeEnvironment(answer: Node): Node | undefined {
  const value = resolvedValue(answer);
  if (canonicalName(value) === 'process.env') return answer;
  if (value.kind === 'call_expression') {
    const [first] = value.child('arguments')?.parts ?? [];
    const isText = canonicalName(value.child('function') ?? value) === 'globalThis.JSON.stringify';
    return isText && first ? wholeEnvironment(first) : undefined;
  }
  if (value.kind !== 'object') return undefined;
  for (const part of value.parts) {
    const inner =
      part.kind === 'pair' ? part.child('value') : part.kind === 'spread_element' ? part.parts[0] : undefined;
    if (inner && (wholeEnvironment(inner) || canonicalName(resolvedValue(inner)) === 'process.env'))
      return inner;
  }
  return undefined;
}
