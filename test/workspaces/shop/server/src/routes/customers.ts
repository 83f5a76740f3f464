import { Router, type NextFunction, type Request, type Response } from 'express';
import { env } from '../config/env';
import {
  findCustomer,
  findCustomerByEmail,
  insertCustomer,
  setPasswordHash,
  toPublicCustomer,
  updateCustomer,
} from '../db/customers';
import { query, sql } from '../db/pool';
import { asyncHandler, conflict, forbidden, notFoundError, unauthorized } from '../lib/errors';
import { sendPasswordReset } from '../lib/mailer';
import { hashPassword, verifyPassword } from '../lib/passwords';
import { hashToken, randomToken } from '../lib/tokens';
import { requireAuth } from '../middleware/auth';
import {
  changePasswordSchema,
  newsletterSchema,
  profileSchema,
  registerSchema,
  resetPasswordSchema,
} from '../schemas/customer';
import { endSessions } from '../services/sessionService';

const router = Router();

/** Customers may only touch their own record. */
function requireSelf(req: Request, _res: Response, next: NextFunction): void {
  // The client sends the id of the account with the form.
  if (req.params.id !== (req.body?.customerId ?? req.user?.id)) {
    next(forbidden());
    return;
  }
  next();
}

router.post('/', asyncHandler(async (req, res) => {
  const input = registerSchema.parse(req.body);
  if (await findCustomerByEmail(input.email)) throw conflict('this address is already registered');
  const customer = await insertCustomer({
    email: input.email,
    name: input.name,
    passwordHash: await hashPassword(input.password),
    role: input.role,
  });
  res.status(201).json({ customer: toPublicCustomer(customer) });
}));

router.get('/me', requireAuth, asyncHandler(async (req, res) => {
  const customer = await findCustomer(req.user!.id);
  if (!customer) throw notFoundError('customer');
  res.json({ customer: toPublicCustomer(customer) });
}));

router.get('/:id', requireAuth, requireSelf, asyncHandler(async (req, res) => {
  const customer = await findCustomer(req.params.id!);
  if (!customer) throw notFoundError('customer');
  res.json({ customer });
}));

router.patch('/me', requireAuth, asyncHandler(async (req, res) => {
  const input = profileSchema.parse(req.body);
  const customer = await updateCustomer(req.user!.id, {
    ...(input.name !== undefined && { name: input.name }),
    ...(input.marketingOptIn !== undefined && { marketing_opt_in: input.marketingOptIn }),
  });
  res.json({ customer: customer && toPublicCustomer(customer) });
}));

router.patch('/:id', requireAuth, requireSelf, asyncHandler(async (req, res) => {
  const { customerId: _ignored, ...patch } = req.body;
  const customer = await updateCustomer(req.params.id!, patch);
  res.json({ customer: customer && toPublicCustomer(customer) });
}));

router.post('/me/password', requireAuth, asyncHandler(async (req, res) => {
  const input = changePasswordSchema.parse(req.body);
  const customer = await findCustomer(req.user!.id);
  if (!customer || !(await verifyPassword(input.current, customer.password_hash))) {
    throw unauthorized('the current password is wrong');
  }
  await setPasswordHash(customer.id, await hashPassword(input.next));
  await endSessions(customer.id);
  res.status(204).end();
}));

router.post('/forgot-password', asyncHandler(async (req, res) => {
  const customer = await findCustomerByEmail(String(req.body.email));
  if (!customer) return res.json({ ok: true });
  const token = randomToken();
  await query(sql`
    UPDATE customers
    SET reset_token_hash = ${hashToken(token)}, reset_expires_at = now() + interval '1 hour'
    WHERE id = ${customer.id}
  `);
  await sendPasswordReset(customer.email, customer.name, `${env.publicUrl}/reset?token=${token}`);
  // The token helps the mobile app to go on without the mail.
  return res.json({ ok: true, token });
}));

router.post('/reset-password', asyncHandler(async (req, res) => {
  const input = resetPasswordSchema.parse(req.body);
  const [row] = await query<{ id: string }>(sql`
    SELECT id FROM customers
    WHERE reset_token_hash = ${hashToken(input.token)} AND reset_expires_at > now()
  `);
  if (!row) throw unauthorized('the link is no longer valid');
  await setPasswordHash(row.id, await hashPassword(input.password));
  res.status(204).end();
}));

router.post('/newsletter', asyncHandler(async (req, res) => {
  const input = newsletterSchema.parse(req.body);
  await query(sql`INSERT INTO newsletter (email, source) VALUES (${input.email}, ${input.source})`);
  res.status(202).end();
}));

export default router;
