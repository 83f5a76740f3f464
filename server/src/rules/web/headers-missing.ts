import type { Confidence, Report } from '../../analysis/finding';
import type { ItemFacts } from '../../analysis/item-facts';
import { propertyName } from '../../analysis/literal';
import { canonicalName } from '../../analysis/name';
import type { Node } from '../../analysis/node';
import { inProduction, mayRunInProduction } from '../../analysis/production';
import type { Rule } from '../../analysis/rule';
import type { SourceFile } from '../../analysis/source-file';
import { constantString, pairOf, propertyOf, resolvedValue } from '../../analysis/value';
import { REGISTERING } from '../../models/registrations';

const SETTING = { method: new Set(['setHeader', 'header', 'set', 'append', 'removeHeader']) };

/** Options of helmet that are headers, old names and new, and what is open without them. Source: helmet 8. */
const OPTIONS: readonly {
  readonly names: readonly string[];
  readonly effect: string;
  readonly confidence: Confidence;
}[] = [
  {
    names: ['frameguard', 'xFrameOptions'],
    effect: 'Pages of others can show this one in a frame and have it clicked',
    confidence: 'high',
  },
  {
    names: ['contentSecurityPolicy'],
    effect: 'Scripts of others that get into a page run',
    confidence: 'medium',
  },
  {
    names: ['hsts', 'strictTransportSecurity'],
    effect: 'Browsers may come without encryption',
    confidence: 'medium',
  },
  {
    names: ['noSniff', 'xContentTypeOptions'],
    effect: 'Browsers guess what an answer is',
    confidence: 'medium',
  },
];
const HELMETS: ReadonlySet<string> = new Set(['helmet', 'helmet.default', 'koa-helmet']);

export const headersMissing: Rule = {
  id: 'web/headers-missing',
  title: 'Pages are sent without the headers that keep others out of them',
  severity: 'info',
  aiSeverity: 'warning',
  confidence: 'high',
  cwe: ['CWE-693', 'CWE-1021'],
  owasp: ['A02:2025'],
  fixable: false,

  *check(facts) {
    for (const { args } of facts.callsTo(HSTS)) {
      const options = args[0] && resolvedValue(args[0]);
      const age = options && pairOf(options, 'maxAge');
      const value = age && resolvedValue(age.value);
      // A month, at least, as the list of browsers has it.
      if (
        value?.kind === 'number' &&
        Number(value.text.replace(/_/g, '')) < 2_592_000 &&
        mayRunInProduction(value)
      )
        yield {
          at: age?.node ?? value,
          message:
            'Browsers forget soon that this server is to be asked with encryption only. Make it a year.',
          confidence: 'medium',
        };
    }
    for (const { args } of facts.callsTo(HELMETS)) {
      const options = args[0] && resolvedValue(args[0]);
      if (options?.kind === 'object' && mayRunInProduction(options)) yield* switchedOff(options);
    }
    for (const { args } of facts.callsOf(REGISTERING)) {
      if (!args[0] || canonicalName(args[0]) !== '@fastify/helmet') continue;
      const options = args[1] && resolvedValue(args[1]);
      if (options?.kind === 'object' && mayRunInProduction(options)) yield* switchedOff(options);
    }
    yield* policies(facts);
    yield* headers(facts);
    for (const { node, args } of facts.callsTo(SERVERS)) {
      if (args.length > 0 || !sendsPages(facts.file)) continue;
      const message =
        'Pages of others can show these in a frame and have them clicked. Use `helmet`, or send `Content-Security-Policy` with `frame-ancestors`.';
      yield { at: node, message, confidence: 'medium' };
    }
  },
};

/** `helmet.contentSecurityPolicy({ directives: { scriptSrc: ["'unsafe-inline'"] } })`, or as an option of helmet. */
function* policies(facts: ItemFacts): Generator<Report> {
  for (const { name, args } of facts.callsTo(POLICIES)) {
    const given = args[0] && resolvedValue(args[0]);
    const policy = name.endsWith('contentSecurityPolicy')
      ? undefined
      : given && pairOf(given, 'contentSecurityPolicy');
    const options = name.endsWith('contentSecurityPolicy') ? given : policy && resolvedValue(policy.value);
    const list = options && pairOf(options, 'directives');
    const directives = list && resolvedValue(list.value);
    if (directives?.kind !== 'object' || !mayRunInProduction(directives)) continue;
    for (const key of ['scriptSrc', 'script-src', 'defaultSrc', 'default-src']) {
      const pair = pairOf(directives, key);
      const sources = pair ? resolvedValue(pair.value).parts : [];
      const texts = sources.map((source) => constantString(source) ?? 'nonce-');
      if (texts.some((text) => /nonce-|strict-dynamic/.test(text))) continue;
      const at = sources.find((source) =>
        /^(?:\*|https?:|data:|'unsafe-(?:inline|eval)')$/.test(constantString(source) ?? ''),
      );
      if (at) yield { at, message: OPEN_POLICY, confidence: 'medium' };
    }
  }
}

