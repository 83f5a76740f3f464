import type { Confidence, Report } from '../../analysis/finding';
import type { ItemFacts } from '../../analysis/item-facts';
import type { Kind } from '../../analysis/kind';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { isTestPath } from '../../analysis/test-path';
import { pairOf, resolvedValue } from '../../analysis/value';
import { fixedBytes } from '../../models/crypto/fixed-bytes';
import { hashesIn } from '../../models/crypto/hashes';
import { type KeyDerivation, PASSWORD_HASHES } from '../../models/crypto/password-hashes';
import { hasSlowHash, holdsPassword, isLegacy, isOfProtocol } from '../../models/crypto/passwords';

const FAST =
  'Billions of these hashes are computed in a second, so passwords are found again. Use argon2id, scrypt or bcrypt.';

export const weakPasswordHash: Rule = {
  id: 'crypto/weak-password-hash',
  title: 'A password is hashed fast, with little work or with a salt that everybody knows',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-916', 'CWE-759', 'CWE-760', 'CWE-328'],
  owasp: ['A04:2025'],
  fixable: true,

  *check(facts) {
    for (const { call, inputs } of hashesIn(facts)) {
      // A few characters of the hash are asked for at a service that knows stolen passwords.
      if (!inputs.some(holdsPassword) || isOfProtocol(call.node)) continue;
      yield {
        at: call.node,
        message: FAST,
        confidence: hasSlowHash(call.node) || isHashedAgain(call.node) ? 'low' : certainty(call.node),
      };
    }
    yield* derivations(facts);
  },
};

function* derivations(facts: ItemFacts): Generator<Report> {
  for (const { name, args, node } of facts.callsTo(PASSWORD_HASHES)) {
    const form = PASSWORD_HASHES.get(name) as KeyDerivation;
    const password = args[form.password ?? 0];
    const isPassword = password !== undefined && holdsPassword(password);
    yield* tooLittle(form, args, node, isPassword);
    const salt = form.salt === undefined ? undefined : args[form.salt];
    if (!salt || !fixedBytes(salt)) continue;
    yield {
      at: salt,
      message:
        'With the same salt everywhere, equal passwords have equal hashes. Make one with `randomBytes(16)` and store it with the hash.',
      // A key that is made from one secret needs no salt of its own.
      confidence: isPassword ? certainty(node) : 'medium',
    };
  }
}

function* tooLittle(
  form: KeyDerivation,
  args: readonly Node[],
  node: Node,
  isPassword: boolean,
): Generator<Report> {
  const work =
    typeof form.work === 'string'
      ? optionOf(args, form.work)
      : form.work === undefined
        ? undefined
        : args[form.work];
  const value = work && resolvedValue(work);
  const amount = value?.kind === 'number' ? Number(value.text.replace(/_/g, '')) : Number.NaN;
  if (!work || !value || !(amount >= 0) || amount >= form.enough) return;
  const isClear = amount < (form.disputed ?? form.enough) && (form.isForPasswords || isPassword);
  yield {
    at: work,
    message: `${amount} ${form.unit} are too few: passwords are found again by trying. Use at least ${form.advised}.`,
    confidence: isClear ? certainty(node) : 'medium',
    fixes: () => [
      {
        title: `Use ${form.advised} ${form.unit}`,
        // Stored hashes of bcrypt say their cost themselves; those of others do not.
        safety: form.isForPasswords ? 'safe' : 'unsafe',
        edits: [{ start: value.start, end: value.end, text: String(form.advised) }],
      },
    ],
  };
}

function optionOf(args: readonly Node[], name: string): Node | undefined {
  for (const argument of args) {
    const pair = pairOf(resolvedValue(argument), name);
    if (pair) return pair.value;
  }
  return undefined;
}

function certainty(node: Node): Confidence {
  if (isLegacy(node)) return 'low';
  return isTestPath(node.item.file.path) ? 'medium' : 'high';
}

/** `password = createHash('sha512').update(password).digest('hex')`: what comes out goes where the password would. */
function isHashedAgain(hash: Node): boolean {
  const target = hash.enclosing(ASSIGNMENTS)?.child('left');
  return target?.kind === 'identifier' && holdsPassword(target);
}

const ASSIGNMENTS: ReadonlySet<Kind> = new Set<Kind>(['assignment_expression']);
