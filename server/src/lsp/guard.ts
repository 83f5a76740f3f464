/** A handler that fails must not take the server with it, nor leave the client without an answer. */
import type { Host } from '../host/host';

/** Answers with `fallback` when a handler throws, and logs why. */
export async function guarded<T>(
  name: string,
  log: Host['log'],
  fallback: T,
  handle: () => Promise<T>,
): Promise<T> {
  try {
    return await handle();
  } catch (error) {
    log('error', `${name} failed: ${error instanceof Error ? error.stack : error}`);
    return fallback;
  }
}
