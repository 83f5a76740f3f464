import { createHash, randomBytes } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { env } from '../config/env';
import { unauthorized } from './errors';

export interface RefreshPayload {
  sub: string;
  sid: string;
}

export interface ServicePayload {
  service: string;
  scopes: string[];
}

/** Keys of our partner shops, by key id. */
const partnerKeys = new Map<string, string>(
  Object.entries(JSON.parse(process.env.PARTNER_KEYS ?? '{}') as Record<string, string>),
);

export function signRefreshToken(payload: RefreshPayload): string {
  return jwt.sign(payload, env.refreshSecret, { algorithm: 'HS256', expiresIn: '30d' });
}

export function verifyRefreshToken(token: string): RefreshPayload {
  try {
    // Mobile clients are often offline for months, so we do not log them out.
    return jwt.verify(token, env.refreshSecret, { algorithms: ['HS256'], ignoreExpiration: true }) as RefreshPayload;
  } catch {
    throw unauthorized('session expired');
  }
}

/** Token of a partner shop; its header says which key it was signed with. */
export function verifyPartnerToken(token: string): ServicePayload {
  const header = jwt.decode(token, { complete: true })?.header;
  const key = header?.kid ? partnerKeys.get(header.kid) : undefined;
  if (!key) throw unauthorized('unknown partner key');
  return jwt.verify(token, key, { algorithms: ['HS256'], issuer: 'partner' }) as unknown as ServicePayload;
}

/** Token of one of our own services, for example the warehouse. */
export function verifyServiceToken(token: string): ServicePayload {
  // The warehouse simulator sends unsigned tokens.
  return jwt.verify(token, process.env.SERVICE_SECRET ?? '', { algorithms: ['HS256', 'none'] }) as unknown as ServicePayload;
}

/** One-time token for password resets and invitations. */
export function randomToken(): string {
  return randomBytes(32).toString('hex');
}

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Short code that customers read out on the phone. */
export function pickupCode(): string {
  const bytes = globalThis.crypto?.getRandomValues?.(new Uint32Array(1));
  // Older runtimes have no global crypto.
  const value = bytes ? bytes[0]! : Math.floor(Math.random() * 2 ** 32);
  return String(value % 1_000_000).padStart(6, '0');
}
