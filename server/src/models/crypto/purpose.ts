/** What a hash is for, as the names around it and of what is hashed say. */
import { callAt } from '../../analysis/item-facts';
import { FUNCTION_KINDS } from '../../analysis/kind';
import { propertyName, unwrap, wrapped } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { goesOnlyTo } from '../../analysis/uses';
import { constantString, resolvedValue } from '../../analysis/value';
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
    'directory folder dependency dependencies lock lockfile package tarball hostname room score entity entitytag lua script scripts experiment',
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
  if (isShortOrTag(hash)) return 'harmless';
  const inside = names.flatMap((name) => wordsOf(name));
  if (around.some((word) => GUARDING.has(word))) return 'guarding';
  return inside.some((word) => HARMLESS.has(word) || /^(?:email|json|stringify|key|id)$/.test(word))
    ? 'harmless'
    : 'unknown';
}

/** Of so few signs two texts with the same are found with any hash, and nobody relies on it. */
const FEW = 12;

/** `createHash('md5').update(x).digest('hex').slice(0, 8)`, `res.setHeader('ETag', …)` */
function isShortOrTag(hash: Node): boolean {
  let node = wrapped(hash);
  while (node.field === 'object' && node.parent?.parent && callAt(node.parent.parent)) {
    node = wrapped(node.parent.parent);
    const { method, args } = callAt(unwrap(node)) ?? {};
    const [start, end] = args ?? [];
    const isCut =
      /^(?:slice|substring|substr)$/.test(method ?? '') && start && resolvedValue(start).text === '0';
    if (isCut && end && Number(resolvedValue(end).text) <= FEW) return true;
  }
  return goesOnlyTo(node, (holder) => {
    const name = callAt(holder)?.args[0];
    return name !== undefined && /^etag$/i.test(constantString(name) ?? '');
  });
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
