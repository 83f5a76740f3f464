/** What keeps `__proto__` and the like from being used as a key. */
import { type Call, callAt } from '../../analysis/item-facts';
import type { ItemKeys } from '../../analysis/item-index';
import { FUNCTION_KINDS, type Kind } from '../../analysis/kind';
import { unwrap } from '../../analysis/literal';
import { Node } from '../../analysis/node';
import { rememberedByNode } from '../../analysis/remembered';
import { functionOf } from '../../analysis/results';
import type { SourceFile } from '../../analysis/source-file';
import { resolvedValue } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import type { DeepWrite } from './deep-writes';
import { namesOfFunction } from './recursion';
import { assignmentsTo } from './value-ways';

/** `some`: `__proto__` is refused, and `constructor.prototype` may get through. */
export type Guarding = 'all' | 'some' | 'none';

export function guardingOf(deep: DeepWrite): Guarding {
  const { region, step, write } = deep;
  const known = inRegion(region);
  if (known.isJudged || known.hasOnlyBareObjects) return 'all';
  const refused = new Set([...known.refused, ...refusedByCallers(deep)]);
  const bases = [step.child('object'), write.base].map((base) => base && unwrap(base).text);
  if (known.owned.some((owner) => bases.includes(owner))) return 'all';
  if (!refused.has('__proto__')) return 'none';
  return refused.size > 1 || known.takesObjectsOnly ? 'all' : 'some';
}

const NAMES = /__proto__|\bconstructor\b|\bprototype\b/g;

interface Known {
  readonly refused: ReadonlySet<string>;
  /** Objects, as written, whose own properties are asked for. */
  readonly owned: readonly string[];
  /** Whether a function of another file is asked whether a key is safe. */
  readonly isJudged: boolean;
  /** Whether functions, such as `constructor`, are not gone into. */
  readonly takesObjectsOnly: boolean;
  readonly hasOnlyBareObjects: boolean;
}

interface Place {
  readonly place: Node;
  /** Whether what is said of types there is about what is gone into. */
  readonly isAboutObjects: boolean;
}

const inRegion = rememberedByNode((region: Node): Known => {
  const refused = new Set<string>();
  const owned: string[] = [];
  let isJudged = false;
  let comparesObject = false;
  let comparesFunction = false;
  let makesBare = false;
  let makesEmpty = false;
  const seen = new Set<string>();
  const next: Place[] = [];
  const look = ({ place, isAboutObjects }: Place, depth: number): void => {
    for (const node of place.walk()) {
      switch (node.kind) {
        case 'string':
        case 'template_string':
        case 'regex':
          for (const [name] of node.text.matchAll(NAMES)) refused.add(name);
          if (!isAboutObjects) break;
          comparesObject ||= /^.(?:object|\[object Object\]).$/.test(node.text);
          comparesFunction ||= /^.function.$/.test(node.text);
          break;
        case 'object':
          if (depth === DEEPEST && node.parts.length === 0) makesEmpty = true;
          break;
        case 'binary_expression':
          // `if (o[key] === Object.prototype) o[key] = {}`
          if (/\bObject\.prototype$/.test(node.child('right')?.text ?? '')) isJudged = true;
          break;
        case 'call_expression': {
          const call = callAt(node);
          if (!call) break;
          const owner = ownerAsked(call);
          if (owner && depth === DEEPEST) owned.push(unwrap(owner).text);
          if (
            call.name === 'globalThis.Object.create' &&
            call.args[0] &&
            resolvedValue(call.args[0]).kind === 'null'
          )
            makesBare = true;
          if (isJudging(call)) isJudged = true;
          if (/plainobj/i.test(call.method ?? call.callee.text)) comparesObject = true;
          break;
        }
        case 'identifier': {
          for (const meant of depth > 0 ? meantBy(node, region) : []) {
            const key = `${meant.item.stamp}:${meant.index}`;
            if (seen.has(key)) continue;
            seen.add(key);
            next.push({ place: meant, isAboutObjects: /obj|plain/i.test(node.text) });
          }
          break;
        }
      }
    }
  };
  // Level by level, so that what is near is looked into as deep as it may be.
  let level: readonly Place[] = [{ place: region, isAboutObjects: true }];
  for (let depth = DEEPEST; depth >= 0; depth--) {
    for (const each of level) look(each, depth);
    level = next.splice(0);
  }
  return {
    refused,
    owned,
    isJudged,
    takesObjectsOnly: comparesObject && !comparesFunction,
    hasOnlyBareObjects: makesBare && !makesEmpty,
  };
});

