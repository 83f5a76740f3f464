/**
 * What one file says about routes, as plain data that can be kept as JSON: it depends on this file alone. Names of
 * other files are kept as references and resolved by `routeGraph`. All offsets are 0-based UTF-16, ends exclusive.
 */
import type { Span } from '../analysis/span';

export type Framework = 'express' | 'fastify' | 'koa' | 'hono' | 'nest' | 'next' | 'trpc';

/**
 * What becomes of requests in a function.
 *
 * - `authenticates`: who is not logged in is turned away.
 * - `authorises`: who has not some role or permission is turned away.
 * - `owns`: whose the record is not, is turned away.
 * - `nothing`: nobody is turned away for who they are.
 * - `unknown`: the file does not tell. **Invariant:** what is not known is never `nothing`.
 */
export type Does = 'authenticates' | 'authorises' | 'owns' | 'nothing' | 'unknown';

/** What an expression refers to. */
export type Ref =
  /** A router, an application or a plugin's parameter of this file. */
  | { readonly is: 'group'; readonly id: string }
  | { readonly is: 'function'; readonly id: string }
  | { readonly is: 'class'; readonly id: string }
  /** What is imported: `path` is empty for the whole module, `['default', …]` for its default export. */
  | { readonly is: 'import'; readonly from: string; readonly path: readonly string[] }
  | { readonly is: 'member'; readonly of: Ref; readonly name: string }
  | {
      readonly is: 'call';
      readonly of: Ref;
      /** The arguments that are constant texts, those in lists and objects among them. */
      readonly texts: readonly string[];
      /** The arguments that refer to something. */
      readonly args: readonly Ref[];
    }
  | { readonly is: 'object'; readonly members: Readonly<Record<string, Ref>> }
  | { readonly is: 'list'; readonly parts: readonly Ref[] }
  | { readonly is: 'unknown' };

/** Something that stands in a registration: a guard, a handler, a router. */
export interface Part extends Span {
  /** As written, shortened: `requireRole('admin')`. */
  readonly name: string;
  readonly ref: Ref;
  /** Whether it is there under a condition only. */
  readonly isConditional?: true;
}

/** A path with the prefixes of its own registration; `{…}` stands for what is not constant. */
export interface PathText {
  readonly text: string;
  readonly isComputed?: true;
}

export interface RouteEntry extends Span {
  readonly do: 'route';
  /** In capitals; `ALL` for every method, of tRPC `QUERY`, `MUTATION`, `SUBSCRIPTION`, of Next also `ACTION`. */
  readonly methods: readonly string[];
  readonly path: PathText;
  readonly guards: readonly Part[];
  readonly handler: Part | undefined;
  /** Whether it is said to be meant for everybody: `@Public()`. */
  readonly isPublic?: true;
  /** The roles that it is said to need, which is nothing before a guard asks for them: `@Roles('admin')`. */
  readonly demands?: readonly string[];
}

/** What happens to a router, in the order of the file. */
export type Entry =
  | RouteEntry
  /** For all that is registered behind it; each part may turn out to be a guard or a router. */
  | (Span & { readonly do: 'use'; readonly path: PathText; readonly parts: readonly Part[] })
  /** A hook of Fastify, for the whole plugin. */
  | (Span & { readonly do: 'hook'; readonly parts: readonly Part[] })
  | (Span & {
      readonly do: 'mount';
      readonly path: PathText;
      readonly guards: readonly Part[];
      readonly router: Part;
    })
  /** @fastify/autoload: every file below a folder; `dir` is relative to the folder of this file. */
  | (Span & { readonly do: 'autoload'; readonly path: PathText; readonly dir: string })
  /** The router is handed to a function; `argument` is `0`, or `0.app` for a property of it. */
  | (Span & { readonly do: 'call'; readonly callee: Part; readonly argument: string })
  /** `app.param('id', guard)` */
  | (Span & { readonly do: 'param'; readonly name: string; readonly parts: readonly Part[] });

