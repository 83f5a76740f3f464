import { Router } from 'express';
import { z } from 'zod';
import { mergeSettings, unpackCart } from '../lib/cache';
import { asyncHandler } from '../lib/errors';
import { idSchema } from '../lib/validators';
import { addItem, loadCart, mergeGuestCart, removeItem } from '../services/cartService';

const router = Router();

const cartItemSchema = z.object({
  productId: idSchema,
  quantity: z.number().int().max(99),
});

const DEFAULT_SETTINGS = { reminders: true, display: { compact: false, currency: 'EUR' } };

router.get('/', asyncHandler(async (req, res) => {
  res.json({ items: await loadCart(req.user!.id) });
}));

router.post('/items', asyncHandler(async (req, res) => {
  const item = cartItemSchema.parse(req.body);
  res.status(201).json({ items: await addItem(req.user!.id, item) });
}));

router.delete('/items/:productId', async (req, res) => {
  const productId = idSchema.parse(req.params.productId);
  await removeItem(req.user!.id, productId);
  res.status(204).end();
});

/** Takes over the cart that was filled before the login. */
router.post('/merge', asyncHandler(async (req, res) => {
  const cookie = req.cookies?.guest_cart as string | undefined;
  const items = cookie ? await mergeGuestCart(req.user!.id, unpackCart(cookie)) : await loadCart(req.user!.id);
  res.clearCookie('guest_cart');
  res.json({ items });
}));

router.post('/settings', asyncHandler(async (req, res) => {
  const settings = mergeSettings(structuredClone(DEFAULT_SETTINGS), req.body);
  res.json({ settings });
}));

export default router;
