import type { Confidence, Report } from '../../analysis/finding';
import type { Fix } from '../../analysis/fix';
import { callAt, type ItemFacts } from '../../analysis/item-facts';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import { isOtherStage, mayRunInProduction } from '../../analysis/production';
import { requiredVariable } from '../../analysis/required-variable';
import type { Rule } from '../../analysis/rule';
import { isTestPath } from '../../analysis/test-path';
import { goesOnlyTo, usesOf } from '../../analysis/uses';
import { constantString, resolvedValue } from '../../analysis/value';
import { KEY_HEADER, secretLook } from '../../models/literal-secret';
import { providerKeysIn } from '../../models/provider-keys';
import { isOwnSecret } from '../../models/secret-names';
import { isInSecretPlace, MAY_HOLD_SECRET, secretPlaceOf, variableFor } from '../../models/secret-places';
import { textKindOf } from '../../models/secrets/file-kind';
import { HASH_NAME } from '../../models/secrets/formed-secrets';
import { isNamedSecret, lookBesideName, MAY_NAME, NAMED, nameOf } from '../../models/secrets/named-literal';
import { tellableSecrets } from '../../models/secrets/tellable-secrets';

const SETTING: CallTest = { method: new Set(['set', 'setHeader', 'append', 'header']) };

export const genericCredential: Rule = {
  id: 'secrets/generic-credential',
  title: 'A password, a key or a token stands in the code',
  severity: 'warning',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-798', 'CWE-321', 'CWE-259'],
  owasp: ['A04:2025', 'A07:2025'],
  fixable: true,

  *check(facts) {
    yield* given(facts);
    yield* named(facts);
    yield* headers(facts);
  },

  *checkText(file) {
    if (file.format === 'env' || textKindOf(file.path).kind === 'settings') return;
    let hashes = 0;
    for (const { start, end, name, confidence, isInTests } of tellableSecrets(file)) {
      const severity = isInTests ? { severity: 'hint' as const } : {};
      const isHash = name === HASH_NAME;
      // Of a table of users the first says it.
      if (isHash && hashes++ > 0) continue;
      const message = isHash ? HASH_MESSAGE : MESSAGE;
      yield { at: { start, end }, keys: [name], message, confidence, ...severity };
    }
  },
};

const HASH_MESSAGE =
  'Everyone who has this file can try passwords against this hash, as fast as they like. Take it out, and change the password.';
const MESSAGE =
  'Everyone who has the code knows this secret. Read it from the environment, and stop at start-up when it is missing.';

function isProviderKey(text: string): boolean {
  return [...providerKeysIn(text)].length > 0;
}

/** `headers.set('x-api-key', '…')` */
function* headers(facts: ItemFacts): Generator<Report> {
  for (const { args } of facts.callsOf(SETTING)) {
    const [first, value] = args;
    if (!first || !value || args.length !== 2) continue;
    const name = constantString(first);
    if (name === undefined || !KEY_HEADER.test(name)) continue;
    const literal = resolvedValue(value);
    const text = literal.kind === 'string' ? constantString(literal) : undefined;
    if (text === undefined || !secretLook(text, name) || isProviderKey(text)) continue;
    if (!value.contains(literal) && isNamedSecret(literal, text)) continue;
    yield {
      at: value,
      message: MESSAGE,
      ...weight(value, 'medium'),
      fixes: () => fixesFor(value, variableFor(name)),
    };
  }
}

/** Secrets in places where only secrets stand. */
function* given(facts: ItemFacts): Generator<Report> {
  for (const call of facts.callsOf(MAY_HOLD_SECRET)) {
    const place = secretPlaceOf(call);
    const literal = place && resolvedValue(place.value);
    if (!place || !literal || literal.kind === 'number' || !mayRunInProduction(call.node)) continue;
    const text = constantString(literal);
    if (text === undefined || text.trim().length < 3 || isProviderKey(text)) continue;
    // Under a secret's name it is told where it is written.
    if (!call.node.contains(literal) && isNamedSecret(literal, text)) continue;
    const { variable } = place;
    yield {
      at: place.value,
      message: MESSAGE,
      ...weight(literal, place.isLocal ? 'medium' : 'high'),
      fixes: () => fixesFor(literal, variable),
    };
  }
}

function* named(facts: ItemFacts): Generator<Report> {
  for (const node of facts.nodesOf(NAMED)) {
    const name = nameOf(node);
    if (name === undefined || !MAY_NAME.test(name)) continue;
    const value = node.child('value') ?? node.child('right');
    const literal = value && resolvedValue(value);
    if (!literal || (literal.kind !== 'string' && literal.kind !== 'template_string')) continue;
    const text = constantString(literal);
    const look = text === undefined ? undefined : lookBesideName(node, name, text, literal);
    if (!look || text === undefined || isProviderKey(text) || !mayRunInProduction(node)) continue;
    // What a call takes in such a place is told there.
    if (
      (node.kind !== 'variable_declarator' && goesOnlyTo(value, isTold)) ||
      (!value.contains(literal) && isNamedSecret(literal, text))
    )
      continue;
    yield {
      at: value,
      message: MESSAGE,
      ...weight(
        literal,
        isTakenAsSecret(node) ? 'high' : look === 'mixed' || isOwnSecret(name) ? 'medium' : 'low',
      ),
      fixes: () => fixesFor(literal, variableFor(name)),
    };
  }
}

/** A call that has a place for it, or the settings of another stage. */
function isTold(holder: Node): boolean {
  const call = callAt(holder);
  return call ? secretPlaceOf(call) !== undefined : isOtherStage(holder);
}

/** Whether the variable that holds it is used in a place for secrets. */
function isTakenAsSecret(node: Node): boolean {
  const name = node.kind === 'variable_declarator' ? node.child('name') : undefined;
  const { file } = node.item;
  const declaration = name?.kind === 'identifier' ? file.lookUp(name.text, name) : undefined;
  return declaration !== undefined && usesOf(declaration, file).some(isInSecretPlace);
}

/** In tests it is a hint. */
function weight(literal: Node, confidence: Confidence): Pick<Report, 'confidence' | 'severity'> {
  return isTestPath(literal.item.file.path) ? { confidence: 'medium', severity: 'hint' } : { confidence };
}

function fixesFor(literal: Node, variable: string): readonly Fix[] {
  if (
    /\.[jt]sx$/.test(literal.item.file.path) ||
    (literal.kind !== 'string' && literal.kind !== 'template_string')
  )
    return [];
  const required = requiredVariable(literal, variable);
  if (!required) return [];
  const edits = [{ start: literal.start, end: literal.end, text: required.call }, ...required.edits];
  return [{ title: `Read it from \`${variable}\``, safety: 'choice', edits }];
}
