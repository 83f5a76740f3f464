import type { Report } from '../../analysis/finding';
import type { Fix } from '../../analysis/fix';
import { withMembers } from '../../analysis/insertion';
import type { Call, ItemFacts } from '../../analysis/item-facts';
import { propertyName, unwrap } from '../../analysis/literal';
import { canonicalName } from '../../analysis/name';
import { inProduction, mayRunInProduction } from '../../analysis/production';
import type { Rule } from '../../analysis/rule';
import type { SourceFile } from '../../analysis/source-file';
import { constantString, pairOf, resolvedValue } from '../../analysis/value';
import { REGISTERING } from '../../models/registrations';
import { importsAny } from '../../models/runtime';
import { codeText } from '../../models/web/code-text';
import { CHANGING, routesOf } from '../../models/web/routes';

/** Middleware that knows a client by its cookie, and the option that holds the cookie's own. */
const SESSIONS: ReadonlyMap<string, string | undefined> = new Map([
  ['express-session', 'cookie'],
  ['cookie-session', undefined],
  ['client-sessions', 'cookie'],
  ['express.session', 'cookie'],
  ['express.cookieSession', 'cookie'],
]);
const PLUGINS: ReadonlySet<string> = new Set([
  '@fastify/session',
  '@fastify/secure-session',
  'fastify-session',
]);
/** Middleware that does so with the help of another, or may do so. */
const INDIRECT: ReadonlySet<string> = new Set(['passport.session', 'cookie-parser']);
const PACKAGES = [...SESSIONS.keys()];

/** Middleware against forged requests, where its options name the methods that it lets pass. */
const CHECKS: ReadonlySet<string> = new Set([
  'csurf',
  'csrf-csrf.doubleCsrf',
  'csrf-sync.csrfSync',
  'tiny-csrf',
]);

const MISSING =
  'Pages of others can send these requests with the cookie of whoever looks at them. Set `sameSite` on the cookie, and check a token or the origin of each change.';

export const csrfMissing: Rule = {
  id: 'web/csrf-missing',
  title: 'Pages of others can send requests in the name of a logged-in user',
  severity: 'info',
  aiSeverity: 'warning',
  confidence: 'high',
  cwe: ['CWE-352'],
  owasp: ['A01:2025'],
  fixable: true,

  *check(facts) {
    for (const call of facts.callsTo(SESSIONS)) {
      if (!isOpen(facts.file)) continue;
      yield { at: call.callee, message: MISSING, confidence: 'medium', fixes: () => sameSite(call) };
    }
    for (const call of facts.callsTo(INDIRECT)) {
      const isMeant =
        !importsAny(facts.file, PACKAGES) && (call.name === 'passport.session' || isRead(facts.file));
      if (isMeant && isOpen(facts.file)) yield { at: call.callee, message: MISSING, confidence: 'medium' };
    }
    for (const { args, callee } of facts.callsOf(REGISTERING)) {
      if (!args[0] || !PLUGINS.has(canonicalName(args[0]) ?? '')) continue;
      if (isOpen(facts.file)) yield { at: callee, message: MISSING, confidence: 'medium' };
    }
    yield* switchedOff(facts);
  },
};

/** Whether a file has routes that change something, and nothing in it looks at where requests come from. */
function isOpen(file: SourceFile): boolean {
  return (
    file.ofWholeFile('open to forged requests', () => !isProtected(codeText(file))) &&
    file.ofWholeFile('changes by routes', () => routesOf(file).some(({ method }) => CHANGING.has(method)))
  );
}

function isProtected(text: string): boolean {
  const left = text.replace(/same-?site['"]?\s*:\s*(?:['"]none['"]|false)|csrf\w*['"]?\s*:\s*false/gi, '');
  return /csrf|csurf|xsrf|lusca|same-?site|same-?origin|sec-fetch-site|check_?origin|origin_?check|allowed_?origins|headers\.(?:origin|referer)|\(['"](?:origin|referer|x-requested-with)['"]/i.test(
    left,
  );
}

/** Whether a cookie says who somebody is. */
function isRead(file: SourceFile): boolean {
  return file.ofWholeFile('reads cookies of logins', () =>
    /cookies\s*(?:\.|\[['"])\s*\w*(?:token|jwt|session|sid\b|auth|user)/i.test(codeText(file)),
  );
}

function sameSite({ args, name }: Call): Fix[] {
  const options = args[0] && unwrap(args[0]);
  const inside = SESSIONS.get(name ?? '');
  if (options?.kind !== 'object' || options.parts.some(({ kind }) => kind === 'spread_element')) return [];
  const pair = inside === undefined ? undefined : pairOf(options, inside);
  const cookie = inside === undefined ? options : pair && unwrap(pair.value);
  if (cookie && cookie.kind !== 'object') return [];
  const holder = cookie ?? options;
  const text = cookie ? "sameSite: 'lax'" : `${inside}: { sameSite: 'lax' }`;
  const edit = withMembers(holder, [text]);
  // Not safe: pages of one's own on other sites no longer send the cookie along.
  return [{ title: "Send the cookie with requests of one's own site only", safety: 'unsafe', edits: [edit] }];
}

function* switchedOff(facts: ItemFacts): Generator<Report> {
  for (const { args } of facts.callsTo(CHECKS)) {
    const options = args[0] && resolvedValue(args[0]);
    for (const key of options ? ['ignoreMethods', 'ignoredMethods'] : []) {
      const list = options && pairOf(options, key)?.value;
      const methods = list ? resolvedValue(list).parts : [];
      const open = methods.find((each) => /^(?:POST|PUT|PATCH|DELETE)$/i.test(constantString(each) ?? ''));
      if (open)
        yield {
          at: open,
          message: 'Requests of this method are not checked for forgery. Take it off the list.',
        };
    }
  }
  for (const { name, args } of facts.callsTo(SWITCHES)) {
    const options = args[0] && resolvedValue(args[0]);
    const pair = options && pairOf(options, SWITCHES.get(name) ?? '');
    if (pair && inProduction(pair.value) === false && mayRunInProduction(pair.node))
      yield { at: pair.node, message: OFF };
  }
  for (const node of facts.nodes('pair')) {
    if (propertyName(node.child('key') ?? node) !== 'csrf') continue;
    const options = resolvedValue(node.child('value') ?? node);
    const pair = pairOf(options, 'checkOrigin');
    if (pair && inProduction(pair.value) === false)
      yield { at: pair.node, message: OFF, confidence: 'medium' };
  }
}

const OFF = 'Requests that pages of others send are no longer refused. Leave this check on.';

/** Calls whose options can switch a check off. Source: Apollo Server 4, lusca; SvelteKit's is in its settings. */
const SWITCHES: ReadonlyMap<string, string> = new Map([
  ...['@apollo/server', 'apollo-server', 'apollo-server-express', 'apollo-server-koa'].map(
    (module): [string, string] => [`${module}.ApolloServer`, 'csrfPrevention'],
  ),
  ['lusca', 'csrf'],
]);
