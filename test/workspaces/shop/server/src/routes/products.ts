import { Router } from 'express';
import { query, sql } from '../db/pool';
import { findProduct, searchProducts, suggestProducts, updateProduct } from '../db/products';
import { remember } from '../lib/cache';
import { asyncHandler, notFoundError } from '../lib/errors';
import { idSchema } from '../lib/validators';
import { requireAuth } from '../middleware/auth';
import { requireApiKey, requireScope } from '../middleware/apiKey';
import { requireRole } from '../middleware/requireRole';
import { productPatchSchema, productSchema, searchSchema } from '../schemas/product';
import { importImage } from '../services/catalogImport';

const router = Router();

router.get(
  '/',
  asyncHandler(async (req, res) => {
    const { q, sort, direction, limit } = searchSchema.parse(req.query);
    const products = await searchProducts({ term: q, sort, direction, limit });
    res.json({ products });
  }),
);

router.get(
  '/suggest',
  asyncHandler(async (req, res) => {
    res.json({ names: await suggestProducts(String(req.query.prefix ?? '')) });
  }),
);

router.get(
  '/:id',
  asyncHandler(async (req, res) => {
    const id = idSchema.parse(req.params.id);
    const product = await remember(['product', id], 60, async () => (await findProduct(id)) ?? null);
    if (!product) throw notFoundError('product');
    res.json({ product });
  }),
);

router.post(
  '/',
  requireAuth,
  requireRole('staff', 'admin'),
  asyncHandler(async (req, res) => {
    const p = productSchema.parse(req.body);
    const [row] = await query<{ id: string }>(sql`
      INSERT INTO products (sku, name, description_html, price_cents, stock)
      VALUES (${p.sku}, ${p.name}, ${p.descriptionHtml}, ${p.priceCents}, ${p.stock})
      RETURNING id
    `);
    res.status(201).json({ id: row!.id });
  }),
);

// Same as above, for changes.
router.put('/:id', requireAuth, asyncHandler(async (req, res) => {
  const patch = productPatchSchema.parse(req.body);
  const product = await updateProduct(idSchema.parse(req.params.id), patch);
  if (!product) throw notFoundError('product');
  res.json({ product });
}));

router.post(
  '/:id/image-from-url',
  requireAuth,
  requireRole('staff', 'admin'),
  asyncHandler(async (req, res) => {
    await importImage(idSchema.parse(req.params.id), String(req.body.url));
    res.status(204).end();
  }),
);

// The warehouse reports counted stock; it has no customer login.
router.post('/:id/stock', requireApiKey, requireScope('stock:write'), asyncHandler(async (req, res) => {
  const { stock } = productSchema.pick({ stock: true }).parse(req.body);
  await query(sql`UPDATE products SET stock = ${stock} WHERE id = ${idSchema.parse(req.params.id)}`);
  res.status(204).end();
}));

export default router;
