import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { openShopFile, resetShop, untilFindings } from './harness';

/** What is expected in files of the shop: the line as the answer key counts it (from 1), rule and underlined text. */
const EXPECTED: Readonly<Record<string, readonly (readonly [line: number, rule: string, text: string])[]>> = {
  'server/src/middleware/auth.ts': [
    [9, 'secrets/env-fallback', "'shop-dev-secret'"],
    [49, 'auth/fail-open-catch', 'next()'],
    [61, 'auth/jwt-unverified', 'jwt.decode'],
  ],
  'server/src/lib/couponRules.ts': [[25, 'injection/eval-dynamic', 'Function']],
  'server/src/lib/shippingFormula.ts': [[44, 'injection/eval-dynamic', 'vm.runInContext']],
};

describe('findings', () => {
  beforeEach(resetShop);

  for (const [path, expected] of Object.entries(EXPECTED)) {
    it(`arrive in ${path} at the places of the answer key`, async () => {
      const { document } = await openShopFile(path);
      const findings = await untilFindings(
        document.uri,
        `${expected.length} findings`,
        (all) => all.length >= expected.length,
      );
      assert.deepEqual(
        findings.map(({ range, code }) => [range.start.line + 1, ruleOf(code), document.getText(range)]),
        expected,
      );
    });
  }

  it('say what is wrong and what to do, and how severe it is', async () => {
    const { document } = await openShopFile('server/src/middleware/auth.ts');
    for (const { message, severity } of await untilFindings(document.uri)) {
      assert.match(message, /^[A-Z`].*\. .*\.$/, 'two sentences: what is wrong, what to do');
      assert.equal(severity, vscode.DiagnosticSeverity.Error);
    }
  });

  it('are told in the hover, with the reason', async () => {
    const { document } = await openShopFile('server/src/lib/couponRules.ts');
    const [finding] = await untilFindings(document.uri);
    assert.ok(finding);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      finding.range.start,
    );
    const text = hovers
      .flatMap(({ contents }) => contents.map((part) => (typeof part === 'string' ? part : part.value)))
      .join('\n');
    assert.match(text, /CWE-95/);
    assert.match(text, /AI tools reach for/);
  });
});

function ruleOf(code: vscode.Diagnostic['code']): unknown {
  return typeof code === 'object' ? code.value : code;
}
