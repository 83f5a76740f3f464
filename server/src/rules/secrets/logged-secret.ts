import type { Confidence, Report } from '../../analysis/finding';
import type { Kind } from '../../analysis/kind';
import type { Node } from '../../analysis/node';
import { withoutStatement } from '../../analysis/removal';
import type { Rule } from '../../analysis/rule';
import { isTestPath } from '../../analysis/test-path';
import { resolvedValue } from '../../analysis/value';
import { namesAbove } from '../../models/crypto/purpose';
import { type Exposed, exposedIn } from '../../models/exposed-secrets';
import { isLogCall } from '../../models/output';

const METHOD =
  /^(?:log|info|warn|warning|error|err|debug|trace|verbose|fatal|critical|silly|notice|dir|table|captureException|captureMessage)$/;
const FUNCTION = /^(?:log|debug|print|warn|logger)$/;

export const loggedSecret: Rule = {
  id: 'secrets/logged-secret',
  title: 'A secret is written to a log',
  severity: 'warning',
  aiSeverity: 'warning',
  confidence: 'medium',
  cwe: ['CWE-532', 'CWE-312'],
  owasp: ['A09:2025'],
  fixable: true,

  *check(facts) {
    for (const { node, method, callee, args } of facts.calls) {
      const isNamed = method === undefined ? FUNCTION.test(callee.text.slice(0, 12)) : METHOD.test(method);
      if (!isNamed || args.length === 0 || !isLogCall(node)) continue;
      const exposed = args.flatMap((argument) => [...exposedIn(argument)]);
      const [worst] = exposed
        .map((each) => ({ each, level: levelOf(each, node, args) }))
        .filter(({ level }) => level !== undefined)
        .sort((a, b) => Number(a.level === 'low') - Number(b.level === 'low'));
      if (worst?.level) yield reportOf(worst.each, node, worst.level);
    }
  },
};

const AUTH = /login|signin|sign_?up|register|password|auth|credential|payment|checkout/i;

const PARSING = /unexpected|expected|parse|syntax|lex|column|invalid token|grammar/i;

function levelOf({ what, node }: Exposed, call: Node, args: readonly Node[]): Confidence | undefined {
  if (isTestPath(node.item.file.path)) return 'low';
  // Programs that people start show what they made up for them; whether this is one, nothing here says.
  if (what === 'password' || what === 'environment' || what === 'key') return 'medium';
  if (what === 'request') {
    const isAuth =
      /authorization|cookie/i.test(node.text.slice(-20)) ||
      [...namesAbove(call)].some((name) => AUTH.test(name));
    return isAuth ? 'medium' : /headers$/.test(node.text) ? 'medium' : 'low';
  }
  // What parsers read is called so as well.
  return PARSING.test(call.text.slice(0, 300)) ||
    args.some((each) => PARSING.test(resolvedValue(each).text.slice(0, 100)))
    ? undefined
    : 'medium';
}

function reportOf({ node, name, what }: Exposed, call: Node, confidence: Confidence): Report {
  const shown = what === 'request' ? `${node.text.slice(0, 40)}` : name;
  return {
    at: node,
    message: `Whoever reads the log has \`${shown}\`. Leave it out, or say only whether it is there.`,
    confidence,
    fixes: () => {
      const statement = call.parent?.kind === 'expression_statement' ? call.parent : undefined;
      const edit =
        statement && !HOLDERS.has(statement.parent?.kind ?? 'other')
          ? undefined
          : statement && withoutStatement(statement);
      return edit ? [{ title: 'Remove the statement', safety: 'choice', edits: [edit] }] : [];
    },
  };
}

const HOLDERS: ReadonlySet<Kind> = new Set<Kind>(['statement_block', 'program']);
