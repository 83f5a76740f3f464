/**
 * Routes of Express, Fastify, Koa and Hono with what stands before them: goes through the routers from the
 * applications on, in the order of registration.
 */
import { isNext, meaningOf } from '../models/auth/guard';
import { guardOf, handlerOf } from './effective';
import type { Entry, Framework, GroupFacts, Part, PathText, RouteEntry } from './facts';
import { type EffectiveGuard, type EffectiveRoute, joined, type RoutePlace } from './graph';
import { covers } from './path-cover';
import { procedureGuards } from './procedure-guards';
import { isGuarding, type Resolver } from './resolver';
import { type GroupTarget, RoutersOf } from './routers-of';

/** So many routers inside of each other. */
const DEEPEST = 16;
const MOST_ROUTES = 10_000;
/** Routers that mount each other reach each other on more ways than anybody can go. */
const MOST_VISITS = 4_000;

/** What is passed on the way to some paths. */
interface Active {
  readonly path: string;
  readonly mode: 'prefix' | 'exact';
  /** Undefined for every method. */
  readonly methods: readonly string[] | undefined;
  readonly guards: readonly EffectiveGuard[];
}

interface Context {
  readonly prefix: PathText;
  /** By the registrations that mount the router. */
  readonly guards: readonly EffectiveGuard[];
  /** Shared between routers where a request passes one on its way to the next, as of Express. */
  readonly active: Active[];
  readonly params: { readonly name: string; readonly guards: readonly EffectiveGuard[] }[];
  readonly framework: Framework | undefined;
  readonly mounts: readonly RoutePlace[];
  readonly isMounted: boolean | undefined;
  readonly open: readonly string[];
}

/** What other files register on a router of one. */
interface Contribution {
  readonly file: string;
  readonly entries: readonly Entry[];
}

export class Mounting {
  readonly routes: EffectiveRoute[] = [];
  isCut = false;
  readonly #seen = new Set<string>();
  #visits = 0;
  readonly #resolver: Resolver;
  readonly #routers: RoutersOf;
  readonly #contributions = new Map<string, Contribution[]>();
  /** The routers that something mounts. */
  readonly #mounted = new Set<string>();
  /** Whether something is mounted that could not be found: it may be any router. */
  #mountsUnknown = false;

  constructor(resolver: Resolver) {
    this.#resolver = resolver;
    this.#routers = new RoutersOf(resolver);
  }

