/**
 * What libraries put before routes: which of it turns people away, and which has nothing to do with who they are.
 * Names are canonical. Sources: the documentation of each package.
 */

/** Who is not logged in is turned away. */
const AUTHENTICATING =
  /^(?:passport\.authenticate\(\)|koa-passport\.authenticate\(\)|(?:@fastify\/passport)\.authenticate\(\)|express-jwt(?:\.expressjwt)?\(\)|koa-jwt\(\)|express-oauth2-jwt-bearer\.(?:auth|requiredScopes)\(\)|express-oauth2-bearer\.auth\(\)|connect-ensure-login\.ensureLoggedIn\(\)|express-basic-auth\(\)|koa-basic-auth\(\)|hono\/(?:jwt\.jwt|jwk\.jwk|bearer-auth\.bearerAuth|basic-auth\.basicAuth)\(\)|@clerk\/(?:express|clerk-sdk-node|fastify)\.(?:requireAuth|ClerkExpressRequireAuth)\(\)|express-openid-connect\.requiresAuth\(\)|supertokens-node\/recipe\/session\/framework\/\w+\.verifySession\(\)|@nestjs\/passport\.AuthGuard\(\)(?:\(\))?|keycloak-connect\(\)\.protect\(\)|@auth0\/nextjs-auth0\.(?:withApiAuthRequired|withMiddlewareAuthRequired)\(\)|next-auth\/middleware(?:\.(?:withAuth|middleware))?(?:\(\))?|nest-keycloak-connect\.(?:AuthGuard|RoleGuard|ResourceGuard)(?:\(\))?|@thallesp\/nestjs-better-auth\.AuthGuard(?:\(\))?|express-bearer-token\.required|@hono\/clerk-auth\.requireAuth\(\)|@hono\/oidc-auth\.oidcAuthMiddleware\(\)|@hono\/auth-js\.verifyAuth\(\)|@hono\/stytch-auth\.(?:Consumer|B2B)\.authenticate\w+\(\)|cloudflare-access\.\w+\(\)|restify-jwt-community\(\)|http-auth\.connect\(\)|next-connect-passport\(\))$/;

/** Who has not some scope or permission is turned away. */
const AUTHORISING =
  /^(?:express-oauth2-jwt-bearer\.(?:requiredScopes|claimEquals|claimIncludes|claimCheck|scopeIncludesAny)\(\)|express-jwt-permissions\(\)\.check\(\)|express-jwt-authz\(\)|express-openid-connect\.claim\w+\(\)|accesscontrol-express\.\w+\(\))$/;

/** It has nothing to do with who somebody is: modules whose every member is like that. */
const HARMLESS_MODULES =
  /^(?:body-parser|cors|helmet|morgan|compression|cookie-parser|express-session|cookie-session|method-override|serve-static|serve-favicon|errorhandler|response-time|connect-timeout|express-rate-limit|express-slow-down|express-validator|express-fileupload|multer|celebrate|joi|zod|csurf|csrf-csrf|lusca|hpp|express-mongo-sanitize|xss-clean|express-winston|pino-http|express-pino-logger|connect-flash|express-flash|express-ejs-layouts|express-async-errors|swagger-ui-express|express-useragent|i18n|i18next-http-middleware|koa-bodyparser|@koa\/(?:bodyparser|cors|multer)|koa-body|koa-static|koa-helmet|koa-logger|koa-compress|koa-session|koa-cors|koa-json|koa-response-time|koa-static-cache|koa-camelcase|koa-send|koa-conditional-get|koa-etag|koa-request-id|koa-ratelimit|koa-views|koa-mount|kcors|@fastify\/(?:cors|helmet|cookie|session|formbody|multipart|static|rate-limit|swagger|swagger-ui|compress|sensible|view|websocket|env|csrf-protection|caching|etag|under-pressure|redis|postgres|mongodb|autoload|jwt|secure-session|oauth2)|fastify-(?:cors|helmet|cookie|plugin|type-provider-zod|jwt)|hono\/(?:powered-by|method-override|ip-restriction|cors|logger|compress|csrf|etag|pretty-json|secure-headers|timing|timeout|request-id|body-limit|cache|poweredBy|trailing-slash|context-storage|validator|serve-static)|@hono\/(?:zod-validator|valibot-validator|node-server\/serve-static|swagger-ui|zod-openapi|sentry)|hono-openapi(?:\/zod)?|hono-rate-limiter|@sentry\/\w+|winston|express-prom-bundle|nocache|vhost|connect-history-api-fallback|http-proxy-middleware|express-http-context|cls-rtracer|express-request-id|webpack-(?:dev|hot)-middleware|apollo-server-express|@nestjs\/(?:throttler|cache-manager)|nestjs-throttler|rate-limiter-flexible|ratelimit|toobusy-js|feature-policy|referrer-policy|sqreen|express-status-monitor|express-boom|apicache|connect-redis|connect-mongo|connect-livereload|vite|express-handlebars|consolidate|stylus|node-sass-middleware|less-middleware|i18next-express-middleware|express-unless)(?:[./(]|$)/;
const HARMLESS =
  /^(?:express\.(?:json|urlencoded|static|raw|text|bodyParser|logger|cookieParser|session|methodOverride|favicon|query|compress|csrf|errorHandler|multipart)(?:\(\))?|restify\.plugins\.\w+(?:\(\))?|(?:koa-|@fastify\/)?passport\.(?:initialize|session|secureSession)\(\)|(?:koa-router|@koa\/router)\(\)\.allowedMethods\(\)|express-openid-connect\.auth\(\)|@clerk\/\w+\.clerkMiddleware\(\)|path\.\w+|@nestjs\/common\.(?:ValidationPipe|ClassSerializerInterceptor)(?:\(\))?)$/;

/** What a library's middleware does; undefined where it is not known. @param name canonical, with `()` where it is called. */
export function doneByLibrary(name: string): 'authenticates' | 'authorises' | 'nothing' | undefined {
  if (name.length > 200) return undefined;
  if (AUTHORISING.test(name)) return 'authorises';
  if (AUTHENTICATING.test(name)) return 'authenticates';
  return HARMLESS.test(name) || HARMLESS_MODULES.test(name) ? 'nothing' : undefined;
}

/** Decorators that say that a route is for everybody. They are an application's own. */
export const PUBLIC_DECORATOR =
  /^(?:Is)?(?:Public\w*|SkipAuth\w*|NoAuth\w*|AllowAnonymous|AllowAnon|Unauthenticated|Anonymous|AllowUnauthorized\w*|SkipJwt\w*|Unprotected|OpenRoute|DisableAuth|IgnoreAuth|BypassAuth|WithoutAuth)$/;

/** Functions that say who is logged in, or that a caller is known in another way. They are an application's own mostly. */
export const ASKS_WHO =
  /(?:^|\.)(?:auth|currentUser|getServerSession|getSession|getUser|getCurrentUser|getClaims|getAuth|getToken|requireUser|verifySession|validateRequest|constructEvent(?:Async)?|verify\w*|authenticate\w*|authorize\w*|check\w*(?:Access|Permission|Role|Auth|Admin)\w*|assert\w*|ensure\w*|require[A-Z]\w*|with[A-Z]\w*Auth\w*|enforce\w*|can|cannot|isAllowed|protect\w*)$/;
