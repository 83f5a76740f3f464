// What a name means, whatever it is called: `canonicalName`.
import assert from 'node:assert/strict';
import { canonicalName } from '../../server/src/analysis/name';
import type { SourceFile } from '../../server/src/analysis/source-file';
import { argumentOfHere, syntaxReader } from './syntax-of';

const CP = "'node:child_process'";
const NAMES: readonly (readonly [string, string | undefined])[] = [
  // Imports.
  [`import { exec } from ${CP}; here(exec);`, 'child_process.exec'],
  [`import { exec as run } from 'child_process'; here(run);`, 'child_process.exec'],
  [`import { 'exec' as run } from ${CP}; here(run);`, 'child_process.exec'],
  [`import * as cp from ${CP}; here(cp.exec);`, 'child_process.exec'],
  [`import cp from ${CP}; here(cp.exec);`, 'child_process.exec'],
  [`import { default as cp } from ${CP}; here(cp.exec);`, 'child_process.exec'],
  [`import cp, { exec } from ${CP}; here(exec);`, 'child_process.exec'],
  [`import cp = require(${CP}); here(cp.exec);`, 'child_process.exec'],
  [`import { promises as fs } from 'fs'; here(fs.readFile);`, 'fs.promises.readFile'],
  [`import * as ns from './local'; here(ns.exec);`, './local.exec'],
  [`here(exec); import { exec } from ${CP};`, 'child_process.exec'],
  // require and import().
  [`const cp = require(${CP}); here(cp.exec);`, 'child_process.exec'],
  [`const { exec } = require(${CP}); here(exec);`, 'child_process.exec'],
  [`const { exec: run } = require(${CP}); here(run);`, 'child_process.exec'],
  [`const { exec = other } = require(${CP}); here(exec);`, 'child_process.exec'],
  [`const exec = require(${CP}).exec; here(exec);`, 'child_process.exec'],
  [`var exec = require(${CP})['exec']; here(exec);`, 'child_process.exec'],
  [`const cp = await import(${CP}); here(cp.exec);`, 'child_process.exec'],
  [`const { default: cp } = await import(${CP}); here(cp.exec);`, 'child_process.exec'],
  // As compilers write it.
  [`var cp = _interopRequireDefault(require(${CP})); here(cp.default.exec);`, 'child_process.exec'],
  [`const cp = __importStar(require(${CP})); here(cp.exec);`, 'child_process.exec'],
  [`const cp = _interopDefault(require(${CP})); here(cp.exec);`, 'child_process.exec'],
  [`const cp = wrapped(require(${CP})); here(cp.exec);`, 'globalThis.wrapped().exec'],
  [`function require(a) { return a; } const cp = require(${CP}); here(cp.exec);`, undefined],
  [`const name = 'x'; const cp = require(name); here(cp.exec);`, undefined],
  // Other names for the same.
  [`import { exec } from ${CP}; const a = exec, b = a; here(b);`, 'child_process.exec'],
  [`import { exec } from ${CP}; const a = (exec as any)!; here(<any>a);`, 'child_process.exec'],
  [`import cp from ${CP}; const { exec: { x } } = cp; here(x);`, 'child_process.exec.x'],
  [`import cp from ${CP}; here((0, cp.exec));`, 'child_process.exec'],
  [
    `import { exec } from ${CP}; import { promisify } from 'util'; here(promisify(exec));`,
    'child_process.exec',
  ],
  [
    `import { exec } from ${CP}; const run = require('util').promisify(exec); here(run);`,
    'child_process.exec',
  ],
  [`let cp; cp = require(${CP}); here(cp.exec);`, undefined],
  [`let cp = require(${CP}); here(cp.exec);`, 'child_process.exec'],
  [`let cp = require(${CP}); cp = {}; here(cp.exec);`, undefined],
  [`let a = require(${CP}); for (a of b) {} here(a);`, undefined],
  [`let a = require(${CP}); [a] = b; here(a);`, undefined],
  [`let a = require(${CP}); ({ c: { a } = {} } = b); here(a);`, undefined],
  [`let a = require(${CP}); a ||= b; here(a);`, undefined],
  [`let a = require(${CP}); a++; here(a);`, undefined],
  // Shadows.
  [`import { exec } from ${CP}; function f(exec) { here(exec); }`, undefined],
  [`import { exec } from ${CP}; (exec => here(exec));`, undefined],
  [`import { exec } from ${CP}; (({ a: [exec] }) => here(exec));`, undefined],
  [`import { exec } from ${CP}; { const exec = 1; here(exec); }`, undefined],
  [`import { exec } from ${CP}; { const exec = 1; } here(exec);`, 'child_process.exec'],
  [`import { exec } from ${CP}; function f() { here(exec); var exec; }`, undefined],
  [`import { exec } from ${CP}; try {} catch (exec) { here(exec); }`, undefined],
  [`import { exec } from ${CP}; for (const exec of a) here(exec);`, undefined],
  [`import { exec } from ${CP}; { class exec { f() { here(exec); } } }`, undefined],
  [`function exec() {} here(exec);`, undefined],
  [`enum exec { a } here(exec);`, undefined],
  // Globals.
  ['here(eval);', 'globalThis.eval'],
  ['here(window.eval);', 'globalThis.eval'],
  ['here(globalThis["eval"]);', 'globalThis.eval'],
  ['here(globalThis.window.eval);', 'globalThis.eval'],
  ['const { eval: run } = globalThis; here(run);', 'globalThis.eval'],
  ['here(process.env.A);', 'process.env.A'],
  [`import { env } from 'node:process'; here(env.A);`, 'process.env.A'],
  [`import process from 'process'; here(process.env);`, 'process.env'],
  ['here(Buffer.from);', 'buffer.Buffer.from'],
  [`import { Buffer as B } from 'buffer'; here(B.from);`, 'buffer.Buffer.from'],
  [`import { setTimeout } from 'timers'; here(setTimeout);`, 'globalThis.setTimeout'],
  ['here(window);', 'globalThis'],
  // What calls answer.
  [`import crypto from 'crypto'; here(crypto.createHash('md5'));`, 'crypto.createHash()'],
  [`import crypto from 'crypto'; here(crypto.createHash('md5').update(a));`, 'crypto.createHash().update()'],
  [`import { Pool } from 'pg'; const p = new Pool(); here(p.query);`, 'pg.Pool().query'],
  [`import { Pool } from 'pg'; here((await new Pool().connect()).query);`, 'pg.Pool().connect().query'],
  [`import e from 'express'; const { Router } = e; const r = Router(); here(r.get);`, 'express.Router().get'],
  [`import { f } from 'm'; here(f?.()?.a);`, 'm.f().a'],
  // Fields of classes.
  [`import { exec } from ${CP}; class A { run = exec; f() { here(this.run); } }`, 'child_process.exec'],
  [
    `import { exec } from ${CP}; class A { #run = exec; f() { g(() => here(this.#run)); } }`,
    'child_process.exec',
  ],
  [
    `import { exec } from ${CP}; class A { static run = exec; static f() { here(this.run); } }`,
    'child_process.exec',
  ],
  [`import cp from ${CP}; class A { cp = cp; f() { here(this.cp.exec); } }`, 'child_process.exec'],
  [
    `import cp from ${CP}; import util from 'util'; class A { run = util.promisify(cp.exec); f() { here(this.run); } }`,
    'child_process.exec',
  ],
  [
    `import { Pool } from 'pg'; class A { pool = new Pool(); f() { here(this.pool.query); } }`,
    'pg.Pool().query',
  ],
  [
    `import { Pool } from 'pg'; class A { pool = new Pool(); } class B { f() { here(this.pool.query); } }`,
    undefined,
  ],
  [`class A { run(a) { return a; } f() { here(this.run); } }`, undefined],
  [`class A { a = this.b; b = this.a; f() { here(this.a); } }`, undefined],
  // What is exported again is still what was imported.
  [`export { exec } from ${CP}; import { exec } from ${CP}; here(exec);`, 'child_process.exec'],
  [`import * as cp from ${CP}; export const run = cp.exec; here(run);`, 'child_process.exec'],
  [`const run = (module.exports.run = require(${CP}).exec); here(run);`, 'child_process.exec'],
  [`export default class A { run = require(${CP}).exec; f() { here(this.run); } }`, 'child_process.exec'],
  // No name.
  ['here(a ? eval : b);', undefined],
  ['here(this.eval);', undefined],
  ['here("eval");', undefined],
  ['here(globalThis[name]);', undefined],
  ['const a = b, b = a; here(a);', undefined],
  [`here(a${'.b'.repeat(100)});`, undefined],
];

describe('canonicalName', () => {
  let fileOf: (text: string, path?: string) => SourceFile;
  before(async () => {
    fileOf = await syntaxReader();
  });

  for (const [text, expected] of NAMES) {
    it(`is ${expected} in \`${text.slice(0, 100)}\``, () => {
      assert.equal(canonicalName(argumentOfHere(fileOf(text))), expected);
    });
  }

  it('is the same in JavaScript', () => {
    for (const [text, expected] of NAMES) {
      if (/<any>|as any|enum |= require\(.*here.*import|import cp =/.test(text)) continue;
      assert.equal(canonicalName(argumentOfHere(fileOf(text, 'a.js'))), expected, text);
    }
  });
});
