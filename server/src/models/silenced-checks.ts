/** Comments that silence a tool, and whether they say why. Source: the documentation of each tool. */

/** Rules of other linters that are about security, by their names. */
const SECURITY_RULE =
  /\bsecurity\/|no-unsanitized|\bno-(?:implied-)?eval\b|no-new-func|no-script-url|no-danger\b|no-danger-with-children|@microsoft\/sdl|\bxss\/|no-secrets|detect-\w+-|no-buffer-constructor|lint\/security|no-unsafe-(?:innerhtml|finally)?\b.*html|pii\//i;

export interface Silenced {
  /** The tool, as a message calls it. */
  readonly tool: string;
  /** A scanner for `security`, a `rule` about it, `any` check, or the `types`. */
  readonly what: 'security' | 'rule' | 'any' | 'types';
}

/** What a comment silences without a reason; undefined for nothing. */
export function silencedBy(comment: string): Silenced | undefined {
  const text = comment.replace(/^\s*(?:\/\/+|\/\*+|#|<!--)\s*|\s*(?:\*\/|-->)\s*$/g, '').trim();
  const [, directive = '', rest = ''] =
    /^(eslint-disable(?:-next-line|-line)?|biome-ignore(?:-all)?|oxlint-disable(?:-next-line)?)\b([\s\S]*)$/.exec(
      text,
    ) ?? [];
  if (directive !== '') {
    const [rules = '', ...reason] = directive.startsWith('biome')
      ? rest.split(/:(?=\s|$)/)
      : rest.split(/\s--+\s/);
    if (hasReason(reason.join(' '))) return undefined;
    const tool = directive.startsWith('biome')
      ? 'Biome'
      : directive.startsWith('oxlint')
        ? 'Oxlint'
        : 'ESLint';
    if (SECURITY_RULE.test(rules)) return { tool, what: 'rule' };
    return rules.trim() === '' && directive === 'eslint-disable' ? { tool, what: 'any' } : undefined;
  }
  const scanner =
    /^(nosemgrep|nosec|noSonar|codeql\[[^\]]*\]|lgtm(?:\s*\[[^\]]*\])?|snyk:ignore|deepcode ignore [\w/]*|bearer:disable [\w,]*|njsscan-ignore:? ?[\w,]*|gitleaks:allow)(?![\w-]):?([\s\S]*)$/i.exec(
      text,
    );
  if (scanner) {
    const [, name = '', rest2 = ''] = scanner;
    // Behind `nosemgrep:` stand names of rules.
    const reason = rest2.replace(/^\s*[\w.-]+(?:,\s*[\w.-]+)*\s*(?=$|--|-\s)/, '');
    return hasReason(reason)
      ? undefined
      : { tool: name.replace(/[[ ].*$/s, ''), what: /sonar/i.test(name) ? 'any' : 'security' };
  }
  const types = /^@ts-(?:ignore|nocheck|expect-error)\b:?([\s\S]*)$/.exec(text);
  return types && !hasReason(types[1] ?? '') ? { tool: 'the type checker', what: 'types' } : undefined;
}

function hasReason(text: string): boolean {
  return text.replace(/^[\s:*-]+/, '').replace(/[^\p{L}\d]+/gu, '').length >= 8;
}

/** Whether the text of another comment is a sentence about why, not a directive or a line of code. */
export function isReason(comment: string): boolean {
  return (
    hasReason(comment) &&
    /\p{L}+\s+\p{L}+\s+\p{L}+/u.test(comment) &&
    !/^\s*(?:eslint|biome|oxlint|prettier|istanbul|c8|v8|@ts-|TODO|FIXME)\b|[;{}]\s*$/.test(comment)
  );
}

/** Packages that security code imports. */
export const SECURITY_PACKAGES: readonly string[] =
  'jsonwebtoken jose bcrypt bcryptjs argon2 passport passport-jwt express-jwt @nestjs/jwt @nestjs/passport next-auth helmet csurf express-session iron-session cookie-session'.split(
    ' ',
  );

/** Words of lines in which a wrong type matters. */
export const SECURITY_LINE =
  /\b(?:jwt|verify\w*|password\w*|auth\w*|\w*token|permission\w*|role|roles|isAdmin|session|decrypt\w*|encrypt\w*|sanitize\w*|signature|credential\w*|csrf)\b/i;
