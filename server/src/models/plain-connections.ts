/** Connections that are told, or known, to go without encryption. */
import type { Call, ItemFacts } from '../analysis/item-facts';
import type { Node } from '../analysis/node';
import { inProduction, mayRunInProduction } from '../analysis/production';
import { constantString, pairOf, resolvedValue } from '../analysis/value';
import { isRemoteHost } from './hosts';
import { isPrivateHost } from './requests-out';

export interface PlainConnection {
  readonly at: Node;
  readonly message: string;
}

const MAIL =
  'Mail, and the password of its server, can be read on the way. Leave `ignoreTLS` out, or set `requireTLS`.';
const FTP = 'FTP sends the password and the files without encryption. Use SFTP, or FTPS (`secure: true`).';
const TELNET = 'Telnet sends the password and all that is typed without encryption. Use SSH.';
const DATABASE = 'What goes to the database, and its password, can be read on the way. Switch `ssl` on.';

/** Source: the documentation of nodemailer 7, ftp 0.3, basic-ftp 5, promise-ftp 1, jsftp 2, telnet-client 2. */
const MAILERS: ReadonlySet<string> = new Set([
  'nodemailer.createTransport',
  'nodemailer.default.createTransport',
]);
const FTP_CLIENTS: ReadonlySet<string> = new Set([
  'ftp().connect',
  'promise-ftp().connect',
  'basic-ftp.Client().access',
  'jsftp',
]);
const TELNETS: ReadonlySet<string> = new Set(['telnet-client().connect', 'telnet-client.Telnet().connect']);
const DATABASES: ReadonlySet<string> = new Set([
  ...['pg.Pool', 'pg.Client', 'mysql.createConnection', 'mysql.createPool', 'mysql2.createConnection'],
  ...['mysql2.createPool', 'mysql2/promise.createConnection', 'mysql2/promise.createPool'],
]);
const ALL: ReadonlySet<string> = new Set([...MAILERS, ...FTP_CLIENTS, ...TELNETS, ...DATABASES]);

export function* plainConnections(facts: ItemFacts): Generator<PlainConnection> {
  for (const call of facts.callsTo(ALL)) {
    const found = plainConnection(call, call.name);
    if (found && mayRunInProduction(call.node)) yield found;
  }
}

function plainConnection({ args, callee }: Call, name: string): PlainConnection | undefined {
  const options = args[0] && resolvedValue(args[0]);
  if (TELNETS.has(name)) return options && isNear(options) ? undefined : { at: callee, message: TELNET };
  if (options?.kind !== 'object' || isNear(options)) return undefined;
  if (MAILERS.has(name)) {
    const pair = pairOf(options, 'ignoreTLS');
    return pair && inProduction(pair.value) === true ? { at: pair.node, message: MAIL } : undefined;
  }
  if (DATABASES.has(name)) {
    const pair = pairOf(options, 'ssl');
    return pair && isFar(options) && inProduction(pair.value) === false
      ? { at: pair.node, message: DATABASE }
      : undefined;
  }
  const secure = pairOf(options, 'secure');
  if (options.parts.some(({ kind }) => kind === 'spread_element')) return undefined;
  return !secure || inProduction(secure.value) === false
    ? { at: secure?.node ?? callee, message: FTP }
    : undefined;
}

/** A host that is this machine or in a network of one's own. */
function isNear(options: Node): boolean {
  const host = hostIn(options);
  return host !== undefined && (!isRemoteHost(host) || isPrivateHost(host));
}

function isFar(options: Node): boolean {
  const host = hostIn(options);
  return host !== undefined && isRemoteHost(host) && !isPrivateHost(host);
}

function hostIn(options: Node): string | undefined {
  const host = pairOf(options, 'host')?.value;
  return host && constantString(host);
}
