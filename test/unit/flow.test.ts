// Where values come from: what is found in `here(…)`, in terms of sources and of steps.
import assert from 'node:assert/strict';
import type { Capability } from '../../server/src/analysis/flow/capability';
import { flowsInto } from '../../server/src/analysis/flow/flow';
import { Answers } from '../../server/src/analysis/remembered';
import type { SourceFile } from '../../server/src/analysis/source-file';
import { FLOW_MODEL } from '../../server/src/models/flow/model';
import { shellCommand } from '../../server/src/rules/injection/shell-command';
import { sqlStringBuild } from '../../server/src/rules/injection/sql-string-build';
import { analyseFile, testParsers } from '../engine';
import { argumentOfHere, syntaxReader } from './syntax-of';

const CASES: readonly (readonly [title: string, expected: string, code: string])[] = [
  ['a request, where it is read', 'request req.body.a', 'here(req.body.a);'],
  ['a constant', '', "const a = 'x'; here(a + `y`);"],
  ['templates and sums', 'request req.body.a', 'const t = `1 ${req.body.a}`; here("0" + t);'],
  ['a number', '', 'here(Number(req.body.a) + parseInt(req.query.b) * 2 + req.body.c.length);'],
  ['destructuring', 'request req.body', 'const { a: { b } } = req.body; here(b);'],
  ['a default', 'unknown, request req.query.b', 'const { a = req.query.b } = config(); here(a);'],
  ['the rest of an object', 'request req.body', 'const { a, ...others } = req.body; here(others.b);'],
  ['an array pattern', 'request req.body.a', "const [, b] = ['x', req.body.a]; here(b);"],
  ['another element', '', "const [a] = ['x', req.body.a]; here(a);"],
  ['another property', '', "const o = { a: req.body.a, b: 'x' }; here(o.b);"],
  ['a property', 'request req.body.a', "const o = { a: req.body.a, b: 'x' }; here(o.a);"],
  ['a property behind a spread', '', "const o = { ...req.body, a: 'x' }; here(o.a);"],
  ['a property before a spread', 'request req.body', "const o = { a: 'x', ...req.body }; here(o.a);"],
  [
    'a property that is written later',
    'request req.body.a',
    "const o = { a: '' }; o.a = req.body.a; here(o.a);",
  ],
  ['a property that is replaced', '', "const o = { a: req.body.a }; o.a = 'x'; here(o.a);"],
  ['a variable that is replaced', '', "let a = req.body.a; a = 'x'; here(a);"],
  ['a variable that is replaced later', 'request req.body.a', "let a = req.body.a; here(a); a = 'x';"],
  ['a variable that may be replaced', 'request req.body.a', "let a = req.body.a; if (n) a = 'x'; here(a);"],
  ['the other branch', '', "let a = 'x'; if (n) { a = req.body.a; } else { here(a); }"],
  ['a branch that returns', '', "let a = 'x'; if (n) { a = req.body.a; return a; } here(a);"],
  ['either branch', 'request req.body.a', "let a; if (n) { a = 'x'; } else { a = req.body.a; } here(a);"],
  ['both branches replace', '', "let a = req.body.a; if (n) { a = 'x'; } else { a = 'y'; } here(a);"],
  [
    'a later line of a loop',
    'request req.body.a',
    "let a = 'x'; for (const i of n) { here(a); a = req.body.a; }",
  ],
  ['a variable of each round', '', "for (const i of n) { let a = 'x'; here(a); a = req.body.a; }"],
  ['an element', 'request req.body.list', 'for (const each of req.body.list) here(each.name);'],
  [
    'what is pushed',
    'request req.body.a',
    "const list = ['x']; list.push(`a ${req.body.a}`); here(list.join());",
  ],
  ['a callback', 'request req.body.list', 'here(req.body.list.map((each) => `<${each}>`).join());'],
  ['a callback that answers something else', '', "here(req.body.list.map(() => '?').join());"],
  ['a reduction', 'request req.body.list', "here(req.body.list.reduce((sum, each) => sum + each, ''));"],
  ['a library as a callback', '', 'here(req.body.list.map(Number).join());'],
  ['a filter that checks', '', "here(req.body.list.filter((each) => ['a'].includes(each)).join());"],
  ['a promise', 'request req.body.a', 'here(await Promise.resolve(req.body.a).then((a) => a.trim()));'],
  ['a closure', 'request req.body.a', 'const a = req.body.a; const f = () => here(a);'],
  [
    'a callback that writes',
    'request req.body.list',
    "let s = ''; req.body.list.forEach((each) => { s += each; }); here(s);",
  ],
  [
    'a function of the file',
    'request req.body.a',
    'here(twice(req.body.a)); function twice(x) { return x + x; }',
  ],
  ['a function that drops its parameter', '', "here(fixed(req.body.a)); function fixed(x) { return 'y'; }"],
  ['one parameter of two', '', "here(second(req.body.a, 'x')); function second(x, y) { return y; }"],
  ['a function in a variable', 'request req.body.a', 'const f = (x) => ({ x }); here(f(req.body.a).x);'],
  ['a method of an object', 'request req.body.a', 'const o = { f(x) { return x; } }; here(o.f(req.body.a));'],
  ['recursion', 'request req.body.a', 'here(f(req.body.a)); function f(x) { return n ? f(x + 1) : x; }'],
  ['a caller', 'request req.body.a', 'run(req.body.a); function run(x) { here(x); }'],
  [
    'the rest of the arguments',
    'request req.body.a',
    "run('x', req.body.a); function run(...all) { here(all[1]); }",
  ],
  ['arguments of an object', 'request req.body', 'run(req.body); function run({ a, b }) { here(b); }'],
  ['a lookup', '', "const map = { a: 'x' }; here(map[req.body.a]);"],
  [
    'a lookup with the value as the default',
    'request req.body.a',
    "const map = { a: 'x' }; here(map[req.body.a] ?? req.body.a);",
  ],
  [
    'an address',
    'request req.url',
    "const { searchParams } = new URL(req.url); here(searchParams.get('a'));",
  ],
  ['an unknown call', 'unknown', 'here(elsewhere(req.body.a));'],
  [
    'an unknown check',
    'checked request req.body.a',
    'const a = req.body.a; if (!isValid(a)) return; here(a);',
  ],
  ['an early exit', '', "const a = req.body.a; if (!['x'].includes(a)) return; here(a);"],
  [
    'an exit that is none',
    'request req.body.a',
    "const a = req.body.a; if (!['x'].includes(a)) log(a); here(a);",
  ],
  [
    'an exit on the wrong side',
    'request req.body.a',
    "const a = req.body.a; if (['x'].includes(a)) return; here(a);",
  ],
  [
    'a check of another value',
    'request req.body.a',
    "const a = req.body.a; if (!['x'].includes(req.body.b)) return; here(a);",
  ],
  ['a check of the same property', '', "if (!['x'].includes(req.body.a)) return; here(req.body.a);"],
  [
    'a check before another write',
    'request req.body.b',
    "let a = req.body.a; if (!['x'].includes(a)) return; a = req.body.b; here(a);",
  ],
  [
    'a check after the text was made',
    '',
    'const a = req.body.a; const t = `1 ${a}`; if (!/^\\w+$/.test(a)) return; here(t);',
  ],
  [
    'a check after the sink',
    'request req.body.a',
    "const a = req.body.a; here(a); if (!['x'].includes(a)) return;",
  ],
  ['a branch', '', "const a = req.body.a; if (a === 'x' || a === 'y') here(a);"],
  ['half a branch', 'request req.body.a', "const a = req.body.a; if (a === 'x' || n) here(a);"],
  ['a conjunction', '', "const a = req.body.a; if (n && a === 'x') here(a);"],
  ['a choice', '', "const a = req.body.a; here(['x'].includes(a) ? a : 'x');"],
  ['a case', '', "const a = req.body.a; switch (a) { case 'x': here(a); }"],
  [
    'the default case',
    'request req.body.a',
    "const a = req.body.a; switch (a) { case 'x': break; default: here(a); }",
  ],
  [
    'a check in a variable',
    '',
    "const a = req.body.a; const ok = ['x'].includes(a); if (!ok) return; here(a);",
  ],
  ['a check in a loop', '', "for (const a of req.body.list) { if (!['x'].includes(a)) continue; here(a); }"],
  ['a replacement instead of an exit', '', "let a = req.body.a; if (!['x'].includes(a)) a = 'x'; here(a);"],
  ['a text of a list', '', 'const a = req.body.a; if (!list.includes(`${b}/${a}`)) return; here(a);'],
  [
    'a write that failed',
    '',
    'let a = req.body.a; try { a = String(Number(a)); } catch { return; } here(a);',
  ],
  [
    'a write that may fail',
    'request req.body.a',
    'let a = req.body.a; try { a = String(Number(a)); } catch { log(); } here(a);',
  ],
  ['a loose pattern', 'request req.body.a', 'const a = req.body.a; if (!/\\d/.test(a)) return; here(a);'],
  ['half an anchor', 'request req.body.a', 'const a = req.body.a; if (!/^a|b$/.test(a)) return; here(a);'],
  ['stripped', '', "here(req.body.a.replace(/[^\\w]/g, ''));"],
  ['stripped once', 'request req.body.a', "here(req.body.a.replace(/[^\\w]/, ''));"],
  ['quotes doubled by hand', 'checked request req.body.a', "here(req.body.a.replace(/'/g, \"''\"));"],
];

