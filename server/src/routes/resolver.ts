/** What references mean across files: through imports, re-exports, barrels, factories, members of classes. */

import { meaningOf } from '../models/auth/guard';
import { doneByLibrary } from '../models/route-guards';
import { ITSELF } from '../models/routers';
import type { ClassFacts, Does, FunctionFacts, GroupFacts, Ref, RouteFacts } from './facts';
import type { RoutePlace } from './graph';

export type FactsByFile = ReadonlyMap<string, RouteFacts>;
/** The file that a specifier names; undefined for packages and what is not there. */
export type Resolve = (from: string, specifier: string) => string | undefined;

export type Target =
  | {
      readonly is: 'group';
      readonly file: string;
      readonly id: string;
      readonly group: GroupFacts | undefined;
    }
  | { readonly is: 'function'; readonly file: string; readonly id: string; readonly facts: FunctionFacts }
  | {
      readonly is: 'class' | 'instance';
      readonly file: string;
      readonly id: string;
      readonly facts: ClassFacts;
    }
  | { readonly is: 'module'; readonly file: string }
  | { readonly is: 'values'; readonly file: string; readonly refs: readonly Ref[] }
  | { readonly is: 'object'; readonly file: string; readonly members: Readonly<Record<string, Ref>> }
  /** Of a package, by its canonical name. */
  | { readonly is: 'library'; readonly name: string; readonly args: readonly Ref[]; readonly file: string };

export interface Done {
  readonly does: Does;
  readonly roles: readonly string[];
  readonly definition: RoutePlace | undefined;
  readonly asksForPath: boolean;
}

const UNKNOWN: Done = { does: 'unknown', roles: [], definition: undefined, asksForPath: false };
const MOST_STEPS = 40;
const DEEPEST_CALLS = 3;

export class Resolver {
  readonly facts: FactsByFile;
  readonly #resolve: Resolve;
  readonly #exports = new Map<string, Target | undefined>();
  readonly #groups = new Map<string, ReadonlyMap<string, GroupFacts>>();

  constructor(facts: FactsByFile, resolve: Resolve) {
    this.facts = facts;
    this.#resolve = resolve;
  }

  group(file: string, id: string): GroupFacts | undefined {
    let groups = this.#groups.get(file);
    if (!groups) {
      groups = new Map((this.facts.get(file)?.groups ?? []).map((group) => [group.id, group]));
      this.#groups.set(file, groups);
    }
    return groups.get(id);
  }

  target(file: string, ref: Ref, steps = MOST_STEPS): Target | undefined {
    if (steps <= 0) return undefined;
    const facts = this.facts.get(file);
    switch (ref.is) {
      case 'group':
        return { is: 'group', file, id: ref.id, group: this.group(file, ref.id) };
      case 'function': {
        const own = facts?.functions[ref.id];
        return own && { is: 'function', file, id: ref.id, facts: own };
      }
      case 'class': {
        const own = facts?.classes[ref.id];
        return own && { is: 'class', file, id: ref.id, facts: own };
      }
      case 'import':
        return this.#import(file, ref.from, ref.path, steps - 1);
      case 'member': {
        const of = this.target(file, ref.of, steps - 1);
        return of && this.#member(of, ref.name, steps - 1);
      }
      case 'call':
        return this.#call(file, ref, steps - 1);
      case 'object':
        return { is: 'object', file, members: ref.members };
      case 'list':
        return { is: 'values', file, refs: ref.parts };
      case 'unknown':
        return undefined;
    }
  }

