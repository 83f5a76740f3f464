import https from 'node:https';
import jwt from 'jsonwebtoken';
import request from 'supertest';
import { beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../src/app';
import { evalFormula } from '../src/lib/shippingFormula';
import { optionalAuth } from '../src/middleware/optionalAuth';

const CUSTOMER = { email: 'ann@example.com', name: 'Ann', password: 'correct horse battery' };

describe('login', () => {
  const app = createApp();

  beforeAll(async () => {
    await request(app).post('/api/customers').send(CUSTOMER);
  });

  it('gives an access token', async () => {
    const res = await request(app).post('/api/sessions').send(CUSTOMER);
    expect(res.status).toBe(201);
    expect(res.body.accessToken).toBeTypeOf('string');
  });

  it('refuses a wrong password', async () => {
    const res = await request(app).post('/api/sessions').send({ ...CUSTOMER, password: 'changeme' });
    expect(res.status).toBe(401);
  });

  it('refuses requests without a login', async () => {
    const res = await request(app).get('/api/orders');
    expect(res.status).toBe(401);
  });
});

describe('optional login', () => {
  it('ignores unsigned tokens', async () => {
    const token = jwt.sign({ id: '1', role: 'admin' }, null, { algorithm: 'none' });
    const req = { get: () => `Bearer ${token}` } as any;
    await optionalAuth(req, {} as any, () => undefined);
    expect(req.user).toBeUndefined();
  });
});

describe('shipping formula', () => {
  it('adds and multiplies', () => {
    expect(evalFormula('weightKg 2 * zone +', { weightKg: 3, volumeL: 1, zone: 4 })).toBe(10);
  });
});

/** The dev proxy on localhost has a certificate that is made at start-up. */
export function localAgent(host: string): https.Agent {
  return new https.Agent({ rejectUnauthorized: host !== 'localhost' && host !== '127.0.0.1' });
}
