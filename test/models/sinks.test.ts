// What a client sends reaches a dangerous function of each library; its twin is what the library's documentation advises.
import { rowsOf, type Table, testRows } from './found';

const SQL: Table = {
  'pg: Pool': [
    "const { Pool } = require('pg'); const pool = new Pool();",
    "pool.query(`select * from a where b = '${x}'`);",
    "pool.query('select * from a where b = $1', [x]);",
  ],
  'pg: Client with a callback': [
    "const pg = require('pg'); const client = new pg.Client(url);",
    'client.query("select * from a where b = \'" + x + "\'", (e, r) => {});',
    "client.query('select * from a where b = $1', [x], (e, r) => {});",
  ],
  'pg: text in an object': [
    "const { Pool } = require('pg'); const pool = new Pool();",
    'pool.query({ text: `select ${x} from a`, values: [] });',
    "pool.query({ text: 'select $1 from a', values: [x] });",
  ],
  'pg: a client of the pool': [
    "const { Pool } = require('pg'); const pool = new Pool();",
    "const c = await pool.connect(); await c.query('delete from a where b = ' + x);",
    "const c = await pool.connect(); await c.query('delete from a where b = $1', [x]);",
  ],
  'pg: escaped': [
    "const { Pool, escapeLiteral } = require('pg'); const pool = new Pool();",
    'pool.query(`select * from a where b = ${x}`);',
    'pool.query(`select * from a where b = ${escapeLiteral(x)}`);',
  ],
  'pg-promise': [
    "const pgp = require('pg-promise')(); const db = pgp(url);",
    'db.any(`select * from a where b = ${x}`);',
    "db.any('select * from a where b = $1', x);",
  ],
  'postgres: unsafe': [
    "import postgres from 'postgres'; const sql = postgres();",
    'await sql.unsafe(`select * from a where b = ${x}`);',
    'await sql`select * from a where b = ${x}`;',
  ],
  'mysql: query': [
    "var mysql = require('mysql'); var connection = mysql.createConnection({});",
    "connection.query('select * from a where b = ' + x, function (e, rows) {});",
    "connection.query('select * from a where b = ?', [x], function (e, rows) {});",
  ],
  'mysql: a connection of the pool': [
    "const mysql = require('mysql'); const pool = mysql.createPool({});",
    "pool.getConnection((e, c) => { c.query(`select * from a where b = '${x}'`); });",
    "pool.getConnection((e, c) => { c.query('select * from a where b = ?', [x]); });",
  ],
  'mysql: escaped': [
    "const mysql = require('mysql'); const c = mysql.createConnection({});",
    "c.query('select * from a where b = ' + x);",
    "c.query('select * from a where b = ' + mysql.escape(x));",
  ],
  'mysql: escaped by the connection': [
    "const mysql = require('mysql'); const c = mysql.createConnection({});",
    "c.query('select * from a where b = ' + x);",
    "c.query('select * from a where b = ' + c.escape(x));",
  ],
  'mysql2: execute': [
    "const mysql = require('mysql2/promise'); const pool = mysql.createPool({});",
    'await pool.execute(`select * from a where b = ${x}`);',
    "await pool.execute('select * from a where b = ?', [x]);",
  ],
  'mysql2: promise()': [
    "const mysql = require('mysql2'); const pool = mysql.createPool({}).promise();",
    "await pool.query('select * from a where b = ' + x);",
    "await pool.query('select * from a where b = ?', [x]);",
  ],
  'sqlite3: get': [
    "const sqlite3 = require('sqlite3').verbose(); const db = new sqlite3.Database(':memory:');",
    "db.get(`select * from a where b = '${x}'`, (e, row) => {});",
    "db.get('select * from a where b = ?', [x], (e, row) => {});",
  ],
  'sqlite3: exec': [
    "const sqlite3 = require('sqlite3'); const db = new sqlite3.Database('a.db');",
    "db.exec('delete from a where b = ' + x);",
    "db.run('delete from a where b = ?', x);",
  ],
  'better-sqlite3: prepare': [
    "const Database = require('better-sqlite3'); const db = new Database('a.db');",
    "db.prepare(`select * from a where b = '${x}'`).get();",
    "db.prepare('select * from a where b = ?').get(x);",
  ],
  'better-sqlite3: exec': [
    "const db = require('better-sqlite3')('a.db');",
    "db.exec('delete from a where b = ' + x);",
    "db.prepare('delete from a where b = ?').run(x);",
  ],
  'mssql: request': [
    "const sql = require('mssql');",
    "await new sql.Request().query(`select * from a where b = '${x}'`);",
    "await new sql.Request().input('b', sql.VarChar, x).query('select * from a where b = @b');",
  ],
  'mssql: of the pool': [
    "const sql = require('mssql');",
    "const pool = await sql.connect(config); await pool.request().query('select * from a where b = ' + x);",
    "const pool = await sql.connect(config); await pool.request().input('b', x).query('select * from a where b = @b');",
  ],
  'mssql: tag': [
    "const sql = require('mssql');",
    'await sql.query(`select * from a where b = ${x}`);',
    'await sql.query`select * from a where b = ${x}`;',
  ],
  'mssql: batch': [
    "const mssql = require('mssql');",
    "const r = new mssql.Request(); r.batch('select * from a where b = ' + x);",
    "const r = new mssql.Request(); r.batch('select 1');",
  ],
  tedious: [
    "const { Request } = require('tedious');",
    "const r = new Request(`select * from a where b = '${x}'`, (e) => {}); connection.execSql(r);",
    "const r = new Request('select * from a where b = @b', (e) => {}); r.addParameter('b', T, x); connection.execSql(r);",
  ],
  'prisma: $queryRawUnsafe': [
    "const { PrismaClient } = require('@prisma/client'); const prisma = new PrismaClient();",
    "await prisma.$queryRawUnsafe(`select * from a where b = '${x}'`);",
    'await prisma.$queryRaw`select * from a where b = ${x}`;',
  ],
  'prisma: $executeRawUnsafe': [
    "const { PrismaClient } = require('@prisma/client'); const prisma = new PrismaClient();",
    "await prisma.$executeRawUnsafe('delete from a where b = ' + x);",
    "await prisma.$executeRawUnsafe('delete from a where b = $1', x);",
  ],
  'prisma: raw': [
    "const { PrismaClient, Prisma } = require('@prisma/client'); const prisma = new PrismaClient();",
    'await prisma.$queryRaw(Prisma.raw(`select * from a where b = ${x}`));',
    'await prisma.$queryRaw(Prisma.sql`select * from a where b = ${x}`);',
  ],
  'sequelize: query': [
    "const { Sequelize } = require('sequelize'); const sequelize = new Sequelize(url);",
    "await sequelize.query(`select * from a where b = '${x}'`);",
    "await sequelize.query('select * from a where b = :b', { replacements: { b: x } });",
  ],
  'sequelize: literal': [
    "const { Sequelize } = require('sequelize');",
    "await User.findAll({ where: Sequelize.literal(`name = '${x}'`) });",
    'await User.findAll({ where: { name: x } });',
  ],
  'sequelize: escaped': [
    "const Sequelize = require('sequelize'); const db = new Sequelize(url);",
    "await db.query('select * from a where b = ' + x);",
    "await db.query('select * from a where b = ' + db.escape(x));",
  ],
  'sequelize: models.sequelize': [
    "const models = require('../models');",
    "models.sequelize.query(`select * from a where b = '${x}'`);",
    "models.sequelize.query('select * from a where b = ?', { replacements: [x] });",
  ],
  'typeorm: query': [
    "import { getConnection } from 'typeorm';",
    "await getConnection().query(`select * from a where b = '${x}'`);",
    "await getConnection().query('select * from a where b = $1', [x]);",
  ],
  'typeorm: query of a manager': [
    "import { DataSource } from 'typeorm'; const source = new DataSource({});",
    "await source.manager.query(`select * from a where b = '${x}'`);",
    "await source.manager.query('select * from a where b = $1', [x]);",
  ],
  'typeorm: where of a builder': [
    "import { getRepository } from 'typeorm';",
    "await getRepository(User).createQueryBuilder('u').where(`u.name = '${x}'`).getMany();",
    "await getRepository(User).createQueryBuilder('u').where('u.name = :x', { x }).getMany();",
  ],
  'typeorm: andWhere of a builder in a variable': [
    "import { DataSource } from 'typeorm'; const source = new DataSource({});",
    "const b = source.getRepository(User).createQueryBuilder('u'); b.where('u.a = 1'); b.andWhere(\"u.name = '\" + x + \"'\");",
    "const b = source.getRepository(User).createQueryBuilder('u'); b.where('u.a = 1'); b.andWhere('u.name = :x', { x });",
  ],
  'typeorm: builder of a repository from elsewhere': [
    "const { userRepository } = require('./repositories');",
    "userRepository.createQueryBuilder('u').where(`u.name LIKE '%${x}%'`).getMany();",
    "userRepository.createQueryBuilder('u').where('u.name LIKE :x', { x: `%${x}%` }).getMany();",
  ],
  'typeorm: order of a builder': [
    "import { getRepository } from 'typeorm';",
    "await getRepository(User).createQueryBuilder('u').orderBy(`u.${x}`).getMany();",
    "await getRepository(User).createQueryBuilder('u').orderBy(x === 'name' ? 'u.name' : 'u.id').getMany();",
  ],
  'knex: raw': [
    "const knex = require('knex')({ client: 'pg' });",
    'await knex.raw(`select * from a where b = ${x}`);',
    "await knex.raw('select * from a where b = ?', [x]);",
  ],
  'knex: whereRaw': [
    "const knex = require('knex')({});",
    "await knex('a').whereRaw(`b = '${x}'`);",
    "await knex('a').whereRaw('b = ?', [x]);",
  ],
  'knex: orderByRaw': [
    "import { knex } from 'knex'; const db = knex({});",
    "await db('a').select().orderByRaw('b ' + x);",
    "await db('a').select().orderBy('b', x === 'desc' ? 'desc' : 'asc');",
  ],
  'drizzle: sql.raw': [
    "import { sql } from 'drizzle-orm'; import { drizzle } from 'drizzle-orm/node-postgres'; const db = drizzle(url);",
    'await db.execute(sql.raw(`select * from a where b = ${x}`));',
    'await db.execute(sql`select * from a where b = ${x}`);',
  ],
  'drizzle: execute of a text': [
    "import { drizzle } from 'drizzle-orm/mysql2'; const db = drizzle(url);",
    "await db.execute(`select * from a where b = '${x}'`);",
    "await db.execute('select 1');",
  ],
  'kysely: raw': [
    "import { sql } from 'kysely';",
    'await sql.raw(`select * from a where b = ${x}`).execute(db);',
    'await sql`select * from a where b = ${x}`.execute(db);',
  ],
  'objection: raw': [
    "const { raw } = require('objection');",
    "await User.query().where(raw(`name = '${x}'`));",
    "await User.query().where(raw('name = ?', x));",
  ],
  oracledb: [
    "const oracledb = require('oracledb');",
    "const c = await oracledb.getConnection(o); await c.execute(`select * from a where b = '${x}'`);",
    "const c = await oracledb.getConnection(o); await c.execute('select * from a where b = :b', [x]);",
  ],
  'libsql: batch': [
    "import { createClient } from '@libsql/client'; const db = createClient({});",
    "await db.execute({ sql: `select * from a where b = '${x}'`, args: [] });",
    "await db.execute({ sql: 'select * from a where b = ?', args: [x] });",
  ],
  'supabase: or of a filter is no SQL': [
    "const { Pool } = require('pg'); const pool = new Pool(); import { createClient } from '@supabase/supabase-js'; const s = createClient(u, k);",
    "pool.query('select ' + x);",
    "await s.from('a').select('*').eq('b', x);",
  ],
};

