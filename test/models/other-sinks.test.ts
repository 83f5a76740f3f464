// As `sinks.test.ts`, for files, requests, pages, tokens, hashes and language models.
import { rowsOf, type Table, testRows } from './found';

const FILES: Table = {
  'fs: readFile': [
    "const fs = require('fs');",
    "fs.readFile('/data/' + x, () => {});",
    "fs.readFile('/data/' + Number(x), () => {});",
  ],
  'fs: promises': [
    "const { readFile } = require('fs/promises');",
    'await readFile(`/data/${x}`);',
    "await readFile('/data/a');",
  ],
  'fs: fs.promises': [
    "const fs = require('fs').promises;",
    "await fs.writeFile('/data/' + x, 'a');",
    "await fs.writeFile('/data/a', x);",
  ],
  'fs: createReadStream': [
    "const fs = require('fs'); const path = require('path');",
    "fs.createReadStream(path.join('/data', x)).pipe(res);",
    "fs.createReadStream(path.join('/data', path.basename(x))).pipe(res);",
  ],
  'fs: unlink': [
    "const fs = require('fs');",
    'fs.unlinkSync(`./uploads/${x}`);',
    'fs.unlinkSync(`./uploads/${parseInt(x, 10)}`);',
  ],
  'fs: a folder that is compared': [
    "const fs = require('fs'); const path = require('path'); const ROOT = path.resolve('/data');",
    'const p = path.resolve(ROOT, x); if (!p.startsWith(ROOT)) return; fs.readFileSync(p);',
    'const p = path.resolve(ROOT, x); if (!p.startsWith(ROOT + path.sep)) return; fs.readFileSync(p);',
  ],
  'fs: path.relative': [
    "const fs = require('fs'); const path = require('path');",
    "const p = path.join('/data', x); fs.readFileSync(p);",
    "const p = path.join('/data', x); const r = path.relative('/data', p); if (r.startsWith('..') || path.isAbsolute(r)) return; fs.readFileSync(p);",
  ],
  'fs: stat and read': [
    "const fs = require('fs');",
    "fs.stat('/data/' + x, (e) => { if (!e) fs.readFile('/data/' + x, () => {}); });",
    "fs.stat('/data/' + x, (e) => {});",
  ],
  'fs-extra: remove': [
    "const fse = require('fs-extra');",
    "await fse.remove('/data/' + x);",
    "await fse.remove('/data/a');",
  ],
  rimraf: [
    "const rimraf = require('rimraf');",
    "rimraf('/data/' + x, () => {});",
    "rimraf('/data/a', () => {});",
  ],
  del: [
    "import { deleteAsync } from 'del';",
    "await deleteAsync('/data/' + x);",
    "await deleteAsync('/data/a');",
  ],
  'express: sendFile': [
    '',
    "res.sendFile(require('path').join('/data', x));",
    "res.sendFile(x, { root: '/data' });",
  ],
  'express: download': ['', "res.download('/data/' + x);", "res.download('/data/a', x);"],
  'koa-send': [
    "const fs = require('fs'); const send = require('koa-send');",
    "fs.readFileSync('/data/' + x);",
    "await send(ctx, x, { root: '/data' });",
  ],
  'express-fileupload: mv': [
    '',
    "req.files.doc.mv(require('path').join('/data', x));",
    "req.files.doc.mv('/data/a');",
  ],
  require: ['', "require('./plugins/' + x);", "require('./plugins/' + (x === 'a' ? 'a' : 'b'));"],
  import: ['', 'await import(`./plugins/${x}`);', "await import('./plugins/a');"],
  'multer: destination': [
    "const multer = require('multer'); const fs = require('fs');",
    "fs.writeFileSync('/data/' + x, '');",
    "multer.diskStorage({ destination: '/data', filename: (req, file, cb) => cb(null, String(Date.now())) });",
  ],
  glob: [
    "const fs = require('fs'); const glob = require('glob');",
    "fs.readdirSync('/data/' + x);",
    "glob.sync('/data/*');",
  ],
};