describe('data flow', () => {
  let read: (text: string) => SourceFile;
  before(async () => {
    read = await syntaxReader();
  });

  for (const [title, expected, code] of CASES) {
    it(`knows ${title}`, () => {
      assert.equal(found(`async function handle(req, res) { ${code} }`), expected, code);
    });
  }

  it('goes through the fields of a class, and through its methods', () => {
    const code = `class Report {
      constructor() { this.name = ''; }
      read(req) { this.name = this.clean(req.query.name); }
      clean(name) { return name.trim(); }
      run() { here(this.name); }
    }`;
    assert.equal(found(code), 'request req.query.name');
    const box = 'class Box { constructor(name) { this.name = name; } open() { here(this.name); } }';
    assert.equal(
      found(`${box} function handle(req, res) { new Box(req.body.a).open(); }`),
      'request req.body.a',
    );
  });

  it('takes parameters of exported functions as given by anybody', () => {
    assert.equal(found('export function run(name) { here(name); }'), 'api name');
    assert.equal(found('const run = (name) => here(name); module.exports = { run };'), 'api name');
    const maker = 'function Users(db) { const self = this; this.find = (id) => { here(id); }; }';
    for (const code of [
      'function Users() {} Users.prototype.find = function (id) { here(id); }; module.exports = Users;',
      'function Box(id) { this.id = id; } Box.prototype.open = function () { here(this.id); }; exports.Box = Box;',
      'const users = module.exports = {}; users.find = function (id) { here(id); };',
      `${maker} module.exports = Users;`,
      `${maker.replace('this.find', 'self.find')} exports.Users = Users;`,
      'module.exports = (db) => ({ find: (id) => here(id) });',
      'module.exports = function (db) { return { find(id) { here(id); } }; };',
      'const inner = {}; module.exports = inner.Users = {}; inner.Users.find = function (id) { here(id); };',
      '(function (root, make) { module.exports = make(); })(this, function () { return { find: (id) => here(id) }; });',
      'const Users = {}; Object.assign(exports, { find(id) { here(id); } });',
    ]) {
      assert.equal(found(code), 'api id', code);
    }
    assert.equal(found('function run(name) { here(name); }'), '');
    assert.equal(
      found('function S() {} S.prototype.run = function (n) { here(n); }; module.exports = S;'),
      'api n',
    );
    assert.equal(found('export function run(id: number) { here(id); }'), '');
  });

  it('knows what was checked of an address from what is in its query', () => {
    const handler = (body: string) =>
      `const url = require('url'); require('http').createServer((req, res) => { ${body} });`;
    const query = 'url.parse(req.url, true).query.to';
    for (const code of [
      `if (req.url.startsWith('/go')) here(${query});`,
      `const to = new URL(req.url, 'http://x').searchParams.get('to'); if (req.url.startsWith('/go')) here(to);`,
    ]) {
      assert.match(found(handler(code), 'redirect'), /^request .*req\.url/, code);
    }
    assert.equal(found(handler("if (req.url.startsWith('/go')) here(req.url);"), 'redirect'), '');
  });

  it('knows that a `URL` has no `..` in its path', () => {
    const handler = (body: string) => `require('http').createServer((req, res) => { ${body} });`;
    assert.equal(found(handler("here(new URL(req.url, 'http://x').pathname);"), 'path'), '');
    assert.equal(
      found(handler("const { pathname } = new URL(req.url, 'http://x'); here(pathname);"), 'path'),
      '',
    );
    const decoded = "here(decodeURIComponent(new URL(req.url, 'http://x').pathname));";
    assert.match(found(handler(decoded), 'path'), /^request /);
    assert.match(found(handler("here(require('url').parse(req.url).pathname);"), 'path'), /^request /);
  });

  it('follows what a pattern takes out of a text, and the pieces of a body', () => {
    assert.equal(found('const m = /a=(.*)/.exec(location.search); here(m && m[1]);'), 'page location.search');
    assert.equal(found('User.find().exec(here(1));'), '');
    const server = `require('http').createServer((req, res) => {
      let body = ''; req.on('data', (piece) => { body += piece; }); req.on('end', () => here(body)); });`;
    assert.match(found(server), /request piece/);
    assert.equal(found("const all = []; file.on('data', (piece) => here(piece));"), '');
  });

  it('counts what functions before a handler check', () => {
    const route = (check: string, code = 'here(req.query.a);') =>
      `const app = require('express')(); const { query, body } = require('express-validator');
       function known(req, res, next) { if (!['x'].includes(req.query.a)) return res.end(); next(); }
       function half(req, res, next) { if (['x'].includes(req.query.a)) next(); else next(); }
       app.get('/', ${check}, (req, res) => { ${code} });`;
    assert.equal(found(route('known')), '');
    assert.equal(found(route('[login, known]')), '');
    assert.equal(found(route('known', 'here(req.query.b);')), 'request req.query.b');
    assert.equal(found(route('half')), 'request req.query.a');
    assert.equal(found(route("query('a').isInt()")), '');
    assert.equal(found(route("query('a').trim().notEmpty()")), 'checked request req.query.a');
    assert.equal(found(route("query('b').isInt()")), 'request req.query.a');
  });

  it('knows what Angular injects', () => {
    const component = (field: string) =>
      `import { inject } from '@angular/core'; import { ActivatedRoute } from '@angular/router';
       class Page { ${field} show() { here(this.route.snapshot.queryParams.q); } }`;
    const expected = 'page this.route.snapshot.queryParams.q';
    assert.equal(found(component('private readonly route = inject(ActivatedRoute);')), expected);
    assert.equal(found(component('constructor(private route: ActivatedRoute) {}')), expected);
    assert.equal(found(component('private readonly route = inject(Other);')), 'unknown');
  });

  it('goes through functions that are put into prototypes and exports, and through `arguments`', () => {
    for (const code of [
      'function Users() {} Users.prototype = { make: function (id) { return "u" + id; }, find: function (id) { here(this.make(id)); } }; module.exports = Users;',
      'function Users() {} Users.prototype.make = function (id) { return id; }; Users.prototype.find = function (id) { here(this.make(id)); }; module.exports = Users;',
      'module.exports = function (id) { here(module.exports.make(id)); }; module.exports.make = (id) => "u" + id;',
      'exports.find = function (id) { here(exports.make(id)); }; exports.make = function (id) { return id; };',
    ]) {
      assert.equal(found(code), 'api id', code);
    }
    assert.equal(found('module.exports = function () { here(arguments[1]); };'), 'api arguments[1]');
    assert.equal(
      found('module.exports = function () { var all = [].slice.call(arguments); here(all[0]); };'),
      'api arguments',
    );
    const two = 'exports.a = { make: (id) => id }; const b = { make: (id) => 1 };';
    assert.equal(found(`${two} exports.find = (id) => here(b.make(id));`), '');
  });

  it('knows that a number or an id of a known form names a record as well', () => {
    for (const code of [
      'app.get("/", (req, res) => here(parseInt(req.params.id, 10)));',
      'import { Types } from "mongoose"; app.get("/", (req, res) => here(new Types.ObjectId(req.params.id)));',
      'app.get("/", (req, res) => { if (!/^\\d+$/.test(req.params.id)) return; here(req.params.id); });',
    ]) {
      assert.equal(found(code, 'record'), 'request req.params.id', code);
      assert.equal(found(code), '', code);
    }
    const known =
      'app.get("/", (req, res) => { if (!["a", "b"].includes(req.params.id)) return; here(req.params.id); });';
    assert.equal(found(known, 'record'), '');
  });

  it('shows the steps from the source on', () => {
    const code = `function handle(req) { const name = req.body.name; run(label(name)); }
      function label(text) { const upper = text.toUpperCase(); return upper; }
      function run(command) { here(command); }`;
    const [flow] = flowsOf(code) ?? [];
    assert.deepEqual(
      flow?.hops.map(({ how, name }) => `${how} ${name}`),
      ['stored name', 'stored upper', 'returned label', 'passed command'],
    );
  });

  it('says what is read of a source, and finds what comes to a part of a value', () => {
    const read = (code: string, part: string[] = []) =>
      flowsOf(`async function handle(req) { ${code} }`, part)?.map(({ path }) => path.join('.'));
    assert.deepEqual(read('const { role: { name } } = req.body; here(name.trim());'), ['body.role.name']);
    assert.deepEqual(read('const all = { ...req.body, a: 1 }; here(all);', ['b']), ['body.b']);
    assert.deepEqual(read('const all = { ...req.body, a: 1 }; here(all);', ['a']), []);
    assert.deepEqual(read('here({ a: req.body.a });', ['b']), []);
    assert.deepEqual(read('here(JSON.stringify(req.body));', ['b']), ['body']);
  });

  it('takes what server actions are given for requests, and leaves what wrappers are given alone', () => {
    const action = (code: string) => found(`'use server';\n${code}`);
    assert.equal(action('export async function save(id) { here(id); }'), 'request id');
    assert.equal(action('export const save = async (id) => { here(id); };'), 'request id');
    assert.equal(action('export default async function (id) { here(id); }'), 'request id');
    assert.equal(action('const save = async (id) => { here(id); };'), '');
    assert.doesNotMatch(action('export const save = authenticated(async (id) => { here(id); });'), /request/);
    assert.doesNotMatch(action('export const all = IDS.map((id) => here(id));'), /request/);
  });

  it('says nothing where a limit is hit', () => {
    const names = Array.from({ length: 400 }, (_, i) => `const v${i + 1} = v${i} + req.body.a${i};`).join(
      '\n',
    );
    assert.equal(found(`function handle(req) { const v0 = req.body.a; ${names} here(v400); }`), 'limit');
  });

  it('ends in circles', () => {
    assert.equal(found('function a(x) { return b(x); } function b(x) { return a(x); } here(a(b(1)));'), '');
    assert.equal(found("let a = 'x', b = 'y'; while (n) { a = b; b = a; } here(a);"), '');
  });

  function flowsOf(code: string, part: readonly string[] = [], capability: Capability = 'sql') {
    const file = read(code);
    file.answers = new Answers();
    const at = argumentOfHere(file);
    return flowsInto(at, at, capability, FLOW_MODEL, [], part);
  }

  function found(code: string, capability?: Capability): string {
    const shown = flowsOf(code, [], capability)?.map(({ source, from, isChecked }) =>
      source ? `${isChecked ? 'checked ' : ''}${source.kind} ${from.text}` : 'unknown',
    );
    return shown ? [...new Set(shown)].join(', ') : 'limit';
  }
});

