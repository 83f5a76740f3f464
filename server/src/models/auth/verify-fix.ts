/** Fixes that verify a token where it is only decoded, with a key that the file uses. */
import { nameByType } from '../../analysis/declared-type';
import type { Edit, Fix } from '../../analysis/fix';
import { type Call, callAt } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import { Node } from '../../analysis/node';
import { meansTheSameAt } from '../../analysis/same-meaning';
import { usesOf } from '../../analysis/uses';
import { constantString, propertyOf, resolvedValue } from '../../analysis/value';

/** A function that takes the place of a decoder: verifies and answers the same, or throws. */
interface Successor {
  readonly verify: string;
  readonly sign: string;
}

const SUCCESSORS: Readonly<Record<string, Successor>> = {
  'jsonwebtoken.decode': { verify: 'jsonwebtoken.verify', sign: 'jsonwebtoken.sign' },
  '@nestjs/jwt.JwtService().decode': {
    verify: '@nestjs/jwt.JwtService().verify',
    sign: '@nestjs/jwt.JwtService().sign',
  },
};

/** One fix for each key that the file verifies or signs tokens with. */
export function verifyFixes(decoding: Call, decoder: string): Fix[] {
  const successor = SUCCESSORS[decoder];
  const [token, options] = decoding.args;
  if (!successor || !token) return [];
  const isComplete = options !== undefined && /\bcomplete\b/.test(resolvedValue(options).text);
  const fixes = new Map<string, Fix>();
  for (const { key, settings } of keysIn(decoding, successor)) {
    const named = nameEdits(decoding);
    if (!named || fixes.has(key)) continue;
    const all = [...settings, ...(isComplete ? ['complete: true'] : [])];
    const rest = [token.text, key, all.length > 0 ? `{ ${all.join(', ')} }` : ''].filter(
      (part) => part !== '',
    );
    const list = decoding.node.child('arguments');
    if (!list) continue;
    const edits = [...named, { start: list.start, end: list.end, text: `(${rest.join(', ')})` }];
    const title = key === '' ? 'Verify the token' : `Verify the token with \`${key}\``;
    fixes.set(key, { title, safety: 'choice', edits });
  }
  return [...fixes.values()];
}

interface Key {
  /** The argument, as written; `''` where the service has its own. */
  readonly key: string;
  readonly settings: readonly string[];
}

function* keysIn(decoding: Call, { verify, sign }: Successor): Generator<Key> {
  const ofService = verify.startsWith('@nestjs/');
  if (ofService) yield { key: '', settings: [] };
  if (ofService) return;
  const { file } = decoding.node.item;
  for (const item of file.items) {
    for (const index of item.indicesOf('call_expression')) {
      const call = callAt(new Node(item, index));
      const name = call && nameByType(call.callee);
      const [, key, options] = call?.args ?? [];
      if (!key || (name !== verify && name !== sign) || !meansTheSameAt(key, decoding.node)) continue;
      const algorithms = algorithmsOf(options, name === sign);
      if (algorithms) yield { key: unwrap(key).text, settings: [`algorithms: ${algorithms}`] };
    }
  }
}

/** The algorithms to verify with; undefined where nothing says so, or where the key only signs. */
function algorithmsOf(options: Node | undefined, isSigning: boolean): string | undefined {
  const object = options && resolvedValue(options);
  if (isSigning) {
    const given = object && propertyOf(object, 'algorithm');
    const algorithm = given ? constantString(given) : 'HS256';
    return algorithm?.startsWith('HS') ? `['${algorithm}']` : undefined;
  }
  const list = object && propertyOf(object, 'algorithms');
  const value = list && resolvedValue(list);
  const names = value?.kind === 'array' ? value.parts.map((part) => constantString(part)) : [];
  if (names.length === 0 || names.some((name) => name === undefined || name === 'none')) return undefined;
  return `[${names.map((name) => `'${name}'`).join(', ')}]`;
}

/** Calls `verify` instead of `decode`, imported where it has to be. */
function nameEdits({ callee }: Call): Edit[] | undefined {
  const property = callee.child('property');
  if (property) return [{ start: property.start, end: property.end, text: 'verify' }];
  const { file } = callee.item;
  const declaration = file.lookUp(callee.text, callee);
  const declared = declaration && file.nodeOf(declaration);
  if (!declaration || !declared) return undefined;
  const isImport = declared.parent?.kind === 'import_specifier';
  const place = isImport ? declared.parent : declared;
  if (!isImport && declared.kind !== 'shorthand_property_identifier_pattern') return undefined;
  const known = file.lookUp('verify', callee);
  const edits = [{ start: callee.start, end: callee.end, text: 'verify' }];
  const siblings = place?.parent?.parts.map((part) => part.text) ?? [];
  if (known) return siblings.includes('verify') ? edits : undefined;
  const isLast = usesOf(declaration, file).length === 1;
  const at = isLast ? (place?.start ?? 0) : (place?.end ?? 0);
  return [{ start: at, end: place?.end ?? 0, text: isLast ? 'verify' : ', verify' }, ...edits];
}