const OPEN_POLICY = 'This policy lets scripts of others run. Allow scripts by a nonce or by their origin.';
const POLICIES: ReadonlySet<string> = new Set([
  ...HELMETS,
  'helmet.contentSecurityPolicy',
  'helmet.default.contentSecurityPolicy',
  'helmet-csp',
]);

const HSTS: ReadonlySet<string> = new Set(['helmet.hsts', 'helmet.strictTransportSecurity', 'hsts']);

const SERVERS: ReadonlySet<string> = new Set(['express']);

function* switchedOff(options: Node): Generator<Report> {
  for (const { names, effect, confidence } of OPTIONS) {
    for (const name of names) {
      const pair = pairOf(options, name);
      if (!pair || inProduction(pair.value) !== false) continue;
      yield {
        at: pair.node,
        message: `${effect} without this header. Leave \`${name}\` at its default.`,
        confidence,
      };
    }
  }
}

const OPEN_FRAME = /^\s*(?:allowall|allow-from\s+\*?\s*)$/i;

/** Headers that are there and say nothing. */
function* headers(facts: ItemFacts): Generator<Report> {
  for (const { method, args } of facts.callsOf(SETTING)) {
    const [name, value] = args;
    const header = name && constantString(name)?.toLowerCase();
    if (method === 'removeHeader') {
      if (name && (header === 'x-frame-options' || header === 'content-security-policy'))
        yield {
          at: name,
          message:
            'Pages of others can show this one in a frame and have it clicked. Leave the header there.',
          confidence: 'medium',
        };
    } else if (value && header !== undefined) yield* headerValue(header, value);
  }
  for (const pair of facts.nodes('pair')) {
    const [key, value] = [pair.child('key'), pair.child('value')];
    // `{ key: 'X-Frame-Options', value: 'ALLOWALL' }`, as Next.js has it.
    if (key?.text === 'key' && value && pair.parent) {
      const given = propertyOf(pair.parent, 'value');
      if (given) yield* headerValue(constantString(value)?.toLowerCase() ?? '', given);
    }
    if (key?.kind === 'string' && value) yield* headerValue(propertyName(key)?.toLowerCase() ?? '', value);
  }
}

function* headerValue(header: string, value: Node): Generator<Report> {
  if (header !== 'x-frame-options' && header !== 'content-security-policy') return;
  const text = constantString(value);
  if (text === undefined || !mayRunInProduction(value)) return;
  const isOpen =
    header === 'x-frame-options' ? OPEN_FRAME.test(text) : /frame-ancestors[^;]*\s\*(?:\s|;|$)/i.test(text);
  if (isOpen)
    yield { at: value, message: 'Any page can show this one in a frame and have it clicked. Say which may.' };
  else if (
    header === 'content-security-policy' &&
    /(?:script|default)-src[^;]*(?:\s\*(?:\s|;|$)|'unsafe-(?:eval|inline)')/i.test(text) &&
    !/nonce-|strict-dynamic/i.test(text)
  )
    yield {
      at: value,
      message: OPEN_POLICY,
      confidence: 'medium',
    };
}

/** Whether a file starts a server that sends pages, and nothing in it speaks of such headers. */
function sendsPages(file: SourceFile): boolean {
  return file.ofWholeFile('sends pages without headers', () => {
    const text = file.text.replace(/\/\*[^*]*\*\/\s*/g, '');
    if (
      !/\.listen\(/.test(text) ||
      /helmet|x-frame-options|frame-ancestors|content-security-policy|lusca|security[-_]?headers/i.test(text)
    )
      return false;
    return /\.render\(|express\.static\(|\.sendFile\(|text\/html|\.send\(\s*[`'"]\s*</.test(text);
  });
}
