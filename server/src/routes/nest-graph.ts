/** Routes of NestJS: which controllers an application has, and the guards of application, class and method. */

import { guardOf, handlerOf } from './effective';
import type {
  ControllerFacts,
  ModuleFacts,
  NestAppFacts,
  NestMiddlewareFacts,
  Part,
  PathText,
  Ref,
} from './facts';
import { type EffectiveGuard, type EffectiveRoute, joined, type RoutePlace } from './graph';
import { covers } from './path-cover';
import type { Resolver } from './resolver';

/** Modules inside of each other. */
const MOST_MODULES = 2_000;
const ROOT: PathText = { text: '' };

interface Placed<T> {
  readonly file: string;
  readonly facts: T;
}

/** What holds for all routes of an application. */
interface Application {
  readonly prefix: PathText;
  readonly guards: readonly EffectiveGuard[];
  readonly place: RoutePlace | undefined;
  readonly middleware: readonly Middleware[];
}

/** What is passed by requests of some paths and controllers, before all guards. */
interface Middleware {
  readonly guards: readonly EffectiveGuard[];
  readonly paths: NestMiddlewareFacts['paths'];
  readonly controllers: readonly string[];
}

export function nestRoutes(resolver: Resolver): EffectiveRoute[] {
  const controllers = placed(resolver, ({ controllers }) => controllers);
  if (controllers.length === 0) return [];
  const byController = applicationsByController(resolver);
  const hasModules = placed(resolver, ({ modules }) => modules).length > 0;
  return controllers.flatMap(({ file, facts }) => {
    const found = byController.get(keyOf(file, facts.id)) ?? [];
    const alone: Application = {
      prefix: ROOT,
      guards: globalGuards(resolver),
      place: undefined,
      middleware: [],
    };
    const isMounted = found.length > 0 || !hasModules ? true : undefined;
    return (found.length > 0 ? found : [alone]).flatMap((application) =>
      routesOf(resolver, file, facts, application, isMounted),
    );
  });
}

function routesOf(
  resolver: Resolver,
  file: string,
  controller: ControllerFacts,
  application: Application,
  isMounted: boolean | undefined,
): EffectiveRoute[] {
  return controller.paths.flatMap((base) =>
    controller.routes.map((route) => {
      const path = joined(joined(application.prefix, base), route.path);
      const isPublic = route.isPublic === true || (controller.isPublic === true && route.guards.length === 0);
      const demands = route.demands ?? controller.demands ?? [];
      // What is meant for everybody is let through by guards that look for that.
      const lifted = isPublic ? [...application.guards, ...of(controller.guards, 'class')] : [];
      const above = isPublic
        ? lifted.map((guard) => ({ ...guard, isConditional: true }))
        : [...application.guards, ...of(controller.guards, 'class')];
      const own = joined(base, route.path).text;
      const before = application.middleware.filter((each) =>
        isFor(each, own, route.methods, keyOf(file, controller.id)),
      );
      const guards = [...before.flatMap(({ guards }) => guards), ...above, ...of(route.guards, 'method')].map(
        (guard) => asking(guard, demands),
      );
      const { start, end } = route;
      return {
        ...{
          framework: 'nest' as const,
          methods: route.methods,
          path: path.text === '' ? '/' : withSlash(path.text),
        },
        ...{
          isComputed: path.isComputed === true,
          place: { file, start, end },
          guards,
          isMounted,
          isPublic,
          demands,
        },
        handler: route.handler && handlerOf(resolver, file, route.handler),
        mounts: application.place ? [application.place] : [],
      };
    }),
  );

  function of(parts: readonly Part[], from: EffectiveGuard['from']): EffectiveGuard[] {
    return parts.map((part) => ({ ...guardOf(resolver, file, part, from), isConditional: false }));
  }
}

function isFor(
  { paths, controllers }: Middleware,
  route: string,
  methods: readonly string[],
  controller: string,
): boolean {
  if (controllers.includes(controller)) return true;
  return paths.some(
    ({ path, method }) =>
      (method === 'ALL' || methods.includes(method)) && covers(path, route, 'exact') === true,
  );
}

/** A guard that asks for roles asks for those that are written at the route. */
function asking(guard: EffectiveGuard, demands: readonly string[]): EffectiveGuard {
  return guard.does === 'authorises' && demands.length > 0 ? { ...guard, roles: demands } : guard;
}

function withSlash(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}

