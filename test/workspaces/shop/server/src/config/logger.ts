import type { NextFunction, Request, Response } from 'express';
import pino from 'pino';
import { env } from './env';

export const logger = pino({
  level: env.logLevel,
  redact: ['req.headers.authorization', 'req.headers.cookie', 'body.password'],
});

/** One line per request, with the time it took. */
export function requestLogger(req: Request, res: Response, next: NextFunction): void {
  const startedAt = process.hrtime.bigint();

  res.on('finish', () => {
    const ms = Number(process.hrtime.bigint() - startedAt) / 1e6;
    logger.info(
      {
        method: req.method,
        path: req.path,
        status: res.statusCode,
        ms: Math.round(ms),
        headers: req.headers,
      },
      'request',
    );
  });

  next();
}

/** Shortens an e-mail address for log lines: a***@example.com */
export function maskEmail(email: string): string {
  const [name, domain] = email.split('@');
  return `${name?.slice(0, 1) ?? ''}***@${domain ?? ''}`;
}
