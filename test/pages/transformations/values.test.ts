import { holds } from './holds';

holds('extract-const', [
  ["f(a, 'b', c.d);\n", "const extracted1 = 'b';\nconst extracted2 = c.d;\nf(a, extracted1, extracted2);\n"],
  [
    '  if (x) f({ shell: true });\n',
    '  if (x) { const extracted1 = true;\n  const extracted2 = { shell: extracted1 };\n  f(extracted2); }\n',
  ],
  [
    'const g = (x) => f(x.y);\nconst h = (x) => { return f(x.y); };\n',
    'const g = (x) => f(x.y);\nconst h = (x) => { const extracted1 = x.y;\nreturn f(extracted1); };\n',
  ],
  [
    'if (ok(x.y) && x.y !== 1) g(await f(z.a));\n',
    'const extracted1 = 1;\nif (ok(x.y) && x.y !== extracted1) { const extracted2 = z.a;\ng(await f(extracted2)); }\n',
  ],
  ['while (f(a.b)) { g(1); }\n', 'while (f(a.b)) { const extracted1 = 1;\ng(extracted1); }\n'],
  [
    'for (const x of f(a.b)) g(x.y);\n',
    'const extracted1 = a.b;\nfor (const x of f(extracted1)) { const extracted2 = x.y;\ng(extracted2); }\n',
  ],
  [
    'const a = 1, b = f(a + 1), c = f(d + 1);\n',
    'const extracted1 = d + 1;\nconst a = 1, b = f(a + 1), c = f(extracted1);\n',
  ],
  ["const r = require('x');\nconst t = typeof a === 'b' || a == null;\n", undefined],
  [
    'agent.verify = false;\n({ a: b.c } = d);\n',
    'const extracted1 = false;\nagent.verify = extracted1;\n({ a: b.c } = d);\n',
  ],
  ["@C('x') class A { p = f('x'); m(q = f('y')) {} }\n", undefined],
  ['return <p html={{ __html: a.b }} />;\n', undefined, 'a.ts'],
  [
    'const f = () => { return <p html={{ __html: a.b }} />; };\n',
    'const f = () => { const extracted1 = a.b;\nconst extracted2 = { __html: extracted1 };\nreturn <p html={extracted2} />; };\n',
    'a.tsx',
  ],
  ["// why\nf('x');\n", "// why\nconst extracted1 = 'x';\nf(extracted1);\n"],
]);

holds('name-callbacks', [
  [
    "app.get('/', auth, async (req, res) => { res.end(); });\n",
    "const callback1 = async (req, res) => { res.end(); };\napp.get('/', auth, callback1);\n",
  ],
  ['const a = f(() => a);\n', undefined],
]);

holds('template-to-concat', [
  ['q(`a ${b} c`);\n', "q('a ' + b + ' c');\n"],
  ['q(`${a}${b}`, `${a} b`);\n', "q('' + a + b, a + ' b');\n"],
  ["q(`it's\n\\`${a ? 1 : 2}\\``);\n", "q('it\\'s\\n`' + (a ? 1 : 2) + '`');\n"],
  ['const x = `a${`b${c}`}`.trim();\n', "const x = ('a' + ('b' + c)).trim();\n"],
  ['sql`a ${b}`;\ntype T = `a${string}`;\n', undefined],
  ['const a = <p title={`a ${b}`} />;\n', "const a = <p title={'a ' + b} />;\n", 'a.tsx'],
]);

holds('concat-to-template', [
  ["q('a ' + b + ' c');\n", 'q(`a ${b} c`);\n'],
  ["q(1 + n + 'px' + m);\n", 'q(`${1 + n}px${m}`);\n'],
  ["q('`${x}' + a + ('\\n' + b));\n", 'q(`\\`\\${x}${a}${(`\\n${b}`)}`);\n'],
  ["q(a + `b${c}` + 'd');\n", 'q(`${a}b${c}d`);\n'],
  ['q(a + b);\n', undefined],
]);
