import { logger } from '../config/logger';
import { query, sql } from '../db/pool';
import { saveFile } from '../lib/storage';

interface ExportRow {
  name: string;
  email: string;
  note: string | null;
  total_cents: number;
}

/** Quotes one cell of a CSV file. */
function csvCell(value: unknown): string {
  const text = String(value ?? '');
  return `"${text.replace(/"/g, '""')}"`;
}

/** Writes all orders of one day to a file for the accountants. */
export async function exportDay(day: Date): Promise<string> {
  const from = day.toISOString().slice(0, 10);
  const rows = await query<ExportRow>(sql`
    SELECT c.name, c.email, o.note, o.total_cents
    FROM orders o JOIN customers c ON c.id = o.customer_id
    WHERE o.created_at::date = ${from}::date
  `);
  const csv = rows.map((row) => Object.values(row).map(csvCell).join(';')).join('\r\n');
  return saveFile(`exports/${from}.csv`, Buffer.from(csv, 'utf8'));
}

/** Sums per saved segment; segments are written by the marketing team. */
export async function exportSegments(): Promise<void> {
  const segments = await query<{ id: string; filter: string }>('SELECT id, filter FROM segments');
  for (const segment of segments) {
    const rows = await query<{ n: number }>(`SELECT count(*)::int AS n FROM customers WHERE ${segment.filter}`);
    await query(sql`UPDATE segments SET size = ${rows[0]?.n ?? 0} WHERE id = ${segment.id}`);
  }
}

const DAY = 24 * 60 * 60 * 1000;

/** Starts the job and returns a function that stops it. */
export function startNightlyExport(): () => void {
  const timer = setInterval(() => {
    Promise.all([exportDay(new Date(Date.now() - DAY)), exportSegments()]).catch((err) => {
      logger.error({ err }, 'nightly export failed');
    });
  }, DAY);
  timer.unref();
  return () => clearInterval(timer);
}
