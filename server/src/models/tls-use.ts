/** What a TLS option is for: whom it talks to, and whether somebody decided about it. */
import { FUNCTION_KINDS, type Kind } from '../analysis/kind';
import { propertyName } from '../analysis/literal';
import { canonicalName } from '../analysis/name';
import type { Node } from '../analysis/node';
import { functionOf } from '../analysis/results';
import { templateParts } from '../analysis/string-parts';
import { goesOnlyTo } from '../analysis/uses';
import { constantString, pairOf, resolvedValue } from '../analysis/value';
import { wordsOf } from '../analysis/words';
import { hostOf, isLocalHost } from './hosts';
import { isConsoleCall } from './output';
import { HOST_OPTIONS, OWN_CHECKS, TLS_CLIENTS } from './tls-options';

/** Whether options are used for this machine only: beside a local host, or in a call with one. */
export function isForLocalHost(options: Node): boolean {
  return isLocal(options) || goesOnlyTo(options, isLocal);
}

function isLocal(holder: Node): boolean {
  if (holder.kind === 'object') {
    return HOST_OPTIONS.some((name) => {
      const value = pairOf(holder, name)?.value;
      return value !== undefined && isLocalAddress(value);
    });
  }
  return (holder.child('arguments')?.parts ?? []).some(isLocalAddress);
}

function isLocalAddress(value: Node): boolean {
  return isLocalHost(hostOf(constantString(value) ?? startOf(value) ?? ''));
}

/** The constant text that an address begins with. */
function startOf(value: Node): string | undefined {
  const node = resolvedValue(value);
  if (node.kind === 'template_string') {
    const [first] = templateParts(node);
    return typeof first === 'string' ? first : undefined;
  }
  const left = node.kind === 'binary_expression' && node.operator === '+' ? node.child('left') : undefined;
  return left && (constantString(left) ?? startOf(left));
}

/**
 * Whether options are those of a server. There `rejectUnauthorized` is about the certificates of clients, which
 * may be asked for without being required.
 */
export function isForServer(options: Node): boolean {
  if (goesOnlyTo(options, isServer)) return true;
  return pairOf(options, 'requestCert') !== undefined && !goesOnlyTo(options, isClient);
}

function isServer(holder: Node): boolean {
  const callee = holder.child('function') ?? holder.child('constructor');
  const named = callee?.kind === 'member_expression' ? callee.child('property') : callee;
  return wordsOf((named && propertyName(named)) ?? '').includes('server');
}

function isClient(holder: Node): boolean {
  const callee = holder.child('function') ?? holder.child('constructor');
  return callee !== undefined && TLS_CLIENTS.has(canonicalName(callee) ?? '');
}

/** Whether the code around looks at the certificate itself, as monitors of certificates do. */
export function isInspected(node: Node): boolean {
  let outermost = node;
  for (const outer of node.ancestors()) {
    if (FUNCTION_KINDS.has(outer.kind) || outer.kind === 'expression_statement') outermost = outer;
  }
  return [...outermost.walk()].some(
    (part) =>
      (part.kind === 'property_identifier' || part.kind.startsWith('shorthand')) && OWN_CHECKS.has(part.text),
  );
}

/** Words of names that ask about the check: `insecure`, `verifyCertificate`. */
const ABOUT_CHECK = set(
  'insecure unauthorized untrusted selfsigned signed verify verification validate validation noverify identity sslmode',
);
/** Words that do so together: `ignoreSsl`, `allowInvalidCerts`. */
const SWITCHES = set(
  'unsafe ignore skip allow accept bypass disable disabled trust check strict reject relax invalid no',
);
const CERTIFICATES = set('ssl tls cert certs certificate certificates https');

function set(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}

/** Whether a condition around asks for just this: `if (options.ignoreSsl)`. Then somebody decides each time. */
export function isOptedInto(node: Node): boolean {
  let inner = node;
  for (const outer of node.ancestors()) {
    const condition = CONDITIONS[outer.kind] ? outer.child(CONDITIONS[outer.kind] ?? '') : undefined;
    if (condition && !condition.is(inner) && asksAboutCheck(condition)) return true;
    // `switch (sslmode) { case 'no-verify': … }`
    const tested = outer.kind === 'switch_statement' ? outer.child('value') : undefined;
    const cases = tested
      ? outer.child('body')?.parts.flatMap((each) => each.child('value') ?? [])
      : undefined;
    if (tested && [tested, ...(cases ?? [])].some(asksAboutCheck)) return true;
    inner = outer;
  }
  return false;
}

const CONDITIONS: Readonly<Partial<Record<Kind, 'condition' | 'left'>>> = {
  if_statement: 'condition',
  ternary_expression: 'condition',
  binary_expression: 'left',
};

function asksAboutCheck(condition: Node): boolean {
  for (const part of condition.walk()) {
    const name = part.kind === 'string' ? constantString(part) : propertyName(part);
    const words = wordsOf(name ?? '');
    if (words.some((word) => ABOUT_CHECK.has(word))) return true;
    if (words.some((word) => SWITCHES.has(word)) && words.some((word) => CERTIFICATES.has(word))) return true;
  }
  return false;
}

/** Whether a function does nothing and answers nothing, so that whatever it is asked about passes. */
export function answersNothing(value: Node): boolean {
  const fn = functionOf(value);
  const body = fn?.child('body');
  if (!body) return false;
  if (body.kind !== 'statement_block') return isNothing(body);
  return [...body.walkOwn()].every((node) => {
    if (node.kind === 'return_statement') return node.parts[0] === undefined || isNothing(node.parts[0]);
    if (node.kind !== 'call_expression')
      return node.kind !== 'throw_statement' && node.kind !== 'new_expression';
    return isConsoleCall(node);
  });
}

function isNothing(value: Node): boolean {
  const node = resolvedValue(value);
  return node.kind === 'undefined' || node.kind === 'null' || /^(?:undefined|void 0)$/.test(node.text);
}
