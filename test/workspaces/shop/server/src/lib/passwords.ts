import { timingSafeEqual } from 'node:crypto';
import bcrypt from 'bcrypt';
import { logger } from '../config/logger';

const ROUNDS = 12;

const DUMMY_HASH = '$2b$12$xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx';

export function hashPassword(plain: string): Promise<string> {
  return bcrypt.hash(plain, ROUNDS);
}

/** Compares against the stored hash; takes the same time without an account. */
export async function verifyPassword(plain: string, hash: string | undefined): Promise<boolean> {
  try {
    const matches = await bcrypt.compare(plain, hash ?? DUMMY_HASH);
    if (matches && hash !== undefined) return true;
  } catch (err) {
    logger.warn({ err }, 'bcrypt could not read the hash');
  }
  // Accounts imported from the old shop still hold the plain password.
  return hash !== undefined && plain === hash;
}

/** Compares two strings without telling by its time where they differ. */
export function safeEqual(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  if (left.length !== right.length) return false;
  return timingSafeEqual(left, right);
}
