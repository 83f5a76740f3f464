// What validators make sure of: what they let through is found, and what they hold to a list or a number is not.
import { type Row, testRows } from './found';

type Table = Readonly<Record<string, readonly [head: string, before: string, loose: string, strict: string]>>;

/** `loose` and `strict` give `x`; it goes into the name of a file. */
const VALIDATORS: Table = {
  'zod: string, enum': [
    "const { z } = require('zod');",
    '',
    'const { x } = z.object({ x: z.string() }).parse(req.body);',
    "const { x } = z.object({ x: z.enum(['a', 'b']) }).parse(req.body);",
  ],
  'zod: string, number': [
    "const { z } = require('zod'); const S = z.object({ x: z.string() }), T = z.object({ x: z.coerce.number() });",
    '',
    'const { x } = S.parse(req.body);',
    'const { x } = T.parse(req.body);',
  ],
  'zod: safeParse': [
    "const { z } = require('zod'); const S = z.object({ x: z.string() }), T = z.object({ x: z.string().uuid() });",
    '',
    'const r = S.safeParse(req.body); if (!r.success) return; const x = r.data.x;',
    'const r = T.safeParse(req.body); if (!r.success) return; const x = r.data.x;',
  ],
  'zod: pattern': [
    "const { z } = require('zod');",
    '',
    'const x = z.string().regex(/[a-z]/).parse(req.body.x);',
    'const x = z.string().regex(/^[a-z]+$/).parse(req.body.x);',
  ],
  'zod: literal union': [
    "const { z } = require('zod');",
    '',
    "const x = z.union([z.literal('a'), z.string()]).parse(req.body.x);",
    "const x = z.union([z.literal('a'), z.literal('b')]).parse(req.body.x);",
  ],
  'zod 4: top-level formats': [
    "import * as z from 'zod';",
    '',
    'const x = z.url().parse(req.body.x);',
    'const x = z.uuid().parse(req.body.x);',
  ],
  'valibot: string, picklist': [
    "const v = require('valibot');",
    '',
    'const { x } = v.parse(v.object({ x: v.string() }), req.body);',
    "const { x } = v.parse(v.object({ x: v.picklist(['a']) }), req.body);",
  ],
  'valibot: pipe': [
    "const v = require('valibot');",
    '',
    'const { x } = v.parse(v.object({ x: v.pipe(v.string(), v.minLength(1)) }), req.body);',
    'const { x } = v.parse(v.object({ x: v.pipe(v.string(), v.uuid()) }), req.body);',
  ],
  'valibot: safeParse': [
    "const v = require('valibot');",
    '',
    'const r = v.safeParse(v.object({ x: v.string() }), req.body); if (!r.success) return; const x = r.output.x;',
    'const r = v.safeParse(v.object({ x: v.number() }), req.body); if (!r.success) return; const x = r.output.x;',
  ],
  'yup: oneOf': [
    "const yup = require('yup');",
    '',
    'const { x } = await yup.object({ x: yup.string().required() }).validate(req.body);',
    "const { x } = await yup.object({ x: yup.string().oneOf(['a', 'b']) }).validate(req.body);",
  ],
  'yup: validateSync, and the body after it': [
    "const yup = require('yup'); const S = yup.object({ x: yup.string() }), T = yup.object({ x: yup.string().oneOf(['a']) });",
    '',
    'const { x } = S.validateSync(req.body);',
    'T.validateSync(req.body); const x = req.body.x;',
  ],
  'yup: a validated body': [
    "const yup = require('yup'); const T = yup.object({ x: yup.string().oneOf(['a']) });",
    '',
    'const x = req.body.x;',
    'await T.validate(req.body); const x = req.body.x;',
  ],
  'yup: isValid': [
    "const yup = require('yup'); const T = yup.string().oneOf(['a']);",
    '',
    'const x = req.body.x;',
    'const x = req.body.x; if (!(await T.isValid(x))) return;',
  ],
  'joi: valid': [
    "const Joi = require('joi');",
    '',
    'const { error, value } = Joi.object({ x: Joi.string() }).validate(req.body); if (error) return; const x = value.x;',
    "const { error, value } = Joi.object({ x: Joi.string().valid('a', 'b') }).validate(req.body); if (error) return; const x = value.x;",
  ],
  'joi: a validated body': [
    "const Joi = require('joi'); const S = Joi.object({ x: Joi.string().valid('a') });",
    '',
    'const x = req.body.x;',
    'const { error } = S.validate(req.body); if (error) return res.status(400).end(); const x = req.body.x;',
  ],
  'joi: attempt': [
    "const Joi = require('joi');",
    '',
    'const x = Joi.attempt(req.body.x, Joi.string());',
    "const x = Joi.attempt(req.body.x, Joi.string().valid('a'));",
  ],
  'joi: number of another module name': [
    "const Joi = require('@hapi/joi');",
    '',
    'const { value } = Joi.object({ x: Joi.string() }).validate(req.body); const x = value.x;',
    'const { error, value } = Joi.object({ x: Joi.number() }).validate(req.body); if (error) return; const x = value.x;',
  ],
  'ajv: enum': [
    "const Ajv = require('ajv'); const ajv = new Ajv(); const S = ajv.compile({ type: 'object', properties: { x: { type: 'string', enum: ['a'] } } });",
    '',
    'const x = req.body.x;',
    'if (!S(req.body)) return res.status(400).end(); const x = req.body.x;',
  ],
  'ajv: validate': [
    "const Ajv = require('ajv'); const ajv = new Ajv(); const schema = { type: 'object', properties: { x: { type: 'integer' } } };",
    '',
    'const x = req.body.x;',
    'const ok = ajv.validate(schema, req.body); if (!ok) return; const x = req.body.x;',
  ],
  'class-validator: a decorated field is checked by the pipe': [
    "const validator = require('validator');",
    '',
    'const x = validator.trim(req.body.x);',
    'const x = req.body.x; if (!validator.isUUID(x)) return;',
  ],
  'validator: isIn': [
    "const validator = require('validator');",
    '',
    'const x = req.body.x;',
    "const x = req.body.x; if (!validator.isIn(x, ['a', 'b'])) return;",
  ],
  'validator: matches': [
    "const validator = require('validator');",
    '',
    'const x = req.body.x; if (!validator.isLength(x, { max: 5 })) return;',
    'const x = req.body.x; if (!validator.matches(x, /^[a-z]+$/)) return;',
  ],
  'superstruct: enums': [
    "const { create, object, string, enums } = require('superstruct');",
    '',
    'const { x } = create(req.body, object({ x: string() }));',
    "const { x } = create(req.body, object({ x: enums(['a']) }));",
  ],
  'express-validator: isInt': [
    "const { body } = require('express-validator');",
    "body('y').isInt(),",
    'const x = req.body.x;',
    'const x = req.body.x;',
  ],
  'express-validator: isIn of a list': [
    "const { body, check, matchedData, validationResult } = require('express-validator');",
    "[check('x').notEmpty()],",
    'const { x } = matchedData(req);',
    'const x = Number(matchedData(req).x);',
  ],
  basename: [
    "const path = require('path');",
    '',
    'const x = path.normalize(req.body.x);',
    'const x = path.basename(req.body.x);',
  ],
  'a list of own': [
    "const KINDS = ['a', 'b'];",
    '',
    'const x = req.body.x || KINDS[0];',
    'const x = KINDS.includes(req.body.x) ? req.body.x : KINDS[0];',
  ],
  'a table of own': [
    "const FILES = { a: 'a.txt' };",
    '',
    'const x = req.body.x;',
    'const x = FILES[req.body.x];',
  ],
};

