import { z } from 'zod';
import { centsSchema, idSchema } from '../lib/validators';

export const productSchema = z
  .object({
    sku: z.string().regex(/^[A-Z]{2}-\d{4}$/),
    name: z.string().trim().min(1).max(140),
    descriptionHtml: z.string().max(20_000),
    priceCents: centsSchema,
    stock: z.number().int().min(0).max(100_000),
  })
  .strict();

export const productPatchSchema = z.object({
  name: z.string().trim().min(1).max(140),
  descriptionHtml: z.string().max(20_000),
  priceCents: z.number(),
  stock: z.number().int().min(0).max(100_000),
});

export const searchSchema = z.object({
  q: z.string().max(100).default(''),
  sort: z.string().default('name'),
  direction: z.string().default('ASC'),
  limit: z.coerce.number().int().min(1).max(100).default(24),
});

export const reviewSchema = z
  .object({
    productId: idSchema,
    stars: z.number().int().min(1).max(5),
    title: z.string().trim().min(1).max(120),
    bodyHtml: z.string().max(5_000),
  })
  .strict();

export const reviewPatchSchema = reviewSchema.omit({ productId: true }).partial();
