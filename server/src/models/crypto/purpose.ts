/** What a hash is for, as the names around it and of what is hashed say. */
import { FUNCTION_KINDS } from '../../analysis/kind';
import { propertyName } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { wordsOf } from '../../analysis/words';
import { nameOfFunction } from '../auth/guard';
import { isSecretName } from '../secret-names';

function set(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}

/** Words of what only has to differ, or is only compared with what somebody honest sends. */
const HARMLESS = set(
  'etag etags checksum checksums cache caches cached caching gravatar avatar fingerprint content contents file files ' +
    'filename filenames path paths asset assets chunk chunks bundle manifest revision rev version build dedupe ' +
    'duplicate unique integrity url urls slug color colour bucket shard partition diff changed snapshot template ' +
    'source sources module modules css style styles schema query queries image images thumbnail icon memo sri ' +
    'namespace uuid guid migration migrations git blob commit tree accept websocket handshake buffer stream dir ' +
    'directory folder dependency dependencies lock lockfile package tarball hostname room score',
);
/** Words of what somebody dishonest gains from: what is signed, shown to be let in, or kept from others. */
const GUARDING = set(
  'token tokens auth authenticate authenticated authentication authorize authorization sign signed ' +
    'signing verify verified verification secret secrets session sessions credential credentials csrf nonce otp ' +
    'salt encrypt encrypted decrypt certificate license licence reset activation invite invitation ssn pin',
);

export type Purpose = 'guarding' | 'harmless' | 'unknown' | 'wrapper';

/**
 * A `wrapper` is called like the hash itself: what it is for is seen where it is called.
 *
 * @param inputs what is hashed.
 */
export function purposeOf(hash: Node, inputs: readonly Node[]): Purpose {
  const around = [...namesAbove(hash)].flatMap((name) => wordsOf(name));
  if (around.some((word) => HARMLESS.has(word))) return 'harmless';
  if ([...namesAbove(hash)].some((name) => /^(?:md5|sha1)(?:sync)?$/i.test(name))) return 'wrapper';
  const names = inputs.flatMap((input) => [...namesIn(input)]);
  if (names.some((name) => isSecretName(name))) return 'guarding';
  const inside = names.flatMap((name) => wordsOf(name));
  if (around.some((word) => GUARDING.has(word))) return 'guarding';
  return inside.some((word) => HARMLESS.has(word) || /^(?:email|json|stringify|key|id)$/.test(word))
    ? 'harmless'
    : 'unknown';
}

/** The names that variables, properties and members in an expression have. */
export function* namesIn(expression: Node): Generator<string> {
  for (const node of expression.walkOwn()) {
    const { kind } = node;
    if (kind === 'identifier' || kind === 'property_identifier' || kind === 'shorthand_property_identifier')
      yield node.text;
    if (kind === 'string' && node.field === 'index') yield propertyName(node) ?? '';
  }
}

/** The names that the result of an expression is given, from the inside to the nearest functions with a name. */
export function* namesAbove(node: Node): Generator<string> {
  let functions = 0;
  for (const outer of node.ancestors()) {
    if (outer.kind === 'variable_declarator') yield outer.child('name')?.text.slice(0, 60) ?? '';
    if (outer.kind === 'pair') yield propertyName(outer.child('key') ?? outer) ?? '';
    if (outer.kind === 'assignment_expression') yield outer.child('left')?.text.slice(0, 60) ?? '';
    if (!FUNCTION_KINDS.has(outer.kind)) continue;
    const name = nameOfFunction(outer);
    yield name;
    if (name !== '' && ++functions === 2) return;
  }
}