export interface GroupFacts extends Span {
  readonly id: string;
  readonly name: string;
  readonly framework: Framework | undefined;
  /**
   * - `app`: listens by itself. `router`: has to be mounted. `parameter`: is handed over.
   * - `elsewhere`: is `of` another file.
   */
  readonly sort: 'app' | 'router' | 'parameter' | 'elsewhere';
  readonly of?: Ref;
  readonly prefix: PathText;
  readonly entries: readonly Entry[];
}

export interface FunctionFacts extends Span {
  readonly name: string;
  readonly does: Does;
  /** The roles and permissions that it asks for by name. */
  readonly roles: readonly string[];
  /** Whether it calls the next handler without an error, so that it may stand before another one. */
  readonly passesOn: boolean;
  /** Whether it does what it does only for some addresses. */
  readonly asksForPath: boolean;
  /** Whether it looks at who is logged in, in whatever way. */
  readonly asksWho: boolean;
  /** Whether it speaks of sessions, tokens, keys, signatures or rights at all. */
  readonly readsProof: boolean;
  /** What it changes: names of entities, calls of writing functions. */
  readonly writes: readonly string[];
  /** The functions that it calls, which may do what it does not. */
  readonly calls: readonly Part[];
  /** What it answers, where that is a router or a function. */
  readonly answers: Ref | undefined;
  /** What it puts into `this`. */
  readonly members: Readonly<Record<string, Ref>>;
}

export interface ClassFacts extends Span {
  readonly name: string;
  /** By name: methods, fields that hold something, what `this.name = …` gives. */
  readonly members: Readonly<Record<string, Ref>>;
  readonly parent: Ref | undefined;
}

/** NestJS. */
export interface ControllerFacts extends Span {
  /** The class. */
  readonly id: string;
  readonly paths: readonly PathText[];
  readonly guards: readonly Part[];
  readonly isPublic?: true;
  readonly demands?: readonly string[];
  readonly routes: readonly RouteEntry[];
}

export interface ModuleFacts extends Span {
  /** The class. */
  readonly id: string;
  readonly controllers: readonly Ref[];
  readonly imports: readonly Ref[];
  /** What `APP_GUARD` provides. */
  readonly guards: readonly Part[];
  /** `consumer.apply(AuthMiddleware).forRoutes('users')` */
  readonly middleware: readonly NestMiddlewareFacts[];
}

export interface NestMiddlewareFacts {
  readonly guards: readonly Part[];
  /** Paths with a method in capitals or `ALL`. */
  readonly paths: readonly { readonly path: string; readonly method: string }[];
  readonly controllers: readonly Ref[];
}

/** `NestFactory.create(AppModule)` and what follows. */
export interface NestAppFacts extends Span {
  readonly module: Ref;
  readonly prefix: PathText;
  readonly guards: readonly Part[];
}

/** `middleware.ts` of Next.js. */
export interface NextMiddlewareFacts extends Span {
  /** Undefined where it runs for every address; empty where what it says is not constant. */
  readonly matchers: readonly string[] | undefined;
  readonly guard: Part;
}

export interface RouteFacts {
  readonly groups: readonly GroupFacts[];
  readonly functions: Readonly<Record<string, FunctionFacts>>;
  readonly classes: Readonly<Record<string, ClassFacts>>;
  /** By exported name; `=` is what `module.exports` is set to. */
  readonly exports: Readonly<Record<string, Ref>>;
  /** `export * from './routes'` */
  readonly reexports: readonly string[];
  /** Of Fastify: what `app.decorate('authenticate', …)` puts into applications. */
  readonly decorations: Readonly<Record<string, Ref>>;
  readonly controllers: readonly ControllerFacts[];
  readonly modules: readonly ModuleFacts[];
  readonly nestApps: readonly NestAppFacts[];
  readonly nextRoutes: readonly RouteEntry[];
  readonly nextMiddleware: NextMiddlewareFacts | undefined;
}

export const NOTHING_KNOWN: Ref = { is: 'unknown' };
