// Sinks of pages, tokens, hashes and answers of language models, each with what the library's documentation advises.
import { type Row, testRows } from './found';

type Table = Readonly<
  Record<string, readonly [rule: string, flagged: string, silent: string, path?: string]>
>;

const HASH = 'const x = decodeURIComponent(location.hash.slice(1));';

const PAGES: Table = {
  'DOM: innerHTML': [
    'injection/dom-html-sink',
    `${HASH} document.body.innerHTML = x;`,
    `${HASH} document.body.textContent = x;`,
  ],
  'DOM: outerHTML': [
    'injection/dom-html-sink',
    `${HASH} document.body.outerHTML = '<p>' + x;`,
    `${HASH} document.body.innerText = '<p>' + x;`,
  ],
  'DOM: insertAdjacentHTML': [
    'injection/dom-html-sink',
    `${HASH} document.body.insertAdjacentHTML('beforeend', x);`,
    `${HASH} document.body.insertAdjacentText('beforeend', x);`,
  ],
  'DOM: document.write': [
    'injection/dom-html-sink',
    `${HASH} document.write('<p>' + x);`,
    `${HASH} document.body.append(x);`,
  ],
  'DOM: createContextualFragment': [
    'injection/dom-html-sink',
    `${HASH} document.body.append(document.createRange().createContextualFragment(x));`,
    `${HASH} document.body.append(document.createTextNode(x));`,
  ],
  'DOM: srcdoc': [
    'injection/dom-html-sink',
    `${HASH} document.querySelector('iframe').srcdoc = x;`,
    `${HASH} document.querySelector('iframe').title = x;`,
  ],
  'DOM: setHTMLUnsafe': [
    'injection/dom-html-sink',
    `${HASH} document.body.setHTMLUnsafe(x);`,
    `${HASH} document.body.setHTML(x);`,
  ],
  'DOM: DOMPurify': [
    'injection/dom-html-sink',
    `${HASH} document.body.innerHTML = x;`,
    `import DOMPurify from 'dompurify'; ${HASH} document.body.innerHTML = DOMPurify.sanitize(x);`,
  ],
  'jQuery: html': ['injection/dom-html-sink', `${HASH} $('#a').html(x);`, `${HASH} $('#a').text(x);`],
  'jQuery: append': [
    'injection/dom-html-sink',
    `${HASH} $('#a').append('<li>' + x + '</li>');`,
    `${HASH} $('#a').append($('<li>').text(x));`,
  ],
  'jQuery: $()': [
    'injection/dom-html-sink',
    `${HASH} $('<div>' + x + '</div>').appendTo('body');`,
    `${HASH} $('#a').find('b').text(x);`,
  ],
  'React: dangerouslySetInnerHTML': [
    'injection/react-raw-html',
    'export const A = ({ comment }) => <p dangerouslySetInnerHTML={{ __html: comment.body }} />;',
    'export const A = ({ comment }) => <p>{comment.body}</p>;',
    'src/a.jsx',
  ],
  'React: href': [
    'injection/script-address',
    "export const A = () => <a href={new URLSearchParams(location.search).get('u')}>a</a>;",
    "export const A = () => <a href={'/u/' + new URLSearchParams(location.search).get('u')}>a</a>;",
    'src/a.jsx',
  ],
  'Angular: bypassSecurityTrustHtml': [
    'injection/dom-html-sink',
    "import { DomSanitizer } from '@angular/platform-browser'; import { ActivatedRoute } from '@angular/router'; class C { constructor(private s: DomSanitizer, private r: ActivatedRoute) {} a() { return this.s.bypassSecurityTrustHtml(this.r.snapshot.queryParams['q']); } }",
    "import { DomSanitizer } from '@angular/platform-browser'; import { ActivatedRoute } from '@angular/router'; class C { constructor(private s: DomSanitizer, private r: ActivatedRoute) {} a() { return this.s.sanitize(1, this.r.snapshot.queryParams['q']); } }",
    'src/a.ts',
  ],
  'Vue: template': [
    'injection/template-from-input',
    "const x = new URLSearchParams(location.search).get('a'); new Vue({ el: '#a', template: '<p>' + x + '</p>' });",
    "const x = new URLSearchParams(location.search).get('a'); new Vue({ el: '#a', template: '<p>{{ x }}</p>', data: { x } });",
  ],
  'Vue: h with innerHTML': [
    'injection/dom-html-sink',
    `import { h } from 'vue'; ${HASH} export default { render() { return h('div', { innerHTML: x }); } };`,
    `import { h } from 'vue'; ${HASH} export default { render() { return h('div', { textContent: x }); } };`,
  ],
  'location: assign': [
    'web/open-redirect',
    `${HASH} location.assign(x);`,
    `${HASH} location.assign('/a/' + encodeURIComponent(x));`,
  ],
};

