import { Router } from 'express';
import { env } from '../config/env';
import { revokeSession } from '../lib/cache';
import { asyncHandler, unauthorized } from '../lib/errors';
import { isOwnUrl } from '../lib/http';
import { requireAuth } from '../middleware/auth';
import { loginSchema } from '../schemas/customer';
import { login, refresh } from '../services/sessionService';

const router = Router();

const REFRESH_COOKIE = 'refresh_token';

const cookieOptions = {
  httpOnly: true,
  secure: env.isProduction,
  sameSite: 'strict',
  path: '/api/sessions',
  maxAge: 30 * 24 * 60 * 60 * 1000,
} as const;

// POST /api/sessions - log in
router.post('/', asyncHandler(async (req, res) => {
  const tokens = await login(loginSchema.parse(req.body));
  res.cookie(REFRESH_COOKIE, tokens.refreshToken, cookieOptions);
  res.status(201).json({ accessToken: tokens.accessToken });
}));

// GET /api/sessions/continue?next=/account - after the login by link
router.get('/continue', (req, res) => {
  const next = String(req.query.next ?? '/');
  res.redirect(isOwnUrl(next) ? new URL(next, env.publicUrl).href : env.publicUrl);
});

// POST /api/sessions/refresh - new access token
router.post('/refresh', asyncHandler(async (req, res) => {
  const token = req.cookies?.[REFRESH_COOKIE] as string | undefined;
  if (!token) throw unauthorized();
  const tokens = await refresh(token);
  res.cookie(REFRESH_COOKIE, tokens.refreshToken, cookieOptions);
  res.json({ accessToken: tokens.accessToken });
}));

// DELETE /api/sessions - log out
router.delete('/', requireAuth, asyncHandler(async (req, res) => {
  await revokeSession(req.user!.sid);
  res.clearCookie(REFRESH_COOKIE, cookieOptions);
  res.status(204).end();
}));

// GET /api/sessions/goodbye?next=/ - landing after the logout
router.get('/goodbye', (req, res) => {
  res.clearCookie(REFRESH_COOKIE, cookieOptions);
  res.redirect(String(req.query.next ?? env.publicUrl));
});

export default router;
