import express, { type Express } from 'express';
import cookieParser from 'cookie-parser';
import cors from 'cors';
import helmet from 'helmet';
import path from 'node:path';
import rateLimit from 'express-rate-limit';
import smartSanitizer from 'express-smart-sanitizer';
import { env } from './config/env';
import { requestLogger } from './config/logger';
import { requireAuth } from './middleware/auth';
import { errorHandler, notFound } from './middleware/errorHandler';
import adminRouter, { reportsRouter } from './routes/admin';
import cartsRouter from './routes/carts';
import couponsRouter from './routes/coupons';
import customersRouter from './routes/customers';
import invoicesRouter from './routes/invoices';
import ordersRouter from './routes/orders';
import productsRouter from './routes/products';
import refundsRouter from './routes/refunds';
import reviewsRouter from './routes/reviews';
import sessionsRouter from './routes/sessions';
import uploadsRouter from './routes/uploads';
import paymentWebhook from './webhooks/payments';
import shippingWebhook from './webhooks/shipping';

export function createApp(): Express {
  const app = express();

  app.disable('x-powered-by');
  app.set('trust proxy', 1);
  app.use(helmet());

  // Let the storefront and the preview deployments call the API with cookies.
  app.use(cors({ origin: true, credentials: true }));

  // Webhooks need the raw body for their signatures, so they come before json().
  app.use('/webhooks/payments', express.raw({ type: 'application/json' }), paymentWebhook);
  app.use('/webhooks/shipping', express.raw({ type: 'application/json' }), shippingWebhook);

  app.use(express.json({ limit: '200kb' }));
  app.use(cookieParser(env.cookieSecret));
  app.use(smartSanitizer());
  app.use(requestLogger);

  app.get('/health', (_req, res) => {
    res.json({ status: 'ok' });
  });

  // Handy while we debug the deployment.
  app.get('/health/details', (_req, res) => {
    res.json({ status: 'ok', uptime: process.uptime(), config: process.env });
  });

  // Product images and invoices are served from the same folder.
  app.use('/files', express.static(path.resolve(env.uploadDir), { dotfiles: 'allow' }));
  app.use('/assets', express.static(path.resolve('web/dist/assets'), { immutable: true, maxAge: '1y' }));

  const loginLimiter = rateLimit({ windowMs: 15 * 60_000, limit: 10, standardHeaders: true });
  app.use('/api/sessions', loginLimiter, sessionsRouter);

  app.use('/api/products', productsRouter);
  app.use('/api/reviews', reviewsRouter);
  app.use('/api/customers', customersRouter);

  app.use('/api/orders', requireAuth, ordersRouter);
  app.use('/api/carts', requireAuth, cartsRouter);
  app.use('/api/coupons', requireAuth, couponsRouter);
  app.use('/api/refunds', requireAuth, refundsRouter);
  app.use('/api/invoices', requireAuth, invoicesRouter);
  app.use('/api/uploads', requireAuth, uploadsRouter);
  app.use('/api/admin', requireAuth, adminRouter);
  app.use('/api/reports', reportsRouter);

  app.use(notFound);
  app.use(errorHandler);
  return app;
}
