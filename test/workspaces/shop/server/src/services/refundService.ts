import { findOrder, lockOrder } from '../db/orders';
import { query, sql, withTransaction, type Runner } from '../db/pool';
import { badRequest, conflict, notFoundError } from '../lib/errors';

export interface RefundRow {
  id: string;
  order_id: string;
  amount_cents: number;
  reason: string;
  created_by: string;
}

async function refundedSoFar(orderId: string, run: Runner = query): Promise<number> {
  const [row] = await run<{ sum: number }>(sql`
    SELECT coalesce(sum(amount_cents), 0)::int AS sum FROM refunds WHERE order_id = ${orderId}
  `);
  return row?.sum ?? 0;
}

async function insertRefund(
  refund: Omit<RefundRow, 'id'>,
  run: Runner = query,
): Promise<RefundRow> {
  const [row] = await run<RefundRow>(sql`
    INSERT INTO refunds (order_id, amount_cents, reason, created_by)
    VALUES (${refund.order_id}, ${refund.amount_cents}, ${refund.reason}, ${refund.created_by})
    RETURNING *
  `);
  return row!;
}

/** Refunds a single line; the order row is locked while we add up. */
export async function refundLine(
  orderId: string,
  amountCents: number,
  reason: string,
  userId: string,
): Promise<RefundRow> {
  return withTransaction(async (run) => {
    const order = await lockOrder(orderId, run);
    if (!order) throw notFoundError('order');
    const before = await refundedSoFar(orderId, run);
    if (amountCents < 1 || before + amountCents > order.paid_cents) {
      throw conflict('the refund is larger than the rest of the payment');
    }
    return insertRefund({ order_id: orderId, amount_cents: amountCents, reason, created_by: userId }, run);
  });
}

/** Refunds any amount of an order, for goodwill. */
export async function refundOrder(
  orderId: string,
  amountCents: number,
  reason: string,
  userId: string,
): Promise<RefundRow> {
  const order = await findOrder(orderId);
  if (!order) throw notFoundError('order');
  if (order.status === 'pending') throw badRequest('the order has not been paid');
  if (amountCents > order.paid_cents) throw conflict('the refund is larger than the payment');

  return insertRefund({ order_id: orderId, amount_cents: amountCents, reason, created_by: userId });
}

export async function listRefunds(orderId: string): Promise<RefundRow[]> {
  return query<RefundRow>(sql`SELECT * FROM refunds WHERE order_id = ${orderId} ORDER BY created_at`);
}
