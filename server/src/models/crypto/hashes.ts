/** Where code hashes something: by which algorithm, what goes in, and what the result is for. */
import { type Call, callAt, type ItemFacts } from '../../analysis/item-facts';
import { wrapped } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { usesOf } from '../../analysis/uses';
import { constantString, pairOf, resolvedValue } from '../../analysis/value';

export interface HashUse {
  /** The algorithm in lower case without separators: `md5`, `sha1`, `sha256`. */
  readonly algorithm: string;
  /** What names the algorithm: an argument, or what is called. */
  readonly at: Node;
  readonly call: Call;
  /** What is hashed, as far as it can be seen. */
  readonly inputs: readonly Node[];
}

/** Functions that are told the algorithm, by the number of the argument, and what they hash where it is one. */
const NAMED: ReadonlyMap<string, { readonly algorithm: number; readonly input?: number }> = new Map([
  ['crypto.createHash', { algorithm: 0 }],
  ['crypto.hash', { algorithm: 0, input: 1 }],
  ['crypto.subtle.digest', { algorithm: 0, input: 1 }],
  ['crypto.webcrypto.subtle.digest', { algorithm: 0, input: 1 }],
  ['globalThis.crypto.subtle.digest', { algorithm: 0, input: 1 }],
  ['create-hash', { algorithm: 0 }],
]);

/** Functions that are the algorithm. Source: the documentation of each package. */
const FIXED: ReadonlyMap<string, string> = new Map([
  ...['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha3', 'ripemd160'].flatMap(
    (name): [string, string][] => [
      [`crypto-js/${name}`, name],
      [`crypto-js.${name.toUpperCase()}`, name],
      [`globalThis.CryptoJS.${name.toUpperCase()}`, name],
      [`node-forge.md.${name}.create`, name],
    ],
  ),
  ['md5', 'md5'],
  ['MD5', 'md5'],
  ['blueimp-md5', 'md5'],
  ['js-md5', 'md5'],
  ['js-md5.md5', 'md5'],
  ['md5-hex', 'md5'],
  ['ts-md5.Md5.hashStr', 'md5'],
  ['spark-md5.hash', 'md5'],
  ['sha1', 'sha1'],
  ['js-sha1', 'sha1'],
  ['sha256', 'sha256'],
  ['js-sha256', 'sha256'],
  ['js-sha256.sha256', 'sha256'],
  ['js-sha512', 'sha512'],
  ['js-sha512.sha512', 'sha512'],
]);

const NAMES = new Set([...NAMED.keys(), ...FIXED.keys()]);

/** All hashes of an item whose algorithm is known. */
export function* hashesIn(facts: ItemFacts): Generator<HashUse> {
  for (const call of facts.callsTo(NAMES)) {
    const named = NAMED.get(call.name);
    const at = named ? call.args[named.algorithm] : call.callee;
    const algorithm = named ? at && algorithmOf(at) : FIXED.get(call.name);
    if (!at || algorithm === undefined) continue;
    const direct = named ? named.input : /\.create$/.test(call.name) ? undefined : 0;
    const input = direct === undefined ? undefined : call.args[direct];
    yield { algorithm, at, call, inputs: input ? [input] : updatesOf(call.node) };
  }
}

function algorithmOf(argument: Node): string | undefined {
  const value = resolvedValue(argument);
  const name = constantString(pairOf(value, 'name')?.value ?? value);
  return name?.toLowerCase().replace(/^rsa-|[-_/]/g, '');
}

/** So many calls are followed along one chain. */
const MOST_LINKS = 12;

/** The arguments of `.update(…)` behind a call, in its chain or through the variable that holds it. */
function updatesOf(made: Node): Node[] {
  const inputs: Node[] = [];
  const { file } = made.item;
  const open = [made];
  for (let node = open.pop(), left = MOST_LINKS; node && left > 0; node = open.pop(), left--) {
    const whole = wrapped(node);
    const { parent } = whole;
    const call = parent?.kind === 'member_expression' && whole.field === 'object' ? parent.parent : undefined;
    const next = call && callAt(call);
    if (next && parent && next.callee.is(parent)) {
      if (next.method === 'update' && next.args[0]) inputs.push(next.args[0]);
      open.push(next.node);
    }
    const name = parent?.kind === 'variable_declarator' ? parent.child('name') : undefined;
    const declaration = name?.kind === 'identifier' ? file.lookUp(name.text, name) : undefined;
    if (declaration) open.push(...usesOf(declaration, file).slice(0, MOST_LINKS));
  }
  return inputs;
}
