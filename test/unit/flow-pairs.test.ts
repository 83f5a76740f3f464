// Each kind of source with each kind of sink, over four variables and a function: found, and not behind a guard.
import assert from 'node:assert/strict';
import { CAPABILITIES, type Capability } from '../../server/src/analysis/flow/capability';
import { RULES } from '../../server/src/rules/index';
import { analyseFile, testParsers } from '../engine';

interface Sink {
  readonly rule: string;
  /** The one of its name unless given. */
  readonly capability?: Capability;
  /** What it needs at the head of the file. */
  readonly head?: string;
  readonly code: string;
  /** The kinds of sources that are reported, of all in `SOURCES`. */
  readonly of: string;
  /** What makes sure of the value; that it is one of a list unless given. */
  readonly guard?: string;
}

/** The value is in `value`; `BODY` is where it goes on. */
const SOURCES: Readonly<Record<string, string>> = {
  request: "app.post('/a', async (req, res) => { const value = req.body.value; BODY });",
  page: "async function show() { const value = new URLSearchParams(location.search).get('a'); BODY } show();",
  model:
    "async function answer() { const reply = await openai.chat.completions.create({ model: 'm', messages: [] }); const value = reply.choices[0].message.content; BODY } answer();",
  tool: "export const act = tool({ description: 'Acts.', inputSchema: z.object({ value: z.string() }), execute: async ({ value }) => { BODY } });",
  api: 'export async function act(value, res, target) { BODY }',
};

const HEAD = `import express from 'express';
import OpenAI from 'openai';
import { tool } from 'ai';
import { z } from 'zod';
const app = express();
const openai = new OpenAI();
function prepared(input) { const kept = input || 'none'; return kept; }
`;

const SINKS: Readonly<Record<string, Sink>> = {
  sql: {
    rule: 'injection/sql-string-build',
    head: "import { Pool } from 'pg'; const pool = new Pool();",
    code: "await pool.query(`select * from users where name = '${last}'`);",
    of: 'request page model tool api',
  },
  nosql: {
    rule: 'injection/nosql-operator',
    head: "import { MongoClient } from 'mongodb'; const users = new MongoClient('mongodb://db').db().collection('users');",
    code: 'await users.findOne({ name: last });',
    of: 'request',
  },
  shell: {
    rule: 'injection/shell-command',
    head: "import { exec } from 'child_process';",
    code: 'exec(`ls ${last}`);',
    of: 'request page model tool api',
  },
  code: { rule: 'injection/eval-dynamic', code: 'eval(last);', of: 'request page model tool api' },
  'html of responses': {
    capability: 'html',
    rule: 'injection/response-html',
    code: 'res.send(`<p>${last}</p>`);',
    of: 'request api',
  },
  'html of pages': {
    capability: 'html',
    rule: 'injection/dom-html-sink',
    code: 'document.body.innerHTML = last;',
    of: 'request page model api',
  },
  path: {
    rule: 'file/path-traversal',
    head: "import fs from 'fs'; import path from 'path';",
    code: "fs.readFileSync(path.join('/data', last));",
    of: 'request model tool api',
  },
  ssrf: { rule: 'ssrf/user-url-fetch', code: 'await fetch(last);', of: 'request model tool api' },
  redirect: { rule: 'web/open-redirect', code: 'res.redirect(last);', of: 'request page' },
  'redirect of pages': {
    capability: 'redirect',
    rule: 'web/open-redirect',
    code: 'location.href = last;',
    of: 'request page',
  },
  regex: { rule: 'injection/regex-injection', code: 'new RegExp(last).test("a");', of: 'request model api' },
  log: { rule: 'injection/log-forging', code: 'console.log(`user ${last}`);', of: 'request' },
  template: {
    rule: 'injection/template-from-input',
    head: "import ejs from 'ejs';",
    code: 'ejs.render(last);',
    of: 'request page api',
  },
  prompt: {
    rule: 'agent/untrusted-in-system-prompt',
    code: "await openai.chat.completions.create({ model: 'm', messages: [{ role: 'system', content: `Help ${last}.` }] });",
    of: 'request page',
  },
  key: {
    rule: 'injection/prototype-pollution',
    head: 'const table = {};',
    code: 'table[last][last] = 1;',
    of: 'request',
  },
  method: {
    capability: 'code',
    rule: 'injection/dynamic-method',
    head: 'const table = { a() {} };',
    code: 'table[last]();',
    of: 'request page',
  },
  xpath: {
    rule: 'injection/xpath-query',
    head: "import xpath from 'xpath'; const users = parsed();",
    code: "xpath.select(`//user[@name='${last}']`, users);",
    of: 'request page api',
  },
  ldap: {
    rule: 'injection/ldap-filter',
    head: "import ldap from 'ldapjs'; const client = ldap.createClient({ url: 'ldaps://db' });",
    code: "client.search('o=a', { filter: `(uid=${last})` });",
    of: 'request api',
  },
  xml: {
    rule: 'deser/xml-external-entities',
    head: "import libxmljs from 'libxmljs';",
    code: 'libxmljs.parseXml(last, { noent: true });',
    of: 'request page model tool api',
  },
  format: {
    rule: 'injection/format-string',
    code: 'console.log(last, 1);',
    of: 'request page',
  },
  size: {
    rule: 'validation/unbounded-size',
    code: 'Buffer.alloc(Number(last));',
    of: 'request',
    guard: 'if (Number(last) > 100) return;',
  },
};

/** What a model wrote is their matter, whatever it comes to. */
const OF_MODELS: readonly string[] = ['agent/model-output-to-sink', 'agent/shell-tool'];

const GUARD = "if (!['red', 'blue'].includes(last)) return;";

/** No call is a sink of these: a record that is read, a number in a sum, each with more that has to be so. */
const NO_SINKS: readonly Capability[] = ['record', 'sign'];

describe('flows from sources into sinks', function () {
  this.timeout(30_000);
  let found: (code: string) => readonly string[];
  before(async () => {
    const parserOf = await testParsers();
    found = (code) => analyseFile('src/a.js', code, RULES, parserOf).findings.map(({ ruleId }) => ruleId);
  });

  const code = (source: string, { head = '', code: sink }: Sink, guard: string) => {
    const body = `const first = value; const second = prepared(first); const last = second; ${guard} ${sink}`;
    return `${HEAD}${head}\n${SOURCES[source]?.replace('BODY', () => body)}\n`;
  };

  it('are here for each capability', () => {
    const shown = Object.entries(SINKS).map(([name, { capability = name }]) => capability);
    const missing = CAPABILITIES.filter((each) => !shown.includes(each) && !NO_SINKS.includes(each));
    assert.deepEqual(missing, []);
  });

  for (const [kind, sink] of Object.entries(SINKS)) {
    it(`into ${kind} are found of ${sink.of}, and not behind a guard`, () => {
      const { rule, of, guard = GUARD } = sink;
      const isFound = (source: string, check: string) =>
        found(code(source, sink, check)).some((id) => id === rule || OF_MODELS.includes(id));
      const sources = Object.keys(SOURCES);
      assert.equal(sources.filter((each) => isFound(each, '')).join(' '), of);
      assert.equal(sources.filter((each) => isFound(each, guard)).join(' '), '', 'behind the guard');
    });
  }
});
