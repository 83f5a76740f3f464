import { insertLine, insertOrder, setStatus, type OrderRow } from '../db/orders';
import { findProducts, takeStock } from '../db/products';
import { query, sql, withTransaction, type Runner } from '../db/pool';
import { badRequest, conflict } from '../lib/errors';
import { grandTotal, priceLines, type Discount, type PricedLine } from '../lib/pricing';
import type { CreateOrder, QuickOrder } from '../schemas/order';
import { loadCart, clearCart } from './cartService';
import { collectDiscounts, redeemCoupon } from './couponService';

const SHIPPING_CENTS = 590;
const FREE_SHIPPING_FROM = 8_000;

function shippingFor(lines: PricedLine[]): number {
  const goods = lines.reduce((sum, line) => sum + line.unitPriceCents * line.quantity, 0);
  return goods >= FREE_SHIPPING_FROM ? 0 : SHIPPING_CENTS;
}

async function storeOrder(
  run: Runner,
  customerId: string,
  lines: PricedLine[],
  discounts: Discount[],
  note = '',
): Promise<OrderRow> {
  const total = grandTotal(lines, discounts, shippingFor(lines));
  const order = await insertOrder(run, { customerId, totalCents: Math.max(0, total), note });

  for (const line of lines) {
    if (!(await takeStock(run, line.productId, line.quantity))) {
      throw conflict('one of the products is sold out');
    }
    await insertLine(run, {
      order_id: order.id,
      product_id: line.productId,
      quantity: line.quantity,
      unit_price_cents: line.unitPriceCents,
    });
  }

  // What is left of a gift coupon goes to the customer's account.
  if (total < 0) {
    await run(sql`UPDATE customers SET credit_cents = credit_cents + ${-total} WHERE id = ${customerId}`);
  }
  return order;
}

/** Creates an order from validated input; prices come from the database. */
export async function createOrder(customerId: string, input: CreateOrder): Promise<OrderRow> {
  const products = await findProducts(input.items.map((item) => item.productId));
  if (products.length !== new Set(input.items.map((item) => item.productId)).size) {
    throw badRequest('unknown product');
  }
  const lines = priceLines(input.items, products);
  const discounts = await collectDiscounts(input.couponCodes, customerId, lines);

  return withTransaction(async (run) => {
    const order = await storeOrder(run, customerId, lines, discounts, input.note);
    for (const discount of discounts) await redeemCoupon(discount.code, run);
    return order;
  });
}

/** Orders that staff put together on the phone, with agreed prices. */
export async function createQuickOrder(input: QuickOrder): Promise<OrderRow> {
  const products = await findProducts(input.items.map((item) => item.productId));
  const lines = priceLines(input.items, products).map((line, i) => ({
    ...line,
    unitPriceCents: input.items[i]?.unitPriceCents ?? line.unitPriceCents,
  }));
  return withTransaction((run) => storeOrder(run, input.customerId, lines, [], input.note));
}

/** Turns the saved cart of a customer into an order. */
export async function checkoutCart(customerId: string): Promise<OrderRow> {
  const items = await loadCart(customerId);
  if (items.length === 0) throw badRequest('your cart is empty');
  const products = await findProducts(items.map((item) => item.productId));
  const lines = priceLines(items, products);

  const order = await withTransaction((run) => storeOrder(run, customerId, lines, []));
  await clearCart(customerId);
  return order;
}

export async function cancelOrder(order: OrderRow): Promise<void> {
  if (order.status !== 'pending' && order.status !== 'paid') {
    throw conflict('the order is already on its way');
  }
  await setStatus(order.id, 'cancelled');
}

export async function countOrders(customerId: string): Promise<number> {
  const [row] = await query<{ n: number }>(sql`
    SELECT count(*)::int AS n FROM orders WHERE customer_id = ${customerId} AND status <> 'cancelled'
  `);
  return row?.n ?? 0;
}
