import assert from 'node:assert/strict';
import type { Parser } from '../../grammars/parser';
import { pathsThrough, runsAfter, statementsAfter } from '../../server/src/analysis/control-flow';
import { Node } from '../../server/src/analysis/node';
import { analyseText } from '../../server/src/session/analyse-text';
import { rethrow, testParsers } from '../engine';

describe('control flow', () => {
  let parser: Parser;
  before(async () => {
    parser = (await testParsers())('a.ts');
  });

  const nodesIn = (text: string) => {
    const { file } = analyseText(text, { path: 'a.ts', parser, rules: [], onRuleError: rethrow });
    return [...new Node(file.root, 0).walk()];
  };
  /** `yes()` and `no()` decide; returns what is decided on the paths through the body of `f`. */
  const paths = (body: string) => {
    const fn = nodesIn(`function f() { ${body} }`).find(({ kind }) => kind === 'function_declaration');
    const { decided, completes } = pathsThrough(fn?.child('body')?.parts ?? [], (statement) =>
      /^(?:return )?(yes|no)\(\);$/.exec(statement.text)?.at(1),
    );
    return `${decided.map(({ decision }) => decision).join(' ')}${completes ? ' …' : ''}`.trim();
  };

  const CASES: readonly (readonly [string, string])[] = [
    ['', '…'],
    ['yes(); no();', 'yes'],
    ['log(); return yes();', 'yes'],
    ['return; yes();', ''],
    ['if (a) yes();', 'yes …'],
    ['if (a) yes(); else { no(); }', 'yes no'],
    ['if (a) return; no();', 'no'],
    ['if (a) yes(); no();', 'yes no'],
    ['try { yes(); } catch { no(); }', 'yes no'],
    ['try { yes(); } finally { no(); }', 'no'],
    ['try { log(); } catch { no(); } yes();', 'no yes'],
    ['switch (a) { case 1: yes(); break; default: no(); }', 'yes no …'],
    ['for (const a of b) { yes(); } no();', 'yes no'],
    ['{ yes(); }', 'yes'],
  ];
  for (const [body, expected] of CASES) {
    it(`finds "${expected}" on the paths through \`${body}\``, () => {
      assert.equal(paths(body), expected);
    });
  }

  it('finds the statements behind one, out of all blocks up to the function', () => {
    const nodes = nodesIn('function f() { if (a) { here(); b(); } else { c(); } d(); } e();');
    const here = nodes.find(({ text }) => text === 'here();');
    assert.deepEqual(here && statementsAfter(here)?.map(({ text }) => text), ['b();', 'd();']);
  });

  it('does not say what runs after a statement in a loop', () => {
    const here = nodesIn('for (const a of b) { here(); } c();').find(({ text }) => text === 'here();');
    assert.equal(here && statementsAfter(here), undefined);
  });

  const AFTER: readonly (readonly [string, string])[] = [
    ['if (a) { here(); } b(); return c(); d();', 'b(); return c();'],
    ['if (a) { here(); } else { b(); } c();', 'c();'],
    ['for (const a of b) { if (a) { here(); } c(); } d();', 'c(); d();'],
    ['for (const a of b) { if (a) { here(); continue; } c(); } d();', 'd();'],
    ['while (a) { here(); break; b(); } c();', 'c();'],
    ['switch (a) { case 1: here(); break; default: b(); } c();', 'c();'],
    ['switch (a) { case 1: here(); case 2: b(); break; default: c(); } d();', 'b(); d();'],
    ['try { here(); } catch { b(); } if (c) { return; } d();', 'if (c) { return; } d();'],
    ['here(); if (a) { return; } else { throw b; } c();', 'if (a) { return; } else { throw b; }'],
    ['a(() => { here(); }); b();', ''],
  ];
  for (const [body, expected] of AFTER) {
    it(`finds that "${expected}" runs after here() in \`${body}\``, () => {
      const here = nodesIn(`function f() { ${body} }`).find(({ text }) => text === 'here();');
      assert.equal(
        here &&
          runsAfter(here)
            .map(({ text }) => text)
            .join(' '),
        expected,
      );
    });
  }
});