const NOSQL: Table = {
  'mongoose: findOne': [
    "const mongoose = require('mongoose'); const User = mongoose.model('User', s);",
    'await User.findOne({ name: x });',
    'await User.findOne({ name: String(x) });',
  ],
  'mongoose: $eq': [
    "const mongoose = require('mongoose'); const User = mongoose.model('User', s);",
    'await User.findOne({ name: x });',
    'await User.findOne({ name: { $eq: x } });',
  ],
  'mongoose: sanitizeFilter': [
    "const mongoose = require('mongoose'); const User = mongoose.model('User', s);",
    'await User.findOneAndUpdate({ name: x }, {});',
    'await User.findOneAndUpdate(mongoose.sanitizeFilter({ name: x }), {});',
  ],
  'mongoose: the whole body': [
    "const mongoose = require('mongoose'); const User = mongoose.model('User', s);",
    'await User.find(req.body);',
    'await User.find({ name: String(req.body.name) });',
  ],
  'mongoose: where': [
    "const mongoose = require('mongoose'); const User = mongoose.model('User', s);",
    "await User.find({ $where: `this.name == '${x}'` });",
    'await User.find({ name: `${x}` });',
  ],
  'mongodb: deleteMany': [
    "const { MongoClient } = require('mongodb'); const c = new MongoClient(u).db('a').collection('u');",
    'await c.deleteMany({ a: x });',
    "if (typeof x !== 'string') return; await c.deleteMany({ a: x });",
  ],
  'mongodb: callback style': [
    "const MongoClient = require('mongodb').MongoClient;",
    "MongoClient.connect(u, (e, db) => { db.collection('u').findOne({ name: x, password: x }, () => {}); });",
    "MongoClient.connect(u, (e, db) => { db.collection('u').findOne({ name: String(x) }, () => {}); });",
  ],
  'mongoose: findById takes ids': [
    "const mongoose = require('mongoose'); const User = mongoose.model('User', s);",
    'await User.findOne({ _id: x, token: x });',
    'await User.findById(x);',
  ],
};

