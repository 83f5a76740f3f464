/** Routes that are for everybody by what they are for, and routes that are for few. */
import { wordsOf } from '../analysis/words';

/** Words of paths and handlers that everybody may come to: logins, what comes before them, what machines ask, forms. */
const FOR_ALL = words(
  'login logout signin signout signup signon register registration auth oauth oauth2 oidc saml sso callback forgot reset ' +
    'verify verification confirm confirmation activate otp 2fa mfa refresh token session webhook webhooks hook hooks ipn ' +
    'health healthz healthcheck ready readyz live livez liveness readiness ping status version csrf captcha docs swagger ' +
    'openapi robots sitemap favicon manifest well known public contact newsletter subscribe unsubscribe waitlist feedback ' +
    'telemetry analytics track tracking beacon vitals csp report og rss feed cron invite invitation trpc nextauth uploadthing ' +
    'inngest graphql socket demo preview share shared cart checkout guest visit views locale language theme revalidate',
);

/** Segments of what is for administrators and developers: plain ones, and those that may be for everybody. */
const PRIVILEGED = words('admin admins administrator superadmin superuser impersonate internal debug seed');
const PERHAPS_PRIVILEGED = words('migrate migration migrations backup backups restore env maintenance sudo');

/** What is written on the way of a request anyway: nobody's data. */
const KEPT_ANYWAY =
  /rate_?limit|throttl|(?:^|_|[a-z])logs?\b|audit|analytic|metric|event|visit|page_?view|cache/i;

/** @param write as `FunctionFacts.writes` has it: `orders.create`. */
export function isKeptAnyway(write: string): boolean {
  return KEPT_ANYWAY.test(write.replace(/\.\w+$/, ''));
}

/** @param name of a path's segment or a handler. */
export function isForAll(name: string): boolean {
  return wordsOf(name).some((word) => FOR_ALL.has(word)) || /^\.well-known|2fa|oauth2/i.test(name);
}

export function privilegeOf(segment: string): 'plain' | 'perhaps' | undefined {
  const named = wordsOf(segment);
  if (named.length === 0 || named.length > 3) return undefined;
  if (named.some((word) => PRIVILEGED.has(word)) || /^reset-?db$|^drop-?db$/i.test(segment)) return 'plain';
  return named.some((word) => PERHAPS_PRIVILEGED.has(word)) ? 'perhaps' : undefined;
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
