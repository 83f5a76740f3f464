// Where a fix is safe, where it is not, and where there is none: twins that differ in what the safety rests on.
import assert from 'node:assert/strict';
import type { Parser } from '../grammars/parser';
import type { FixSafety } from '../server/src/analysis/fix';
import { RULES } from '../server/src/rules/index';
import { analyseFile, testParsers } from './engine';

type Offered = FixSafety | 'none';

/** By rule: code with one finding, and the safety of its first fix. */
const CASES: Readonly<Record<string, readonly (readonly [Offered, string])[]>> = {
  'auth/jwt-unverified': [
    ['safe', "require('jsonwebtoken').verify(t, key, { algorithms: ['HS256', 'none'] });"],
    ['unsafe', "require('jsonwebtoken').verify(t, '', { algorithms: ['HS256', 'none'] });"],
    ['unsafe', "require('jsonwebtoken').verify(t, key, { algorithms: ['HS256'], ignoreExpiration: true });"],
  ],
  'auth/timing-unsafe-compare': [
    [
      'safe',
      "const c = require('crypto'); exports.a = (t, k, s) => c.createHmac('sha256', k).update(t).digest('hex') === s;",
    ],
    ['unsafe', 'exports.a = (req) => req.headers.authorization === process.env.API_SECRET;'],
  ],
  'errors/async-handler-unhandled': [
    [
      'safe',
      "require('body-parser'); const app = require('express')(); app.get('/a', async (req, res, next) => { res.json(await f()); });",
    ],
    [
      'none',
      "require('body-parser'); const app = require('express')(); app.get('/a', async (req, res) => { res.json(await f()); });",
    ],
  ],
  'file/path-traversal': [
    [
      'choice',
      "const p = require('path'); exports.a = (req, res) => res.sendFile(p.join(__dirname, 'f', req.query.name));",
    ],
    [
      'safe',
      "import { join } from 'path'; import { writeFile } from 'fs/promises'; export async function POST(request: Request) { const f = (await request.formData()).get('f') as File; await writeFile(join('up', f.name), 'x'); }",
    ],
  ],
  'file/predictable-temp': [
    ['safe', "require('fs').writeFileSync(`/tmp/a-${Date.now()}.txt`, t);"],
    ['none', "require('fs').writeFileSync('/tmp/a.txt', t);"],
  ],
  'file/zip-slip': [
    [
      'safe',
      "const p = require('path'); const Zip = require('adm-zip'); exports.a = (f, d) => { for (const e of new Zip(f).getEntries()) { require('fs').writeFileSync(p.join(d, e.entryName), e.getData()); } };",
    ],
    [
      'none',
      "const p = require('path'); exports.a = (s, d) => { const x = require('tar-stream').extract(); x.on('entry', (header, stream) => { stream.pipe(require('fs').createWriteStream(p.join(d, header.name))); }); };",
    ],
  ],
  'injection/dom-html-sink': [
    [
      'safe',
      "document.getElementById('a').innerHTML = 'Hello ' + new URLSearchParams(location.search).get('b');",
    ],
    [
      'none',
      "document.getElementById('a').innerHTML = '<b>' + new URLSearchParams(location.search).get('b') + '</b>';",
    ],
    [
      'choice',
      "addEventListener('message', (event) => { document.getElementById('a').innerHTML = event.data; });",
    ],
  ],
  'injection/eval-dynamic': [
    ['safe', "setInterval('tick(1)', 1000); function tick() {}"],
    ['unsafe', "setInterval('clock.tick()', 1000); const clock = {};"],
    ['unsafe', "export function f() { const tick = () => {}; setInterval('tick()', 1000); return tick; }"],
  ],
  'injection/header-lines': [
    [
      'safe',
      "exports.a = (req, socket) => { socket.write('GET / HTTP/1.1\\r\\nHost: ' + req.query.host + '\\r\\n'); };",
    ],
    [
      'none',
      "exports.a = (req, socket) => { const head = 'GET / HTTP/1.1\\r\\nHost: ' + req.query.host + '\\r\\n'; socket.write(head); };",
    ],
  ],
  'injection/log-forging': [
    [
      'safe',
      "const logger = require('winston').createLogger(); exports.a = (req, res) => { logger.info(`by ${req.body.name}`); };",
    ],
    [
      'none',
      "const logger = require('winston').createLogger(); exports.a = (req, res) => { const line = `by ${req.body.name}`; logger.info(line); };",
    ],
  ],
  'injection/ldap-filter': [
    ['safe', ldap("'(uid=' + req.query.q + ')'")],
    ['unsafe', ldap('`(cn=${req.query.q})`')],
    ['none', ldap("'(&(a=b)(uid=' + req.query.q + '))'")],
  ],
  'injection/nosql-operator': [
    ['safe', "exports.a = (req, db) => db.collection('users').findOne({ token: req.body.token });"],
    [
      'unsafe',
      "const User = require('mongoose').model('User'); exports.a = (req) => User.findOne({ token: req.body.token });",
    ],
    ['none', "exports.a = (req, db) => db.collection('users').findOne(req.body);"],
  ],
  'injection/sql-string-build': [
    ['safe', sql('`select a from b where c = ${req.query.q}`')],
    ['safe', sql('"select a from b where c = \'" + req.query.q + "\' and d = 1"')],
    ['safe', sql('`select a from b where c = "${req.query.q}"`')],
    ['none', sql('`select a from b where c = "${req.query.q}"`', 'sqlite3').replace('query(', 'all(')],
    ['none', sql('`select a from b where c in (${req.query.q})`')],
    ['none', sql("'select a from b where c = ' + req.query.q + ' order by ' + req.query.o")],
  ],
  'injection/xpath-query': [
    ['safe', 'exports.a = (req, d) => require("xpath").select(`//a[b=\'${req.query.q}\']/c`, d);'],
    ['none', 'exports.a = (req, d) => require("xpath").select(`//a[b=${req.query.q}]`, d);'],
    ['none', 'exports.a = (req, d) => require("xpath").select(`string(//a[b="${req.query.q}"])`, d);'],
    ['none', 'exports.a = (req, d) => require("xpath.js")(d, `//a[b="${req.query.q}"]`);'],
  ],
  'injection/response-html': [
    ['safe', 'exports.a = (req, res) => { res.send(`<b>${req.query.q}</b>`); };'],
    ['safe', 'exports.a = (req, res) => { res.send(`<b title="a ${req.query.q}"></b>`); };'],
    ['choice', 'exports.a = (req, res) => { res.send(`<b>${req.body.q}</b>`); };'],
    ['none', 'exports.a = (req, res) => { res.send(`<a href="${req.query.q}">a</a>`); };'],
    ['none', 'exports.a = (req, res) => { res.send(`<script>let a = "${req.query.q}"</script>`); };'],
    ['none', 'exports.a = (req, res) => { res.send(`<b class=${req.query.q}></b>`); };'],
    ['none', 'exports.a = (req, res) => { res.send(req.query.q); };'],
  ],
  'injection/shell-command': [
    [
      'safe',
      'const { exec } = require("child_process"); exports.a = (req) => { exec(`git log "${req.query.b}"`); };',
    ],
    [
      'unsafe',
      'const { exec } = require("child_process"); exports.a = (req) => { exec(`git log ${req.query.b}`); };',
    ],
    [
      'unsafe',
      'const { exec } = require("child_process"); exports.a = (req) => { exec(`npm view "${req.query.b}"`); };',
    ],
    [
      'none',
      'const { exec } = require("child_process"); exports.a = (req) => { exec(`git log "${req.query.b}" | head`); };',
    ],
  ],
  'supabase/getsession-server': [
    ['safe', session('{ data: { session } }', 'return session?.user.id;')],
    ['safe', session('{ data: { session } }', 'if (!session) throw new Error(); return session.user;')],
    ['none', session('{ data: { session }, error }', 'if (error) throw error; return session?.user;')],
    ['none', session('{ data: { session } }', 'return session?.user && session.access_token;')],
    ['none', session('{ data: { session } }', 'if (!session) throw new Error(); return session;')],
  ],
  'transport/cleartext-url': [
    ['safe', "fetch('http://api.github.com/users');"],
    ['unsafe', "fetch('http://api.github.com:8080/users');"],
    ['unsafe', "fetch('http://larkfield.example/users');"],
    ['unsafe', "require('http').get('http://api.github.com/users');"],
  ],
  'validation/incomplete-sanitizer': [
    ['safe', "exports.escapeHtml = (t) => t.replace('<', '&lt;');"],
    ['unsafe', "exports.clean = (t) => t.replace(/[<>]/, '');"],
    ['none', "exports.clean = (t) => t.replace('../', '');"],
  ],
  'validation/substring-host-check': [
    ['safe', "exports.isTrusted = (hostname) => hostname.endsWith('larkfield.com');"],
    ['choice', "exports.isTrusted = (hostname) => hostname.endsWith('team.larkfield.app');"],
    ['choice', "exports.isTrusted = (hostname) => hostname.includes('larkfield.com');"],
  ],
};

