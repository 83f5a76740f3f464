import { logger } from '../config/logger';

export interface RuleContext {
  cart: { total: number; items: number; skus: string[] };
  customer: { id: string; orders: number };
}

/** Rules that the marketing team may pick from a list. */
const PRESETS: Record<string, (ctx: RuleContext) => boolean> = {
  'first-order': (ctx) => ctx.customer.orders === 0,
  'over-50': (ctx) => ctx.cart.total > 5_000,
  'three-items': (ctx) => ctx.cart.items >= 3,
};

/**
 * Evaluates the rule of a coupon, for example `cart.total > 5000`.
 * Presets are looked up by name, everything else is a small expression.
 */
export function matchesRule(rule: string, ctx: RuleContext): boolean {
  if (Object.hasOwn(PRESETS, rule)) {
    return PRESETS[rule]!(ctx);
  }

  try {
    const check = new Function('cart', 'customer', `return (${rule});`);
    return Boolean(check(ctx.cart, ctx.customer));
  } catch (err) {
    logger.warn({ err, rule }, 'coupon rule could not be evaluated');
    return false;
  }
}

/** Checks a rule before it is stored, so that typos are found early. */
export function describeRule(rule: string): string {
  if (Object.hasOwn(PRESETS, rule)) return `preset ${rule}`;
  const fields = [...rule.matchAll(/\b(cart|customer)\.(\w+)/g)].map((m) => m[0]);
  return fields.length > 0 ? `uses ${fields.join(', ')}` : 'always the same';
}