/** All of the workspace, for controllers of which it is not known what they belong to. */
function globalGuards(resolver: Resolver): EffectiveGuard[] {
  const modules = placed(resolver, ({ modules }) => modules);
  const apps = placed(resolver, ({ nestApps }) => nestApps);
  return [...modules, ...apps].flatMap(({ file, facts }) =>
    facts.guards.map((part) => guardOf(resolver, file, part, 'global')),
  );
}

/** The applications that reach a controller through their modules. */
function applicationsByController(resolver: Resolver): ReadonlyMap<string, readonly Application[]> {
  const modules = new Map<string, Placed<ModuleFacts>>();
  for (const each of placed(resolver, ({ modules }) => modules))
    modules.set(keyOf(each.file, each.facts.id), each);
  const apps = placed(resolver, ({ nestApps }) => nestApps);
  const started = apps.flatMap((app) => {
    const key = classKey(resolver, app.file, app.facts.module);
    return key !== undefined && modules.has(key) ? [{ key, app }] : [];
  });
  const imported = new Set(
    [...modules.values()].flatMap(({ file, facts }) => classKeys(resolver, file, facts.imports)),
  );
  const others =
    started.length > 0
      ? []
      : [...modules.keys()].filter((key) => !imported.has(key)).map((key) => ({ key, app: undefined }));
  const found = new Map<string, Application[]>();
  for (const { key, app } of [...started, ...others]) {
    const reached = reachedFrom(resolver, key, modules);
    const application = applicationOf(resolver, app, reached);
    for (const { file, facts } of reached) {
      for (const controller of classKeys(resolver, file, facts.controllers))
        found.set(controller, [...(found.get(controller) ?? []), application]);
    }
  }
  return found;
}

function reachedFrom(
  resolver: Resolver,
  first: string,
  modules: ReadonlyMap<string, Placed<ModuleFacts>>,
): readonly Placed<ModuleFacts>[] {
  const seen = new Set([first]);
  for (const key of seen) {
    const module = modules.get(key);
    if (!module || seen.size > MOST_MODULES) continue;
    for (const next of classKeys(resolver, module.file, module.facts.imports))
      if (modules.has(next)) seen.add(next);
  }
  return [...seen].flatMap((key) => modules.get(key) ?? []);
}

function applicationOf(
  resolver: Resolver,
  app: Placed<NestAppFacts> | undefined,
  modules: readonly Placed<ModuleFacts>[],
): Application {
  const own = app ? app.facts.guards.map((part) => guardOf(resolver, app.file, part, 'global')) : [];
  const provided = modules.flatMap(({ file, facts }) =>
    facts.guards.map((part) => guardOf(resolver, file, part, 'global')),
  );
  const middleware = modules.flatMap(({ file, facts }) =>
    facts.middleware.map(({ guards, paths, controllers }) => ({
      guards: guards.map((part) => guardOf(resolver, file, part, 'use')),
      paths,
      controllers: classKeys(resolver, file, controllers),
    })),
  );
  const place = app && { file: app.file, start: app.facts.start, end: app.facts.end };
  const guards = [...own, ...provided].map((guard) => ({ ...guard, isConditional: false }));
  return { prefix: app?.facts.prefix ?? ROOT, guards, place, middleware };
}

function classKeys(resolver: Resolver, file: string, refs: readonly Ref[]): readonly string[] {
  return refs.flatMap((ref) => classKey(resolver, file, ref) ?? []);
}

/** `UsersModule`, `ConfigModule.forRoot({ … })`, `forwardRef(() => AuthModule)` */
function classKey(resolver: Resolver, file: string, ref: Ref): string | undefined {
  const target = resolver.target(file, ref);
  if (target?.is === 'class' || target?.is === 'instance') return keyOf(target.file, target.id);
  if (ref.is !== 'call') return undefined;
  if (ref.of.is === 'member') return classKey(resolver, file, ref.of.of);
  // The path of an import ends with the static method.
  if (ref.of.is === 'import' && ref.of.path.length > 1)
    return classKey(resolver, file, { ...ref.of, path: ref.of.path.slice(0, -1) });
  const [inner] = ref.args;
  const made = inner && resolver.target(file, inner);
  const answer = made?.is === 'function' ? made.facts.answers : undefined;
  return made?.is === 'function' && answer ? classKey(resolver, made.file, answer) : undefined;
}

function placed<T>(
  resolver: Resolver,
  pick: (facts: NonNullable<ReturnType<Resolver['facts']['get']>>) => readonly T[],
): Placed<T>[] {
  return [...resolver.facts].flatMap(([file, facts]) => pick(facts).map((each) => ({ file, facts: each })));
}

function keyOf(file: string, id: string): string {
  return `${file}\0${id}`;
}
