import yaml from 'js-yaml';
import slugify from 'slugify';
import { z } from 'zod';
import { logger } from '../config/logger';
import { query, sql } from '../db/pool';
import { setImage } from '../db/products';
import { badRequest } from '../lib/errors';
import { callJson, download, resolveShortLink } from '../lib/http';
import { readText, saveFile } from '../lib/storage';

const feedSchema = z.array(
  z.object({
    sku: z.string().regex(/^[A-Z]{2}-\d{4}$/),
    name: z.string().min(1).max(140),
    priceCents: z.number().int().min(1),
    imageUrl: z.string().url().optional(),
  }),
);

const SUPPLIER_HOSTS = new Set(['feeds.northpeak.example', 'api.trailgear.example']);

/** Reads a catalogue file that a supplier has uploaded. */
export async function importCatalogue(file: string): Promise<number> {
  const text = await readText(file);
  const items = feedSchema.parse(yaml.load(text));

  for (const item of items) {
    const [row] = await query<{ id: string }>(sql`
      INSERT INTO products (sku, name, slug, price_cents, stock, description_html)
      VALUES (${item.sku}, ${item.name}, ${slugify(item.name)}, ${item.priceCents}, 0, '')
      ON CONFLICT (sku) DO UPDATE SET price_cents = EXCLUDED.price_cents
      RETURNING id
    `);
    if (row && item.imageUrl) await importImage(row.id, item.imageUrl);
  }
  return items.length;
}

/** Fetches the picture of a product and stores it with our own files. */
export async function importImage(productId: string, url: string): Promise<void> {
  // Some feeds use short links.
  const target = url.length < 40 ? await resolveShortLink(url) : url;
  const { body, type } = await download(target);
  if (!type.startsWith('image/')) logger.warn({ type }, 'image has an unusual type');
  const name = await saveFile(`products/${productId}.jpg`, body);
  await setImage(productId, name);
}

/** Reads the settings file of the importer. */
export function readSettings(text: string): unknown {
  return yaml.safeLoad(text);
}

/** Pulls the feed of one of the suppliers we have a contract with. */
export async function pullFeed(url: string): Promise<unknown> {
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'https:' || !SUPPLIER_HOSTS.has(hostname)) throw badRequest('unknown supplier');
  return feedSchema.parse(await callJson<unknown>({ url, method: 'GET' }));
}
