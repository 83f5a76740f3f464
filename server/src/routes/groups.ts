/** The routers of a file: made here, handed over, held by a class, or of another file. */
import { callAt } from '../analysis/item-facts';
import type { ItemKeys } from '../analysis/item-index';
import { canonicalName } from '../analysis/name';
import { Node } from '../analysis/node';
import { pairOf, resolvedValue } from '../analysis/value';
import { type MadeRouter, madeRouter, ROUTER_NAME, ROUTER_TYPE } from '../models/routers';
import type { Entry, Framework, GroupFacts, PathText, Ref } from './facts';
import { pathsOf, ROOT } from './paths';
import { parameterPlace } from './ref-parts';
import type { References } from './references';

/** A router under construction. */
export interface Group {
  readonly facts: Omit<GroupFacts, 'entries' | 'prefix'>;
  prefix: PathText;
  readonly entries: Entry[];
}

const LONGEST_NAME = 60;
const MOST_CHAINED = 12;
const ASSIGNMENTS: ItemKeys = {
  of: (item) => (item.indicesOf('assignment_expression').length > 0 ? [ASSIGNED] : []),
};
const ASSIGNED = 'assigned';

export class Groups {
  readonly #references: References;
  readonly #groups = new Map<string, Group>();

  constructor(references: References) {
    this.#references = references;
  }

  get size(): number {
    return this.#groups.size;
  }

