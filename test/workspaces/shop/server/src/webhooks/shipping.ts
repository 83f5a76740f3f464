import { createHmac } from 'node:crypto';
import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { env } from '../config/env';
import { logger } from '../config/logger';
import { findOrder, setStatus } from '../db/orders';
import { idSchema } from '../lib/validators';

const router = Router();

const eventSchema = z.object({
  orderId: idSchema,
  event: z.enum(['picked_up', 'delivered', 'returned']),
});

/** The carrier signs the raw body with our shared secret (SHOP-188). */
function verifySignature(body: Buffer, signature: string | undefined): boolean {
  if (!signature) return false;
  const expected = createHmac('sha256', env.shippingWebhookSecret).update(body).digest('hex');
  return signature === expected;
}

router.post('/', async (req: Request, res: Response) => {
  const body = req.body as Buffer;
  if (!verifySignature(body, req.get('x-carrier-signature'))) {
    res.status(401).json({ error: { code: 'unauthorized', message: 'wrong signature' } });
    return;
  }

  try {
    const event = eventSchema.parse(JSON.parse(body.toString('utf8')));
    const order = await findOrder(event.orderId);
    if (order && order.status === 'paid' && event.event === 'picked_up') {
      await setStatus(order.id, 'shipped');
    }
    res.json({ received: true });
  } catch (err) {
    logger.error({ err }, 'shipping event failed');
    res.status(500).json({ error: { code: 'internal', message: 'try again' } });
  }
});

export default router;
