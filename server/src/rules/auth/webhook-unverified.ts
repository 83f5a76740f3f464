import { callAt } from '../../analysis/item-facts';
import { FUNCTION_KINDS } from '../../analysis/kind';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { functionOf } from '../../analysis/results';
import type { Rule } from '../../analysis/rule';
import { wordsOf } from '../../analysis/words';
import { namesOfParameters } from '../../models/auth/guard';
import { handlerAround, registeredBefore } from '../../models/handler';
import { isRequestName } from '../../models/request-names';

/** Addresses that somebody else calls; `/webhooks` alone manages them. */
const ADDRESS =
  /(?:^|[/-])webhook(?:\/(?!:)[\w-]+)?\/?$|\/webhooks\/(?!:)[a-z]|\bwebhook[-_]|\/ipn\b|(?:stripe|paypal|github|gitlab|razorpay|paystack|twilio|clerk|shopify|paddle|mollie|square|mercadopago|flutterwave)\/(?:callback|events?|notify|hooks?)\b/i;
/** First words of the names of functions that do something with webhooks but take none. */
const MANAGING: ReadonlySet<string> = new Set(
  'send trigger dispatch create list delete remove register get fetch update test subscribe retry deliver setup add enable disable post find mock simulate build make use call notify log'.split(
    ' ',
  ),
);
/** Whatever tells that somebody looks at who sends it, by signature, secret or address. */
const VERIFYING =
  /constructEvent|verif|signature|hmac|timingSafe|svix|secret|\bsign|token|authori[sz]|api_?key|digest|unwrap|allowlist|whitelist|\bips?\b|password|hash|retrieve|validat/i;
const CHANGING =
  /^(?:create|insert|update|save|delete|remove|destroy|upsert|set|push|add|mark|confirm|complete|activate|grant|credit|charge|fulfil\w*|send|process|handle|provision|enable|cancel|refund|exec\w*|query|run|findOneAndUpdate|findByIdAndUpdate)/i;

const WORDS =
  'webhook ipn stripe paypal github gitlab razorpay paystack twilio clerk shopify paddle mollie square mercadopago flutterwave'.split(
    ' ',
  );

export const webhookUnverified: Rule = {
  id: 'auth/webhook-unverified',
  title: 'A webhook does what its body says without looking at who sent it',
  severity: 'warning',
  aiSeverity: 'error',
  confidence: 'medium',
  cwe: ['CWE-345', 'CWE-347'],
  owasp: ['A08:2025'],
  fixable: false,
  words: WORDS,

  *check(facts) {
    for (const fn of facts.nodesOf(FUNCTION_KINDS)) {
      // Where other items are in the function it may be most of the file, so it is looked into last.
      if (fn.item.nested.size === 0 && !bodyIn(fn)) continue;
      const handler = handlerAround(fn.child('body') ?? fn);
      if (!handler?.function.is(fn) || !isWebhook(fn, handler.name, handler.address)) continue;
      const body = bodyIn(fn);
      const work = body && changeIn(fn);
      if (!body || !work) continue;
      const text = [fn, ...calledIn(fn), ...handler.before].map((each) => each.text).join('\n');
      if (VERIFYING.test(text) || VERIFYING.test(registeredBefore(facts.file)) || handsRequestOn(fn))
        continue;
      yield {
        at: body,
        message: 'Anybody can send events here. Verify the signature of the provider on the raw body first.',
        related: [{ at: work, message: 'This is done for whoever sent it.' }],
      };
    }
  },
};

function isWebhook(fn: Node, name: string, address: string): boolean {
  if (ADDRESS.test(address)) return true;
  const isInRoute = /webhooks?\/(?:[^/]*\/)?[^/]*$/i.test(fn.item.file.path);
  if (isInRoute && (/^(?:POST|handler)$/.test(name) || fn.parent?.hasKeyword('default') === true))
    return true;
  const words = wordsOf(name.replace(/webhook/gi, (word) => `Webhook_${word.slice(7)}`));
  const isNamed = /webhook/i.test(name) && !/webhooks$/i.test(name) && !MANAGING.has(words[0] ?? '');
  return isNamed && namesOfParameters(fn).some((each) => isRequestName(each, BODY));
}

const BODY: ReadonlySet<string> = new Set(['body']);

/** The functions of the file that are called. */
function calledIn(fn: Node): readonly Node[] {
  const called: Node[] = [];
  for (const node of fn.child('body')?.walk() ?? []) {
    const call = node.kind === 'call_expression' ? callAt(node) : undefined;
    const inner =
      call?.callee.kind === 'identifier' && called.length < 20 ? functionOf(call.callee) : undefined;
    if (inner && !inner.is(fn)) called.push(inner);
  }
  return called;
}

/** Whether the whole request, or its headers, go to a function that may look at them. */
function handsRequestOn(fn: Node): boolean {
  const [first = ''] = namesOfParameters(fn);
  for (const node of fn.child('body')?.walk() ?? []) {
    const call = node.kind === 'call_expression' ? callAt(node) : undefined;
    if (call?.args.some((each) => unwrap(each).text === first || /headers/i.test(each.text.slice(0, 80))))
      return true;
  }
  return false;
}

/** Where the body is read. */
function bodyIn(fn: Node): Node | undefined {
  for (const node of fn.child('body')?.walk() ?? []) {
    if (node.kind === 'member_expression' && node.child('property')?.text === 'body') return node;
    const call = node.kind === 'call_expression' ? callAt(node) : undefined;
    const owner =
      call && /^(?:json|text|formData)$/.test(call.method ?? '') && call.args.length === 0
        ? call.callee.child('object')
        : undefined;
    if (call && owner && /req(?:uest)?$/i.test(owner.text)) return call.node;
  }
  return undefined;
}

function changeIn(fn: Node): Node | undefined {
  for (const node of fn.child('body')?.walk() ?? []) {
    const call = node.kind === 'call_expression' ? callAt(node) : undefined;
    const name = call?.method ?? (call?.callee.kind === 'identifier' ? call.callee.text : '');
    const owner = call?.callee.child('object')?.text ?? '';
    if (
      call &&
      CHANGING.test(name) &&
      !/^(?:res|reply|response|ctx|c|console|logger|log|headers)\b/.test(owner)
    )
      return node;
  }
  return undefined;
}
