import { holds } from './holds';

holds('rename-locals', [
  [
    'const token = 1;\nf({ token, x: o.token });\n',
    'const theToken = 1;\nf({ token: theToken, x: o.token });\n',
  ],
  [
    'function requireAuth(req) { return req.user; }\nrequireAuth(1);\n',
    'function requireAuthHere(theReq) { return theReq.user; }\nrequireAuthHere(1);\n',
  ],
  [
    'const isAdmin = (u) => u.admin;\nconst JWT_SECRET = `x`;\n',
    'const isAdminHere = (theU) => theU.admin;\nconst THE_JWT_SECRET = `x`;\n',
  ],
  [
    'const a = 1; { const a = 2; g(a); } g(a);\n',
    'const theA = 1; { const theA2 = 2; g(theA2); } g(theA);\n',
  ],
  [
    "import { verify } from 'jwt';\nexport const a = verify;\nconst b = 1, c = 2;\nexport { b };\nf(c);\n",
    "import { verify } from 'jwt';\nexport const a = verify;\nconst b = 1, theC = 2;\nexport { b };\nf(theC);\n",
  ],
  [
    'f(({ body, q: { r = 1 }, ...rest }: Request) => [body, r, rest]);\n',
    'f(({ body: theBody, q: { r: theR = 1 }, ...theRest }: Request) => [theBody, theR, theRest]);\n',
  ],
  ['let a;\n({ a, b: a = 1 } = o);\n', 'let theA;\n({ a: theA, b: theA = 1 } = o);\n'],
  [
    'class A { constructor(private token: string, other: string) { this.token = token + other; } }\n',
    'class A { constructor(private token: string, theOther: string) { this.token = token + theOther; } }\n',
  ],
  [
    'function f(this: X, a: any): asserts a is string {}\ndeclare const g: typeof f;\n',
    'function fHere(this: X, theA: any): asserts theA is string {}\ndeclare const g: typeof fHere;\n',
  ],
  [
    'function Page({ html }) { return <Row html={html} />; }\nfunction Row() { return <b />; }\n',
    'function PageHere({ html: theHtml }) { return <RowHere html={theHtml} />; }\nfunction RowHere() { return <b />; }\n',
    'a.jsx',
  ],
  [
    "const jwt = require('jwt');\ntry { jwt.x(); } catch (err) { next(err); }\n",
    "const theJwt = require('jwt');\ntry { theJwt.x(); } catch (theErr) { next(theErr); }\n",
    'a.js',
  ],
  ['const _ = 1, $x = _;\n', 'const _the = 1, $theX = _the;\n'],
  ["setTimeout('poll()', 1);\nfunction poll() {}\n", undefined],
  ['export default function f() {}\n', undefined],
]);

holds('import-alias', [
  [
    "import { verify } from 'jwt';\nexport { verify };\nf({ verify });\n",
    "import { verify as verify_ } from 'jwt';\nexport { verify_ as verify };\nf({ verify: verify_ });\n",
  ],
  [
    "import jwt, { sign as s } from 'jwt';\njwt.verify(s);\n",
    "import jwt_, { sign as s_ } from 'jwt';\njwt_.verify(s_);\n",
  ],
  ["import { Request } from 'express';\nimport type { B } from 'b';\nf(x as Request);\n", undefined],
  [
    "import { a } from 'a';\nfunction f(a) { return a; }\na();\n",
    "import { a as a_ } from 'a';\nfunction f(a) { return a; }\na_();\n",
  ],
  [
    "import React from 'react';\nimport { Foo } from 'b';\nconst x = <Foo a=\"Foo\">Foo</Foo>;\n",
    "import React from 'react';\nimport { Foo as Foo_ } from 'b';\nconst x = <Foo_ a=\"Foo\">Foo</Foo_>;\n",
    'a.tsx',
  ],
]);

holds('namespace-import', [
  [
    "import { verify, sign as s } from 'jsonwebtoken';\nf({ verify }, s());\n",
    "import * as jsonwebtoken from 'jsonwebtoken';\nf({ verify: jsonwebtoken.verify }, jsonwebtoken.sign());\n",
  ],
  [
    "import { exec, type X } from 'node:child_process';\nexec(1);\n",
    "import * as childprocess from 'node:child_process';\nimport { type X } from 'node:child_process';\nexec(1);\n"
      .replace('childprocess', 'childProcess')
      .replace('\nexec', '\nchildProcess.exec'),
  ],
  [
    "import { Get } from '@nestjs/common';\nclass A { @Get('x') m() {} }\n",
    "import * as common from '@nestjs/common';\nclass A { @common.Get('x') m() {} }\n",
  ],
  ["import { Request } from 'express';\nfunction f(r: Request) {}\n", undefined],
  ["import { a } from './a';\nexport { a };\n", undefined],
]);

holds('destructuring', [
  [
    "import jwt from 'jwt';\nimport 'x';\njwt.decode(t); jwt.decode(u);\n",
    "import jwt from 'jwt';\nimport 'x';\nconst { decode } = jwt;\ndecode(t); decode(u);\n",
  ],
  [
    "import * as cp from 'cp';\nfunction exec() {}\ncp.exec(t);\n",
    "import * as cp from 'cp';\nconst { exec: exec2 } = cp;\nfunction exec() {}\nexec2(t);\n",
  ],
  [
    "const axios = require('axios');\naxios.delete(u);\n",
    "const axios = require('axios');\nconst { delete: delete2 } = axios;\ndelete2(u);\n",
    'a.js',
  ],
  [
    "'use client';\nconst s = process.env.S || 'x';\nprocess.env.T = process.env.T ?? '';\n",
    "'use client';\nconst { S } = process.env;\nconst s = S || 'x';\nprocess.env.T = process.env.T ?? '';\n",
  ],
  ['const S = process.env.S;\n', 'const { S: S2 } = process.env;\nconst S = S2;\n'],
  [
    "import React from 'react';\nclass A extends React.Component {}\nconst b = <React.Fragment />;\n",
    undefined,
    'a.tsx',
  ],
  ["import jwt from 'jwt';\nfunction f(jwt: X) { jwt.decode(); }\n", undefined],
  ["import jwt from 'jwt';\nlet t: jwt.Token;\n", undefined],
]);
