/** Handlers of failures that try the same again with less protection. */
import { callAt } from '../../analysis/item-facts';
import { propertyName, stringLiteral } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { mayRunInProduction } from '../../analysis/production';
import { constantBoolean, constantString } from '../../analysis/value';

export interface WeakerRetry {
  /** What is weaker. */
  readonly at: Node;
  /** What was tried first. */
  readonly first: Node;
  /** "without …", for the message. */
  readonly without: string;
}

/** Settings that protect while they are true, and what is missing without them. */
const PROTECTING: Readonly<Record<string, string>> = {
  rejectUnauthorized: 'without a check of the certificate',
  strictSSL: 'without a check of the certificate',
  checkServerIdentity: 'without a check of the certificate',
  secure: 'without encryption',
  tls: 'without encryption',
  ssl: 'without encryption',
  requireTLS: 'without encryption',
  encrypt: 'without encryption',
  verify: 'without verification',
  verifySignature: 'without verification',
  verifySsl: 'without a check of the certificate',
  validate: 'without validation',
};
/** Settings that take protection away while they are true. */
const EXPOSING: Readonly<Record<string, string>> = {
  insecure: 'without protection',
  allowInsecure: 'without protection',
  ignoreHTTPSErrors: 'without a check of the certificate',
  trustServerCertificate: 'without a check of the certificate',
  skipVerification: 'without verification',
  skipVerify: 'without verification',
  ignoreExpiration: 'without a look at whether it has expired',
  ignoreTLS: 'without encryption',
  unsafe: 'without protection',
};
/** A check, and what only reads what it checks. */
const READERS: Readonly<Record<string, { readonly checks: RegExp; readonly without: string }>> = {
  'jsonwebtoken.decode': { checks: /^jsonwebtoken\.verify$/, without: 'without a look at the signature' },
  'jose.decodeJwt': { checks: /^jose\.jwtVerify$/, without: 'without a look at the signature' },
  'globalThis.eval': { checks: /^globalThis\.JSON\.parse$/, without: 'by running the text as code' },
  'globalThis.Function': { checks: /^globalThis\.JSON\.parse$/, without: 'by running the text as code' },
};
const LOCAL = /^http:\/\/(?:localhost|127\.|0\.0\.0\.0|\[::1\]|10\.|192\.168\.|[\w-]+(?::|\/|$))/;
const FLAGS =
  /(?:^|\s)(?:--insecure|--no-verify|--no-check-certificate|--force|--allow-unauthenticated|--no-gpg-check|--trusted-host|-k)(?=\s|$)/;

/** What a `catch` does again with less; undefined where it does nothing of the sort. */
export function weakerRetryIn(handler: Node): WeakerRetry | undefined {
  const tried = handler.parent?.child('body');
  const body = handler.child('body');
  if (!tried || !body || body.parts.length === 0) return undefined;
  for (const node of body.walkOwn()) {
    const without = weaknessAt(node, tried);
    if (!without || !mayRunInProduction(node)) continue;
    const first = without.first ?? firstTry(node, tried);
    if (first) return { at: node, first, without: without.text };
  }
  return undefined;
}

function weaknessAt(node: Node, tried: Node): { readonly text: string; readonly first?: Node } | undefined {
  switch (node.kind) {
    case 'pair': {
      const text = weakSetting(node);
      return text === undefined || settings(tried).some((each) => weakSetting(each) === text)
        ? undefined
        : { text };
    }
    case 'string':
    case 'template_string':
      return weakText(node, tried);
    case 'call_expression':
    case 'new_expression':
      return weakCall(node, tried);
    default:
      return undefined;
  }
}

function weakSetting(pair: Node): string | undefined {
  const [key, value] = [pair.child('key'), pair.child('value')];
  const name = (key && propertyName(key)) ?? '';
  const truth = value && constantBoolean(value);
  if (truth === undefined) return undefined;
  const table = truth ? EXPOSING : PROTECTING;
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function settings(code: Node): readonly Node[] {
  return [...code.walkOwn()].filter(({ kind }) => kind === 'pair');
}

/** `http://` in place of `https://`, a command with a flag that takes a check away. */
function weakText(node: Node, tried: Node): { readonly text: string } | undefined {
  const text = stringLiteral(node) ?? node.text.slice(1, -1);
  if (/^http:\/\//.test(text) && !LOCAL.test(text))
    return tried.text.includes('https://') ? { text: 'without encryption' } : undefined;
  const flag = FLAGS.exec(text)?.[0].trim();
  return flag !== undefined && !tried.text.includes(flag) ? { text: `with \`${flag}\`` } : undefined;
}

function weakCall(node: Node, tried: Node): { readonly text: string; readonly first?: Node } | undefined {
  const call = callAt(node);
  if (!call) return undefined;
  const reader =
    call.name !== undefined && Object.hasOwn(READERS, call.name) ? READERS[call.name] : undefined;
  if (reader) {
    for (const each of tried.walkOwn()) {
      const name = callAt(each)?.name;
      if (name !== undefined && reader.checks.test(name)) return { text: reader.without, first: each };
    }
    return undefined;
  }
  // `url.replace('https://', 'http://')`
  const [from, to] = call.args;
  if (!/^replace(?:All)?$/.test(call.method ?? '') || !from || !to) return undefined;
  const isFrom = /https/.test(constantString(from) ?? from.text);
  return isFrom && /^http(?::|$)/.test(constantString(to) ?? '') ? { text: 'without encryption' } : undefined;
}

/** The call of the same function that was tried before, or of one that takes the same sort of thing. */
function firstTry(node: Node, tried: Node): Node | undefined {
  const names = new Set<string>();
  for (const outer of [node, ...node.ancestors()]) {
    const call = callAt(outer);
    if (call) names.add(call.callee.text.replace(/\?/g, ''));
    if (/_statement$|_clause$/.test(outer.kind) && outer.kind !== 'expression_statement') break;
  }
  // `url = url.replace('https', 'http'); return fetch(url);`
  const body = node.enclosing(new Set(['catch_clause']))?.child('body');
  for (const each of body?.walkOwn() ?? []) {
    const call = callAt(each);
    if (call && each.start >= node.start) names.add(call.callee.text.replace(/\?/g, ''));
  }
  for (const each of tried.walkOwn()) {
    const call = callAt(each);
    if (
      call &&
      names.has(call.callee.text.replace(/\?/g, '')) &&
      !/^(?:console|log|res|JSON)\b/.test(call.callee.text)
    )
      return each;
  }
  return undefined;
}