/** So many functions deep helpers are looked into. */
const DEEPEST = 3;
/** Longer helpers and lists (UTF-16 units) are no checks of a key. */
const LONGEST_HELPER = 2000;

/** The functions, lists, sets or patterns of the file that a name stands for. */
function meantBy(name: Node, region: Node): readonly Node[] {
  const values = [
    functionOf(name) ?? resolvedValue(name),
    ...assignmentsTo(name).map(({ value }) => unwrap(value)),
  ];
  return values.filter((value) => {
    if (value.is(name) || region.contains(value)) return false;
    const isMeant = FUNCTION_KINDS.has(value.kind) || LISTS.has(value.kind);
    return isMeant && value.end - value.start <= LONGEST_HELPER;
  });
}

const LISTS: ReadonlySet<Kind> = new Set<Kind>(['array', 'object', 'regex', 'string', 'new_expression']);

const OWN = /^_?(?:hasOwn\w*|has|hop|isOwn\w*|own\w*|propertyIsEnumerable)$/;

/** The object of `hasOwnProperty.call(target, key)`, `target.hasOwnProperty(key)`, `hasOwn(target, key)`. */
function ownerAsked({ method, callee, args }: Call): Node | undefined {
  if (args.length === 0) return undefined;
  const object = callee.child('object');
  if (method === 'indexOf' || method === 'includes') {
    const list = object && unwrap(object);
    const isOwn = /^Object\.(?:keys|getOwnPropertyNames)$/.test(list?.child('function')?.text ?? '');
    return isOwn ? list?.child('arguments')?.parts[0] : undefined;
  }
  if (method === 'call' && OWN.test(object?.text.split('.').at(-1) ?? '')) return args[0];
  if (args.length === 1) return OWN.test(method ?? '') ? object : undefined;
  return OWN.test(method ?? callee.text) ? args[0] : undefined;
}

const JUDGING: ReadonlySet<string> = new Set(
  'proto prototype polluted pollution unsafe safe dangerous forbidden reserved special blocked denied blacklist denylist sanitize sanitise'.split(
    ' ',
  ),
);

/** `isUnsafeKey(key)` and `specialProperties.has(key)` of another file. */
function isJudging(call: Call): boolean {
  const name = call.name ?? call.callee.text;
  if (call.args.length === 0 || name.length > 60) return false;
  return wordsOf(name).some((word) => JUDGING.has(word)) && !functionOf(call.callee);
}

/** What the functions of the file that call a function refuse before: all of them, or one where it is only about reading. */
function refusedByCallers({ region, isCreation }: DeepWrite): readonly string[] {
  const callers = callersOf(region).slice(0, MOST_CALLERS);
  const refused = callers.map((caller) => inRegion(caller).refused);
  const all = refused.flatMap((names) => [...names]);
  return isCreation ? all : all.filter((name) => refused.every((names) => names.has(name)));
}

const MOST_CALLERS = 8;

function callersOf(region: Node): readonly Node[] {
  const { file } = region.item;
  const callers = namesOfFunction(region).flatMap((name) => callersOfName(file, name));
  return callers.filter((caller) => !region.contains(caller));
}

/** The functions that call something of a name, as a variable or as a method. */
function callersOfName(file: SourceFile, name: string): readonly Node[] {
  return file.ofWholeFile(`callers of ${name}`, () =>
    file.itemsWith(CALLED, name).flatMap((item) =>
      item.indicesOf('call_expression').flatMap((index) => {
        const node = new Node(item, index);
        return nameCalledBy(node) === name ? (node.enclosingFunction ?? []) : [];
      }),
    ),
  );
}

/** The names of what an item calls. */
const CALLED: ItemKeys = {
  of: (item) =>
    item.indicesOf('call_expression').flatMap((index) => nameCalledBy(new Node(item, index)) ?? []),
};

function nameCalledBy(call: Node): string | undefined {
  const callee = call.child('function');
  return (callee?.kind === 'identifier' ? callee : callee?.child('property'))?.text;
}