const TOKENS: Table = {
  'jsonwebtoken: decode': [
    'auth/jwt-unverified',
    "const jwt = require('jsonwebtoken'); module.exports = (req, res, next) => { req.user = jwt.decode(req.headers.authorization); next(); };",
    "const jwt = require('jsonwebtoken'); module.exports = (req, res, next) => { req.user = jwt.verify(req.headers.authorization, process.env.KEY, { algorithms: ['HS256'] }); next(); };",
  ],
  'jsonwebtoken: ignoreExpiration': [
    'auth/jwt-unverified',
    "const jwt = require('jsonwebtoken'); exports.a = (t) => jwt.verify(t, process.env.KEY, { algorithms: ['HS256'], ignoreExpiration: true });",
    "const jwt = require('jsonwebtoken'); exports.a = (t) => jwt.verify(t, process.env.KEY, { algorithms: ['HS256'] });",
  ],
  'jsonwebtoken: none': [
    'auth/jwt-unverified',
    "const jwt = require('jsonwebtoken'); exports.a = (t) => jwt.verify(t, key, { algorithms: ['none', 'HS256'] });",
    "const jwt = require('jsonwebtoken'); exports.a = (t) => jwt.verify(t, key, { algorithms: ['HS256'] });",
  ],
  'jsonwebtoken: a literal key': [
    'secrets/generic-credential',
    "const jwt = require('jsonwebtoken'); exports.a = (u) => jwt.sign({ u }, 'my-secret-key-1', { expiresIn: '1h' });",
    "const jwt = require('jsonwebtoken'); exports.a = (u) => jwt.sign({ u }, process.env.KEY, { expiresIn: '1h' });",
  ],
  'jsonwebtoken: a key in a field': [
    'secrets/generic-credential',
    "const jwt = require('jsonwebtoken'); class A { constructor() { this.secret = 'my-secret-key-1'; } a(u) { return jwt.sign({ u }, this.secret, { expiresIn: '1h' }); } }",
    "const jwt = require('jsonwebtoken'); class A { constructor() { this.secret = process.env.KEY; } a(u) { return jwt.sign({ u }, this.secret, { expiresIn: '1h' }); } }",
  ],
  'jsonwebtoken: without end': [
    'auth/token-never-expires',
    "const jwt = require('jsonwebtoken'); exports.login = (u) => jwt.sign({ id: u.id }, process.env.KEY);",
    "const jwt = require('jsonwebtoken'); exports.login = (u) => jwt.sign({ id: u.id }, process.env.KEY, { expiresIn: '15m' });",
  ],
  'jose: decodeJwt': [
    'auth/jwt-unverified',
    "import { decodeJwt } from 'jose'; export function auth(req, res, next) { req.user = decodeJwt(req.headers.authorization.slice(7)); next(); }",
    "import { jwtVerify } from 'jose'; export async function auth(req, res, next) { req.user = (await jwtVerify(req.headers.authorization.slice(7), key)).payload; next(); }",
  ],
  'jwt-simple: noVerify': [
    'auth/jwt-unverified',
    "const jwt = require('jwt-simple'); exports.auth = (req, res, next) => { req.user = jwt.decode(req.headers.authorization, key, true); next(); };",
    "const jwt = require('jwt-simple'); exports.auth = (req, res, next) => { req.user = jwt.decode(req.headers.authorization, key, false, 'HS256'); next(); };",
  ],
  'crypto: MD5 of a password': [
    'crypto/weak-password-hash',
    "const crypto = require('crypto'); exports.a = (password) => crypto.createHash('md5').update(password).digest('hex');",
    "const bcrypt = require('bcrypt'); exports.a = (password) => bcrypt.hash(password, 12);",
  ],
  'bcrypt: few rounds': [
    'crypto/weak-password-hash',
    "const bcrypt = require('bcrypt'); exports.a = (password) => bcrypt.hashSync(password, 4);",
    "const bcrypt = require('bcrypt'); exports.a = (password) => bcrypt.hashSync(password, 12);",
  ],
  'pbkdf2: few rounds': [
    'crypto/weak-password-hash',
    "const crypto = require('crypto'); exports.a = (password, salt) => crypto.pbkdf2Sync(password, salt, 1000, 32, 'sha256');",
    "const crypto = require('crypto'); exports.a = (password, salt) => crypto.pbkdf2Sync(password, salt, 600000, 32, 'sha256');",
  ],
  'crypto: DES': [
    'crypto/weak-primitive',
    "const crypto = require('crypto'); crypto.createCipheriv('des-ede3-cbc', key, iv);",
    "const crypto = require('crypto'); crypto.createCipheriv('aes-256-gcm', key, iv);",
  ],
  'crypto: a fixed IV': [
    'crypto/static-iv',
    "const crypto = require('crypto'); exports.a = (key) => crypto.createCipheriv('aes-256-cbc', key, Buffer.alloc(16));",
    "const crypto = require('crypto'); exports.a = (key) => crypto.createCipheriv('aes-256-cbc', key, crypto.randomBytes(16));",
  ],
  'crypto: random': [
    'crypto/insecure-random',
    'exports.token = () => Math.random().toString(36).slice(2);',
    "exports.token = () => require('crypto').randomBytes(16).toString('hex');",
  ],
};

