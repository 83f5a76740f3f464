/** Controllers and modules of NestJS, and controllers that are written like them. */
import { callAt } from '../analysis/item-facts';
import type { ItemKeys } from '../analysis/item-index';
import type { Kind } from '../analysis/kind';
import { unwrap } from '../analysis/literal';
import { canonicalName } from '../analysis/name';
import { Node } from '../analysis/node';
import { constantString, pairOf, resolvedValue } from '../analysis/value';
import { GUARD_DECORATORS } from '../models/guard-places';
import { PUBLIC_DECORATOR } from '../models/route-guards';
import type {
  ControllerFacts,
  ModuleFacts,
  NestAppFacts,
  NestMiddlewareFacts,
  Part,
  PathText,
  Ref,
  RouteEntry,
} from './facts';
import { pathsOf, ROOT } from './paths';
import type { References } from './references';

const CLASSES: ReadonlySet<Kind> = new Set<Kind>([
  'class_declaration',
  'abstract_class_declaration',
  'class',
]);
const FROM = /^(?:@nestjs\/common|routing-controllers|@tsed\/\w+|inversify-express-utils)\./;
const CONTROLLER = /\.(?:Controller|JsonController|controller)$/;
const ROUTE = /\.(Get|Post|Put|Patch|Delete|All|Head|Options|Sse|Search)$/;
/** Decorators that say what is needed and turn nobody away by themselves. */
const DEMANDING =
  /^(?:\w*Roles?|\w*Permissions?|\w*Scopes?|CheckPolicies|CheckAbilit(?:y|ies)|Policies|Acl|Access|RequireAny\w*)$/;
const DECORATED = 'decorated';
const DECORATORS: ItemKeys = {
  of: (item) => (item.indicesOf('decorator').length > 0 ? [DECORATED] : []),
};
const CALLS: ItemKeys = {
  of: (item) =>
    item.indicesOf('property_identifier').some((index) => item.leafTextAt(index) === 'create')
      ? [DECORATED]
      : [],
};
const MEMBER_CALLS: ItemKeys = {
  of: (item) =>
    item
      .indicesOf('property_identifier')
      .map((index) => item.leafTextAt(index))
      .filter((name) => name === 'useGlobalGuards' || name === 'setGlobalPrefix'),
};

interface Nest {
  readonly controllers: readonly ControllerFacts[];
  readonly modules: readonly ModuleFacts[];
  readonly nestApps: readonly NestAppFacts[];
}

export function nestIn(references: References): Nest {
  const { file } = references;
  const controllers: ControllerFacts[] = [];
  const modules: ModuleFacts[] = [];
  for (const item of file.itemsWith(DECORATORS, DECORATED)) {
    for (const index of item.indicesOf('decorator')) {
      const decorator = new Node(item, index);
      const name = nameOf(decorator);
      const holder = decorated(decorator);
      if (!holder || !FROM.test(name)) continue;
      if (CONTROLLER.test(name)) controllers.push(controllerOf(decorator, holder, references));
      else if (name === '@nestjs/common.Module') modules.push(moduleOf(decorator, holder, references));
    }
  }
  return { controllers, modules, nestApps: appsIn(references) };
}

/** The class that a decorator is before. */
function decorated(decorator: Node): Node | undefined {
  const { parent } = decorator;
  if (parent && CLASSES.has(parent.kind)) return parent;
  return parent?.parts.find((part) => CLASSES.has(part.kind));
}

function nameOf(decorator: Node): string {
  const [written] = decorator.parts;
  return (written && canonicalName(written.child('function') ?? written)) ?? '';
}

function argsOf(decorator: Node): readonly Node[] {
  const [written] = decorator.parts;
  return written?.kind === 'call_expression' ? (callAt(written)?.args ?? []) : [];
}

/** What decorators say besides where something is. */
interface Said {
  readonly guards: readonly Part[];
  readonly isPublic?: true;
  readonly demands?: readonly string[];
}