function sql(text: string, driver = 'mysql2'): string {
  const made =
    driver === 'mysql2' ? "require('mysql2').createPool({})" : "new (require('sqlite3').Database)('a')";
  return `const db = ${made}; exports.a = (req) => { db.query(${text}); };`;
}

function ldap(filter: string): string {
  const client = "const ldap = require('ldapjs'); const client = ldap.createClient({});";
  return `${client} exports.a = (req) => { client.search('o=x', { filter: ${filter} }); };`;
}

function session(pattern: string, rest: string): string {
  const client = "import { createServerClient } from '@supabase/ssr';\n";
  return `${client}export async function f(c) { const s = createServerClient('a', 'b', c); const ${pattern} = await s.auth.getSession(); ${rest} }`;
}

describe('a fix is as safe as what it rests on', () => {
  let parserOf: (path: string) => Parser;
  before(async () => {
    parserOf = await testParsers();
  });

  for (const [ruleId, cases] of Object.entries(CASES)) {
    it(ruleId, () => {
      for (const [offered, text] of cases) {
        const path = /\bexport |\bimport /.test(text) ? 'a.ts' : 'a.js';
        const rules = RULES.filter(({ id }) => id === ruleId);
        const { findings } = analyseFile(path, text, rules, parserOf);
        assert.equal(findings.length, 1, `${findings.length} findings in ${text}`);
        assert.equal(findings[0]?.fixes()[0]?.safety ?? 'none', offered, text);
      }
    });
  }
});
