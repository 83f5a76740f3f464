import { createServer } from 'node:http';
import { createApp } from './app';
import { env } from './config/env';
import { logger } from './config/logger';
import { closePool, connect } from './db/pool';
import { startNightlyExport } from './jobs/nightlyExport';

async function main(): Promise<void> {
  await connect();

  const app = createApp();
  const server = createServer(app);

  server.listen(env.port, () => {
    logger.info({ port: env.port }, 'shop api is listening');
  });

  const stopExport = startNightlyExport();

  // Finish running requests before the container goes away.
  const shutdown = (signal: string) => {
    logger.info({ signal }, 'shutting down');
    stopExport();
    server.close(async () => {
      await closePool();
      process.exit(0);
    });
    setTimeout(() => process.exit(1), 10_000).unref();
  };

  process.on('SIGTERM', () => shutdown('SIGTERM'));
  process.on('SIGINT', () => shutdown('SIGINT'));
}

main().catch((err) => {
  logger.fatal({ err }, 'could not start');
  process.exit(1);
});