function saidBy(decorators: readonly Node[], references: References): Said {
  const guards: Part[] = [];
  const demands: string[] = [];
  let isPublic = false;
  for (const decorator of decorators) {
    const [written] = decorator.parts;
    const called = written?.child('function') ?? written;
    const name = (called?.child('property') ?? called)?.text ?? '';
    const args = argsOf(decorator);
    if (!written) continue;
    if (/^UseGuards$/.test(name)) for (const arg of args) guards.push(references.part(arg));
    else if (PUBLIC_DECORATOR.test(name)) isPublic = true;
    else if (DEMANDING.test(name)) demands.push(...textsIn(args));
    else if (GUARD_DECORATORS.test(name) && !/Throttle/.test(name)) {
      guards.push(references.part(written));
      demands.push(...textsIn(args));
    } else if (
      /^(?:Public|Auth)$/.test(name) &&
      args.some((arg) => /isPublic|public: true|optional/.test(arg.text))
    )
      isPublic = true;
  }
  return { guards, ...(isPublic && { isPublic }), ...(demands.length > 0 && { demands }) };
}

/** `'admin'`, `Role.Admin`, `['a', 'b']`, `{ resource: 'x', action: 'read' }` */
function textsIn(args: readonly Node[]): readonly string[] {
  return args
    .flatMap((arg) => {
      const node = unwrap(arg);
      if (node.kind === 'array') return node.parts;
      return node.kind === 'object' ? node.parts.flatMap((part) => part.child('value') ?? []) : [node];
    })
    .flatMap((node) => constantString(node) ?? (/^\w+(?:\.\w+)+$/.test(node.text) ? node.text : []))
    .slice(0, 8);
}

function controllerOf(decorator: Node, holder: Node, references: References): ControllerFacts {
  const ref = references.of(holder);
  const { start, end } = holder;
  const said = saidBy(decoratorsAround(holder), references);
  const routes = (holder.child('body')?.parts ?? []).flatMap((member) => routesOf(member, references));
  return {
    id: ref.is === 'class' ? ref.id : '',
    paths: pathsIn(argsOf(decorator)[0]),
    ...said,
    routes,
    start,
    end,
  };
}

/** Those of a class stand in it or before its `export`. */
function decoratorsAround(holder: Node): readonly Node[] {
  const outer = holder.parent?.kind === 'export_statement' ? holder.parent.parts : [];
  return [...outer, ...holder.parts].filter(({ kind }) => kind === 'decorator');
}

function pathsIn(argument: Node | undefined): readonly PathText[] {
  const value = argument && resolvedValue(argument);
  const path = value?.kind === 'object' ? pairOf(value, 'path')?.value : argument;
  return path ? pathsOf(path) : [ROOT];
}

function routesOf(method: Node, references: References): readonly RouteEntry[] {
  if (method.kind !== 'method_definition') return [];
  const decorators: Node[] = [];
  for (
    let before = method.previous;
    before?.kind === 'decorator' || before?.kind === 'comment';
    before = before.previous
  )
    if (before.kind === 'decorator') decorators.unshift(before);
  decorators.unshift(...method.parts.filter(({ kind }) => kind === 'decorator'));
  const { start, end } = method;
  const said = saidBy(decorators, references);
  return decorators.flatMap((decorator) => {
    const name = nameOf(decorator);
    const verb = FROM.test(name) ? ROUTE.exec(name)?.[1] : undefined;
    if (verb === undefined) return [];
    const methods = [verb === 'Sse' ? 'GET' : verb.toUpperCase()];
    const { start: from, end: to } = method.child('name') ?? method;
    const handler: Part = {
      start: from,
      end: to,
      name: method.child('name')?.text ?? '',
      ref: references.of(method),
    };
    return pathsIn(argsOf(decorator)[0]).map((path) => ({
      do: 'route' as const,
      methods,
      path,
      ...said,
      handler,
      start,
      end,
    }));
  });
}