const REQUESTS: Table = {
  fetch: ['', 'await fetch(x);', 'await fetch(`https://a.example/${encodeURIComponent(x)}`);'],
  'fetch: the host in a template': [
    '',
    'await fetch(`https://${x}/a`);',
    'await fetch(`https://a.example/?q=${x}`);',
  ],
  'axios: get': [
    "const axios = require('axios');",
    'await axios.get(x);',
    "await axios.get('https://a.example', { params: { x } });",
  ],
  'axios: options': [
    "const axios = require('axios');",
    "await axios({ method: 'get', url: x });",
    "await axios({ method: 'get', url: 'https://a.example', data: x });",
  ],
  'axios: instance': [
    "const axios = require('axios'); const api = axios.create({});",
    'await api.post(x, {});',
    "await api.post('https://a.example', { x });",
  ],
  'axios: request': [
    "import axios from 'axios';",
    'await axios.request({ url: x });',
    "await axios.request({ url: '/a', baseURL: 'https://a.example' });",
  ],
  got: [
    "import got from 'got';",
    'await got(x).json();',
    "await got('https://a.example', { searchParams: { x } });",
  ],
  'got: extend': [
    "const got = require('got'); const api = got.extend({});",
    'await api(x);',
    "await api('https://a.example');",
  ],
  'undici: request': [
    "import { request } from 'undici';",
    'await request(x);',
    "await request('https://a.example');",
  ],
  'undici: Client': [
    "const { Client } = require('undici');",
    'new Client(x);',
    "new Client('https://a.example');",
  ],
  'node: http.get': [
    "const http = require('http');",
    'http.get(x, () => {});',
    "http.get('http://a.example', () => {});",
  ],
  'node: https.request of a host': [
    "const https = require('https');",
    "https.request({ hostname: x, path: '/' }, () => {});",
    "https.request({ hostname: 'a.example', path: '/' + encodeURIComponent(x) }, () => {});",
  ],
  'node: options through url.parse': [
    "const http = require('http'); const url = require('url');",
    'const o = url.parse(x); http.request(o);',
    "const o = url.parse('http://a.example'); http.request(o);",
  ],
  'node: net.connect': [
    "const net = require('net');",
    'net.connect(80, x);',
    "net.connect(80, 'a.example');",
  ],
  request: [
    "const request = require('request');",
    'request(x, () => {});',
    "request('https://a.example', () => {});",
  ],
  'request: uri in options': [
    "const request = require('request');",
    'request({ uri: x, method: "GET" }, () => {});',
    "request({ uri: 'https://a.example' }, () => {});",
  ],
  needle: [
    "const needle = require('needle');",
    'needle.get(x, () => {});',
    "needle.get('https://a.example', () => {});",
  ],
  superagent: [
    "const superagent = require('superagent');",
    'await superagent.get(x);',
    "await superagent.get('https://a.example').query({ x });",
  ],
  'node-fetch': [
    "const fetch = require('node-fetch');",
    'await fetch(x);',
    "if (new URL(x).host !== 'a.example') return; await fetch(x);",
  ],
  puppeteer: [
    "const puppeteer = require('puppeteer');",
    'const b = await puppeteer.launch(); const p = await b.newPage(); await p.goto(x);',
    "const b = await puppeteer.launch(); const p = await b.newPage(); await p.goto('https://a.example');",
  ],
  phin: ["const phin = require('phin');", 'await phin(x);', "await phin('https://a.example');"],
  bent: [
    "const bent = require('bent');",
    "await bent('GET')(x);",
    "await bent('https://a.example', 'GET')('/a');",
  ],
  'hosts of a list': [
    '',
    "if (x.includes('a.example')) await fetch(x);",
    "const HOSTS = new Set(['a.example']); if (!HOSTS.has(new URL(x).hostname)) return; await fetch(x);",
  ],
};

const REDIRECTS: Table = {
  express: ['', 'res.redirect(x);', "res.redirect('/a/' + encodeURIComponent(x));"],
  'express: with a status': ['', 'res.redirect(302, x);', "res.redirect(302, '/a');"],
  'express: location': ['', 'res.location(x); res.status(302).end();', "res.location('/a');"],
  'node: writeHead': [
    '',
    'res.writeHead(302, { Location: x }); res.end();',
    "res.writeHead(302, { Location: '/a' });",
  ],
  'node: setHeader': [
    '',
    "res.statusCode = 302; res.setHeader('Location', x); res.end();",
    "res.setHeader('Location', '/a');",
  ],
  'a path of its own': [
    '',
    "if (x.startsWith('/')) res.redirect(x);",
    "if (x.startsWith('/') && !x.startsWith('//') && !x.includes('\\\\')) res.redirect(x);",
  ],
};

const HTML: Table = {
  'express: send': ['', 'res.send(`<p>${x}</p>`);', 'res.send({ x });'],
  'express: send with a status': [
    '',
    "res.status(404).send('<p>No ' + x + '</p>');",
    "res.status(404).type('text').send('No ' + x);",
  ],
  'express: write and end': [
    '',
    "res.set('Content-Type', 'text/html'); res.write('<b>' + x); res.end();",
    "res.set('Content-Type', 'text/plain'); res.write('<b>' + x); res.end();",
  ],
  'escape-html': [
    "const escapeHtml = require('escape-html');",
    'res.send(`<p>${x}</p>`);',
    'res.send(`<p>${escapeHtml(x)}</p>`);',
  ],
  he: [
    "const he = require('he');",
    'res.send(`<p>${he.decode(x)}</p>`);',
    'res.send(`<p>${he.encode(x)}</p>`);',
  ],
  'lodash.escape': [
    "const _ = require('lodash');",
    'res.send(`<p>${_.trim(x)}</p>`);',
    'res.send(`<p>${_.escape(x)}</p>`);',
  ],
  'sanitize-html': ["const sanitize = require('sanitize-html');", 'res.send(x);', 'res.send(sanitize(x));'],
  'DOMPurify on a server': [
    "const createDOMPurify = require('dompurify'); const { JSDOM } = require('jsdom'); const DOMPurify = createDOMPurify(new JSDOM('').window);",
    'res.send(x);',
    'res.send(DOMPurify.sanitize(x));',
  ],
  xss: ["const xss = require('xss');", 'res.send(x);', 'res.send(xss(x));'],
  'the whole list': [
    '',
    "res.send('<ul>' + req.body.list.map((i) => '<li>' + i + '</li>').join('') + '</ul>');",
    'res.send(req.body.list.map((i) => Number(i)).join());',
  ],
};

testRows('functions that open files', rowsOf('file/path-traversal', FILES));
testRows('functions that send requests', rowsOf('ssrf/user-url-fetch', REQUESTS));
testRows('functions that redirect', rowsOf('web/open-redirect', REDIRECTS));
testRows('responses of HTML', rowsOf('injection/response-html', HTML));
