import type { Confidence, Report } from '../../analysis/finding';
import type { Call, ItemFacts } from '../../analysis/item-facts';
import { FUNCTION_KINDS, type Kind } from '../../analysis/kind';
import { unwrap } from '../../analysis/literal';
import { namesLike } from '../../analysis/name-tests';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import { withoutStatement } from '../../analysis/removal';
import type { Rule } from '../../analysis/rule';
import type { SourceFile } from '../../analysis/source-file';
import { isTestPath } from '../../analysis/test-path';
import { constantString, resolvedValue } from '../../analysis/value';
import { namesAbove } from '../../models/crypto/purpose';
import { type Exposed, exposedIn } from '../../models/exposed-secrets';
import { isConsoleCall, isLogCall, isLoggerName } from '../../models/output';
import { codeText } from '../../models/web/code-text';

const METHOD =
  /^(?:log|info|warn|warning|error|err|debug|trace|verbose|fatal|critical|silly|notice|dir|table|captureException|captureMessage)$/;
const FUNCTION = /^(?:log|debug|print|warn|logger)$/;
const MAY_LOG: CallTest = {
  to: new Set(['debug()']),
  method: { has: (name) => name === 'write' || METHOD.test(name) },
  function: namesLike(FUNCTION),
};

export const loggedSecret: Rule = {
  id: 'secrets/logged-secret',
  title: 'A secret is written to a log',
  severity: 'warning',
  aiSeverity: 'warning',
  confidence: 'medium',
  cwe: ['CWE-532', 'CWE-312', 'CWE-359'],
  owasp: ['A09:2025'],
  fixable: true,

  *check(facts) {
    for (const call of facts.callsOf(MAY_LOG)) {
      const { node, args } = call;
      // What takes a function to call is no log.
      if (args.length === 0 || !isLog(call) || args.some((arg) => FUNCTION_KINDS.has(unwrap(arg).kind)))
        continue;
      const exposed = args.flatMap((argument) => [...exposedIn(argument)]);
      const [worst] = exposed
        .map((each) => ({ each, level: levelOf(each, node, args) }))
        .filter(({ level }) => level !== undefined)
        .sort((a, b) => Number(a.level === 'low') - Number(b.level === 'low'));
      // Asked last, as the whole file is looked at.
      if (!worst?.level || (!isConsoleCall(node) && isRedacting(facts.file))) continue;
      yield reportOf(worst.each, node, worst.level);
    }
    yield* thrown(facts);
    yield* formats(facts);
  },
};

/** Whether a file gives its logger a list of what to hide, as pino has it. */
function isRedacting(file: SourceFile): boolean {
  return file.ofWholeFile('redacts its log', () => /\bredact\b\s*['"]?\s*:/.test(codeText(file)));
}

function isLog({ node, method, callee, name }: Call): boolean {
  if (method === undefined) {
    const own = callee.text.slice(0, 12);
    return (FUNCTION.test(own) && isLogCall(node)) || name === 'debug()';
  }
  if (method === 'write') return isLoggerName(name, method);
  return METHOD.test(method) && (isLogCall(node) || isLoggerName(name, method) || isConsoleCall(node));
}

/** `throw new Error('Wrong password: ' + password)`: errors are logged, and often sent. */
function* thrown(facts: ItemFacts): Generator<Report> {
  for (const node of facts.nodes('throw_statement')) {
    const [error] = node.parts;
    const first = error?.kind === 'new_expression' ? error.child('arguments')?.parts[0] : undefined;
    const text = first && resolvedValue(first);
    // An object is the error's own business; in a text a secret has no use.
    if (!text || (text.kind !== 'template_string' && text.kind !== 'binary_expression')) continue;
    const found = [...exposedIn(text)].find(({ what }) => what === 'password' || what === 'personal');
    if (found && !isTestPath(node.item.file.path))
      yield {
        at: found.node,
        message: `Whoever sees the error has \`${found.name}\`. Leave it out of the text.`,
        confidence: 'medium',
      };
  }
}

/** `morgan(':method :url :req[authorization]')` */
function* formats(facts: ItemFacts): Generator<Report> {
  for (const { args } of facts.callsTo(REQUEST_LOGS)) {
    const format = args[0] && constantString(args[0]);
    if (args[0] && format !== undefined && /:req\[(?:authorization|cookie|x-api-key)\]/i.test(format))
      yield {
        at: args[0],
        message: 'Whoever reads the log has what lets clients in. Leave these headers out.',
        confidence: 'medium',
      };
  }
}

const REQUEST_LOGS: ReadonlySet<string> = new Set(['morgan']);

const AUTH = /login|signin|sign_?up|register|password|auth|credential|payment|checkout/i;

const PARSING = /unexpected|expected|parse|syntax|lex|column|invalid token|grammar/i;

function levelOf({ what, node }: Exposed, call: Node, args: readonly Node[]): Confidence | undefined {
  if (isTestPath(node.item.file.path)) return 'low';
  // Programs that people start show what they made up for them; whether this is one, nothing here says.
  if (what === 'password' || what === 'environment' || what === 'key' || what === 'personal') return 'medium';
  if (what === 'request') {
    const isAuth =
      /authorization|cookie/i.test(node.text.slice(-20)) ||
      [...namesAbove(call)].some((name) => AUTH.test(name));
    return isAuth ? 'medium' : /(?:headers|^req)$/.test(node.text) ? 'medium' : 'low';
  }
  // What parsers read is called so as well.
  return isOfParser(call) ||
    PARSING.test(call.text.slice(0, 300)) ||
    args.some((each) => PARSING.test(resolvedValue(each).text.slice(0, 100)))
    ? undefined
    : 'medium';
}

/** `class Tokenizer`, `function parseToken` */
function isOfParser(call: Node): boolean {
  for (const outer of call.ancestors()) {
    const name = /^(?:class|class_declaration|function_declaration|method_definition)$/.test(outer.kind)
      ? outer.child('name')?.text
      : undefined;
    if (name !== undefined && /pars|lex|tokeni|scanner|grammar|syntax|compil/i.test(name)) return true;
  }
  return false;
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
