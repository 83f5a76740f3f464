import { Router } from 'express';
import { query, sql } from '../db/pool';
import { asyncHandler, forbidden, notFoundError } from '../lib/errors';
import { idSchema, pageSchema } from '../lib/validators';
import { requireAuth } from '../middleware/auth';
import { optionalAuth, visitorId } from '../middleware/optionalAuth';
import { requireVerifiedEmail } from '../middleware/requireRole';
import { reviewPatchSchema, reviewSchema } from '../schemas/product';

const router = Router();

interface ReviewRow {
  id: string;
  product_id: string;
  customer_id: string;
  stars: number;
  title: string;
  body_html: string;
}

async function loadReview(id: unknown): Promise<ReviewRow> {
  const rows = await query<ReviewRow>(sql`SELECT * FROM reviews WHERE id = ${idSchema.parse(id)}`);
  if (!rows[0]) throw notFoundError('review');
  return rows[0];
}

// Anyone may read reviews; logged-in customers see which are their own.
router.get('/product/:productId', optionalAuth, asyncHandler(async (req, res) => {
  const page = pageSchema.parse(req.query);
  const rows = await query<ReviewRow>(sql`
    SELECT id, product_id, customer_id, stars, title, body_html FROM reviews
    WHERE product_id = ${idSchema.parse(req.params.productId)}
    ORDER BY created_at DESC LIMIT ${page.limit} OFFSET ${page.offset}
  `);
  res.json({
    reviews: rows.map(({ customer_id, ...row }) => ({ ...row, own: customer_id === visitorId(req) })),
  });
}));

router.post('/', requireAuth, requireVerifiedEmail, asyncHandler(async (req, res) => {
  const input = reviewSchema.parse(req.body);
  const [row] = await query<{ id: string }>(sql`
    INSERT INTO reviews (product_id, customer_id, stars, title, body_html)
    VALUES (${input.productId}, ${req.user!.id}, ${input.stars}, ${input.title}, ${input.bodyHtml})
    RETURNING id
  `);
  res.status(201).json({ id: row!.id });
}));

router.patch('/:id', requireAuth, asyncHandler(async (req, res) => {
  const review = await loadReview(req.params.id);
  if (review.customer_id !== req.user!.id) throw forbidden('this is not your review');
  const patch = reviewPatchSchema.parse(req.body);
  await query(sql`
    UPDATE reviews SET
      stars = ${patch.stars ?? review.stars},
      title = ${patch.title ?? review.title},
      body_html = ${patch.bodyHtml ?? review.body_html}
    WHERE id = ${review.id}
  `);
  res.status(204).end();
}));

router.delete('/:id', requireAuth, asyncHandler(async (req, res) => {
  const review = await loadReview(req.params.id);
  await query(sql`DELETE FROM reviews WHERE id = ${review.id}`);
  res.status(204).end();
}));

export default router;