const SHELL: Table = {
  'child_process: exec': [
    "const { exec } = require('child_process');",
    'exec(`ls ${x}`, (e, out) => {});',
    "require('child_process').execFile('ls', [x], (e, out) => {});",
  ],
  'child_process: execSync': [
    "const cp = require('node:child_process');",
    "cp.execSync('ls ' + x);",
    "cp.execFileSync('ls', ['--', x]);",
  ],
  'child_process: spawn with a shell': [
    "const { spawn } = require('child_process');",
    "spawn('ls', [x], { shell: true });",
    "spawn('ls', [x]);",
  ],
  'child_process: sh -c': [
    "const { spawn } = require('child_process');",
    "spawn('sh', ['-c', `ls ${x}`]);",
    "spawn('sh', ['-c', 'ls \"$1\"', 'sh', x]);",
  ],
  'child_process: promisify': [
    "const util = require('util'); const exec = util.promisify(require('child_process').exec);",
    'await exec(`ls ${x}`);',
    'await exec(`ls ${Number(x)}`);',
  ],
  'child_process: the program itself': [
    "const { spawn } = require('child_process');",
    'spawn(x, []);',
    "spawn('ls', [x]);",
  ],
  'child_process: fork of a module': [
    "const { fork, exec } = require('child_process');",
    'fork(x);',
    "fork('./worker.js', [x]);",
  ],
  'execa: command': [
    "import { execaCommand } from 'execa';",
    'await execaCommand(`ls ${x}`, { shell: true });',
    "await execa('ls', [x]);",
  ],
  'execa: tag': [
    "import { execa, $ } from 'execa';",
    'await execa(`ls ${x}`, { shell: true });',
    'await $`ls ${x}`;',
  ],
  'execa: old shell': ["const execa = require('execa');", 'execa.shell(`ls ${x}`);', "execa('ls', [x]);"],
  'shelljs: exec': ["const shell = require('shelljs');", "shell.exec('ls ' + x);", 'shell.ls(x);'],
  'shelljs: global': ["require('shelljs/global');", "exec('ls ' + x);", 'ls(x);'],
  'shelljs: cmd': [
    "import shell from 'shelljs';",
    'shell.exec(`ls ${x}`, { silent: true });',
    "shell.cmd('ls', x);",
  ],
  'zx: sh -c in a tag': [
    "import { $ } from 'zx'; import { exec } from 'child_process';",
    'exec(`ls ${x}`);',
    'await $`ls ${x}`;',
  ],
  'shell-quote': [
    "const { quote } = require('shell-quote'); const { exec } = require('child_process');",
    'exec(`ls ${x}`);',
    "exec(quote(['ls', x]));",
  ],
  'simple-git: raw': [
    "const { exec } = require('child_process');",
    'exec(`git clone ${x} /tmp/a`);',
    "require('child_process').spawn('git', ['clone', '--', x]);",
  ],
  vm: [
    "const vm = require('vm'); const { exec } = require('child_process');",
    "exec('a' + x);",
    "vm.runInNewContext('a', { x });",
  ],
};

testRows('SQL clients', rowsOf('injection/sql-string-build', SQL));
testRows('clients of MongoDB', rowsOf('injection/nosql-operator', NOSQL));
testRows('functions that start programs', rowsOf('injection/shell-command', SHELL));
