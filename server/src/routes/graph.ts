/** The routes of a workspace with what a request passes before each, put together from the facts of its files. */
import type { Span } from '../analysis/span';
import type { Does, Framework, FunctionFacts, PathText } from './facts';

/** Where something stands. */
export interface RoutePlace extends Span {
  readonly file: string;
}

export interface EffectiveGuard {
  /** As written: `requireRole('admin')`. */
  readonly name: string;
  /** Where it is put. */
  readonly place: RoutePlace;
  /** Where it is written, if that is known. */
  readonly definition: RoutePlace | undefined;
  /**
   * Where it comes from: the route itself, `use` for a router or a path, a hook of a plugin, a registration of the
   * same path before, a parameter, a decorator of the method or of the class, the whole application, the matcher of
   * Next's middleware, or the procedure of tRPC.
   */
  readonly from:
    | 'route'
    | 'use'
    | 'mount'
    | 'hook'
    | 'same-path'
    | 'param'
    | 'method'
    | 'class'
    | 'global'
    | 'matcher'
    | 'procedure';
  readonly does: Does;
  readonly roles: readonly string[];
  /** Whether it may not be there, or let pass, for some requests: put under a condition, asking for the address. */
  readonly isConditional: boolean;
}

export interface EffectiveHandler {
  readonly name: string;
  readonly definition: RoutePlace | undefined;
  /** What it does itself; undefined where it was not found. */
  readonly facts: FunctionFacts | undefined;
  /** What it turns people away for by itself or through what it calls. */
  readonly does: Does;
  /** Whether it, or what it calls, looks at who asks, in whatever way. */
  readonly asksWho: boolean;
  /** What it changes by itself or through what it calls. */
  readonly writes: readonly string[];
}

export interface EffectiveRoute {
  readonly framework: Framework | undefined;
  /** In capitals; see `RouteEntry.methods`. */
  readonly methods: readonly string[];
  /** From the root of the application on, `{…}` for what is not constant. */
  readonly path: string;
  readonly isComputed: boolean;
  /** The registration. */
  readonly place: RoutePlace;
  /** In the order in which a request passes them. */
  readonly guards: readonly EffectiveGuard[];
  readonly handler: EffectiveHandler | undefined;
  /** False for what no application mounts; undefined where that is not known. */
  readonly isMounted: boolean | undefined;
  /** Whether it is said to be meant for everybody: `@Public()`. */
  readonly isPublic: boolean;
  /** The roles that it is said to need, whether or not a guard asks for them: `@Roles('admin')`. */
  readonly demands: readonly string[];
  /** The registrations by which its routers are mounted, from the application on. */
  readonly mounts: readonly RoutePlace[];
}

/** The middleware of an application of Next.js, and where it runs. */
export interface EffectiveMiddleware {
  readonly guard: EffectiveGuard;
  /** The folder of the application, with `/` behind it; `''` at the top. */
  readonly root: string;
  /** Undefined where it runs for every address; empty where what it says is not constant. */
  readonly matchers: readonly string[] | undefined;
}

export interface RouteGraph {
  readonly routes: readonly EffectiveRoute[];
  readonly middleware: readonly EffectiveMiddleware[];
  /** Whether there was more than is worth showing. */
  readonly isCut: boolean;
}

/** Two paths behind one another. */
export function joined(base: PathText, path: PathText): PathText {
  const isComputed = base.isComputed || path.isComputed;
  const behind = path.text.replace(/^\/+/, '');
  const text = behind === '' ? base.text : `${base.text.replace(/\/+$/, '')}/${behind}`;
  return isComputed ? { text, isComputed } : { text };
}
