/**
 * How somebody is turned away: statuses, errors, addresses and texts that say so. Errors and helpers are often
 * an application's own, so their names have to do.
 */

/** Statuses that say that somebody may not pass. Source: RFC 9110, sections 15.5.2 and 15.5.4. */
export const DENYING_STATUS: ReadonlySet<string> = new Set(['401', '403']);
/** The same by name: `HttpStatus.FORBIDDEN`, `StatusCodes.UNAUTHORIZED`. */
export const DENYING_STATUS_NAME = /^(?:.*_)?(?:forbidden|unauthori[sz]ed)(?:_.*)?$/i;

/** Errors that turn somebody away: `ForbiddenError`, `UnauthorizedException`, `NotAuthorizedError`. */
export const DENYING_ERROR =
  /(?:forbidden|unauthori[sz]ed|unauthenticated|not_?(?:authori[sz]ed|authenticated|allowed)|access_?denied|permission|authentication|authori[sz]ation|auth)(?:Error|Exception|Failure)$/i;
/** Errors of any sort, by the name of their class. */
export const ERROR_CLASS = /(?:Error|Exception)$/;

/** Texts of errors and answers that turn somebody away. */
export const DENYING_TEXT =
  /\bunauthori[sz]ed\b|\bunauthenticated\b|\bforbidden\b|\b(?:access|permission) denied\b|\bnot (?:authori[sz]ed|authenticated|allowed|permitted|logged[- ]in)\b|\b(?:admin|login|authentication|authori[sz]ation) (?:is )?required\b|\bnot an admin|\badmins? only\b|\b(?:insufficient|missing) (?:permissions?|privileges?|role|scope)\b|\b(?:invalid|expired|missing|no) (?:or (?:expired|missing) )?(?:token|credentials|session|signature|api key)\b|\bUNAUTHENTICATED\b/i;

/** Addresses that somebody without a login is sent to. */
export const LOGIN_ADDRESS =
  /\b(?:log-?in|sign-?in|auth|unauthori[sz]ed|forbidden|access-?denied|403|401)\b/i;

/** Members of a response that answer; `status(…)` alone does not. */
export const ANSWERING: ReadonlySet<string> = new Set(
  (
    'json jsonp send sendstatus sendfile end redirect render text html body forbidden unauthorized unauthorised ' +
    'view download'
  ).split(' '),
);
/** Members of a response that set the status. */
export const SETTING_STATUS: ReadonlySet<string> = new Set(['status', 'code', 'sendstatus', 'writehead']);
/** Members of a response that turn somebody away by themselves. Source: Sails, @fastify/sensible. */
export const REFUSING_MEMBER: ReadonlySet<string> = new Set(['forbidden', 'unauthorized', 'unauthorised']);

/** What a response is called in the handlers of Express, Fastify, Koa and Node. */
export const RESPONSE_NAMES: ReadonlySet<string> = new Set(['res', 'response', 'resp', 'reply']);
/** What the context of a request is called that answers, too (Koa, Hono). */
export const CONTEXT_NAMES: ReadonlySet<string> = new Set(['ctx', 'context', 'c']);

/** Calls that make a response which does nothing until it is returned. */
export const RESPONSE_MAKERS: ReadonlySet<string> = new Set([
  'next/server.NextResponse.json',
  'next/server.NextResponse.redirect',
  'next/server.NextResponse.rewrite',
  'globalThis.Response.json',
  'globalThis.Response.redirect',
  '@remix-run/node.json',
  '@remix-run/node.redirect',
  'react-router.redirect',
  'react-router.data',
]);
/** Classes whose instances do nothing until they are returned. */
export const RESPONSE_CLASSES: ReadonlySet<string> = new Set([
  'globalThis.Response',
  'next/server.NextResponse',
]);
/** Calls that make an error which does nothing until it is thrown or passed on. Sources: http-errors, @hapi/boom. */
export const ERROR_MAKERS: ReadonlySet<string> = new Set([
  'http-errors',
  'http-errors.Forbidden',
  'http-errors.Unauthorized',
  '@hapi/boom.forbidden',
  '@hapi/boom.unauthorized',
]);
/** Calls that throw by themselves: nothing behind them runs. */
export const THROWING_CALLS: ReadonlySet<string> = new Set([
  'next/navigation.redirect',
  'next/navigation.permanentRedirect',
  'next/navigation.notFound',
  'next/navigation.forbidden',
  'next/navigation.unauthorized',
  '@sveltejs/kit.error',
  '@sveltejs/kit.redirect',
]);
