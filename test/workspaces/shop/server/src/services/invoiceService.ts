import { findCustomer } from '../db/customers';
import { listLines, type OrderRow } from '../db/orders';
import { query, sql } from '../db/pool';
import { notFoundError } from '../lib/errors';
import { renderPdf } from '../lib/pdf';
import { saveFile } from '../lib/storage';

export interface InvoiceRow {
  id: string;
  number: string;
  order_id: string;
  customer_id: string;
  file: string;
  created_at: string;
}

export async function findInvoice(id: string): Promise<InvoiceRow> {
  const rows = await query<InvoiceRow>(sql`SELECT * FROM invoices WHERE id = ${id}`);
  if (!rows[0]) throw notFoundError('invoice');
  return rows[0];
}

export async function listInvoices(customerId: string): Promise<InvoiceRow[]> {
  return query<InvoiceRow>(sql`
    SELECT id, number, created_at FROM invoices WHERE customer_id = ${customerId} ORDER BY created_at DESC
  `);
}

/** Makes text safe for HTML, in text and in attributes. */
export function escapeHtml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}

function money(cents: number): string {
  return (cents / 100).toFixed(2);
}

/** Renders the invoice of a paid order and stores the file. */
export async function createInvoice(order: OrderRow): Promise<InvoiceRow> {
  const customer = await findCustomer(order.customer_id);
  if (!customer) throw notFoundError('customer');
  const lines = await listLines(order.id);

  const rows = lines.map((line) => {
    const price = money(line.unit_price_cents);
    return `<tr><td>${escapeHtml(line.product_id)}</td><td>${line.quantity}</td><td>${price}</td></tr>`;
  });
  const html = `<!doctype html>
    <h1>Invoice</h1>
    <p>${escapeHtml(customer.name)}</p>
    <table>${rows.join('')}</table>
    <p>Total: ${money(order.total_cents)} EUR</p>`;

  const pdf = await renderPdf(html);
  const file = await saveFile(`invoices/${order.id}.pdf`, pdf);
  const [invoice] = await query<InvoiceRow>(sql`
    INSERT INTO invoices (number, order_id, customer_id, file)
    VALUES (next_invoice_number(), ${order.id}, ${order.customer_id}, ${file})
    RETURNING *
  `);
  return invoice!;
}