  run(): void {
    const all = this.#allGroups();
    for (const { file, group } of all) {
      const owner = group.of && this.#resolver.target(file, group.of);
      if (owner?.is === 'group' && owner.group) {
        const key = keyOf(owner.file, owner.id);
        this.#contributions.set(key, [
          ...(this.#contributions.get(key) ?? []),
          { file, entries: group.entries },
        ]);
      }
      for (const entry of group.entries) this.#noteMounted(file, entry);
    }
    for (const { file, group } of all) {
      if (this.#mounted.has(keyOf(file, group.id))) continue;
      const owner = group.of && this.#resolver.target(file, group.of);
      if (owner?.is === 'group' && owner.group) continue;
      const isMounted =
        group.sort === 'app' || group.sort === 'elsewhere'
          ? true
          : group.sort === 'router' && !this.#mountsUnknown
            ? false
            : undefined;
      this.#expand(file, group, {
        ...{ prefix: { text: '' }, guards: [], active: [], params: [], mounts: [], open: [] },
        ...{ framework: group.framework, isMounted: group.sort === 'elsewhere' ? undefined : isMounted },
      });
    }
  }

  #allGroups(): { readonly file: string; readonly group: GroupFacts }[] {
    return [...this.#resolver.facts].flatMap(([file, { groups }]) =>
      groups.map((group) => ({ file, group })),
    );
  }

  #noteMounted(file: string, entry: Entry): void {
    const parts =
      entry.do === 'use'
        ? entry.parts
        : entry.do === 'mount'
          ? [entry.router]
          : entry.do === 'call'
            ? [entry.callee]
            : [];
    if (entry.do === 'autoload')
      for (const { target } of this.#routers.autoloaded(file, entry.dir))
        for (const each of this.#routers.in(target, '0', true, 4))
          this.#mounted.add(keyOf(each.file, each.id));
    for (const part of parts) {
      const targets = this.#routers.of(
        file,
        part,
        entry.do === 'call' ? entry.argument : '0',
        entry.do !== 'use',
      );
      for (const target of targets) this.#mounted.add(keyOf(target.file, target.id));
      if (
        targets.length === 0 &&
        /require\(|import\(|\broute|router\b/i.test(part.name) &&
        !this.#resolver.target(file, part.ref)
      )
        this.#mountsUnknown = true;
    }
  }

  #expand(file: string, group: GroupFacts, context: Context): void {
    const key = keyOf(file, group.id);
    if (context.open.includes(key) || context.open.length >= DEEPEST) return;
    if (this.#visits++ >= MOST_VISITS) {
      this.isCut = true;
      return;
    }
    const framework =
      group.framework ??
      context.framework ??
      (group.entries.some(
        (entry) => entry.do === 'hook' || (entry.do === 'mount' && group.sort === 'parameter'),
      )
        ? 'fastify'
        : undefined);
    const own: Context = {
      ...context,
      framework,
      prefix: joined(context.prefix, group.prefix),
      open: [...context.open, key],
    };
    const steps = [
      ...group.entries.map((entry) => ({ file, entry })),
      ...(this.#contributions.get(key) ?? []).flatMap((each) =>
        each.entries.map((entry) => ({ file: each.file, entry })),
      ),
    ];
    // Hooks of Fastify hold for the whole plugin, wherever they stand in it.
    if (framework === 'fastify')
      for (const { file: at, entry } of steps) if (entry.do === 'hook') this.#hook(at, entry.parts, own);
    for (const { file: at, entry } of steps) {
      if (this.routes.length >= MOST_ROUTES) {
        this.isCut = true;
        return;
      }
      this.#step(at, entry, own);
    }
  }

  #step(file: string, entry: Entry, context: Context): void {
    switch (entry.do) {
      case 'route':
        this.#route(file, entry, context);
        return;
      case 'use':
        this.#use(file, entry, context);
        return;
      case 'mount': {
        const isOpen = this.#isTransparent(file, entry.router);
        const prefix = isOpen ? context.prefix : joined(context.prefix, entry.path);
        const guards = entry.guards.map((part) => guardOf(this.#resolver, file, part, 'mount'));
        for (const router of this.#routers.of(file, entry.router, '0', true)) {
          this.#inside(
            router,
            { ...context, prefix, guards: [...context.guards, ...guards] },
            placeOf(file, entry),
            isOpen,
          );
        }
        return;
      }
      case 'autoload':
        this.#autoload(file, entry, context);
        return;
      case 'call':
        for (const router of this.#routers.of(file, entry.callee, entry.argument, true))
          this.#inside(router, context, undefined, true);
        return;
      case 'param':
        context.params.push({
          name: entry.name,
          guards: entry.parts.map((part) => guardOf(this.#resolver, file, part, 'param')),
        });
        return;
      case 'hook':
        if (context.framework !== 'fastify') this.#hook(file, entry.parts, context);
    }
  }

  /** Every file below a folder is a plugin whose prefix is its folder; `autohooks` files have hooks for theirs. */
  #autoload(file: string, entry: Extract<Entry, { do: 'autoload' }>, context: Context): void {
    const files = this.#routers.autoloaded(file, entry.dir);
    const own = { ...context, active: [...context.active] };
    const prefixOf = (below: string) => joined(joined(context.prefix, entry.path), { text: below });
    for (const { target, below, isHooks } of files) {
      if (!isHooks) continue;
      for (const { file: at, group } of this.#routers.in(target, '0', true, 4))
        for (const each of group.entries)
          if (each.do === 'hook') this.#hook(at, each.parts, { ...own, prefix: prefixOf(below) });
    }
    for (const { target, below, isHooks } of files) {
      const isOpen = target?.is === 'library';
      const prefix = isOpen ? context.prefix : prefixOf(below);
      for (const router of isHooks ? [] : this.#routers.in(target, '0', true, 4))
        this.#inside(router, { ...(isOpen ? context : own), prefix }, placeOf(file, entry), isOpen);
    }
  }

  /** `fp(plugin)` of Fastify has no walls: its hooks hold outside. */
  #isTransparent(file: string, { ref }: Part): boolean {
    const target = this.#resolver.target(file, ref);
    return target?.is === 'library' && /^fastify-plugin(?:\.\w+)?\(\)$/.test(target.name);
  }

  #inside(
    { file, group }: GroupTarget,
    context: Context,
    mount: RoutePlace | undefined,
    isOpen: boolean,
  ): void {
    const mounts = mount ? [...context.mounts, mount] : context.mounts;
    const isApart =
      !isOpen &&
      (context.framework === 'fastify' || context.framework === 'koa' || group.framework === 'koa');
    const active = isApart ? [...context.active] : context.active;
    const params = isOpen ? context.params : [];
    this.#expand(file, group, { ...context, mounts, active, params });
  }

  #hook(file: string, parts: readonly Part[], context: Context): void {
    const guards = parts.map((part) => guardOf(this.#resolver, file, part, 'hook'));
    context.active.push({ path: context.prefix.text, mode: 'prefix', methods: undefined, guards });
  }

  #use(file: string, entry: Extract<Entry, { do: 'use' }>, context: Context): void {
    const path = joined(context.prefix, entry.path);
    const before: EffectiveGuard[] = [];
    for (const part of entry.parts) {
      const routers = this.#routers.of(file, part, '0', false);
      for (const router of routers) {
        const guards = [...context.guards, ...before];
        this.#inside(router, { ...context, prefix: path, guards }, placeOf(file, entry), false);
      }
      if (routers.length === 0) before.push(guardOf(this.#resolver, file, part, 'use'));
    }
    const known = before.filter((guard) => !isErrorHandler(guard));
    // Of Hono a path without a star is that path alone.
    const mode = context.framework === 'hono' && entry.path.text !== '' ? 'exact' : 'prefix';
    if (known.length > 0) context.active.push({ path: path.text, mode, methods: undefined, guards: known });
  }

  #route(file: string, entry: RouteEntry, context: Context): void {
    const path = joined(context.prefix, entry.path);
    const isProcedure = context.framework === 'trpc';
    const own = entry.guards.flatMap((part) =>
      isProcedure
        ? procedureGuards(this.#resolver, file, part)
        : [guardOf(this.#resolver, file, part, 'route')],
    );
    const passed = context.active.flatMap((each) => this.#passed(each, path, entry.methods));
    const params = context.params
      .filter(({ name }) => path.text.split('/').includes(`:${name}`))
      .flatMap(({ guards }) => guards);
    const handler = entry.handler && handlerOf(this.#resolver, file, entry.handler);
    const last = entry.handler && guardOf(this.#resolver, file, entry.handler, 'same-path');
    const isPassedOn =
      handler?.facts?.passesOn === true ||
      (last !== undefined && handler?.facts === undefined && isGuarding(last.does));
    if (last && isPassedOn) {
      const methods = entry.methods.includes('ALL') ? undefined : entry.methods;
      const guards = [...own.map((guard) => ({ ...guard, from: 'same-path' as const })), last];
      context.active.push({ path: path.text, mode: 'exact', methods, guards });
      // `app.all('/admin/*', requireAdmin)` answers nothing.
      if (isGuarding(last.does) && (entry.methods.includes('ALL') || path.text.includes('*'))) return;
    }
    this.#add({
      ...{
        framework: context.framework,
        methods: entry.methods,
        path: isProcedure ? path.text.replaceAll('/', '.').replace(/^\./, '') : withSlash(path.text),
      },
      ...{ isComputed: path.isComputed === true, place: placeOf(file, entry) },
      ...{ guards: [...context.guards, ...passed, ...params, ...own], handler },
      ...{
        isMounted: context.isMounted,
        isPublic: entry.isPublic === true,
        demands: [],
        mounts: context.mounts,
      },
    });
  }

  /** What is registered by a function that runs for two applications alike is one route. */
  #add(route: EffectiveRoute): void {
    const { place, path, methods, guards } = route;
    const key = JSON.stringify([
      place.file,
      place.start,
      path,
      methods,
      guards.map((guard) => [guard.place.file, guard.place.start]),
    ]);
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.routes.push(route);
  }

  #passed(
    { path, mode, methods, guards }: Active,
    route: PathText,
    asked: readonly string[],
  ): readonly EffectiveGuard[] {
    if (methods && !asked.every((method) => methods.includes(method))) return [];
    const isCovered = covers(path, route.text, mode);
    if (isCovered === false) return [];
    return isCovered ? guards : guards.map((guard) => ({ ...guard, isConditional: true }));
  }
}

/** `(error, req, res, next) => …` comes after everything. */
function isErrorHandler({ name }: EffectiveGuard): boolean {
  const parameters = /^\(([^)]*)\) => …$/.exec(name)?.[1]?.split(', ') ?? [];
  return parameters.length === 4 && isNext(parameters[3] ?? '') && meaningOf(name) !== 'insists';
}

function withSlash(path: string): string {
  return /^[/*]/.test(path) ? path : `/${path}`;
}

function keyOf(file: string, id: string): string {
  return `${file}\0${id}`;
}

function placeOf(file: string, { start, end }: { readonly start: number; readonly end: number }): RoutePlace {
  return { file, start, end };
}
