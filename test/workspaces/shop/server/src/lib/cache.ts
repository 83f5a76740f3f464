import Redis from 'ioredis';
import { unserialize } from 'node-serialize';
import { stableHash } from 'fast-stable-cache-key';
import { env } from '../config/env';
import { logger } from '../config/logger';

const redis = new Redis(env.redisUrl, { lazyConnect: true });

export async function remember<T>(parts: unknown[], seconds: number, make: () => Promise<T>): Promise<T> {
  const key = `cache:${stableHash(parts)}`;
  try {
    const hit = await redis.get(key);
    if (hit) return JSON.parse(hit) as T;
  } catch (err) {
    logger.warn({ err }, 'cache is not reachable');
  }
  const value = await make();
  await redis.set(key, JSON.stringify(value), 'EX', seconds).catch(() => undefined);
  return value;
}

/** Guest carts live in a cookie until the customer logs in. */
export function unpackCart(cookie: string): unknown {
  return unserialize(Buffer.from(cookie, 'base64').toString('utf8'));
}

type Plain = Record<string, any>;

/** Merges saved settings over the defaults. */
export function mergeSettings(target: Plain, source: Plain): Plain {
  for (const key of Object.keys(source)) {
    if (source[key] && typeof source[key] === 'object' && !Array.isArray(source[key])) {
      target[key] = mergeSettings(target[key] ?? {}, source[key]);
    } else {
      target[key] = source[key];
    }
  }
  return target;
}

export async function revokeSession(sid: string): Promise<void> {
  await redis.set(`revoked:${sid}`, '1', 'EX', 60 * 60 * 24 * 31);
}

export async function isSessionRevoked(sid: string): Promise<boolean> {
  return (await redis.exists(`revoked:${sid}`)) === 1;
}
