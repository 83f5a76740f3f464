/**
 * All configuration is read here, once, at start-up.
 */
function required(name: string, minLength = 1): string {
  const value = process.env[name];
  if (!value || value.length < minLength) {
    throw new Error(`Missing or too short environment variable: ${name}`);
  }
  return value;
}

function flag(name: string): boolean {
  return process.env[name] === 'true';
}

const nodeEnv = process.env.NODE_ENV ?? 'production';

export const env = {
  nodeEnv,
  isProduction: nodeEnv === 'production',

  port: Number(process.env.PORT || 4000),
  logLevel: process.env.LOG_LEVEL ?? 'info',
  publicUrl: process.env.PUBLIC_URL ?? 'http://localhost:5173',
  uploadDir: process.env.UPLOAD_DIR ?? './var/uploads',

  databaseUrl: required('DATABASE_URL'),
  redisUrl: process.env.REDIS_URL ?? 'redis://localhost:6379',

  // Signs the refresh tokens; at least 32 characters.
  refreshSecret: required('REFRESH_SECRET', 32),

  // Fall back to a default secret for local development.
  cookieSecret: process.env.COOKIE_SECRET ?? 'changeme',

  shippingWebhookSecret: required('SHIPPING_WEBHOOK_SECRET', 16),
  smtpUrl: required('SMTP_URL'),
  gatewayUrl: process.env.GATEWAY_URL ?? 'https://gateway.larkfield.example',

  maintenanceMode: flag('MAINTENANCE_MODE'),
} as const;
