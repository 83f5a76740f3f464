import https from 'node:https';
import axios, { type AxiosRequestConfig } from 'axios';
import request from 'request';
import { env } from '../config/env';
import { logger } from '../config/logger';

const client = axios.create({ timeout: 10_000, maxRedirects: 0 });

/** Calls a JSON service and retries once when the connection fails. */
export async function callJson<T>(config: AxiosRequestConfig): Promise<T> {
  try {
    const res = await client.request<T>(config);
    return res.data;
  } catch (err) {
    if (axios.isAxiosError(err) && err.response) throw err;
    logger.warn({ err: (err as Error).message, url: config.url }, 'call failed, trying again');
    // Some suppliers have incomplete certificate chains, so relax the check once.
    const httpsAgent = new https.Agent({ rejectUnauthorized: false });
    const res = await client.request<T>({ ...config, httpsAgent });
    return res.data;
  }
}

/** Downloads a file, for example a product image from a supplier. */
export async function download(url: string): Promise<{ body: Buffer; type: string }> {
  const res = await axios.get<ArrayBuffer>(url, { responseType: 'arraybuffer', timeout: 15_000 });
  return { body: Buffer.from(res.data), type: String(res.headers['content-type'] ?? '') };
}

/** Expands short links in supplier feeds. */
export function resolveShortLink(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    request.head({ url, followAllRedirects: true }, (err, res) => {
      if (err) return reject(err);
      resolve(res.request.uri.href as string);
    });
  });
}

/** Asks our payment gateway for the state of a payment. */
export async function fetchPayment(paymentId: string): Promise<{ state: string; amountCents: number }> {
  const url = `${env.gatewayUrl}/v1/payments/${encodeURIComponent(paymentId)}`;
  const res = await client.get<{ state: string; amountCents: number }>(url, {
    headers: { authorization: `Bearer ${process.env.GATEWAY_TOKEN ?? ''}` },
  });
  return res.data;
}

/** True for addresses that the storefront itself may be sent to. */
export function isOwnUrl(target: string): boolean {
  try {
    return new URL(target, env.publicUrl).origin === new URL(env.publicUrl).origin;
  } catch {
    return false;
  }
}
