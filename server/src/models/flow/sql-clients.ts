/** Functions that run SQL, and where the text stands among their arguments. */

/** How a driver writes the place of a bound value. */
export type Placeholder = '$1' | '?';

export interface SqlFunction {
  /** Of the canonical name, whole. */
  readonly name: RegExp;
  readonly text: number;
  /** The property of an options object that may stand in the text's place. */
  readonly property?: string;
  /** How values are bound, where they are the argument right behind the text. */
  readonly placeholder?: Placeholder;
  /** As `placeholder`, where the values are given to a method of the result. */
  readonly statement?: Placeholder;
}

/**
 * Sources: the documentation of pg 8, pg-promise 11, postgres 3, mysql 2, mysql2 3, mariadb 3, sqlite3 5, sqlite 5,
 * better-sqlite3 12, `node:sqlite`, `bun:sqlite`, mssql 11, knex 3, Sequelize 6, TypeORM 0.3, Drizzle 0.44, Prisma 6,
 * libSQL 0.15, DuckDB 1, BigQuery 8, Snowflake 2, ClickHouse 1, cassandra-driver 4, Neon 1, Vercel Postgres, tedious 19, Objection 3, MikroORM 6, Kysely 0.28, oracledb 6.
 */
export const SQL_FUNCTIONS: readonly SqlFunction[] = [
  {
    name: /^(?:pg|@neondatabase\/serverless|@vercel\/postgres)\.(?:native\.)?(?:(?:Pool|Client)\(\)|createPool\(\)|createClient\(\)|db)(?:\.connect\(\))?\.query$/,
    text: 0,
    property: 'text',
    placeholder: '$1',
  },
  { name: /^pg-pool\(\)(?:\.connect\(\))?\.query$/, text: 0, property: 'text', placeholder: '$1' },
  { name: /^@neondatabase\/serverless\.neon\(\)\.(?:query|unsafe)$/, text: 0, placeholder: '$1' },
  { name: /^@vercel\/postgres\.sql\.query$/, text: 0, placeholder: '$1' },
  { name: /^postgres\(\)\.unsafe$/, text: 0, placeholder: '$1' },
  {
    name: /^pg-promise\(\)\(\)\.(?:query|none|one|many|any|oneOrNone|manyOrNone|result|multi|multiResult|each|map)$/,
    text: 0,
    placeholder: '$1',
  },
  {
    name: /^mysql2?(?:\/promise)?\.create(?:Connection|Pool|PoolCluster)\(\)(?:\.(?:getConnection|promise)\(\))*\.(?:query|execute)$/,
    text: 0,
    property: 'sql',
    placeholder: '?',
  },
  {
    name: /^mariadb\.create(?:Connection|Pool)\(\)(?:\.getConnection\(\))?\.(?:query|execute|batch)$/,
    text: 0,
    property: 'sql',
    placeholder: '?',
  },
  {
    name: /^sqlite3\.(?:verbose\(\)\.|cached\.)?Database\(\)\.(?:run|get|all|each)$/,
    text: 0,
    placeholder: '?',
  },
  { name: /^sqlite3\.(?:verbose\(\)\.|cached\.)?Database\(\)\.(?:exec|prepare)$/, text: 0 },
  {
    name: /^duckdb\.(?:verbose\(\)\.)?Database\(\)(?:\.connect\(\))?\.(?:run|get|all|each|exec|prepare)$/,
    text: 0,
  },
  { name: /^@google-cloud\/bigquery\.BigQuery\(\)\.(?:query|createQueryJob)$/, text: 0, property: 'query' },
  { name: /^snowflake-sdk\.createConnection\(\)\.execute$/, text: 0, property: 'sqlText' },
  { name: /^@clickhouse\/client\.createClient\(\)\.(?:query|command|exec)$/, text: 0, property: 'query' },
  { name: /^cassandra-driver\.Client\(\)\.execute$/, text: 0, placeholder: '?' },
  { name: /^sqlite\.open\(\)\.(?:run|get|all|each)$/, text: 0, placeholder: '?' },
  { name: /^sqlite\.open\(\)\.(?:exec|prepare)$/, text: 0 },
  { name: /^(?:better-sqlite3|libsql)\(\)\.prepare$/, text: 0, statement: '?' },
  { name: /^(?:better-sqlite3|libsql)\(\)\.exec$/, text: 0 },
  { name: /^sqlite\.DatabaseSync\(\)\.prepare$/, text: 0, statement: '?' },
  { name: /^sqlite\.DatabaseSync\(\)\.exec$/, text: 0 },
  { name: /^bun:sqlite\.Database\(\)\.(?:query|prepare)$/, text: 0, statement: '?' },
  { name: /^bun:sqlite\.Database\(\)\.(?:run|exec)$/, text: 0 },
  { name: /^mssql(?:\/msnodesqlv8)?(?:\.\w+(?:\(\))?)*\.(?:query|batch)$/, text: 0 },
  { name: /^knex(?:\.knex)?\(\)(?:\(\))?(?:\.\w+\(\))*\.(?:raw|\w+Raw)$/, text: 0, placeholder: '?' },
  { name: /^sequelize\.Sequelize\(\)\.query$/, text: 0 },
  { name: /^sequelize\(\)\.query$/, text: 0 },
  { name: /^sequelize(?:\.(?:Sequelize|default))?(?:\(\))?\.literal$/, text: 0 },
  {
    name: /^typeorm\.(?:DataSource\(\)|getConnection\(\)|getManager\(\)|createConnection\(\)|EntityManager\(\)|Repository\(\)|QueryRunner\(\)|Connection\(\))(?:\.(?:manager|createQueryRunner\(\)|getRepository\(\)))*\.query$/,
    text: 0,
  },
  {
    name: /^(?:typeorm\.|@nestjs\/typeorm\.).*\.createQueryBuilder\(\)(?:\.\w+\(\))*\.(?:where|andWhere|orWhere|having|andHaving|orHaving|orderBy|addOrderBy|groupBy|addGroupBy)$/,
    text: 0,
  },
  { name: /^tedious\.Request$/, text: 0 },
  { name: /^objection\.raw$/, text: 0, placeholder: '?' },
  { name: /^drizzle-orm(?:\/[\w-]+)?\.sql\.raw$/, text: 0 },
  { name: /^drizzle-orm\/[\w-]+\.drizzle\(\)\.(?:execute|run|all|get)$/, text: 0 },
  { name: /^@prisma\/client\.PrismaClient\(\)\.\$(?:query|execute)RawUnsafe$/, text: 0 },
  { name: /^@prisma\/client\.Prisma\.raw$/, text: 0 },
  {
    name: /^@libsql\/client(?:\/\w+)?\.createClient\(\)\.(?:execute|executeMultiple)$/,
    text: 0,
    property: 'sql',
  },
  { name: /^kysely\.sql\.raw$/, text: 0 },
  { name: /^@mikro-orm\/.*\.(?:getConnection|getKnex)\(\)\.(?:execute|raw)$/, text: 0 },
  { name: /^oracledb\.getConnection\(\)\.execute$/, text: 0 },
];

