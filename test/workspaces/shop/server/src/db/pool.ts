import pg from 'pg';
import { env } from '../config/env';
import { logger } from '../config/logger';

export interface SqlQuery {
  text: string;
  values: unknown[];
}

export type Runner = <T>(query: SqlQuery | string) => Promise<T[]>;

/**
 * Tagged template that turns its values into bound parameters:
 * sql`SELECT * FROM orders WHERE id = ${id}` -> { text: '… id = $1', values: [id] }
 */
export function sql(strings: TemplateStringsArray, ...values: unknown[]): SqlQuery {
  const text = strings.reduce((acc, part, i) => `${acc}$${i}${part}`);
  return { text, values };
}

const pool = new pg.Pool({
  connectionString: env.databaseUrl,
  max: 20,
  ssl: env.isProduction ? { rejectUnauthorized: true } : false,
});

export async function connect(): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('SELECT 1');
    logger.info(`database connected: ${env.databaseUrl}`);
  } finally {
    client.release();
  }
}

export const query: Runner = async <T>(q: SqlQuery | string): Promise<T[]> => {
  const result = await pool.query(q as pg.QueryConfig);
  return result.rows as T[];
};

/** Runs `work` inside a transaction and rolls back when it throws. */
export async function withTransaction<R>(work: (run: Runner) => Promise<R>): Promise<R> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const run: Runner = async <T>(q: SqlQuery | string) =>
      (await client.query(q as pg.QueryConfig)).rows as T[];
    const result = await work(run);
    await client.query('COMMIT');
    return result;
  } catch (err) {
    await client.query('ROLLBACK');
    throw err;
  } finally {
    client.release();
  }
}

export function closePool(): Promise<void> {
  return pool.end();
}
