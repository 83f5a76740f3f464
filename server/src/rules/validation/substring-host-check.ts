import { wholeCondition } from '../../analysis/condition';
import type { Confidence, Report } from '../../analysis/finding';
import type { Fix } from '../../analysis/fix';
import { type Call, callAt } from '../../analysis/item-facts';
import { unwrap, wrapped } from '../../analysis/literal';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import { isExit } from '../../analysis/production';
import type { Rule } from '../../analysis/rule';
import { constantString, resolvedValue } from '../../analysis/value';
import { decidesOnTrust, isAddress } from '../../models/address-names';
import { isHostText } from '../../models/patterns';

const CHECKING: CallTest = {
  method: new Set(['includes', 'indexOf', 'startsWith', 'endsWith', 'lastIndexOf']),
};

export const substringHostCheck: Rule = {
  id: 'validation/substring-host-check',
  title: 'A host is trusted because an address contains its name',
  severity: 'warning',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-20', 'CWE-346'],
  owasp: ['A05:2025', 'A07:2025'],
  fixable: true,

  *check(facts) {
    for (const call of facts.callsOf(CHECKING)) {
      const report = reportOf(call, call.method ?? '');
      if (report) yield report;
    }
  },
};

function reportOf({ node, callee, args }: Call, method: string): Report | undefined {
  const [wanted] = args;
  const object = callee.child('object');
  if (!wanted || args.length !== 1 || !object) return undefined;
  const texts = textsOf(wanted);
  const text = texts.find((each) => isHostText(each) && isOpen(each, method));
  if (text === undefined || isList(object) || isOfCors(node) || isKeptOut(node)) return undefined;
  const isMail = /mail/i.test(object.text.slice(-40));
  if (!isAddress(object) && !isMail) return undefined;
  return {
    at: node,
    message: `\`${exampleFor(text, method)}\` passes this check, too. Parse the address and compare its whole host.`,
    confidence: confidenceOf(node),
    fixes: () => fixesFor(node, object, wanted, text, method),
  };
}

function confidenceOf(check: Node): Confidence {
  if (isSorting(check)) return decidesOnTrust(check) ? 'medium' : 'low';
  return decidesOnTrust(check) ? 'high' : 'medium';
}

/** Which form an address has, to take it apart, or whose it is among several that are asked for one by one. */
function isSorting(check: Node): boolean {
  const asking = [...check.ancestors()].find(({ kind }) => kind === 'if_statement');
  const condition = asking?.child('condition');
  const subject = unwrap(check).child('function')?.child('object')?.text;
  if (!asking || !condition?.contains(check) || subject === undefined) return false;
  // `if (url.includes('.s3.example/')) key = url.split('.s3.example/')[1];`
  const consequence = asking.child('consequence')?.text ?? '';
  if (TAKEN_APART.some((method) => consequence.includes(`${subject}.${method}(`))) return true;
  const asked = `${subject}.includes(`;
  const around = check.enclosingFunction?.text.slice(0, 5_000) ?? '';
  return around.split(asked).length - condition.text.split(asked).length >= 2;
}

const TAKEN_APART = ['split', 'match', 'substring', 'slice', 'indexOf'];

/** The text that is looked for, or those of a list that is gone through. */
function textsOf(wanted: Node): readonly string[] {
  const text = constantString(wanted);
  if (text !== undefined) return [text];
  const name = unwrap(wanted);
  if (name.kind !== 'identifier') return [];
  const { file } = name.item;
  const declaration = file.lookUp(name.text, name);
  const parameter = declaration && file.nodeOf(declaration);
  const fn = parameter?.enclosingFunction;
  const given = fn && wrapped(fn).parent;
  const call = given?.kind === 'arguments' && given.parent ? callAt(given.parent) : undefined;
  const owner = /^(?:some|every|find|filter)$/.test(call?.method ?? '')
    ? call?.callee.child('object')
    : undefined;
  if (!owner || DENYING.test(owner.text.slice(0, 60))) return [];
  const array = resolvedValue(owner);
  return array.kind === 'array' ? array.parts.flatMap((part) => constantString(part) ?? []) : [];
}

/** A list of hosts that are kept out: more of them are kept out than are meant. */
const DENYING = /block|deny|denied|black|ban|private|forbid|reserved|metadata|disallow|exclude|unsafe/i;

/** Whether other hosts pass: those that have more in front of the text, or behind it. */
function isOpen(text: string, method: string): boolean {
  if (method === 'endsWith') return !/^[.@]|:\/\/|^\/\//.test(text) && !text.includes('/');
  if (method === 'startsWith') return !/^[.@]/.test(text) && !/[^/:]\//.test(text);
  return true;
}

/** An address of somebody else that passes. */
function exampleFor(text: string, method: string): string {
  const [, start = '', host = text] = /^([a-z]+:\/\/|\/\/|[@.])?([^/:]+)/i.exec(text) ?? [];
  if (method === 'endsWith') return `evil-${host}`;
  return method === 'startsWith' ? `${start}${host}.evil.example` : `${host}.evil.example`;
}

/** Of a list, `includes` compares whole elements. */
function isList(object: Node): boolean {
  return (
    resolvedValue(object).kind === 'array' ||
    (/s$/.test(object.text.replace(/\(.*$/s, '')) && !/address$/i.test(object.text))
  );
}

/** `if (host.includes('evil.com')) throw …` */
function isKeptOut(check: Node): boolean {
  const condition = wholeCondition(check);
  const asking = condition.parent;
  if (asking?.kind !== 'if_statement' || condition.text.includes('!')) return false;
  const consequence = asking.child('consequence');
  return (
    consequence !== undefined &&
    isExit(consequence) &&
    /\bthrow\b|return false|\b40[013]\b|forbid/.test(consequence.text)
  );
}

/** Origins of requests from other websites are the matter of `web/cors-permissive`. */
function isOfCors(node: Node): boolean {
  return [...node.ancestors()].some(
    (outer) => outer.kind === 'pair' && outer.child('key')?.text === 'origin',
  );
}

function fixesFor(node: Node, object: Node, wanted: Node, text: string, method: string): Fix[] {
  const subject = object.text;
  const isHost = /host(?:name)?$/i.test(subject) && /^[\w.]+$/.test(subject) && !/:\d+$/.test(text);
  const value = unwrap(wanted);
  if (
    !isHost ||
    method === 'indexOf' ||
    method === 'lastIndexOf' ||
    value.kind !== 'string' ||
    /[/@]|^\./.test(text)
  )
    return [];
  const quote = value.text[0];
  const exact = `(${subject} === ${value.text} || ${subject}.endsWith(${quote}.${text}${quote}))`;
  const edits = [{ start: node.start, end: node.end, text: exact }];
  // What ends with the name of a domain and is neither it nor below it belongs to somebody else.
  const isDomain = method === 'endsWith' && /^[a-z\d-]+\.[a-z]{2,}$/i.test(text) && /^[a-z\d]/i.test(text);
  return [{ title: 'Compare the whole host', safety: isDomain ? 'safe' : 'choice', edits }];
}
