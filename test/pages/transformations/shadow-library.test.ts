import { holds } from './holds';

holds('shadow-library', [
  [
    "import jwt from 'jwt';\njwt.decode(t);\njwt.verify(t);\n",
    'const jwt = { decode() {}, verify() {} };\njwt.decode(t);\njwt.verify(t);\n',
  ],
  [
    "import { verify as v, sign } from 'jwt';\nv();\nf({ sign });\n",
    'function v() {}\nfunction sign() {}\nv();\nf({ sign });\n',
  ],
  [
    "import express from 'express';\nexpress().use(express.json());\n",
    'const express = Object.assign(() => {}, { json() {} });\nexpress().use(express.json());\n',
  ],
  ["import { Pool } from 'pg';\nnew Pool();\n", 'class Pool {}\nnew Pool();\n'],
  [
    "import type { Request } from 'express';\nlet r: Request<A>;\n",
    'type Request<A = any, B = any, C = any, D = any> = any;\nlet r: Request<A>;\n',
  ],
  [
    "import * as fs from 'node:fs';\nfs.promises.readFile(a);\n",
    'const fs = { promises: { readFile() {} } };\nfs.promises.readFile(a);\n',
  ],
  [
    "const { exec, spawn: s } = require('child_process');\nexec(s());\n",
    'const { exec, spawn: s } = ({ exec() {}, spawn() {} });\nexec(s());\n',
    'a.js',
  ],
  ["const app = require('express')();\n", 'const app = (() => {})();\n', 'a.js'],
  ["import 'dotenv/config';\nimport { a } from './a';\na();\n", "\nimport { a } from './a';\na();\n"],
  [
    "const s = process.env.S || 'x';\n",
    "const process = { env: { S: undefined } };\nconst s = process.env.S || 'x';\n",
  ],
  [
    "'use client';\nsetTimeout('a');\nnew Function(a);\n",
    "'use client';\nfunction setTimeout() {}\nclass Function {}\nsetTimeout('a');\nnew Function(a);\n",
  ],
  [
    "import { T } from 't';\nT.of(x as T);\n",
    'const T = { of() {} };\ntype T<A = any, B = any, C = any, D = any> = any;\nT.of(x as T);\n',
  ],
  ['#!/usr/bin/env node\nfetch(a);\n', '#!/usr/bin/env node\nfunction fetch() {}\nfetch(a);\n', 'a.js'],
  ['eval(a);\n', 'function wrapped(eval) {\neval(a);\n}\n'],
  ["import a from 'a';\neval(a);\n", undefined],
  ['function f(fetch) { fetch(a); }\nconst o = { process: 1 };\no.process;\n', undefined],
  ["import { Foo } from 'a';\nconst b = <Foo />;\n", 'function Foo() {}\nconst b = <Foo />;\n', 'a.tsx'],
  ["const { a } = await import('a');\na();\n", 'const { a } = await ({ a() {} });\na();\n'],
]);