  all(): readonly GroupFacts[] {
    return [...this.#groups.values()].map(({ facts, prefix, entries }) => ({
      ...facts,
      prefix,
      entries: [...entries].sort((one, other) => one.start - other.start),
    }));
  }

  /**
   * The router that something is called on; undefined where it is none, or not known to be one.
   *
   * @param isLikely whether the call looks like a registration: asked where only the name speaks for a router.
   */
  at(root: Node, isLikely: () => boolean): Group | undefined {
    const ref = this.#references.of(root);
    if (ref.is === 'group') return this.#ofGroup(root, ref.id, isLikely);
    if (!ROUTER_NAME.test(lastName(root)) || !isLikely()) return undefined;
    if (ref.is === 'unknown') return this.#ofVariable(root);
    if (ref.is !== 'import' && ref.is !== 'member' && ref.is !== 'call') return undefined;
    const id = `>${JSON.stringify(ref)}`;
    return this.#groups.get(id) ?? this.#open(id, root, undefined, 'elsewhere', ref);
  }

  /** A router that is handed to a function; undefined for what is none. */
  handed(node: Node): Group | undefined {
    const made = madeRouter(canonicalName(node) ?? '');
    const ref = made || ROUTER_NAME.test(lastName(node)) ? this.#references.of(node) : undefined;
    if (ref?.is !== 'group') return undefined;
    return this.#groups.get(ref.id) ?? this.#open(ref.id, node, made?.framework, made?.sort ?? 'parameter');
  }

  #ofGroup(root: Node, id: string, isLikely: () => boolean): Group | undefined {
    const known = this.#groups.get(id);
    if (known) return known;
    const made = madeRouter(canonicalName(root) ?? '');
    if (made) return this.#open(id, root, made.framework, made.sort);
    const type = this.#typeOf(root) ?? (this.#isPlugin(root) ? 'FastifyInstance' : undefined);
    if (!type && !(ROUTER_NAME.test(lastName(root)) && isLikely())) return undefined;
    const framework = frameworkOf(type);
    if (root.kind === 'member_expression') {
      const field = this.#fieldMaker(root);
      return this.#open(id, root, field?.framework ?? framework, field?.sort ?? 'app');
    }
    const isFastify = lastName(root) === 'fastify';
    return this.#open(id, root, framework ?? (isFastify ? 'fastify' : undefined), 'parameter');
  }

  /** A variable that is given its value later, or by something unknown. */
  #ofVariable(root: Node): Group | undefined {
    if (root.kind !== 'identifier') return undefined;
    const id = `?${root.text}`;
    const known = this.#groups.get(id);
    if (known) return known;
    const made = this.#assigned(root);
    return this.#open(id, root, made?.framework ?? frameworkOf(this.#typeOf(root)), made?.sort ?? 'app');
  }

  #open(id: string, at: Node, framework: Framework | undefined, sort: GroupFacts['sort'], of?: Ref): Group {
    const { start, end } = at;
    const name = at.text.slice(0, LONGEST_NAME).replace(/\s+/g, ' ');
    const facts = { id, name, framework, sort, start, end, ...(of && { of }) };
    const group: Group = { facts, prefix: prefixOf(at) ?? ROOT, entries: [] };
    this.#groups.set(id, group);
    return group;
  }

  /** `app.register(async (instance) => { … })` */
  #isPlugin(root: Node): boolean {
    const { file } = this.#references;
    const declaration = root.kind === 'identifier' ? file.lookUp(root.text, root) : undefined;
    const place = declaration && parameterPlace(file.nodeOf(declaration));
    const list = place?.argument === '0' ? place.fn.parent : undefined;
    const call = list?.kind === 'arguments' && list.parent ? callAt(list.parent) : undefined;
    return (
      call !== undefined && (call.method === 'register' || /^fastify-plugin(?:\.|$)/.test(call.name ?? ''))
    );
  }

  #typeOf(root: Node): string | undefined {
    const { file } = this.#references;
    const name = root.kind === 'identifier' ? root.text : `this.${root.child('property')?.text}`;
    const declaration = file.lookUp(name, root);
    const at = declaration && file.nodeOf(declaration);
    const own = at?.parent?.child('type');
    const place = at && !own && root.kind === 'identifier' ? parameterPlace(at) : undefined;
    // `const plugin: FastifyPluginAsync = async (app) => {}`
    const holder = place?.fn.parent?.kind === 'variable_declarator' ? place.fn.parent : undefined;
    const text = (own ?? holder?.child('type'))?.text.slice(0, 200);
    return text !== undefined && (ROUTER_TYPE.test(text) || /FastifyPlugin/.test(text)) ? text : undefined;
  }

  /** What `router = Router();` in a class makes, or `this.router = Router()`. */
  #fieldMaker(root: Node): MadeRouter | undefined {
    const { file } = this.#references;
    const declaration = file.lookUp(`this.${root.child('property')?.text}`, root);
    const value = declaration && file.nodeOf(declaration).parent?.child('value');
    return (value && madeRouter(canonicalName(value) ?? '')) ?? this.#assigned(root);
  }

  /** What an assignment somewhere in the file makes. */
  #assigned(target: Node): MadeRouter | undefined {
    const { file } = this.#references;
    const written = target.text;
    return file.ofWholeFile(`router assigned to ${written}`, () => {
      for (const item of file.itemsWith(ASSIGNMENTS, ASSIGNED)) {
        for (const index of item.indicesOf('assignment_expression')) {
          const node = new Node(item, index);
          const right = node.child('left')?.text === written ? node.child('right') : undefined;
          const made = right && madeRouter(canonicalName(right) ?? '');
          if (made) return made;
        }
      }
      return undefined;
    });
  }
}

/** `new Router({ prefix: '/users' })` of Koa. */
function prefixOf(at: Node): PathText | undefined {
  let call = callAt(resolvedValue(at));
  for (let steps = MOST_CHAINED; call && steps > 0 && !madeRouter(canonicalName(call.node) ?? ''); steps--) {
    const object = call.callee.child('object');
    call = object && callAt(object);
  }
  const options = call?.args[0] && resolvedValue(call.args[0]);
  const prefix = options && pairOf(options, 'prefix');
  return prefix && pathsOf(prefix.value)[0];
}

function lastName(node: Node): string {
  return (node.child('property') ?? node).text.slice(0, LONGEST_NAME);
}

function frameworkOf(type: string | undefined): Framework | undefined {
  if (type === undefined) return undefined;
  if (/Fastify/.test(type)) return 'fastify';
  if (/Hono/.test(type)) return 'hono';
  return /Koa/.test(type) ? 'koa' : 'express';
}
