// Which declaration a name refers to. `«x»` is the declaration that `here(x)` must find; none is a global.
//
// Each text is read twice: as it is, and with `…` and `¤` filled up, so that functions are so long that their
// statements become items of their own and names are looked up across items.
import assert from 'node:assert/strict';
import type { SourceFile } from '../../server/src/analysis/source-file';
import { argumentOfHere, syntaxReader } from './syntax-of';

const LONG = `"${'long '.repeat(20)}"`;
const MANY = Array.from({ length: 25 }, (_, i) => `fill(${i}, ${LONG});`).join('\n');

/** What, the text, and the name that is looked up unless it is `x`. */
const CASES: readonly (readonly [string, string, string?])[] = [
  ['a global', 'const y = ¤; function f() { … here(x); }'],
  ['a constant', 'const «x» = ¤; … here(x);'],
  ['a constant from within a function', 'const «x» = ¤; function f() { … here(x); }'],
  ['a constant behind its use', 'function f() { … here(x); … } const «x» = ¤;'],
  ['a constant of an inner block, from outside', '{ const x = ¤; … } here(x);'],
  [
    'a constant of an inner block, from outside, with one there',
    '{ const x = ¤; … } let «x» = ¤; … here(x);',
  ],
  ['the constant of the inner block', 'const x = ¤; { … const «x» = ¤; here(x); }'],
  ['the constant of the inner function', 'const x = ¤; function f() { … const «x» = ¤; { here(x); … } }'],
  ['a variable through blocks', 'function f() { … { if (a) { … var «x» = ¤; } } here(x); }'],
  ['a variable through a loop', 'function f() { for (;;) { … var «x» = ¤; } here(x); }'],
  [
    'a variable of an inner function, from outside',
    'function f() { function g() { … var x = ¤; } here(x); }',
  ],
  [
    'a variable of an inner arrow, from outside',
    'function f() { const g = () => { … var x = ¤; }; here(x); }',
  ],
  ['a variable of the file from deep', 'if (a) { … var «x» = ¤; } function f() { … { here(x); } }'],
  ['a function', 'function f() { … here(x); … } function «x»() { ¤; }'],
  ['a function within a function', 'function f() { … here(x); … function «x»() { ¤; } }'],
  ['a function of an inner block, from outside', 'function f() { { … function x() { ¤; } } here(x); }'],
  ['a generator', 'function* «x»() { ¤; } function f() { … here(x); }'],
  ['a class', 'class «x» { a = ¤; } class B { m() { … here(x); } }'],
  ['an abstract class', 'abstract class «x» { a = ¤; } class B { m() { … here(x); } }'],
  ['an enum', 'enum «x» { a = ¤ } function f() { … here(x); }'],
  ['a namespace', 'namespace «x» { const a = ¤; } function f() { … here(x); }'],
  ['a method, which is no name', 'class A { x() { ¤; } m() { … here(x); } }'],
  ['a parameter', 'const x = ¤; function f(a, «x») { … here(x); }'],
  ['a parameter of an arrow', 'const x = ¤; const f = «x» => { … here(x); };'],
  ['a parameter of a method', 'class A { m(«x»?: string) { … here(x); } }'],
  ['a parameter with a default', 'function f(«x» = ¤) { … here(x); }'],
  ['a parameter within a pattern', 'function f({ a: [b, { «x» }] }) { … here(x); }'],
  ['a parameter with a default within a pattern', 'function f({ «x» = ¤, ...y }) { … here(x); }'],
  ['the other parameters', 'function f(a, ...«x») { … here(x); }'],
  ['a parameter in the default of another', 'const x = ¤; function f(«x», b = here(x)) { … }'],
  ['a parameter, from outside', 'function f(x) { … } here(x);'],
  ['a property of a pattern, which is no name', 'const { x: y } = ¤; function f() { … here(x); }'],
  ['a renamed property', 'const { y: «x» } = ¤; function f() { … here(x); }'],
  ['an element', 'const [, «x»] = ¤; function f() { … here(x); }'],
  ['what a catch catches', 'const x = ¤; try { … } catch («x») { … here(x); }'],
  ['what a catch catches, in pieces', 'try { … } catch ({ «x» }) { … here(x); }'],
  ['what a catch catches, from outside', 'const «x» = ¤; try { … } catch (x) { … } here(x);'],
  ['the variable of a loop', 'for (let «x» = ¤; ; ) { … here(x); }'],
  ['the variable of a loop, from outside', 'for (let x = ¤; ; ) { … } here(x);'],
  ['the constant of a loop over values', 'const x = ¤; for (const «x» of a) { … here(x); }'],
  ['the constant of a loop over values, in pieces', 'for (const [a, { «x» }] of b) { … here(x); }'],
  ['the constant of a loop, from outside', 'for (const x in a) { … } here(x);'],
  ['the variable of a loop over keys, from outside', 'function f() { for (var «x» in a) { … } here(x); }'],
  ['the name of a function expression, from within', 'const x = ¤; const f = function «x»() { … here(x); };'],
  ['the name of a function expression, from outside', 'const f = function x() { … }; here(x);'],
  ['the name of a class expression, from within', 'const A = class «x» { m() { … here(x); } };'],
  ['the name of a class expression, from outside', 'const A = class x { m() { … } }; here(x);'],
  ['a constant in a case', 'switch (a) { case 1: … const «x» = ¤; break; case 2: here(x); }'],
  ['a constant in a case, from outside', 'switch (a) { case 1: … const x = ¤; } here(x);'],
  ['a constant of a static block', 'class A { static { … const «x» = ¤; here(x); } }'],
  ['a constant of a static block, from outside', 'class A { static { … var x = ¤; } m() { here(x); } }'],
  ['an import', 'import { «x» } from "m"; function f() { … here(x); }'],
  ['a renamed import', 'import { x as y, z as «x» } from "m"; function f() { … here(x); }'],
  ['a default import', 'import «x» from "m"; function f() { … here(x); }'],
  ['a namespace import', 'import * as «x» from "m"; function f() { … here(x); }'],
  ['an import of CommonJS', 'import «x» = require("m"); function f() { … here(x); }'],
  ['an exported constant', 'export const «x» = ¤; function f() { … here(x); }'],
  ['an exported function', 'export default function «x»() { ¤; } function f() { … here(x); }'],
  ['an argument list', 'describe(¤, () => { … let «x» = ¤; it(¤, () => { … here(x); }); });'],
  ['a field', 'class A { «x» = ¤; m() { … here(this.x); } }', 'this.x'],
  ['a field that is declared behind', 'class A { m() { … here(this.#x); } «#x»: T; n() { ¤; } }', 'this.#x'],
  [
    'a field of the constructor',
    'class A { constructor(a, private readonly «x»: T = ¤) { … } m() { here(this.x); } }',
    'this.x',
  ],
  ['a method', 'class A { «x»() { … } m() { … here(this.x); } }', 'this.x'],
  [
    'a method of an object, from a class around',
    'class A { o = { x() { … } }; m() { … here(this.x); } }',
    'this.x',
  ],
  [
    'a mere parameter of the constructor',
    'class A { constructor(x: T = ¤) { … } m() { here(this.x); } }',
    'this.x',
  ],
  ['a field of another class', 'class A { x = ¤; } class B { m() { … here(this.x); } }', 'this.x'],
  ['a field, as a variable', 'class A { x = ¤; m() { … here(x); } }'],
  ['an object member', 'const a = { m() { … const «x» = ¤; return () => { here(x); }; }, n: ¤ };'],
];

describe('declarations', () => {
  let fileOf: (text: string) => SourceFile;
  before(async () => {
    fileOf = await syntaxReader();
  });

  for (const [size, many, long] of [
    ['small', '', '0'],
    ['large', MANY, LONG],
  ] as const) {
    for (const [name, template, wanted = 'x'] of CASES) {
      it(`find ${name}, in a ${size} text`, () => {
        const marked = template.replaceAll('…', many).replaceAll('¤', long);
        const at = marked.indexOf('«');
        const file = fileOf(marked.replace(/[«»]/g, ''));
        if (size === 'large') assert.ok(file.items.length > 2, 'nothing was split into items');
        const found = file.lookUp(wanted, argumentOfHere(file));
        const place = found && file.nodeOf(found);
        const shown = place && file.text.slice(Math.max(0, place.start - 30), place.end + 10);
        assert.equal(place?.start ?? -1, at, `found ${JSON.stringify(shown) ?? 'none'} in ${template}`);
      });
    }
  }
});
