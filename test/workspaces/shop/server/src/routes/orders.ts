import { Router } from 'express';
import { findOrder, listLines, listOrders } from '../db/orders';
import { query, sql } from '../db/pool';
import { asyncHandler, conflict, forbidden, notFoundError } from '../lib/errors';
import { sendGiftMessage } from '../lib/mailer';
import { idSchema } from '../lib/validators';
import { canAccess } from '../middleware/requireRole';
import { addressSchema, createOrderSchema, giftSchema, quickOrderSchema } from '../schemas/order';
import { cancelOrder, checkoutCart, createOrder, createQuickOrder } from '../services/orderService';

const router = Router();

// GET /api/orders - the orders of the logged-in customer
router.get(
  '/',
  asyncHandler(async (req, res) => {
    const orders = await listOrders(req.user!.id, String(req.query.sort ?? 'newest'));
    res.json({ orders });
  }),
);

// GET /api/orders/:id - one order with its lines
router.get(
  '/:id',
  asyncHandler(async (req, res) => {
    const order = await findOrder(idSchema.parse(req.params.id));
    if (!order) throw notFoundError('order');
    if (!canAccess(req.user, order.customer_id)) throw forbidden();
    res.json({ order, lines: await listLines(order.id) });
  }),
);

// POST /api/orders - place an order
router.post(
  '/',
  asyncHandler(async (req, res) => {
    const input = createOrderSchema.parse(req.body);
    const order = await createOrder(req.user!.id, input);
    res.status(201).json({ order });
  }),
);

// POST /api/orders/checkout - turn the saved cart into an order
router.post(
  '/checkout',
  asyncHandler(async (req, res) => {
    res.status(201).json({ order: await checkoutCart(req.user!.id) });
  }),
);

// POST /api/orders/quick - phone orders, used by the back office
router.post(
  '/quick',
  asyncHandler(async (req, res) => {
    const input = quickOrderSchema.parse(req.body);
    res.status(201).json({ order: await createQuickOrder(input) });
  }),
);

// PATCH /api/orders/:id/address - change the address before shipping
router.patch(
  '/:id/address',
  asyncHandler(async (req, res) => {
    const address = addressSchema.parse(req.body);
    const order = await findOrder(idSchema.parse(req.params.id));
    if (!order) throw notFoundError('order');
    if (!canAccess(req.user, order.customer_id)) throw forbidden();
    if (order.status === 'shipped') throw conflict('the order is already on its way');
    await query(sql`UPDATE orders SET address = ${JSON.stringify(address)} WHERE id = ${order.id}`);
    res.status(204).end();
  }),
);

// POST /api/orders/:id/gift - tell somebody that a gift is coming
router.post(
  '/:id/gift',
  asyncHandler(async (req, res) => {
    const { to, message } = giftSchema.parse(req.body);
    const order = await findOrder(idSchema.parse(req.params.id));
    if (!order) throw notFoundError('order');
    if (!canAccess(req.user, order.customer_id)) throw forbidden();
    await sendGiftMessage(to, req.user!.email, message);
    res.status(202).end();
  }),
);

// POST /api/orders/:id/cancel - cancel an order that is not shipped yet
router.post(
  '/:id/cancel',
  asyncHandler(async (req, res) => {
    const order = await findOrder(idSchema.parse(req.params.id));
    if (!order) throw notFoundError('order');
    await cancelOrder(order);
    res.status(204).end();
  }),
);

export default router;
