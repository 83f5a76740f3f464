import type { Confidence } from '../../analysis/finding';
import type { Fix } from '../../analysis/fix';
import { type Call, callAt } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import { canonicalName } from '../../analysis/name';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import { functionOf } from '../../analysis/results';
import type { Rule } from '../../analysis/rule';
import type { SourceFile } from '../../analysis/source-file';
import { surrounded } from '../../analysis/surround';
import { namesOfParameters } from '../../models/auth/guard';
import { ROUTE_METHODS } from '../../models/guard-places';
import { importsAny } from '../../models/runtime';

const APPS = /^express(?:\.default)?(?:\(\)|\.Router\(\))(?:\.route\(\))?(?:\.\w+\(\))*$/;
const SERVERS: ReadonlySet<string> = new Set(['http.createServer', 'https.createServer']);
const HANDLED: CallTest = { to: SERVERS, method: ROUTE_METHODS };
/** Packages that hand rejections on. */
const FORWARDING = [
  'express-async-errors',
  'express-promise-router',
  'express-async-router',
  '@awaitjs/express',
];
/** What Express 5 has no longer. Source: its guide for moving from 4. */
const OLD =
  /\brequire\(\s*['"]body-parser['"]|\bfrom\s+['"]body-parser['"]|\.del\(\s*['"]\/|\.(?:all|get|use|options)\(\s*['"]\/?\*['"]|\.sendfile\(|\breq\.param\(|\(\s*['"]\/[^'"\n]{0,80}:\w+\?/;

export const asyncHandlerUnhandled: Rule = {
  id: 'errors/async-handler-unhandled',
  title: 'A rejection in a handler reaches nobody',
  severity: 'warning',
  aiSeverity: 'warning',
  confidence: 'medium',
  cwe: ['CWE-755', 'CWE-248'],
  owasp: ['A10:2025'],
  fixable: true,

  *check(facts) {
    for (const call of facts.callsOf(HANDLED)) {
      const isServer = call.name !== undefined && SERVERS.has(call.name);
      const last = call.args.at(-1);
      const fn = last && functionOf(last);
      if (!fn?.hasKeyword('async') || (!isServer && !isOfExpress(call))) continue;
      const rejecting = unhandledAwait(fn);
      if (!rejecting || importsAny(facts.file, FORWARDING)) continue;
      const confidence: Confidence = isServer || isOld(facts.file) ? 'medium' : 'low';
      yield {
        at: rejecting,
        message: isServer
          ? 'A rejection here ends the process: nobody catches it. Catch it and answer.'
          : 'With Express 4 a rejection here reaches no error handler, and ends the process. Catch it and call `next`.',
        confidence,
        fixes: () => fixesOf(fn),
      };
    }
  },
};

function isOfExpress({ callee }: Call): boolean {
  const receiver = callee.child('object');
  return receiver !== undefined && APPS.test(canonicalName(receiver) ?? '');
}

function isOld(file: SourceFile): boolean {
  return file.says(OLD);
}

/** The first thing that is waited for outside of every `try` with a `catch`. */
function unhandledAwait(fn: Node): Node | undefined {
  for (const node of fn.child('body')?.walkOwn() ?? []) {
    if (node.kind !== 'await_expression' || isCaught(node, fn)) continue;
    const awaited = node.parts[0] && callAt(unwrap(node.parts[0]));
    if (awaited?.method === 'catch' || (awaited?.method === 'then' && awaited.args.length > 1)) continue;
    if (/^Promise\.allSettled\b/.test(awaited?.callee.text ?? '')) continue;
    return node;
  }
  return undefined;
}

function isCaught(node: Node, fn: Node): boolean {
  let inner = node;
  for (const outer of node.ancestors()) {
    if (outer.is(fn)) return false;
    if (outer.kind === 'try_statement' && outer.child('handler') && inner.is(outer.child('body')))
      return true;
    inner = outer;
  }
  return false;
}

/** `try { … } catch (error) { next(error); }` around the body, where the handler has a `next`. */
function fixesOf(fn: Node): Fix[] {
  const body = fn.child('body');
  const next = namesOfParameters(fn)[2];
  if (body?.kind !== 'statement_block' || next === undefined || !/^[\w$]+$/.test(next)) return [];
  // The `let` and `const` of the body are seen in the body alone, and what is answered is answered as before.
  const edits = surrounded(body, 'try {', ['} catch (error) {', `${next}(error);`, '}']);
  return [{ title: 'Hand the error on', safety: 'safe', edits }];
}