// Pages do not show how sure a finding is.
describe('how sure a flow is', () => {
  const SURE: readonly (readonly [expected: string, code: string])[] = [
    ['high', "export async function GET(request: Request) { db.query(`select '${await request.text()}'`); }"],
    [
      'medium',
      "export const f = (req, res) => { const { a } = req.body; if (!isOk(a)) return; db.query(`select '${a}'`); };",
    ],
    ['medium', "export const f = (a: string) => db.query(`select * from t where a = '${a}'`);"],
    ['medium', 'export const f = (o) => db.query(`select * from t order by ${o.by}`);'],
    ['', 'export const f = (table: string) => db.query(`select * from ${table}`);'],
    ['medium', "const a = elsewhere(); db.query(`select * from t where a = '${a}'`);"],
    ['low', 'const a = elsewhere(); db.query(`select * from t where a = ${a}`);'],
    ['', 'const a = elsewhere(); db.query(`select * from t where ${a}`);'],
    ['', "db.query(`select * from t where a = '${process.env.A}'`);"],
    ['high', 'export const f = (req, res) => { exec(`ls ${req.body.a}`); };'],
    ['high', 'export const f = (req, res) => { verifyToken(req); exec(`ls ${req.body.a}`); };'],
    ['medium', 'export const f = (a: string) => exec(`ls ${a}`);'],
    ['', 'export const f = (command: string) => exec(command);'],
    ['low', 'exec(`ls ${process.argv[2]}`);'],
    ['low', 'exec(`ls ${elsewhere()}`);'],
    ['', 'exec(`ls ${process.env.HOME}`);'],
  ];
  const imports = "import { db, isOk, elsewhere } from './db'; import { exec } from 'node:child_process';\n";
  for (const [expected, code] of SURE) {
    it(`${expected || 'silent'}: ${code}`, async () => {
      const parserOf = await testParsers();
      const { findings } = analyseFile('a.ts', imports + code, [shellCommand, sqlStringBuild], parserOf);
      assert.equal(findings.map(({ confidence }) => confidence).join(), expected);
    });
  }
});
