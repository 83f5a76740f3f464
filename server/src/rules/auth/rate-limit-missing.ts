import type { CallTest } from '../../analysis/needs';
import type { Rule } from '../../analysis/rule';
import type { SourceFile } from '../../analysis/source-file';
import { resolvedValue } from '../../analysis/value';
import { codeText } from '../../models/web/code-text';
import { type Route, routeAt, routesOf } from '../../models/web/routes';

/** Paths under which a secret is handed in that can be guessed by trying. */
const GUESSED =
  /(?:^|[/\s_-])(?:log-?in|sign-?in|authenticate|otp|totp|2fa|mfa|pin|verify-?(?:otp|code|pin|2fa|mfa)|forgot(?:-?(?:password|pass|pw))?|reset(?:-?(?:password|pass|pw))?|password-?reset|recover(?:-?password)?)(?:$|[/\s_?:-])/i;
const GUARD =
  /permission|authoriz|isAuthenticated|is_?logged|protect|(?:require|ensure)_?(?:auth|log|user|sign)|verify_?(?:token|jwt)|admin/i;
const SENDING: ReadonlySet<string> = new Set(['post', 'put', 'patch', 'all']);
const SENT: CallTest = { method: SENDING };

/** What says that somebody counts attempts. */
const LIMITED =
  /limit(?:er|ing)|rate.?limit|throttl|slow.?down|brute|attempts?\b|attempt_?count|too.?many|\b429\b|lock(?:ed)?_?(?:until|out)|captcha|arcjet/i;

export const rateLimitMissing: Rule = {
  id: 'auth/rate-limit-missing',
  title: 'Passwords or codes can be tried without an end',
  severity: 'info',
  aiSeverity: 'warning',
  confidence: 'medium',
  cwe: ['CWE-307', 'CWE-770', 'CWE-799'],
  owasp: ['A07:2025'],
  fixable: false,

  *check(facts) {
    for (const call of facts.callsOf(SENT)) {
      const route = routeAt(call);
      if (!route || !isGuessed(route) || !isFirst(route, facts.file)) continue;
      if (isLimiting(facts.file)) continue;
      yield {
        at: call.args[0] ?? call.node,
        message: `Nothing counts the attempts at \`${route.path}\`, so passwords and codes can be tried. Put a limiter before it, by address and by account.`,
      };
    }
  },
};

function isGuessed({ path, handlers }: Route): boolean {
  return (
    GUESSED.test(path) &&
    handlers.every(({ kind }) => kind !== 'string') &&
    // Whoever comes to it was let in by something else.
    !handlers.slice(0, -1).some((guard) => GUARD.test(resolvedValue(guard).text))
  );
}

function isLimiting(file: SourceFile): boolean {
  return file.ofWholeFile('limits attempts', () => LIMITED.test(codeText(file)));
}

/** One finding for a file says it all. */
function isFirst({ call }: Route, file: SourceFile): boolean {
  const first = file.ofWholeFile(
    'first route to guess at',
    () => routesOf(file).find((route) => SENDING.has(route.method) && isGuessed(route))?.call.node,
  );
  return first?.is(call.node) === true;
}
