import assert from 'node:assert/strict';
import { holds } from './holds';
import { importForRequire } from './import-for-require';

holds('require-for-import', [
  [
    "import jwt, { sign as s } from 'jwt';\n",
    "const jwt = require('jwt');\nconst { sign: s } = require('jwt');\n",
  ],
  [
    "import express, { Request } from 'express';\nimport './x';\nfunction f(r: Request) { express(); }\n",
    "const express = require('express');\nimport type { Request } from 'express';\nrequire('./x');\nfunction f(r: Request) { express(); }\n",
  ],
  [
    "import auth from './auth';\nimport * as cp from 'cp';\n",
    "const auth = require('./auth').default;\nconst cp = require('cp');\n",
  ],
  ["import type { A } from 'a';\nimport { B } from 'b';\nnew B(x as B);\n", undefined],
  ["import a from 'a';\n", undefined, 'a.mjs'],
]);

holds('import-for-require', [
  [
    "const jwt = require('jwt');\nconst { a, b: c } = require('d');\n",
    "import jwt from 'jwt';\nimport { a, b as c } from 'd';\n",
  ],
  [
    "require('dotenv').config();\nconst app = require('express')();\nconst v = require('jwt').verify;\n",
    "import dotenv from 'dotenv';\ndotenv.config();\nimport express from 'express';\nconst app = express();\nimport { verify as v } from 'jwt';\n",
  ],
  [
    "const a = require('a');\nmodule.exports = { a, b: a };\n",
    "import a from 'a';\nexport { a, a as b };\n",
    'a.js',
  ],
  ["const a = require('a');\nmodule.exports = a;\n", "import a from 'a';\nexport default a;\n", 'a.js'],
  ["const a = require('a');\nmodule.exports = { b() {} };\n", undefined, 'a.js'],
  ["function f() { return require('a'); }\nconst { b = 1 } = require('b');\n", undefined],
  ["const a = require('a');\n", undefined, 'a.cjs'],
]);

holds('wrap-in-async', [
  [
    "'use strict';\nimport a from 'a';\n\n// why\na();\nfunction f() {}\n",
    "'use strict';\nimport a from 'a';\nasync function wrapped() {\n\n// why\na();\nfunction f() {}\n}\n",
  ],
  ["const a = require('a');\na();\n", "const a = require('a');\nasync function wrapped() {\na();\n}\n"],
  ['export const a = 1;\n', undefined],
  ['module.exports = 1;\n', undefined, 'a.js'],
  ["import a from 'a';\n", undefined],
]);

describe('import-for-require across files', () => {
  it('imports the whole of a file that exports names, and the default of one that exports a value', () => {
    const changed = importForRequire.apply([
      { name: 'src/a.js', text: "const b = require('./b');\nconst c = require('../c/index.js');\n" },
      { name: 'src/b.js', text: 'const x = 1;\nmodule.exports = { x };\n' },
      { name: 'c/index.js', text: 'module.exports = function () {};\n' },
    ]);
    assert.deepEqual(
      changed!.map(({ text }) => text),
      [
        "import * as b from './b';\nimport c from '../c/index.js';\n",
        'const x = 1;\nexport { x };\n',
        'export default function () {};\n',
      ],
    );
  });
});
