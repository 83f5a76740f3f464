import { holds } from './holds';

holds('arrow-to-function', [
  [
    'f(async ({ a }: B): Promise<C> => ({ a }));\n',
    'f(async function ({ a }: B): Promise<C> { return { a }; });\n',
  ],
  [
    'f(() => this.x, () => arguments, <T,>(x: T) => { g(() => x); });\n',
    'f(() => this.x, () => arguments, function <T,>(x: T) { g(function () { return x; }); });\n',
  ],
  ['const a = b || (() => {});\n', 'const a = b || (function () {});\n'],
]);

holds('function-to-arrow', [
  [
    '!function () {}(); (function () {})(); void function () {};\n',
    '!(() => {})(); (() => {})(); void (() => {});\n',
  ],
  ['f(async function (a, b = 1) { return a; });\n', 'f(async (a, b = 1) => { return a; });\n'],
  ['f(function g() { g(); }, function* () {}, function () { this.x; });\n', undefined],
]);

holds('casts', [
  ['f(a, () => 1, ...b);\n', 'f((a as any), ((() => 1) as any), ...b);\n'],
  ["const a = require('b');\nconst c = d;\n", "const a = require('b');\nconst c = (d);\n", 'a.js'],
]);

holds('optional-calls', [
  [
    'class A { #p; m() { this.#p(); a.b().#p; this.#p.c(); } }\n',
    'class A { #p; m() { this.#p(); a.b().#p; this.#p?.c(); } }\n',
  ],
  ['a.b(c).d();\n', 'a?.b(c)?.d();\n'],
  [
    'a.b().c = 1;\n@n.Get() class A {}\nnew (a.b())();\na.b()`x`;\ndelete a.b().c;\n',
    'a.b().c = 1;\n@n.Get() class A {}\nnew (a?.b())();\na.b()`x`;\ndelete a.b().c;\n',
  ],
]);

holds('comments', [
  ['x = a/b;\n', 'x =  /* - */\na/ /* - */\nb;\n'],
  ['f(a, b.c);\n', 'f(/* - */ a, /* - */ b./* - */ c);\n'],
]);

holds('crlf', [
  ['a\nb\r\n', 'a\r\nb\r\n', '.env'],
  ['a\r\n', undefined],
]);
