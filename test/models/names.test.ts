// A library's function under every name that a file gives it, and a function of the file by the same name.
import { type Row, testRows } from './found';

/** Each calls `exec` of `child_process` with `x`, under a name of its own. */
const NAMES: Readonly<Record<string, readonly [head: string, call: string]>> = {
  'a namespace': ["const cp = require('child_process');", 'cp.exec(x);'],
  'a part of a namespace': ["const cp = require('child_process'); const run = cp.exec;", 'run(x);'],
  'taken out and renamed': ["const { exec: run } = require('node:child_process');", 'run(x);'],
  'required in place': ['', "require('child_process').exec(x);"],
  'by its name as a text': ["const cp = require('child_process');", "cp['exec'](x);"],
  promisified: ["const run = require('util').promisify(require('child_process').exec);", 'await run(x);'],
  'promisified by bluebird': [
    "const run = require('bluebird').promisify(require('child_process').exec);",
    'await run(x);',
  ],
  'imported when needed': ['', "const { exec } = await import('child_process'); exec(x);"],
  'imported when needed, with then': ['', "import('child_process').then((m) => m.exec(x));"],
  'imported when needed, with then and a pattern': [
    '',
    "import('node:child_process').then(({ exec }) => exec(x));",
  ],
  'imported when needed, with then and a function': [
    '',
    "import('child_process').then(function (cp) { cp.exec(x); });",
  ],
  'a field of this': [
    "class Runner { constructor() { this.run = require('child_process').exec; } go(req) { this.run(req.query.x); } }",
    '',
  ],
  'a module in a field of this': [
    "const cp = require('child_process'); class Runner { constructor() { this.cp = cp; } go(req) { this.cp.exec(req.query.x); } }",
    '',
  ],
  'a field of a class': [
    "const cp = require('child_process'); class Runner { run = cp.exec; go(req) { this.run(req.query.x); } }",
    '',
  ],
  'a static field': [
    "const cp = require('child_process'); class Runner { static run = cp.exec; }",
    'Runner.run(x);',
  ],
  'a static field by this': [
    "const cp = require('child_process'); class Runner { static run = cp.exec; static go(req) { this.run(req.query.x); } }",
    '',
  ],
  'a property of an object': ["const tools = { run: require('child_process').exec };", 'tools.run(x);'],
  bound: ["const cp = require('child_process'); const run = cp.exec.bind(cp);", 'run(x);'],
  'by createRequire': [
    "import { createRequire } from 'module'; const load = createRequire(import.meta.url); const cp = load('child_process');",
    'cp.exec(x);',
  ],
  'a function that calls it': [
    "const { exec } = require('child_process'); function run(command, done) { return exec(command, done); }",
    'run(x, () => {});',
  ],
  'a promise around it': [
    "const { exec } = require('child_process'); const run = (command) => new Promise((resolve) => exec(command, resolve));",
    'await run(x);',
  ],
  'in an array of arguments': [
    "const { exec } = require('child_process');",
    'const args = [x]; exec(args.join(" "));',
  ],
};

const OWN = 'const own = { exec() {}, bind() {} };';

testRows(
  'names of functions',
  Object.entries(NAMES).map(
    ([title, [head, call]]): Row => ({
      title,
      rule: 'injection/shell-command',
      flagged: handler(head, call),
      silent: handler(
        `${OWN} ${head}`.replace(
          /(?:await )?(?:require|import|load)\('(?:node:)?child_process'\)/g,
          title.includes('then') ? 'Promise.resolve(own)' : 'own',
        ),
        call.replace(
          /(?:await )?(?:require|import)\('(?:node:)?child_process'\)/g,
          title.includes('then') ? 'Promise.resolve(own)' : 'own',
        ),
      ),
    }),
  ),
);

function handler(head: string, code: string): string {
  return `${head} const express = require('express'); const app = express(); app.post('/', async (req, res) => { const x = req.body.x; ${code} });`;
}