  #import(file: string, from: string, path: readonly string[], steps: number): Target | undefined {
    const found = this.#resolve(file, from);
    if (found === undefined) {
      if (/^[.~#]|^@\//.test(from)) return undefined;
      const name = [from.replace(/^node:/, ''), ...path.filter((each) => each !== 'default')].join('.');
      return { is: 'library', name, args: [], file };
    }
    const key = `${found}\0${path.join('\0')}`;
    if (this.#exports.has(key)) return this.#exports.get(key);
    // Circles of re-exports end here.
    this.#exports.set(key, undefined);
    const target = this.#exported(found, path, steps);
    this.#exports.set(key, target);
    return target;
  }

  #exported(file: string, path: readonly string[], steps: number): Target | undefined {
    const facts = this.facts.get(file);
    if (!facts || steps <= 0) return undefined;
    const whole = facts.exports['='];
    const [first, ...rest] = path;
    if (first === undefined) {
      if (whole) return this.target(file, whole, steps - 1);
      return { is: 'module', file };
    }
    const named = Object.hasOwn(facts.exports, first)
      ? facts.exports[first]
      : first === 'default'
        ? whole
        : undefined;
    let target = named && this.target(file, named, steps - 1);
    if (!target && whole) {
      const object = this.target(file, whole, steps - 1);
      target = object && this.#member(object, first, steps - 1);
    }
    for (const from of target || first === 'default' ? [] : facts.reexports) {
      const other = this.#resolve(file, from);
      target = other === undefined ? undefined : this.#exported(other, [first], steps - 1);
      if (target) break;
    }
    for (const name of rest) target = target && this.#member(target, name, steps - 1);
    return target;
  }

  /** What another file exports under a name, as it is written there. */
  exported(
    file: string,
    ref: Extract<Ref, { is: 'import' }>,
    steps = MOST_STEPS,
  ): { readonly file: string; readonly ref: Ref } | undefined {
    const found = this.#resolve(file, ref.from);
    const facts = found === undefined ? undefined : this.facts.get(found);
    const [name = '='] = ref.path;
    if (found === undefined || !facts || ref.path.length > 1 || steps <= 0) return undefined;
    const own = Object.hasOwn(facts.exports, name) ? facts.exports[name] : undefined;
    if (own?.is === 'import') return this.exported(found, own, steps - 1) ?? { file: found, ref: own };
    if (own) return { file: found, ref: own };
    for (const from of facts.reexports) {
      const inner = this.exported(found, { is: 'import', from, path: [name] }, steps - 1);
      if (inner) return inner;
    }
    return undefined;
  }

  #member(of: Target, name: string, steps: number): Target | undefined {
    switch (of.is) {
      case 'module':
        return this.#exported(of.file, [name], steps - 1);
      case 'object': {
        const member = Object.hasOwn(of.members, name) ? of.members[name] : undefined;
        return member && this.target(of.file, member, steps - 1);
      }
      case 'class':
      case 'instance': {
        const own = Object.hasOwn(of.facts.members, name) ? of.facts.members[name] : undefined;
        if (own) return this.target(of.file, own, steps - 1);
        const made = Object.hasOwn(of.facts.members, 'constructor')
          ? of.facts.members['constructor']
          : undefined;
        const maker = made && this.target(of.file, made, steps - 1);
        const put = maker && name !== 'constructor' ? this.#member(maker, name, steps - 1) : undefined;
        if (put) return put;
        const parent = of.facts.parent && this.target(of.file, of.facts.parent, steps - 1);
        return parent && this.#member(parent, name, steps - 1);
      }
      case 'group':
        return ITSELF.has(name) && of.group ? of : this.#decoration(name, steps);
      case 'function': {
        const own = Object.hasOwn(of.facts.members, name) ? of.facts.members[name] : undefined;
        return own && this.target(of.file, own, steps - 1);
      }
      case 'library':
        return { ...of, name: name === 'default' ? of.name : `${of.name}.${name}` };
      default:
        return undefined;
    }
  }

