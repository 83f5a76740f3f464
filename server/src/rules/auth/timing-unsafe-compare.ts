import { comparisonOf } from '../../analysis/condition';
import type { Confidence, Report } from '../../analysis/finding';
import { calledFunction } from '../../analysis/flow/trace-call';
import { callAt } from '../../analysis/item-facts';
import { propertyName, unwrap } from '../../analysis/literal';
import { canonicalName } from '../../analysis/name';
import type { Node } from '../../analysis/node';
import { resultsOf } from '../../analysis/results';
import type { Rule } from '../../analysis/rule';
import { isTestPath } from '../../analysis/test-path';
import { constantString, resolvedValue } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import { comparisonFix } from '../../models/crypto/compare-fix';
import { settingRead } from '../../models/environment';
import { runtimeOf } from '../../models/runtime';
import { isSecretName } from '../../models/secret-names';

const MADE =
  /^crypto\.createHmac\(\)(?:\.update\(\))*\.digest\(\)$|^crypto-js\.Hmac\w+\(\)(?:\.toString\(\))?$/;

export const timingUnsafeCompare: Rule = {
  id: 'auth/timing-unsafe-compare',
  title: 'The time that a comparison takes tells how much of a secret was right',
  severity: 'hint',
  aiSeverity: 'hint',
  confidence: 'high',
  cwe: ['CWE-208'],
  owasp: ['A04:2025'],
  fixable: true,

  *check(facts) {
    for (const node of facts.nodes('binary_expression')) {
      if (!/^[!=]==?$/.test(node.operator)) continue;
      const confidence = confidenceOf(node);
      if (confidence && runtimeOf(facts.file) !== 'client') yield reportOf(node, confidence);
    }
  },
};

function reportOf(node: Node, confidence: Confidence): Report {
  return {
    at: node,
    message:
      'The comparison ends at the first difference, and its time tells where that is. Use `timingSafeEqual` of `crypto` on the hashes of both.',
    confidence: isTestPath(node.item.file.path) ? 'low' : confidence,
    fixes: () => comparisonFix(node, sidesOf(node).some(isDigestText) ? 'safe' : 'unsafe'),
  };
}

function sidesOf(node: Node): Node[] {
  return [node.child('left'), node.child('right')].flatMap((side) => (side ? [unwrap(side)] : []));
}

/** `createHmac(…).update(…).digest('hex')`: a text, so that what is equal to it is one. */
function isDigestText(side: Node): boolean {
  const value = resolvedValue(side);
  return canonicalName(value) === 'crypto.createHmac().update().digest()' && callAt(value)?.args.length === 1;
}

function confidenceOf(node: Node): Confidence | undefined {
  const comparison = comparisonOf(node);
  const sides = sidesOf(node);
  const [a, b] = sides;
  if (!a || !b || !comparison || sides.some(isTold)) return undefined;
  // A signature that is made here is compared with one that came from outside.
  if (sides.some((side) => isMade(side) || isMadeByFunction(side))) return 'high';
  const secrets = sides.filter(isOwnSecret);
  return secrets.length > 0 && sides.some((side) => isHandedIn(side)) ? 'medium' : undefined;
}

function isMade(expression: Node): boolean {
  return MADE.test(canonicalName(resolvedValue(expression)) ?? canonicalName(expression) ?? '');
}

/** `sign(body)`, of a function of the file that answers with one. */
function isMadeByFunction(side: Node): boolean {
  const call = callAt(resolvedValue(side));
  const fn = call && call.name === undefined ? calledFunction(call.callee) : undefined;
  const results = fn ? resultsOf(fn) : [];
  return results.length > 0 && results.every(isMade);
}

/** A literal, a length, a type: what is compared there is no secret. */
function isTold(side: Node): boolean {
  if (/^(?:null|undefined|true|false|number|regex)$/.test(side.kind) || side.text === 'undefined')
    return true;
  if (side.kind === 'unary_expression') return true;
  return constantString(side) !== undefined || side.child('property')?.text === 'length';
}

/** A secret of the environment. */
function isOwnSecret(side: Node): boolean {
  const read = settingRead(side);
  return read !== undefined && isSecretName(read.name);
}

/** What somebody shows: a header, a part of the request, a parameter with a secret's name. */
function isHandedIn(side: Node): boolean {
  const value = resolvedValue(side);
  if (isOwnSecret(side)) return false;
  if (/\b(?:headers?|query|body|params|cookies?|searchParams)\b/.test(value.text.slice(0, 120))) return true;
  const name = propertyName(side.child('property') ?? side) ?? '';
  return (
    isSecretName(name) ||
    wordsOf(name).some((word) => /^(?:authorization|signature|provided|token|key|secret|bearer)$/.test(word))
  );
}
