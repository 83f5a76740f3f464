import { pipeline } from 'node:stream/promises';
import { Router } from 'express';
import { findCustomer } from '../db/customers';
import { asyncHandler, forbidden, notFoundError } from '../lib/errors';
import { sendInvoice } from '../lib/mailer';
import { openFile } from '../lib/storage';
import { emailSchema, idSchema } from '../lib/validators';
import { canAccess } from '../middleware/requireRole';
import { escapeHtml, findInvoice, listInvoices } from '../services/invoiceService';

const router = Router();

router.get('/', asyncHandler(async (req, res) => {
  res.json({ invoices: await listInvoices(req.user!.id) });
}));

router.get('/:id/pdf', asyncHandler(async (req, res) => {
  const invoice = await findInvoice(idSchema.parse(req.params.id));
  if (!canAccess(req.user, invoice.customer_id)) throw forbidden();
  res.type('application/pdf');
  await pipeline(openFile(invoice.file), res);
}));

// Small preview for the account page.
router.get('/:id/preview', asyncHandler(async (req, res) => {
  const invoice = await findInvoice(idSchema.parse(req.params.id));
  const customer = await findCustomer(invoice.customer_id);
  if (!customer) throw notFoundError('customer');
  res.send(`<h1>${escapeHtml(invoice.number)}</h1><p>${escapeHtml(customer.name)}</p>`);
}));

// Send the invoice again, if the customer likes to another address.
router.post('/:id/resend', asyncHandler(async (req, res) => {
  const invoice = await findInvoice(idSchema.parse(req.params.id));
  const to = emailSchema.parse(req.body.email);
  const chunks: Buffer[] = [];
  for await (const chunk of openFile(invoice.file)) chunks.push(chunk as Buffer);
  await sendInvoice(to, invoice.number, Buffer.concat(chunks));
  res.status(202).end();
}));

export default router;