const STRICT_BEFORE: Readonly<Record<string, string>> = {
  'express-validator: isInt': "body('x').isInt(),",
};

testRows(
  'what validators make sure of',
  Object.entries(VALIDATORS).map(
    ([title, [head, before, loose, strict]]): Row => ({
      title,
      rule: 'file/path-traversal',
      flagged: handler(head, before, loose),
      silent: handler(head, STRICT_BEFORE[title] ?? before, strict),
    }),
  ),
);

function handler(head: string, before: string, code: string): string {
  return `${head} const express = require('express'); const app = express(); app.post('/', ${before} async (req, res) => { ${code} res.send(require('fs').readFileSync('/data/' + x)); });`;
}

const MESSAGE = "res.send(require('fs').readFileSync('/data/' + x));";
testRows('what pipes and decorators make sure of', [
  {
    title: 'nest: ParseIntPipe',
    rule: 'file/path-traversal',
    path: 'src/a.ts',
    flagged: `import { Get, Query, DefaultValuePipe } from '@nestjs/common'; class C { @Get() a(@Query('x', new DefaultValuePipe('a')) x: string, res) { ${MESSAGE} } }`,
    silent: `import { Get, Query, ParseIntPipe } from '@nestjs/common'; class C { @Get() a(@Query('x', new DefaultValuePipe(1), ParseIntPipe) x, res) { ${MESSAGE} } }`,
  },
  {
    title: 'nest: ParseEnumPipe',
    rule: 'file/path-traversal',
    path: 'src/a.ts',
    flagged: `import { Get, Param, ParseArrayPipe } from '@nestjs/common'; class C { @Get() a(@Param('x', ParseArrayPipe) x, res) { ${MESSAGE} } }`,
    silent: `import { Get, Param, ParseEnumPipe } from '@nestjs/common'; class C { @Get() a(@Param('x', new ParseEnumPipe(Kind)) x, res) { ${MESSAGE} } }`,
  },
  {
    title: 'nest: a DTO of the file with @IsIn',
    rule: 'file/path-traversal',
    path: 'src/a.ts',
    flagged: `import { Post, Body } from '@nestjs/common'; import { IsString } from 'class-validator'; class D { @IsString() x: string } class C { @Post() a(@Body() d: D, res) { const x = d.x; ${MESSAGE} } }`,
    silent: `import { Post, Body } from '@nestjs/common'; import { IsIn } from 'class-validator'; class D { @IsIn(['a', 'b']) x: string } class C { @Post() a(@Body() d: D, res) { const x = d.x; ${MESSAGE} } }`,
  },
  {
    title: 'nest: a DTO of the file with @IsUUID',
    rule: 'file/path-traversal',
    path: 'src/a.ts',
    flagged: `import { Post, Body } from '@nestjs/common'; import { IsNotEmpty } from 'class-validator'; class D { @IsNotEmpty() x: string } class C { @Post() a(@Body() { x }: D, res) { ${MESSAGE} } }`,
    silent: `import { Post, Body } from '@nestjs/common'; import { IsUUID } from 'class-validator'; class D { @IsUUID('4') x: string } class C { @Post() a(@Body() { x }: D, res) { ${MESSAGE} } }`,
  },
]);
