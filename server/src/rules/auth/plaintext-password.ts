import type { Confidence, Report } from '../../analysis/finding';
import type { ItemFacts } from '../../analysis/item-facts';
import type { Rule } from '../../analysis/rule';
import { isTestPath } from '../../analysis/test-path';
import { comparedPasswords } from '../../models/passwords/compared';
import { isHashing } from '../../models/passwords/plain';
import { storedPasswords } from '../../models/passwords/stored';
import { runtimeOf } from '../../models/runtime';

const COMPARED =
  'The password is stored as it was typed, so whoever reads the data has all of them. Store a slow hash, and ask `verify` or `compare` of its library.';
const STORED =
  'The password is stored as it was typed, so whoever reads the data has all of them. Store a slow hash of it (argon2id, scrypt or bcrypt).';

export const plaintextPassword: Rule = {
  id: 'auth/plaintext-password',
  title: 'A password is stored or compared without a hash',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-256', 'CWE-522', 'CWE-312'],
  owasp: ['A06:2025'],
  fixable: false,
  words: 'pass pwd pw pin psw'.split(' '),

  *check(facts) {
    for (const { at, confidence } of comparedPasswords(facts))
      yield* reportOf(facts, at, COMPARED, confidence);
    for (const { at, confidence } of storedPasswords(facts)) yield* reportOf(facts, at, STORED, confidence);
  },
};

function* reportOf(
  facts: ItemFacts,
  at: Report['at'],
  message: string,
  confidence: Confidence,
): Generator<Report> {
  const { file } = facts;
  if (isHashing(file) || runtimeOf(file) === 'client') return;
  yield { at, message, confidence: isTestPath(file.path) ? 'low' : confidence };
}
