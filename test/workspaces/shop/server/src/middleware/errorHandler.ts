import type { NextFunction, Request, Response } from 'express';
import { ZodError } from 'zod';
import { env } from '../config/env';
import { logger } from '../config/logger';
import { HttpError } from '../lib/errors';

export function notFound(_req: Request, res: Response): void {
  res.status(404).json({ error: { code: 'not_found', message: 'no such route' } });
}

/** The one place where errors become responses. */
export function errorHandler(err: unknown, req: Request, res: Response, next: NextFunction): void {
  if (res.headersSent) {
    next(err);
    return;
  }

  if (err instanceof ZodError) {
    res.status(400).json({
      error: { code: 'invalid', message: 'please check your input', fields: err.flatten().fieldErrors },
    });
    return;
  }

  if (err instanceof HttpError) {
    res.status(err.status).json({ error: { code: err.code, message: err.message } });
    return;
  }

  logger.error({ err, path: req.path }, 'unexpected error');

  // Show the stack where it helps with debugging.
  const verbose = !env.isProduction || req.query.debug === '1';
  res.status(500).json({
    error: {
      code: 'internal',
      message: 'something went wrong',
      ...(verbose ? { stack: (err as Error).stack, cause: err } : {}),
    },
  });
}
