/** Where guards are registered: methods of routers, keys of options, decorators. Sources: the frameworks' documentation. */

/** Methods that put something before all routes. Express, Koa, Hono, Fastify, Nest. */
export const REGISTERING: ReadonlySet<string> = new Set(
  'use addHook register apply useGlobalGuards onRequest beforeHandle guard'.split(' '),
);

/** Methods that register one route. */
export const ROUTE_METHODS: ReadonlySet<string> = new Set(
  'get post put patch delete del options head all route ws'.split(' '),
);

/** Keys under which the options of a route name its guards. Fastify, Hapi, Angular, Vue Router, Nuxt. */
export const GUARD_KEYS: ReadonlySet<string> = new Set(
  'preHandler onRequest preValidation preParsing beforeHandler beforeEnter middleware middlewares canActivate canActivateChild canMatch canLoad guards auth pre'.split(
    ' ',
  ),
);

/** Decorators that guard. Nest, type-graphql, routing-controllers, LoopBack, and names as applications choose them. */
export const GUARD_DECORATORS =
  /^@?(?:UseGuards|Roles|AllowedRoles|RolesAllowed|HasRoles?|RequireRoles?|Authorized|Authorize|Authenticated|Auth|JwtAuth|Permissions|RequirePermissions?|CheckPolicies|CheckAbilit(?:y|ies)|Policies|authenticate|authorize|Security|Protected|RequireAuth|AdminOnly|Throttle)\b/;

/** Words of middleware that protects without knowing anybody. */
export const PROTECTIONS: ReadonlySet<string> = new Set(
  'helmet csrf csurf lusca limiter ratelimit ratelimiter throttle slowdown hpp'.split(' '),
);

/** Comments without one of these are not looked into. */
export const GUARD_HINT =
  /auth|guard|admin|role|permission|require|ensure|verify|protect|restrict|login|session|token|csrf|csurf|helmet|limit|40[13]|forbidden|polic|owner|can[A-Z]|is[A-Z]|has[A-Z]/i;