const answer = (head: string, call: string, text: string): string =>
  `import { exec } from 'child_process'; ${head} export async function run() { const r = await ${call}; exec(${text}); }`;
const number = (head: string, call: string, text: string): string =>
  answer(head, call, text).replace(
    /exec\((.*)\); }$/,
    (_, inner: string) => `exec('ls ' + Number(${inner})); }`,
  );

const MODELS: Readonly<Record<string, readonly [head: string, call: string, text: string]>> = {
  'OpenAI: chat': [
    "import OpenAI from 'openai'; const c = new OpenAI();",
    'c.chat.completions.create({})',
    'r.choices[0].message.content',
  ],
  'OpenAI: responses': [
    "import OpenAI from 'openai'; const c = new OpenAI();",
    'c.responses.create({})',
    'r.output_text',
  ],
  'OpenAI: responses.parse': [
    "import OpenAI from 'openai'; const c = new OpenAI();",
    'c.responses.parse({})',
    'r.output_parsed.command',
  ],
  Anthropic: [
    "import Anthropic from '@anthropic-ai/sdk'; const c = new Anthropic();",
    'c.messages.create({})',
    'r.content[0].text',
  ],
  'AI SDK: generateText': ["import { generateText } from 'ai';", 'generateText({})', 'r.text'],
  'AI SDK: generateObject': [
    "import { generateObject } from 'ai'; import { z } from 'zod';",
    'generateObject({ schema: z.object({ command: z.string() }) })',
    'r.object.command',
  ],
  'LangChain: invoke': [
    "import { ChatOpenAI } from '@langchain/openai'; const c = new ChatOpenAI({});",
    "c.invoke('a')",
    'r.content',
  ],
  'LangChain: a chain': [
    "import { ChatOpenAI } from '@langchain/openai'; import { StringOutputParser } from '@langchain/core/output_parsers'; const c = prompt.pipe(new ChatOpenAI({})).pipe(new StringOutputParser());",
    'c.invoke({})',
    'r',
  ],
  'Google GenAI': [
    "import { GoogleGenAI } from '@google/genai'; const c = new GoogleGenAI({});",
    'c.models.generateContent({})',
    'r.text',
  ],
  Ollama: ["import ollama from 'ollama';", 'ollama.chat({})', 'r.message.content'],
};

function rowsOf(table: Table): Row[] {
  return Object.entries(table).map(([title, [rule, flagged, silent, path]]) => ({
    title,
    rule,
    flagged,
    silent,
    ...(path !== undefined && { path }),
  }));
}

testRows('sinks of pages', rowsOf(PAGES));
testRows('tokens, hashes and keys', rowsOf(TOKENS));
testRows(
  'answers of language models',
  Object.entries(MODELS).map(([title, [head, call, text]]) => ({
    title,
    rule: 'agent/model-output-to-sink',
    flagged: answer(head, call, text),
    silent: number(head, call, text),
  })),
);
