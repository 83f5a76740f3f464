/**
 * Calls that do harm with a wrong value, by canonical name: they run code, a command or a query that is text. For
 * those who ask what a piece of code touches; whether the value is wrong is for rules to say.
 */
import { CODE_EVALUATORS } from './code-evaluation';
import { DESERIALIZERS, YAML_LOADERS } from './deserializers';

/** Source: Node's documentation of `child_process`, the READMEs of execa 9, shelljs 0.10, cross-spawn 7 and zx 8. */
const COMMANDS = [
  ...'exec execSync execFile execFileSync spawn spawnSync fork'
    .split(' ')
    .map((name) => `child_process.${name}`),
  ...['execa.execa', 'execa.execaSync', 'execa.execaCommand', 'execa.execaCommandSync', 'execa.$', 'execa'],
  ...['shelljs.exec', 'cross-spawn', 'cross-spawn.sync', 'zx.$'],
];

/**
 * Queries as text. Sources: the documentation of node-postgres 8, mysql2 3, better-sqlite3 12, Prisma 6, Knex 3,
 * Sequelize 6, TypeORM 0.3 and Drizzle 0.44.
 */
const QUERIES = [
  ...['pg.Pool().query', 'pg.Client().query', 'pg.Pool().connect().query'],
  ...['createConnection', 'createPool'].flatMap((maker) =>
    ['mysql', 'mysql2', 'mysql2/promise'].flatMap((module) =>
      ['query', 'execute'].map((method) => `${module}.${maker}().${method}`),
    ),
  ),
  ...['better-sqlite3().prepare', 'better-sqlite3().exec'],
  ...['$queryRaw', '$executeRaw', '$queryRawUnsafe', '$executeRawUnsafe'].map(
    (method) => `@prisma/client.PrismaClient().${method}`,
  ),
  ...['knex().raw', 'sequelize.Sequelize().query', 'sequelize.Sequelize.literal', 'sequelize.literal'],
  ...['typeorm.DataSource().query', 'typeorm.EntityManager().query', 'drizzle-orm.sql.raw'],
];

const CODE = CODE_EVALUATORS.filter(({ takesFunction, option }) => !takesFunction && !option).map(
  ({ name }) => name,
);

export const SINKS: ReadonlySet<string> = new Set([
  ...[...COMMANDS, ...QUERIES, ...CODE, ...DESERIALIZERS.map(({ name }) => name), ...YAML_LOADERS],
]);

/** Attributes and properties that take markup. */
export const RAW_MARKUP: ReadonlySet<string> = new Set(['dangerouslySetInnerHTML', 'innerHTML', 'outerHTML']);
