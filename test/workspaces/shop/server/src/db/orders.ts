import { query, sql, type Runner } from './pool';

export type OrderStatus = 'pending' | 'paid' | 'shipped' | 'cancelled' | 'refunded';

export interface OrderRow {
  id: string;
  customer_id: string;
  status: OrderStatus;
  total_cents: number;
  paid_cents: number;
  note: string | null;
  created_at: string;
}

export interface OrderLineRow {
  order_id: string;
  product_id: string;
  quantity: number;
  unit_price_cents: number;
}

// Only these columns may be sorted by.
const SORT_COLUMNS: Record<string, string> = {
  newest: 'o.created_at DESC',
  oldest: 'o.created_at ASC',
  total: 'o.total_cents DESC',
};

export async function findOrder(id: string, run: Runner = query): Promise<OrderRow | undefined> {
  const rows = await run<OrderRow>(sql`
    SELECT id, customer_id, status, total_cents, paid_cents, note, created_at
    FROM orders WHERE id = ${id}
  `);
  return rows[0];
}

/** Same as findOrder, but holds the row until the transaction ends. */
export async function lockOrder(id: string, run: Runner): Promise<OrderRow | undefined> {
  const rows = await run<OrderRow>(sql`SELECT * FROM orders WHERE id = ${id} FOR UPDATE`);
  return rows[0];
}

export async function listOrders(customerId: string, sort = 'newest'): Promise<OrderRow[]> {
  const orderBy = Object.hasOwn(SORT_COLUMNS, sort) ? SORT_COLUMNS[sort] : SORT_COLUMNS.newest;
  return query<OrderRow>({
    text: `
      SELECT o.id, o.status, o.total_cents, o.note, o.created_at, i.id AS invoice_id
      FROM orders o LEFT JOIN invoices i ON i.order_id = o.id
      WHERE o.customer_id = $1
      ORDER BY ${orderBy}
      LIMIT 100
    `,
    values: [customerId],
  });
}

export async function listLines(orderId: string): Promise<OrderLineRow[]> {
  return query<OrderLineRow>(sql`SELECT * FROM order_lines WHERE order_id = ${orderId}`);
}

export async function insertOrder(
  run: Runner,
  order: { customerId: string; totalCents: number; note: string },
): Promise<OrderRow> {
  const [row] = await run<OrderRow>(sql`
    INSERT INTO orders (customer_id, status, total_cents, paid_cents, note)
    VALUES (${order.customerId}, 'pending', ${order.totalCents}, 0, ${order.note})
    RETURNING *
  `);
  return row!;
}

export async function insertLine(run: Runner, line: OrderLineRow): Promise<void> {
  await run(sql`
    INSERT INTO order_lines (order_id, product_id, quantity, unit_price_cents)
    VALUES (${line.order_id}, ${line.product_id}, ${line.quantity}, ${line.unit_price_cents})
  `);
}

export async function setStatus(id: string, status: OrderStatus, run: Runner = query): Promise<void> {
  await run(sql`UPDATE orders SET status = ${status} WHERE id = ${id}`);
}

export async function markPaid(id: string, cents: number, run: Runner = query): Promise<void> {
  await run(sql`
    UPDATE orders SET status = 'paid', paid_cents = ${cents}
    WHERE id = ${id} AND status = 'pending'
  `);
}
