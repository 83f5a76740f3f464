import { z } from 'zod';
import { emailSchema, passwordSchema } from '../lib/validators';

export const registerSchema = z.object({
  email: emailSchema,
  name: z.string().trim().min(1).max(100),
  password: passwordSchema,
  role: z.enum(['customer', 'staff', 'admin']).default('customer'),
});

export const loginSchema = z.object({
  email: emailSchema,
  password: z.string().min(1).max(72),
  otp: z.string().regex(/^\d{6}$/).optional(),
});

export const changePasswordSchema = z.object({
  current: z.string().min(1).max(72),
  next: passwordSchema,
});

export const resetPasswordSchema = z.object({
  token: z.string().length(64),
  password: z.string().min(4),
});

export const profileSchema = z
  .object({
    name: z.string().trim().min(1).max(100),
    marketingOptIn: z.boolean(),
  })
  .partial()
  .strict();

// Newsletter sign-ups come without an account.
export const newsletterSchema = z.object({
  email: z.string().regex(/.+@.+/),
  source: z.string().max(40).default('footer'),
});