/** Methods that run SQL and that nobody else has: of a client from another file, whatever it is called. */
export const TELLING_METHODS: ReadonlySet<string> = new Set(['$queryRawUnsafe', '$executeRawUnsafe']);

/** Methods that run SQL, of clients that come from another file. */
export const QUERY_METHODS: ReadonlySet<string> = new Set(
  'query execute raw all get each run exec prepare any one none oneOrNone manyOrNone many unsafe batch'.split(
    ' ',
  ),
);

/** Methods of TypeORM's builder whose text is SQL; what makes a builder tells them from those of others. */
export const BUILDER_METHODS: ReadonlySet<string> = new Set(
  'where andWhere orWhere having andHaving orHaving orderBy addOrderBy groupBy addGroupBy'.split(' '),
);
export const BUILDER: SqlFunction = { name: /^createQueryBuilder$/, text: 0 };

/** All methods by which something of this file may be called, to leave other calls alone at once. */
export const SQL_METHODS: ReadonlySet<string> = new Set([
  ...QUERY_METHODS,
  ...TELLING_METHODS,
  ...BUILDER_METHODS,
  ...'literal result multi multiResult map executeMultiple'.split(' '),
]);

/** Builders in knex: `whereRaw` and the like. */
export const RAW_METHOD = /Raw$/;

/** Words by which a client from another file calls itself a database. */
export const DATABASE_WORDS: ReadonlySet<string> = new Set(
  (
    'db database pool conn connection client knex sequelize prisma pg postgres mysql mariadb sqlite mssql sql tx trx ' +
    'transaction datasource manager runner orm repository repo dao store con cnx querier'
  ).split(' '),
);

/** Functions of other files that run the text they are given. */
export const QUERY_FUNCTIONS =
  /^(?:(?:db|sql|run|exec|execute|raw)?query|(?:execute|run)(?:Raw)?(?:Sql|SQL|Query)|querySql|rawQuery|queryDb|dbQuery|sqlQuery)$/i;
