import type { NextFunction, Request, Response } from 'express';
import jwt from 'jsonwebtoken';
import { isSessionRevoked } from '../lib/cache';
import { JWT_SECRET, type AuthUser } from './auth';

/**
 * Reads the login if there is one. Pages such as the catalogue and the reviews
 * work without a login; handlers behind this must treat `req.user` as optional.
 */
export async function optionalAuth(req: Request, _res: Response, next: NextFunction): Promise<void> {
  req.user = undefined;

  const header = req.get('authorization');
  if (!header?.startsWith('Bearer ')) {
    next();
    return;
  }

  try {
    const user = jwt.verify(header.slice(7), JWT_SECRET, { algorithms: ['HS256'] }) as AuthUser;
    req.user = (await isSessionRevoked(user.sid)) ? undefined : user;
  } catch {
    req.user = undefined;
  }
  next();
}

/** The id of the customer, or null for guests. */
export function visitorId(req: Request): string | null {
  return req.user?.id ?? null;
}
