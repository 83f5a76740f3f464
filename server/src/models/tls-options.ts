/** What switches the check of certificates off, by the name of the option. */

export interface TlsOption {
  readonly name: string;
  /** The value that switches the check off. */
  readonly off: boolean;
  /** Less than high where mostly tests use it. */
  readonly confidence?: 'medium';
  /** What to write instead where leaving the option out does not do. */
  readonly instead?: string;
}

/**
 * Names that nothing else has, so that it does not matter which library takes them. Source: the documentation
 * of Node (`tls`, `https`), and of the libraries that have a name of their own.
 */
export const TLS_OPTIONS: readonly TlsOption[] = [
  // Node, and all that hand their options on: axios, got, undici, ws, pg, mysql2, ioredis, nodemailer, kafkajs …
  { name: 'rejectUnauthorized', off: false },
  // request, jira-client, npm-registry-fetch, soap
  { name: 'strictSSL', off: false },
  // mongodb
  { name: 'tlsAllowInvalidCertificates', off: true },
  { name: 'tlsAllowInvalidHostnames', off: true },
  { name: 'tlsInsecure', off: true },
  { name: 'sslValidate', off: false },
  // mssql, tedious; some versions do not check unless they are told to
  { name: 'trustServerCertificate', off: true, instead: 'false' },
  // Kubernetes clients
  { name: 'insecureSkipVerify', off: true },
  { name: 'skipTLSVerify', off: true },
  // puppeteer, playwright
  { name: 'ignoreHTTPSErrors', off: true, confidence: 'medium' },
  { name: 'acceptInsecureCerts', off: true, confidence: 'medium' },
];

/** Node's function that compares the certificate with the host; it answers an error, or undefined. */
export const IDENTITY_CHECK = 'checkServerIdentity';

/** Environment variables that programs read, and the values that switch the check off. Source: Node, git. */
export const TLS_VARIABLES: ReadonlyMap<string, RegExp> = new Map([
  ['NODE_TLS_REJECT_UNAUTHORIZED', /^0$/],
  ['GIT_SSL_NO_VERIFY', /^(?:1|true)$/i],
]);

/** Functions whose option `secure: false` means the certificate of the server behind. Source: http-proxy. */
export const PROXIES: ReadonlySet<string> = new Set([
  'http-proxy-middleware.createProxyMiddleware',
  'http-proxy-middleware',
  'http-proxy.createProxyServer',
  'http-proxy.createProxy',
  'http-proxy.createServer',
]);

/** Clients that `requestCert` means nothing to; for a server it makes `rejectUnauthorized: false` a choice. */
export const TLS_CLIENTS: ReadonlySet<string> = new Set([
  'https.Agent',
  'https.request',
  'https.get',
  'tls.connect',
]);

/** Parameters of connection addresses that switch the check off, and what to write instead. */
export interface TlsParameter {
  readonly pattern: RegExp;
  readonly instead: string;
  /** Nothing is encrypted then, as is usual between containers; only meant where the host is elsewhere for sure. */
  readonly isPlain?: true;
}

/** Source: pg, mongodb, mysql2, Prisma, SQL Server. */
export const TLS_PARAMETERS: readonly TlsParameter[] = [
  { pattern: /(?<=[?&])sslmode=no-verify(?![\w-])/i, instead: 'sslmode=verify-full' },
  { pattern: /(?<=[?&])sslmode=disable(?![\w-])/i, instead: 'sslmode=verify-full', isPlain: true },
  { pattern: /(?<=[?&])tlsInsecure=true(?!\w)/i, instead: 'tlsInsecure=false' },
  {
    pattern: /(?<=[?&])tlsAllowInvalidCertificates=true(?!\w)/i,
    instead: 'tlsAllowInvalidCertificates=false',
  },
  { pattern: /(?<=[?&])tlsAllowInvalidHostnames=true(?!\w)/i, instead: 'tlsAllowInvalidHostnames=false' },
  { pattern: /(?<=[?&])sslaccept=accept_invalid_certs(?!\w)/i, instead: 'sslaccept=strict' },
  {
    pattern: /(?<=;\s*)TrustServerCertificate\s*=\s*(?:true|yes)(?!\w)/i,
    instead: 'TrustServerCertificate=false',
  },
];

/** A file that switches any of the above has one of these. */
export const TLS_WORDS: readonly string[] = [
  ...TLS_OPTIONS.map(({ name }) => name),
  ...TLS_VARIABLES.keys(),
  IDENTITY_CHECK,
  ...['no-verify', 'sslmode', 'sslaccept', 'http-proxy'],
];

/** Options that name the other side. */
export const HOST_OPTIONS: readonly string[] =
  'host hostname server servername url uri baseURL baseUrl origin target href node connectionString'.split(
    ' ',
  );

/** Members that tell that a program looks at the certificate itself. */
export const OWN_CHECKS: ReadonlySet<string> = new Set([
  'authorized',
  'authorizationError',
  'getPeerCertificate',
  'getPeerX509Certificate',
]);