function moduleOf(decorator: Node, holder: Node, references: References): ModuleFacts {
  const ref = references.of(holder);
  const options = argsOf(decorator)[0];
  const value = options && resolvedValue(options);
  const listed = (key: string): readonly Node[] => {
    const list = value && pairOf(value, key)?.value;
    const inner = list && resolvedValue(list);
    return inner?.kind === 'array' ? inner.parts : [];
  };
  const refsOf = (key: string): readonly Ref[] => listed(key).map((node) => references.of(node));
  const guards = listed('providers').flatMap((provider) => {
    const given = resolvedValue(provider);
    const token = pairOf(given, 'provide')?.value;
    const guard = (
      pairOf(given, 'useClass') ??
      pairOf(given, 'useExisting') ??
      pairOf(given, 'useFactory') ??
      pairOf(given, 'useValue')
    )?.value;
    return token?.text === 'APP_GUARD' && guard ? [references.part(guard)] : [];
  });
  const { start, end } = holder;
  const id = ref.is === 'class' ? ref.id : '';
  const middleware = middlewareIn(holder, references);
  return {
    id,
    controllers: refsOf('controllers'),
    imports: refsOf('imports'),
    guards,
    middleware,
    start,
    end,
  };
}

/** `configure(consumer) { consumer.apply(AuthMiddleware).forRoutes({ path: 'users', method: RequestMethod.GET }); }` */
function middlewareIn(holder: Node, references: References): readonly NestMiddlewareFacts[] {
  const configure = holder.child('body')?.parts.find((part) => part.child('name')?.text === 'configure');
  const found: NestMiddlewareFacts[] = [];
  for (const node of configure?.walk() ?? []) {
    const call = node.kind === 'call_expression' ? callAt(node) : undefined;
    if (call?.method !== 'forRoutes') continue;
    let applied = call.callee.child('object');
    for (let steps = 6; applied && callAt(applied)?.method !== 'apply' && steps > 0; steps--)
      applied = applied.child('function')?.child('object');
    const guards = (applied && callAt(applied)?.args.map((arg) => references.part(arg))) ?? [];
    const given = call.args.map(resolvedValue);
    const paths = given.flatMap((arg) => {
      const path = constantString(arg.kind === 'object' ? (pairOf(arg, 'path')?.value ?? arg) : arg);
      const method = /RequestMethod\.(\w+)/.exec(
        arg.kind === 'object' ? (pairOf(arg, 'method')?.value.text ?? '') : '',
      )?.[1];
      return path === undefined ? [] : [{ path, method: method ?? 'ALL' }];
    });
    const controllers = given.flatMap((arg) => (arg.kind === 'identifier' ? [references.of(arg)] : []));
    found.push({ guards, paths, controllers });
  }
  return found;
}

/** `const app = await NestFactory.create(AppModule); app.setGlobalPrefix('api'); app.useGlobalGuards(new AuthGuard());` */
function appsIn(references: References): readonly NestAppFacts[] {
  const { file } = references;
  const apps: NestAppFacts[] = [];
  for (const item of file.itemsWith(CALLS, DECORATED)) {
    for (const index of item.indicesOf('call_expression')) {
      const call = callAt(new Node(item, index));
      const [module] = call?.args ?? [];
      if (!call || !module || call.name !== '@nestjs/core.NestFactory.create') continue;
      const { start, end } = call.node;
      const [prefix = ROOT] = argumentsOf('setGlobalPrefix', references).slice(0, 1).flatMap(pathsOf);
      const guards = argumentsOf('useGlobalGuards', references).map((arg) => references.part(arg));
      apps.push({ module: references.of(module), prefix, guards, start, end });
    }
  }
  return apps;
}

function argumentsOf(method: string, { file }: References): readonly Node[] {
  return file.itemsWith(MEMBER_CALLS, method).flatMap((item) =>
    item.indicesOf('call_expression').flatMap((index) => {
      const call = callAt(new Node(item, index));
      return call?.method === method ? call.args : [];
    }),
  );
}
