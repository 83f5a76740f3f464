import assert from 'node:assert/strict';
import type { Parser } from '../../grammars/parser';
import { Node } from '../../server/src/analysis/node';
import { inProduction, mayRunInProduction } from '../../server/src/analysis/production';
import { analyseText } from '../../server/src/session/analyse-text';
import { rethrow, testParsers } from '../engine';

describe('production', () => {
  let parser: Parser;
  before(async () => {
    parser = (await testParsers())('a.ts');
  });

  const nodesIn = (text: string) => {
    const { file } = analyseText(text, { path: 'a.ts', parser, rules: [], onRuleError: rethrow });
    return [...new Node(file.root, 0).walk()];
  };

  const CONDITIONS: readonly (readonly [string, boolean | undefined])[] = [
    ["process.env.NODE_ENV === 'production'", true],
    ["'production' == process.env.NODE_ENV", true],
    ["process.env.NODE_ENV !== 'production'", false],
    ["env.NODE_ENV === 'development'", false],
    ["mode !== 'test'", true],
    ["a === 'b'", undefined],
    ['isProd', true],
    ['!config.isProduction', false],
    ['isDevMode()', false],
    ['isLocal(host)', false],
    ['pattern.test(name)', undefined],
    ['!/production/.test(process.env.NODE_ENV)', undefined],
    ['runner.ci()', undefined],
    ['import.meta.env.DEV', false],
    ['__DEV__', false],
    ['notProduction', false],
    ['productionOrders', undefined],
    ["isDev && process.env.SKIP === '1'", false],
    ['isDev || flag', undefined],
    ['isProd || flag', true],
    ["['development', 'test'].includes(process.env.NODE_ENV)", false],
    ["['production', 'staging'].includes(stage)", true],
    ["['a', 'b'].includes(stage)", undefined],
    ['isDev ? one : false', false],
    ['true', true],
    ['flag', undefined],
  ];
  for (const [condition, expected] of CONDITIONS) {
    it(`takes \`${condition}\` for ${expected} in production`, () => {
      const node = nodesIn(`(${condition});`).find(({ kind }) => kind === 'parenthesized_expression');
      assert.equal(node && inProduction(node), expected);
    });
  }

  it('follows variables', () => {
    const nodes = nodesIn(
      "const isLive = process.env.NODE_ENV === 'production'; const off = !isLive; use(off);",
    );
    const use = nodes.findLast(({ kind, text }) => kind === 'identifier' && text === 'off');
    assert.equal(use && inProduction(use), false);
  });

  const PLACES: readonly (readonly [string, boolean])[] = [
    ['here();', true],
    ['if (isDev) here();', false],
    ['if (isDev) {} else { here(); }', true],
    ['if (isProd) {} else { here(); }', false],
    ['if (here()) {}', true],
    ['if (pattern.test(name)) here();', true],
    ['isDev && here();', false],
    ['isProd || here();', false],
    ['const a = isProd ? b : here();', false],
    ["switch (process.env.NODE_ENV) { case 'development': here(); }", false],
    ["switch (process.env.NODE_ENV) { case 'production': here(); }", true],
    ['const a = { development: here(), production: b };', false],
    ['function f() { if (isProd) return; here(); }', false],
    ['function f() { if (isProd) { log(); throw e; } here(); }', false],
    ['if (isProd) process.exit(1); function f() { here(); }', false],
    ['function f() { if (isProd) log(); here(); }', true],
    ['function f() { here(); if (isProd) return; }', true],
  ];
  for (const [text, expected] of PLACES) {
    it(`says that \`${text}\` ${expected ? 'may run' : 'does not run'} in production`, () => {
      const here = nodesIn(text).find((node) => node.kind === 'identifier' && node.text === 'here');
      assert.equal(here && mayRunInProduction(here), expected);
    });
  }

  it('is not asked for ever of a variable that falls back on itself', () => {
    for (const text of ['var x = process.env.X || x; f(x);', 'var a = !b, b = !a; f(a);']) {
      const argument = nodesIn(text).findLast(({ kind }) => kind === 'identifier');
      assert.ok(argument);
      assert.equal(inProduction(argument), undefined, text);
    }
  });
});
