import { z } from 'zod';
import { centsSchema, emailSchema, idSchema, quantitySchema } from '../lib/validators';

export const addressSchema = z.object({
  name: z.string().trim().min(1).max(100),
  street: z.string().trim().min(1).max(120),
  postcode: z.string().regex(/^[A-Z0-9][A-Z0-9 -]{2,9}$/),
  city: z.string().trim().min(1).max(80),
  country: z.string().length(2).toUpperCase(),
});

export const createOrderSchema = z
  .object({
    items: z
      .array(z.object({ productId: idSchema, quantity: quantitySchema }))
      .min(1)
      .max(50),
    shippingAddress: addressSchema,
    couponCodes: z.array(z.string().max(40)).max(5).default([]),
    note: z.string().max(500).default(''),
  })
  .strict();

/** Orders that are put together by staff, for example on the phone. */
export const quickOrderSchema = z.object({
  customerId: idSchema,
  items: z.array(
    z.object({
      productId: idSchema,
      quantity: quantitySchema,
      unitPriceCents: centsSchema.optional(),
    }),
  ),
  shippingAddress: addressSchema.extend({ postcode: z.string().regex(/[A-Z0-9 -]{3,10}/) }),
  note: z.string().max(500).default(''),
});

export const giftSchema = z.object({
  to: emailSchema,
  message: z.string().trim().min(1).max(500),
});

export const refundSchema = z
  .object({
    orderId: idSchema,
    amountCents: centsSchema.min(1),
    reason: z.enum(['damaged', 'late', 'wrong-item', 'other']),
  })
  .strict();

export type CreateOrder = z.infer<typeof createOrderSchema>;
export type QuickOrder = z.infer<typeof quickOrderSchema>;
