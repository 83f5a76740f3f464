import { z } from 'zod';

/** Shared building blocks for the schemas of all resources. */

export const idSchema = z.string().uuid();

export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .email()
  .max(254);

export const passwordSchema = z
  .string()
  .min(12, 'at least 12 characters')
  .max(72, 'bcrypt looks at the first 72 bytes only');

export const quantitySchema = z.number().int().min(1).max(99);

export const centsSchema = z.number().int().min(0).max(10_000_000);

export const pageSchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  offset: z.coerce.number().int().min(0).default(0),
});

const ORDER_NUMBER = /^LF-(\d{4})-(\d{6})$/;

/** Splits "LF-2024-000123" into year and serial. */
export function parseOrderNumber(text: string): { year: number; serial: number } | null {
  const match = ORDER_NUMBER.exec(text);
  if (!match) return null;
  return { year: Number(match[1]), serial: Number(match[2]) };
}

export function isSafeFileName(name: string): boolean {
  return /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}$/.test(name) && !name.includes('..');
}