  /** `fastify.authenticate`, which some plugin puts there. */
  #decoration(name: string, steps: number): Target | undefined {
    for (const [file, { decorations }] of this.facts) {
      const own = Object.hasOwn(decorations, name) ? decorations[name] : undefined;
      if (own) return this.target(file, own, steps - 1);
    }
    return undefined;
  }

  #call(file: string, ref: Extract<Ref, { is: 'call' }>, steps: number): Target | undefined {
    const callee = this.target(file, ref.of, steps);
    if (!callee) return undefined;
    switch (callee.is) {
      case 'class':
        return { ...callee, is: 'instance' };
      case 'group':
        return callee;
      case 'library':
        return { is: 'library', name: `${callee.name}()`, args: ref.args, file };
      case 'function': {
        const answer = callee.facts.answers && this.target(callee.file, callee.facts.answers, steps - 1);
        return answer && (answer.is !== 'group' || answer.group) ? answer : callee;
      }
      default:
        return undefined;
    }
  }

  /** What is done with requests by what a reference means, and where that is written. */
  done(file: string, ref: Ref, depth = DEEPEST_CALLS): Done {
    if (ref.is === 'call') {
      const roles = ref.texts;
      const own = this.#doneBy(this.target(file, ref), depth);
      const callee = this.#doneBy(this.target(file, ref.of), depth);
      const best = [own, callee].find(({ does }) => isGuarding(does)) ?? own;
      if (isGuarding(best.does))
        return best.does === 'authorises' ? { ...best, roles: [...roles, ...best.roles] } : best;
      // `asyncHandler(requireAuth)`
      for (const arg of depth > 0 ? ref.args : []) {
        const inner = this.done(file, arg, depth - 1);
        if (isGuarding(inner.does)) return inner;
      }
      return best.does === 'nothing' && ref.args.length > 0 && callee.does !== 'nothing' ? UNKNOWN : best;
    }
    return this.#doneBy(this.target(file, ref), depth);
  }

  #doneBy(target: Target | undefined, depth: number): Done {
    if (!target) return UNKNOWN;
    switch (target.is) {
      case 'library': {
        const does = doneByLibrary(target.name) ?? doneByLibrary(`${target.name}()`);
        return does ? { ...UNKNOWN, does } : UNKNOWN;
      }
      case 'function':
        return this.#doneByFunction(target, depth);
      case 'class':
      case 'instance': {
        const method = ['canActivate', 'use', 'resolve', 'handle'].find((name) =>
          Object.hasOwn(target.facts.members, name),
        );
        const own = method === undefined ? undefined : target.facts.members[method];
        const parent = target.facts.parent;
        const done = own ? this.done(target.file, own, depth - 1) : UNKNOWN;
        const definition = { file: target.file, start: target.facts.start, end: target.facts.end };
        if (isGuarding(done.does) || !parent || depth <= 0) return { ...done, definition };
        const inherited = this.done(target.file, parent, depth - 1);
        return { ...(isGuarding(inherited.does) ? inherited : done), definition };
      }
      case 'object': {
        const handler = ['handler', 'onRequest', 'preHandler', 'middleware'].find((name) =>
          Object.hasOwn(target.members, name),
        );
        const own = handler === undefined ? undefined : target.members[handler];
        return own && depth > 0 ? this.done(target.file, own, depth - 1) : UNKNOWN;
      }
      case 'values': {
        const all = depth > 0 ? target.refs.map((ref) => this.done(target.file, ref, depth - 1)) : [];
        const guarding = all.find(({ does }) => isGuarding(does));
        if (guarding) return guarding;
        const isNothing = all.length > 0 && all.every(({ does }) => does === 'nothing');
        return isNothing ? { ...UNKNOWN, does: 'nothing' } : UNKNOWN;
      }
      default:
        return UNKNOWN;
    }
  }

  #doneByFunction(target: Extract<Target, { is: 'function' }>, depth: number): Done {
    const { file, facts } = target;
    const definition = { file, start: facts.start, end: facts.end };
    const own: Done = { does: facts.does, roles: facts.roles, definition, asksForPath: facts.asksForPath };
    if (isGuarding(facts.does) || depth <= 0) return own;
    let isUnclear = false;
    for (const { ref, name } of facts.calls) {
      const inner = this.done(file, ref, depth - 1);
      if (isGuarding(inner.does)) return { ...own, does: inner.does, roles: inner.roles };
      isUnclear ||= inner.does === 'unknown' && meaningOf(name.replace(/^.*\./s, '')) !== 'nothing';
    }
    return own.does === 'nothing' && isUnclear ? { ...own, does: 'unknown' } : own;
  }
}

export function isGuarding(does: Does): boolean {
  return does === 'authenticates' || does === 'authorises' || does === 'owns';
}
