import type { Report } from '../../analysis/finding';
import { FUNCTION_KINDS } from '../../analysis/kind';
import { propertyName } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import type { SourceFile } from '../../analysis/source-file';
import { constantBoolean, resolvedValue } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import { importsAny } from '../../models/runtime';
import { codeText } from '../../models/web/code-text';

/** Sessions whose content is in the cookie have no id that somebody could know before. */
const WITHOUT_IDS: readonly string[] = [
  'cookie-session',
  'client-sessions',
  'iron-session',
  '@fastify/secure-session',
];

/** What a session is given when somebody has logged in. */
const IDENTITY =
  /^(?:user|user_?id|user_?name|uid|account|account_?id|customer|customer_?id|admin|is_?admin|email|(?:is_?)?(?:logged_?in|authenticated|auth|login)|current_?user|passport|member|member_?id|principal)$/i;
/** Words by which a handler shows that it checks who somebody is. */
const CHECK = /passw|\bpwd\b|bcrypt|argon|compare|authenticat|credential|\blog_?in|sign_?in|verify/i;

export const sessionFixation: Rule = {
  id: 'web/session-fixation',
  title: 'Who logs in keeps the session that was there before',
  severity: 'warning',
  aiSeverity: 'warning',
  confidence: 'medium',
  cwe: ['CWE-384'],
  owasp: ['A07:2025'],
  fixable: false,

  *check(facts) {
    const told = new Set<string>();
    for (const node of facts.nodes('assignment_expression')) {
      const name = identityIn(node.child('left'));
      const handler = name === undefined ? undefined : handlerAround(node);
      if (name === undefined || !handler || isNobody(node)) continue;
      const key = `${handler.item.stamp}:${handler.index}`;
      const report = told.has(key) ? undefined : reportOf(node, name, handler);
      if (!report) continue;
      told.add(key);
      yield report;
    }
  },
};

function reportOf(node: Node, name: string, handler: Node): Report | undefined {
  const text = handler.text.replace(/\/\/[^\n]*|\/\*[^*]*\*\//g, '');
  if (/regenerate\s*\(|\.destroy\s*\(|resetSession|rotateSession/.test(text) || !CHECK.test(text))
    return undefined;
  if (isElsewhere(handler.item.file)) return undefined;
  return {
    at: node.child('left') ?? node,
    message: `Whoever knew the session's id before the login is logged in as well. Call \`req.session.regenerate\` first, and set \`${name}\` in its callback.`,
  };
}

/** `req.session.user`, `request.session['userId']` */
function identityIn(left: Node | undefined): string | undefined {
  const session = left?.child('object');
  const request = session?.child('object');
  if (!left || !session || !request || session.child('property')?.text !== 'session') return undefined;
  if (!isRequest(request)) return undefined;
  const key = left.child('property') ?? left.child('index');
  const name = key && propertyName(key);
  return name !== undefined && IDENTITY.test(name) ? name : undefined;
}

function isRequest(node: Node): boolean {
  return node.kind === 'identifier' && /^req(?:uest)?$/.test(wordsOf(node.text).at(-1) ?? '');
}

/** The function that has the request as its parameter. */
function handlerAround(node: Node): Node | undefined {
  const request = node.child('left')?.child('object')?.child('object');
  const { file } = node.item;
  const declaration = request && file.lookUp(request.text, request);
  const declared = declaration && file.nodeOf(declaration);
  return declared?.enclosing(FUNCTION_KINDS) ?? node.enclosing(FUNCTION_KINDS);
}

function isNobody(node: Node): boolean {
  const value = node.child('right');
  if (!value) return true;
  const { kind, text } = resolvedValue(value);
  return (
    kind === 'null' ||
    kind === 'undefined' ||
    constantBoolean(value) === false ||
    text === "''" ||
    text === '{}'
  );
}

/** Whether another place of the file makes a new session, or there is none on the server. */
function isElsewhere(file: SourceFile): boolean {
  return (
    importsAny(file, WITHOUT_IDS) ||
    file.ofWholeFile('makes new sessions', () => /session\s*\.\s*regenerate\s*\(/.test(codeText(file)))
  );
}
